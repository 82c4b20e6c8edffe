"""Evidence and retirement as values, whatever else a record may hold in their place."""

from __future__ import annotations

from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.record.evidence import Evidence, Retirement, cited, evidence_of, is_retired, retirement_of
from factpack.schema import read
from factpack.table.derived import DERIVATIONS
from projects import ROOT

SCHEMAS = read.read(Project(ROOT).schemas(), DERIVATIONS)
PLACE, INDICATOR = SCHEMAS.kinds["place"].shape, SCHEMAS.kinds["indicator"].shape
QUOTED: dict[str, Any] = {"document": "doc-a", "paragraph": 3, "quote": "沙湖"}


def test_an_evidence_entry_has_a_place_in_a_text_or_a_locator() -> None:
    entries = evidence_of(PLACE, {"evidence": [QUOTED, {"document": "doc-b", "locator": "p. 3"}]})
    assert entries == (Evidence("doc-a", 3, "沙湖"), Evidence("doc-b", locator="p. 3"))


@pytest.mark.parametrize("value", [None, "doc-a", 3, {"document": "doc-a"}, [], ["doc-a"], [{"quote": "沙湖"}, None]])
def test_what_names_no_document_is_no_evidence(value: Any) -> None:
    assert evidence_of(PLACE, {"evidence": value}) == ()


def test_a_record_cites_what_its_parts_cite_too() -> None:
    parts: Any = [{"evidence": [QUOTED]}, "wrong", {"evidence": [{"document": "doc-b"}]}]
    assert list(cited(INDICATOR, {"observations": parts})) == [Evidence("doc-a", 3, "沙湖"), Evidence("doc-b")]


def test_what_is_retired_says_since_when_why_and_for_what() -> None:
    reason = {"zh": "重复", "en": "Twice"}
    retired: dict[str, Any] = {"retired": {"since": "0.2.0", "reason": reason, "replaced_by": "plc-b"}}
    assert retirement_of(PLACE, retired) == Retirement("0.2.0", reason, "plc-b")
    assert is_retired(PLACE, retired)


def test_what_is_in_use_is_not_retired() -> None:
    assert retirement_of(PLACE, {"id": "plc-a"}) is None
    assert not is_retired(PLACE, {"id": "plc-a"})
