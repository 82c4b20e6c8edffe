"""What became of promises and figures since an earlier edition: told by `diff` and in release notes, a line each."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace as changed
from pathlib import Path

import pytest

import frozen
from command_line import Run
from factpack.disk.project import Project
from factpack.history.changes import Snapshot, compare, snapshot_of
from factpack.history.editions import Edition
from factpack.history.turns import Rows, turns
from factpack.run.snapshot import snapshot
from factpack.run.workspace import open_workspace
from factpack.table.encode import csv_lines
from projects import ROOT, commit_all, replace

Cells = dict[str, str]


def target(outcome: str = "pending", **more: str) -> Cells:
    return {"period": "2026", "display_zh": "15宗", "display_en": "15", "outcome": outcome, **more}


def result(value: str, preferred: str = "true", **more: str) -> Cells:
    return {"period": "2025", "display_zh": value, "display_en": value, "preferred": preferred, **more}


def told(then: Mapping[str, Cells], now: Mapping[str, Cells]) -> list[tuple[str, ...]]:
    found = turns({"things": then}, {"things": now})
    return [(each.how, each.id, each.was, each.now, each.before["en"], each.after["en"], each.by) for each in found]


@pytest.mark.parametrize("now", ["met", "missed", "unclear", "not_reported", "kept", "late"])
def test_an_outcome_comes_where_there_was_none(now: str) -> None:
    answered = target(now, outcome_id="b", outcome_display_zh="17宗", outcome_display_en="17")
    came = [("came", "a", "pending", now, "15", "17", "b")]
    assert told({"a": target()}, {"a": answered}) == came
    assert told({}, {"a": answered}) == [("came", "a", "", now, "15", "17", "b")]


@pytest.mark.parametrize(("was", "now"), [("met", "missed"), ("missed", "pending"), ("not_reported", "met")])
def test_an_outcome_turns_where_there_was_another(was: str, now: str) -> None:
    assert told({"a": target(was)}, {"a": target(now)}) == [("turned", "a", was, now, "15", "", "")]


@pytest.mark.parametrize(("was", "now"), [("met", "met"), ("pending", "not_judged"), ("", "pending"), ("", "")])
def test_nothing_came_where_there_is_no_new_outcome(was: str, now: str) -> None:
    assert told({"a": target(was)}, {"a": target(now)}) == []


def test_a_figure_is_corrected_given_more_exactly_or_contradicted() -> None:
    then = {"a": result("1,250")}
    corrected = {"a": result("1,250", "false", superseded_by_id="b"), "b": result("1,180")}
    assert told(then, corrected) == [("corrected", "a", "", "", "1,250", "1,180", "b")]
    final = {"a": result("over 2,000", "false", restates_id="b"), "b": result("2,020")}
    assert told({"a": result("over 2,000")}, final) == [("final", "a", "", "", "over 2,000", "2,020", "b")]
    undecided = {"a": result("5%", "false"), "b": result("4%", "false")}
    assert told({"a": result("5%")}, undecided) == [("undecided", "a", "", "", "5%", "", "")]


def test_a_new_figure_that_repeats_or_loses_to_the_old_one_is_no_news() -> None:
    then = {"a": result("129")}
    assert told(then, {**then, "b": result("128.9", "false", restates_id="a")}) == []
    assert told(then, {**then, "b": result("150", "false", superseded_by_id="a")}) == []
    assert told({"a": result("150", "false", superseded_by_id="b")}, {"a": result("150", "false")}) == []


def test_a_date_is_moved_once_and_again() -> None:
    moved = target("moved", moved_to="2027", outcome_id="b")
    assert [each[:4] for each in told({"a": target()}, {"a": moved})] == [
        ("came", "a", "pending", "moved"),
        ("moved", "a", "2026", "2027"),
    ]
    assert told({"a": moved}, {"a": moved}) == []
    assert [each[:4] for each in told({"a": moved}, {"a": {**moved, "moved_to": "2028"}})] == [
        ("moved", "a", "2027", "2028")
    ]


def at(columns: tuple[str, ...], rows: Mapping[str, Rows], **more: bool) -> Snapshot:
    return changed(Snapshot({}, {}, {"things": columns}, "0.1.0", rows=rows), **more)


def test_an_edition_without_outcomes_has_none_and_that_is_said() -> None:
    judged = at(("id", "outcome"), {"things": {"a": target("met")}})
    bare = at(("id",), {})
    assert compare(bare, judged, {}).unjudged == ("0.1.0",)
    assert compare(judged, bare, {}).unjudged == ("0.1.0",)
    assert compare(bare, judged, {}).turns == []
    assert compare(bare, bare, {}).unjudged == compare(judged, judged, {}).unjudged == ()


def test_between_two_packages_and_before_the_first_nothing_turns() -> None:
    then, now = at(("id", "outcome"), {"things": {}}), at(("id", "outcome"), {"things": {"a": target("met")}})
    assert len(compare(then, now, {}).turns) == 1
    assert compare(changed(then, package="x"), changed(now, package="y"), {}).turns == []
    assert compare(changed(then, published=False), now, {}).turns == []


# ---- the command


def say(path: Path, row_id: str, **cells: str) -> None:
    """Let the row of an id say something else in a CSV."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    next(each for each in rows if each["id"] == row_id).update(cells)
    path.write_bytes(csv_lines([[*rows[0]], *(each.values() for each in rows)]))  # type: ignore[list-item]


