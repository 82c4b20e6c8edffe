"""A promise that a second document says again without its qualifier is one promise, and both numbers are its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command_line import Run
from projects import EXAMPLES, MINIMAL, assemble, write_text_record

OVER_TIME = EXAMPLES / "good" / "names-and-terms-over-time"
FIRST, SECOND = "doc-report", "doc-report-2026"
AS_SAID, WITHOUT, OTHER, MORE = "新增店铺15家以上", "新增店铺15家", "新增店铺16家", "新增店铺超15家"


def told(root: Path, run: Run, status: str, said: dict[str, str], bound: str = "at_least") -> list[str]:
    """Return the problems of an indicator of shops by what documents say of them."""
    assemble(root, MINIMAL, OVER_TIME)
    said_at = [{"document": each, "paragraph": 2, "quote": quote} for each, quote in said.items()]
    (root / "sources" / "indicators" / "ind-shops.yaml").write_text(_record(status, bound, said_at), "utf-8")
    for document, folder in ((FIRST, MINIMAL), (SECOND, OVER_TIME)):
        (root / "sources" / "texts" / f"{document}.json").unlink()
        lines = [line for line in (folder / "texts" / f"{document}.txt").read_text("utf-8").splitlines() if line]
        lines[1] += f"{said[document]}，城乡面貌一新。" if document in said else ""
        write_text_record(root, document, "\n".join(lines))
    return re.findall(r"error\[([a-z-]+)\]", run(root, "check")[1])


def _record(status: str, bound: str, said_at: list[dict[str, object]]) -> str:
    text = {"zh": "新增店铺", "en": "New shops"}
    value = {"period": "2027", "status": status, "value": 15, "bound": bound, "period_basis": "heading"}
    record = {"id": "ind-shops", "name": text, "concept": "stores", "description": text, "theme": "employment"}
    record |= {"measure": "level", "timing": "flow", "unit": "unt-enterprises"}
    return json.dumps(record | {"observations": [value | {"evidence": said_at}]}, ensure_ascii=False, indent=2)


def test_the_number_of_the_later_wording_is_that_of_the_promise(tmp_path: Path, run: Run) -> None:
    assert told(tmp_path / "project", run, "target", {FIRST: AS_SAID, SECOND: WITHOUT}) == []


REFUSED = {
    "a result": ("actual", {FIRST: AS_SAID, SECOND: WITHOUT}, "at_least", "uncovered-number"),
    "another number": ("target", {FIRST: AS_SAID, SECOND: OTHER}, "at_least", "uncovered-number"),
    "another qualifier": ("target", {FIRST: AS_SAID, SECOND: MORE}, "at_least", "uncovered-number"),
    "a qualifier that was not there": ("target", {FIRST: WITHOUT, SECOND: AS_SAID}, "exact", "uncovered-number"),
    "no document that says so": ("target", {FIRST: WITHOUT}, "at_least", "bound-mismatch"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_else_is(tmp_path: Path, run: Run, what: str) -> None:
    status, said, bound, code = REFUSED[what]
    assert told(tmp_path / "project", run, status, said, bound) == [code]
