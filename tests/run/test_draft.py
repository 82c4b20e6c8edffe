"""What the drafter knows of a project: its units before the standard ones, and indicators by a document's names."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpack.disk.project import Project
from factpack.draft.calendar import Time
from factpack.run.draft import calendar_of, knowledge_of
from factpack.run.workspace import Workspace, open_workspace
from frozen import REPORT, root


@pytest.fixture(scope="module")
def space() -> Workspace:
    return open_workspace(Project(root()))


def test_a_unit_of_the_project_goes_before_the_standard_one_which_may_know_more_forms(space: Workspace) -> None:
    units = [each for each in knowledge_of(space, REPORT).units if each.id == "unt-person-10k"]
    assert [each.state for each in units] == ["", "unprinted"]
    assert set(units[0].printed) < set(units[1].printed)
    assert any(each.state == "missing" for each in knowledge_of(space, REPORT).units)


def test_a_standard_indicator_that_the_project_has_is_not_brought(space: Workspace) -> None:
    known = [each for each in knowledge_of(space, REPORT).known if each.id == "ind-gdp"]
    assert [each.standard for each in known] == [False]
    assert any(each.standard for each in knowledge_of(space, REPORT).known)


def test_former_names_count_in_the_documents_that_used_them(space: Workspace) -> None:
    def names(document: str) -> tuple[str, ...]:
        return next(each.forms for each in knowledge_of(space, document).known if each.id == "ind-good-air-rate")

    assert "空气优良率" in names(REPORT)


def test_the_calendar_has_the_headings_and_the_years_of_the_document(space: Workspace) -> None:
    calendar = calendar_of(space, REPORT)
    assert (calendar.delivered, calendar.reviewed) == (2025, 2025)
    assert calendar.time(9) == Time(2025, 2025)
    assert calendar.time(22) == Time(2021, 2025)
    assert calendar.time(30) == Time(2026, 2026, True)


@pytest.mark.parametrize(("day", "reviewed"), [("2025-12-27", 2025), ("2025-03-05", 2024)])
def test_what_says_nothing_of_its_review_looks_back_on_the_year_that_is_over(
    linxi_copy: Path, day: str, reviewed: int
) -> None:
    path = linxi_copy / "sources" / "documents" / f"{REPORT}.yaml"
    text = path.read_text("utf-8").replace("reviews:\n  - '2025'\n", "")
    head, _, rest = text.partition("delivered_on: ")
    path.write_text(f"{head}delivered_on: '{day}'\n{rest.partition(chr(10))[2]}", "utf-8")
    assert calendar_of(open_workspace(Project(linxi_copy)), REPORT).reviewed == reviewed
