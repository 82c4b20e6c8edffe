"""Projects with fewer documents, or with documents of other names: what further ones must not change."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Records = dict[str, dict[str, Any]]
"""Records by ID."""


def without(root: Path, other: Path, documents: set[str]) -> Path:
    """Copy a project, but not these documents and what only they say; return its root."""
    for folder in ("schemas", "sources"):
        shutil.copytree(root / folder, other / folder)
    paths = {path.stem: path for path in sorted((other / "sources").glob("*/*.yaml"))}
    records: Records = {name: yaml.safe_load(path.read_text("utf-8")) for name, path in paths.items()}
    for document in documents:
        (other / "sources" / "texts" / f"{document}.json").unlink(missing_ok=True)
    for name in set(records) - set(kept(records, documents)):
        paths[name].unlink()
    for name, record in kept(records, documents).items():
        paths[name].write_text(json.dumps(record, ensure_ascii=False, indent=2), "utf-8")
    return other


def kept(records: Records, gone: set[str]) -> Records:
    """Return what records say without what is gone, and without what refers to nothing then."""
    left = {name: _pruned(record, gone) for name, record in records.items() if name not in gone}
    for record in left.values():
        if not record.get("evidence", True):
            record["evidence"] = [entry for each in record.get("milestones", ()) for entry in each["evidence"]]
    lost = {name for name, record in left.items() if not all(record.get(each, True) for each in RESTS)}
    return kept(records, gone | lost) if lost else {name: _without_empty(record) for name, record in left.items()}


RESTS = ("evidence", "observations")
"""Fields of which a record that had any must keep some."""


def _without_empty(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_empty(each) for each in node]
    if isinstance(node, dict):
        return {key: _without_empty(value) for key, value in node.items() if value != []}
    return node


def _pruned(node: Any, gone: set[str]) -> Any:
    if isinstance(node, list):
        return [_pruned(each, gone) for each in node if not _is_gone(each, gone)]
    if isinstance(node, dict):
        return {key: _pruned(value, gone) for key, value in node.items() if not _refers(value, gone)}
    return node


def _is_gone(node: Any, gone: set[str]) -> bool:
    """Say whether an item is of a document that is gone, or rests on such documents alone."""
    if not isinstance(node, dict):
        return _refers(node, gone)
    cited = node.get("evidence") or ()
    return node.get("document") in gone or (bool(cited) and all(each["document"] in gone for each in cited))


def _refers(value: Any, gone: set[str]) -> bool:
    """Say whether a value is an ID that is gone, or that of a part which only a document that is gone could give."""
    return isinstance(value, str) and (
        value in gone or any(value.endswith(f".{each.removeprefix('doc-')}") for each in gone)
    )


def renamed(root: Path, other: Path) -> dict[str, str]:
    """Copy a project whose documents have names in the opposite order; return old names by new ones, slugs too."""
    for folder in ("schemas", "sources"):
        shutil.copytree(root / folder, other / folder)
    documents = sorted(path.stem for path in (root / "sources" / "documents").glob("*.yaml"))
    slugs = {each.removeprefix("doc-"): f"x{99 - n}" for n, each in enumerate(documents)}
    word = re.compile(rf"(?<![a-z0-9-])(doc-)?({'|'.join(sorted(slugs, key=len, reverse=True))})(?![a-z0-9-])")
    for path in sorted((other / "sources").rglob("*.*")):
        text = word.sub(lambda found: (found[1] or "") + slugs[found[2]], path.read_text("utf-8"))
        path.unlink()
        path.with_name(word.sub(lambda found: (found[1] or "") + slugs[found[2]], path.name)).write_text(text, "utf-8")
    return {new: old for old, new in slugs.items()}


def rows_as_named(rows: list[dict[str, str]], names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield rows with the names of documents as they were."""
    word = re.compile(r"(?<![a-z0-9-])(?:x[0-9]{2})(?![a-z0-9-])|(?<=doc-)x[0-9]{2}(?![a-z0-9-])")
    for row in rows:
        yield tuple(word.sub(lambda found: names.get(found[0], found[0]), value) for value in row.values())
