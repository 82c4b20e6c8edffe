"""The check of one record: each step waits for the one before, and what others need is given as far as it is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factpack.check.coverage import EVERYWHERE
from factpack.check.record import Checked, check_record
from factpack.disk.project import Project
from factpack.run.workspace import open_workspace

GROWTH = "ind-gdp-growth"
Check = Callable[..., Checked]


@pytest.fixture
def checked(minimal: Path) -> Check:
    """Check a record of the good project in which one text is replaced."""

    def checked(old: str = "", new: str = "", *, proof: bool = True) -> Checked:
        path = minimal / "sources" / "indicators" / f"{GROWTH}.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
        space = open_workspace(Project(minimal))
        kind = space.schemas.kinds["indicator"]
        return check_record(kind, *space.load(kind, GROWTH), space.library, proof=proof)

    return checked


def codes(checked: Checked) -> set[str]:
    return {problem.code for problem in checked.problems}


def test_a_right_record_gives_its_ids_its_references_and_the_numbers_that_it_uses(checked: Check) -> None:
    found = checked()
    assert (found.problems, found.valid, found.doubts) == ([], True, frozenset())
    assert found.identities[0].id == GROWTH
    assert len(found.identities) > 1
    assert set(found.references.values()) == {GROWTH}
    assert "unt-percent" in found.references
    assert {use.document for use in found.uses if use.by_value} == {"doc-report"}
    assert [paths for (_, paths, _), _ in found.unique]


def test_a_record_that_breaks_its_schema_gives_problems_and_doubts_only(checked: Check) -> None:
    found = checked("unit:", "units:")
    assert "unknown-field" in codes(found)
    assert found == Checked(found.problems, frozenset({EVERYWHERE}))


def test_a_record_that_breaks_a_rule_is_not_held_against_its_quotes(checked: Check) -> None:
    found = checked("unt-percent", "unt-nothing")
    assert codes(found) == {"unknown-reference"}
    assert (found.valid, found.uses, found.doubts) == (True, [], {EVERYWHERE})
    assert found.identities


def test_a_value_that_no_quote_gives_casts_doubt_on_the_paragraphs_that_it_cites(checked: Check) -> None:
    found = checked("value: 5.5", "value: 5.4")
    assert codes(found) == {"value-not-in-quote"}
    assert found.doubts
    assert EVERYWHERE not in found.doubts


def test_without_proof_no_quote_is_looked_at(checked: Check) -> None:
    found = checked("value: 5.5", "value: 5.4", proof=False)
    assert (found.problems, found.uses) == ([], [])
