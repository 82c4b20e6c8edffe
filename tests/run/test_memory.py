"""What a process keeps between its checks changes nothing that they say; it only saves work."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from factpack.disk.cache import open_cache
from factpack.disk.project import Project
from factpack.run import making
from factpack.run.memory import Memory
from factpack.run.outcome import Outcome
from factpack.run.pipeline import check_project
from factpack.run.workspace import open_workspace
from projects import replace

GROWTH, SCHOOL = "sources/indicators/ind-gdp-growth.yaml", "sources/projects/prj-xidong-primary-school.yaml"


def check(root: Path, memory: Memory | None, *, cached: bool = False) -> Outcome:
    project = Project(root)
    space = open_workspace(project, memory=memory)
    return check_project(space.with_cache(open_cache(project)) if cached else space)


def told(outcome: Outcome) -> tuple[Any, ...]:
    return outcome.problems, outcome.counts, outcome.totals


def files(root: Path) -> list[Path]:
    return [path for folder in ("schemas", "sources") for path in sorted((root / folder).rglob("*")) if path.is_file()]


@pytest.mark.parametrize("cached", [False, True])
def test_whichever_file_changes_or_goes_a_check_with_memory_says_what_one_without_says(
    minimal: Path, cached: bool
) -> None:
    memory = Memory()
    good = told(check(minimal, memory, cached=cached))
    for path in files(minimal):
        raw = path.read_bytes()
        for other in (raw + b"more: 1\n", raw.replace(b"value: 5.5", b"value: 5.4").replace(b"en: ", b"en: A "), None):
            if other is None:
                path.unlink()
            else:
                path.write_bytes(other)
            assert told(check(minimal, memory, cached=cached)) == told(check(minimal, None)), path
        path.write_bytes(raw)
        assert told(check(minimal, memory, cached=cached)) == good, path


def test_records_that_come_are_checked_and_those_that_go_are_missed(minimal: Path) -> None:
    memory = Memory()
    check(minimal, memory)
    shutil.copy(minimal / "sources/units/unt-percent.yaml", minimal / "sources/units/unt-copy.yaml")
    more = told(check(minimal, memory))
    assert more == told(check(minimal, None))
    (minimal / "sources/units/unt-copy.yaml").unlink()
    (minimal / "sources/units/unt-percent.yaml").unlink()
    assert told(check(minimal, memory)) == told(check(minimal, None)) != more


def test_a_memory_is_of_one_project_at_a_time(minimal: Path, linxi_copy: Path) -> None:
    memory = Memory()
    for root in (minimal, linxi_copy, minimal):
        assert told(check(root, memory)) == told(check(root, None))


@pytest.mark.parametrize("cached", [False, True])
def test_only_what_a_saved_file_touches_is_checked_again(
    minimal: Path, monkeypatch: pytest.MonkeyPatch, cached: bool
) -> None:
    memory, checked = Memory(), list[str]()
    check(minimal, None, cached=cached)  # what the cache has of all records together is not enough
    check(minimal, memory, cached=cached)
    real = making.check_record

    def counted(kind: Any, document: Any, *rest: Any) -> Any:
        checked.append(document.path)
        return real(kind, document, *rest)

    monkeypatch.setattr(making, "check_record", counted)
    assert check(minimal, memory, cached=cached).problems == []
    assert checked == []
    replace(minimal / SCHOOL, "- plc-linxi-lake", "- plc-gone")
    wrong = check(minimal, memory, cached=cached)
    assert {each.path for each in wrong.problems} == {SCHOOL}
    assert checked == [SCHOOL]


def test_a_record_with_problems_is_checked_again(minimal: Path) -> None:
    """What is proposed in place of a wrong value may come of files that no record names."""
    memory = Memory()
    replace(minimal / GROWTH, "unit: unt-percent", "unit: unt-percant")
    check(minimal, memory)
    (minimal / "sources/units/unt-percent.yaml").rename(minimal / "sources/units/unt-percant.yaml")
    assert told(check(minimal, memory)) == told(check(minimal, None))
