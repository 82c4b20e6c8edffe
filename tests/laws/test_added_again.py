"""What is taken out of a record and added again with its quote is there as before, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_line import Run
from projects import LINXI, assemble

READ = {"value", "bound", "unit", "value_high", "member"}
"""Fields that are read from the quote; all others are told."""
EVERY = 2
"""One in so many observations is taken."""


def values(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the values of a part that are not read, each with its path."""
    for field, value in item.items():
        if field in READ | {"evidence"}:
            continue
        inner = value.items() if isinstance(value, dict) else [("", value)]
        for key, each in inner:
            text = str(each).lower() if isinstance(each, bool) else str(each)
            yield (f"{field}.{key}" if key else field), text


def observations() -> Iterator[tuple[str, int]]:
    """Yield the record and the place of observations with one quote and a value, of records that have others, too."""
    for path in sorted((LINXI / "sources" / "indicators").glob("*.yaml")):
        listed = yaml.safe_load(path.read_text("utf-8"))["observations"]
        for place, each in enumerate(listed if len(listed) > 1 else ()):
            quoted = [entry for entry in each["evidence"] if "quote" in entry]
            if len(quoted) == len(each["evidence"]) == 1 and "value" in each and "retired" not in each:
                yield path.stem, place


TAKEN = list(observations())[::EVERY]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assemble(tmp_path_factory.mktemp("again") / "project", LINXI)


def without(text: str, place: int) -> str:
    """Return a record's YAML without one of its observations."""
    head, body = text.split("observations:\n")
    parts = re.split(r"(?m)^(?=  - )", body)
    at = place + (parts[0] == "")
    parts[at] = "".join(f"{line}\n" for line in parts[at].splitlines() if line.startswith("  #"))
    return f"{head}observations:\n{''.join(parts)}"


def test_enough_is_taken() -> None:
    assert len(TAKEN) > 15


@pytest.mark.parametrize(("record", "place"), TAKEN)
def test_an_observation_that_is_added_again_is_as_before(record: str, place: int, root: Path, run: Run) -> None:
    path = root / "sources" / "indicators" / f"{record}.yaml"
    text = path.read_text("utf-8")
    item = yaml.safe_load(text)["observations"][place]
    entry = item["evidence"][0]
    cited = ("--document", entry["document"], "--paragraph", str(entry["paragraph"]), "--quote", entry["quote"])
    told = [word for name, value in values(item) for word in ("--set", f"{name}={value}")]
    told += ["--text", str(LINXI / "texts" / f"{entry['document']}.txt")]
    path.write_text(without(text, place), "utf-8")
    try:
        ended = run(root, "add", record, *cited, *told)
        if ended.exit_code == 2 and "several numbers of the quote can be meant" in ended.stderr:
            ended = run(root, "add", record, *cited, *told, "--set", f"value={item['value']}")
        assert (ended.exit_code, path.read_text("utf-8")) == (0, text), ended
    finally:
        path.write_text(text, "utf-8")