@pytest.fixture(scope="module")
def _year_before(linxi: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen project whose last commit holds a package in which some results were not known yet."""
    root = Path(shutil.copytree(linxi, tmp_path_factory.mktemp("before") / "linxi", symlinks=True))
    built = root / "build"
    nothing = dict.fromkeys(("outcome_id", "outcome_display_zh", "outcome_display_en"), "")
    say(built / "csv/targets.csv", "ind-parking-spaces-added.2025.target", outcome="pending", **nothing)
    say(built / "csv/targets.csv", "ind-good-air-rate.2025.target", outcome="missed")
    started = "prj-xidong-primary-school.2025.started.target"
    say(built / "csv/milestones.csv", started, outcome="pending", outcome_id="")
    say(built / "csv/observations.csv", "ind-gdp.2024.estimate", preferred="true", superseded_by_id="", restates_id="")
    replace(built / "json/places.json", '"en": "Linxi Lake"', '"en": "Lake of Linxi"')
    (root / ".gitignore").write_text("/.factpack/\n")
    commit_all(root)
    return root


@pytest.fixture
def year_before(_year_before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_year_before, tmp_path / "linxi", symlinks=True))


TOLD = """\
= 1 target of 2025 has an outcome: 1 missed
    Parking spaces added, 2025: at least 1,500 (target) → 1,250, missed \
(ind-parking-spaces-added.2025.target → ind-parking-spaces-added.2025.actual)
= 1 milestone of 2025 has an outcome: 1 on time
    New campus of Xidong Primary School, Started, 2025: on time \
(prj-xidong-primary-school.2025.started.target → prj-xidong-primary-school.2025.started.actual)
= Outcomes that turned (1)
    Share of days with good air, 2025: to stay at least 88% (target) → 88.5%, missed → met \
(ind-good-air-rate.2025.target → ind-good-air-rate.2025.actual)
= Corrected figures (1)
    Gross regional product (GDP), 2024: about CNY 29 billion (expected) → over CNY 29 billion, \
passed this mark for the first time (ind-gdp.2024.estimate → ind-gdp.2024.actual)
= New names (1)
    Lake of Linxi → Linxi Lake (plc-linxi-lake)
"""


RECORDS = """\
~ plc-linxi-lake  临溪湖 / Linxi Lake
    name.en: Lake of Linxi → Linxi Lake
"""


def test_diff_tells_them_before_all_else(year_before: Path, run: Run) -> None:
    code, out, _ = run(year_before, "diff")
    assert (code, out) == (0, TOLD + RECORDS)


def test_diff_tells_them_in_chinese_in_json_and_in_markdown(year_before: Path, run: Run) -> None:
    out = run(year_before, "diff", lang="zh").stdout
    assert out.startswith(
        "= 2025 的目标有 1 项有了结果：未完成 1\n    新增停车位数，2025：至少1500个（目标） → 1250个，未完成（"
    )
    found = json.loads(run(year_before, "diff", "--format", "json").stdout)
    assert [each["turn"] for each in found["turns"]] == ["corrected", "turned", "came", "came", "renamed"]
    assert found["summary"]["without_outcomes"] == []
    for path in ("docs/commands.md", "docs/commands.zh-CN.md"):
        section = (ROOT / path).read_text("utf-8").partition("### diff\n")[2].partition("\n### ")[0]
        assert [key for key in (*found, *found["turns"][0], *found["changes"][0]) if f"`{key}`" not in section] == []
        turned = ("came", "turned", "corrected", "final", "undecided", "moved", "renamed")
        assert [each for each in turned if f"`{each}`" not in section] == []
    page = run(year_before, "diff", "--format", "markdown").stdout
    assert "\n### 1 target of 2025 has an outcome: 1 missed\n\n- Parking spaces added, 2025: at least 1,500" in page
    assert page.index("### Corrected figures (1)") < page.index("### Changed")


@pytest.mark.parametrize("root", [frozen.root, frozen.year_after])
def test_the_sources_give_the_rows_that_a_build_writes(root: Callable[[], Path]) -> None:
    space = open_workspace(Project.at(root()))
    built = snapshot_of(Edition("x", root()), [])
    assert built.rows.keys() == {"observations", "targets", "milestones"}
    assert snapshot(space).rows == built.rows


def test_a_record_with_problems_leaves_outcomes_untold(year_before: Path, run: Run) -> None:
    (year_before / "sources/places/plc-linxi-lake.yaml").write_text("id: [\n")
    code, out, _ = run(year_before, "diff")
    assert (code, out) == (1, "")


def test_a_damaged_table_of_the_earlier_edition_is_named(year_before: Path, run: Run) -> None:
    path = year_before / "build/csv/targets.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";", 1))
    commit_all(year_before)
    code, out, err = run(year_before, "diff")
    assert code == 1
    assert "build/csv/targets.csv:1:1: error[damaged-edition]" in err
    assert "= 1 target" not in out
