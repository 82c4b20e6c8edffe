"""Makes a document one whose text nobody could verify yet: locators stand in place of its quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from projects import replace

LOCATOR = "(here)"


def transcribe(root: Path, document: str) -> None:
    """Take the text record of a document out of a project, and write locators in place of its quotes."""
    (root / "sources" / "texts" / f"{document}.json").unlink()
    entry = re.compile(rf"(document: {document}\n +)paragraph: [0-9]+\n( +)quote: [^\n]+\n")
    for path in (root / "sources").glob("*/*.yaml"):
        text = path.read_text("utf-8")
        changed = entry.sub(rf"\1locator: {LOCATOR}\n\2readings: 1\n", text)
        if changed != text:
            path.write_text(changed, "utf-8")


def curate_in_part(root: Path, document: str) -> None:
    """Say of a document that its numbers are still being recorded."""
    path = root / "sources" / "documents" / f"{document}.yaml"
    if "coverage: complete" in path.read_text("utf-8"):
        replace(path, "coverage: complete", "coverage: partial")
    else:
        replace(path, "language: ", "coverage: partial\nlanguage: ")


class Compared(NamedTuple):
    """What became of the quotes that were taken away."""

    observations: int
    """How many of observations are back, at their paragraphs."""
    others: int
    """How many others are."""
    left: int
    """How many of observations are not."""
    wrong: list[str]
    """Quotes that stand in another paragraph than the one that was taken away."""


def proofs(before: Path, root: Path, document: str) -> Compared:
    """Return what became of the quotes of a document, by those of the project before."""
    states: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for path in sorted((before / "sources").glob("*/*.yaml")):
        one, other = (yaml.safe_load((each / path.relative_to(before)).read_text("utf-8")) for each in (before, root))
        for kind, old, new in _pairs(one, other, "record"):
            if old.get("document") == document and "quote" in old:
                state = "left" if "quote" not in new else "back" if new["paragraph"] == old["paragraph"] else "wrong"
                states[kind, state] += 1
                wrong += [f"{path.stem}: {old['quote']} / {new.get('quote')}"] * (state == "wrong")
    back = sum(count for (_, state), count in states.items() if state == "back")
    observations = states["observations", "back"]
    return Compared(observations, back - observations, states["observations", "left"], wrong)


def _pairs(one: Any, other: Any, kind: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield the mappings of two records that stand at the same places, with the part that they are in."""
    if isinstance(one, dict):
        yield kind, one, other
        for key, value in one.items():
            yield from _pairs(value, other.get(key), key if key in ("observations", "milestones") else kind)
    elif isinstance(one, list):
        for old, new in zip(one, other, strict=True):
            yield from _pairs(old, new, kind)
