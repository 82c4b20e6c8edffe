"""What `diff` tells: every record that was added, changed, retired or removed, and the version this asks for."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import Run
from factpack.history.changes import Snapshot, compare, raised
from factpack.history.columns import broken
from factpack.record.ids import Identity
from factpack.report.markup import code, escaped
from projects import git, replace, retire

PLACE = "sources/places/plc-linxi-lake-park.yaml"
LABELS = {"things": "name"}


def at(records: dict[str, Any], retired: tuple[str, ...] = (), columns: tuple[str, ...] = ("id",)) -> Snapshot:
    """Return a snapshot of one folder."""
    ids = {
        own: Identity(own, "thing", own in retired, "0.2.0" if own in retired else None) for own in (*records, *retired)
    }
    return Snapshot({"things": records}, ids, {"things": columns}, "0.1.0")


THING = {"id": "thg-a", "name": {"zh": "甲", "en": "A"}, "parts": [{"id": "thg-a.1", "value": 1}], "tags": ["x"]}


def changed(**fields: Any) -> list[tuple[str, Any, Any]]:
    found = compare(at({"thg-a": THING}), at({"thg-a": {**THING, **fields}}), LABELS)
    return [(each.path, each.before, each.after) for each in found.records[0].fields]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": {"zh": "乙", "en": "A"}}, [("name.zh", "甲", "乙")]),
        ({"parts": [{"id": "thg-a.1", "value": 2}]}, [("parts[thg-a.1].value", 1, 2)]),
        ({"parts": [{"id": "thg-a.0"}, {"id": "thg-a.1", "value": 1}]}, [("parts[thg-a.0]", None, {"id": "thg-a.0"})]),
        ({"parts": []}, [("parts[thg-a.1]", {"id": "thg-a.1", "value": 1}, None)]),
        ({"tags": ["x", "y"]}, [("tags[2]", None, "y")]),
        ({"tags": None, "new": True}, [("tags", ["x"], None), ("new", None, True)]),
    ],
)
def test_a_change_is_told_at_the_deepest_field_that_differs(fields: dict[str, Any], expected: list[Any]) -> None:
    assert changed(**fields) == expected


def test_each_kind_of_change_asks_for_its_version() -> None:
    old = at({"thg-a": THING})
    assert compare(old, old, LABELS).level == ""
    assert compare(old, at({"thg-a": {**THING, "tags": ["y"]}}), LABELS).needed == "0.1.1"
    assert compare(old, at({"thg-a": THING, "thg-b": {**THING, "id": "thg-b"}}), LABELS).needed == "0.2.0"
    assert compare(old, at({}, retired=("thg-a",)), LABELS).needed == "0.2.0"
    assert compare(old, at({"thg-a": THING}, columns=("id", "new")), LABELS).needed == "1.0.0"


def test_what_is_gone_is_retired_or_removed_and_records_with_problems_are_left_out() -> None:
    old = at({"thg-a": THING})
    assert [each.how for each in compare(old, at({}, retired=("thg-a",)), LABELS).records] == ["retired"]
    assert [each.how for each in compare(old, at({}), LABELS).records] == ["removed"]
    unread = Snapshot({}, {}, {"things": ["id"]}, "0.1.0", frozenset({"thg-a"}))
    assert compare(old, unread, LABELS).records == []


VALUES = st.recursive(
    st.one_of(st.integers(), st.text(), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)),
    max_leaves=8,
)


@given(one=st.dictionaries(st.sampled_from("abcd"), VALUES), other=st.dictionaries(st.sampled_from("abcd"), VALUES))
def test_records_that_differ_have_fields_that_differ_and_equal_ones_have_none(one: Any, other: Any) -> None:
    found = compare(at({"thg-a": one}), at({"thg-a": other}), LABELS).records
    assert bool(found) is (one != other)
    assert all(each.fields for each in found)


@pytest.mark.parametrize(
    ("was", "level", "expected"),
    [("1.2.3", "major", "2.0.0"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "patch", "1.2.4"), ("1.2.3", "", "1.2.3")],
)
def test_a_version_is_raised_at_its_place_and_the_later_ones_begin_again(was: str, level: str, expected: str) -> None:
    assert raised(was, level) == expected


# ---- the command


def test_nothing_has_changed_since_the_commit(published: Path, run: Run) -> None:
    assert run(published, "diff") == (0, "", "Compared with HEAD (0.1.0).\nno changes since 0.1.0\n")


def change_everything(root: Path) -> None:
    replace(root / "sources/places/plc-linxi-lake.yaml", "en: Linxi Lake", "en: Lake `Linxi` <b>")
    retire(root / PLACE, "  replaced_by: plc-linxi-lake\n")
    path = root / "sources/places/plc-linxi-shore.yaml"
    path.write_text(
        (root / "sources/places/plc-linxi-lake.yaml")
        .read_text("utf-8")
        .replace("plc-linxi-lake", "plc-linxi-shore")
        .replace("zh: 临溪湖", "zh: 溪东小学")
        .replace("quote: 临溪湖畔", "quote: 溪东小学"),
        "utf-8",
    )
    project = root / "sources/projects/prj-xidong-primary-school.yaml"
    gone = "    retired:\n      since: 0.1.0\n      reason:\n        zh: 有误。\n        en: Wrong.\n"
    project.write_text(project.read_text("utf-8") + gone, "utf-8")


TOLD = """\
= New names (1)
    Linxi Lake → Lake `Linxi` <b> (plc-linxi-lake)
~ plc-linxi-lake  临溪湖 / Lake `Linxi` <b>
    name.en: Linxi Lake → Lake `Linxi` <b>
- plc-linxi-lake-park  临溪湖公园 / Linxi Lake Park (retired since 0.1.0, replaced by plc-linxi-lake)
+ plc-linxi-shore  溪东小学 / Lake `Linxi` <b>
~ prj-xidong-primary-school  溪东小学 / Xidong Primary School
    milestones[prj-xidong-primary-school.2025.started.actual]: retired since 0.1.0
"""


TOTAL = "1 added, 2 changed, 1 retired, 0 removed since version 0.1.0"
STAYS = "0.1.0 has not been published, so the version (0.1.0) may stay as it is"


def test_text_tells_every_change_and_the_version_it_asks_for(published: Path, run: Run) -> None:
    change_everything(published)
    code, out, err = run(published, "diff")
    assert (code, out) == (0, TOLD)
    assert err == f"Compared with HEAD (0.1.0).\n{TOTAL}; {STAYS}\n"
    git(published, "tag", "data-0.1.0")
    asked = "this asks for version 0.2.0 (MINOR); it is 0.1.0"
    assert run(published, "diff").stderr == f"Compared with data-0.1.0.\n{TOTAL}; {asked}\n"


def test_json_tells_the_same(published: Path, run: Run) -> None:
    change_everything(published)
    said = json.loads(run(published, "diff", "--format", "json")[1])
    assert [(each["change"], each["id"]) for each in said["changes"]] == [
        ("changed", "plc-linxi-lake"),
        ("retired", "plc-linxi-lake-park"),
        ("added", "plc-linxi-shore"),
        ("changed", "prj-xidong-primary-school"),
    ]
    assert said["changes"][0]["fields"] == [{"path": "name.en", "before": "Linxi Lake", "after": "Lake `Linxi` <b>"}]
    assert said["summary"]["version"] == {"from": "0.1.0", "to": "0.1.0", "level": "minor", "needed": None}
    git(published, "tag", "data-0.1.0")
    version = json.loads(run(published, "diff", "--format", "json").stdout)["summary"]["version"]
    assert version == {"from": "0.1.0", "to": "0.1.0", "level": "minor", "needed": "0.2.0"}


def test_where_nobody_knows_what_was_published_no_version_is_asked_for(published: Path, run: Run) -> None:
    git(published, "tag", "data-first")
    change_everything(published)
    assert run(published, "diff").stderr.endswith(
        f"{TOTAL}; whether 0.1.0 was published is not known, nor which version this asks for (it is 0.1.0)\n"
    )


COLUMNS = st.dictionaries(st.sampled_from("tuv"), st.lists(st.sampled_from("abcd"), unique=True, max_size=4))


@given(before=COLUMNS, after=COLUMNS, released=st.booleans())
def test_diff_and_check_agree_on_what_breaks_the_columns(
    before: dict[str, list[str]], after: dict[str, list[str]], released: bool
) -> None:
    then = Snapshot({}, {}, before, "0.1.0", released=released)
    found = compare(then, Snapshot({}, {}, after, "0.1.0"), {})
    breaks = bool(broken(before, after, released))
    assert (found.level == "major") is breaks
    assert (found.needed == "1.0.0") is breaks


def test_an_added_column_asks_for_a_version_only_where_readers_have_the_columns(published: Path, run: Run) -> None:
    schema = published / "schemas/place.schema.json"
    made = json.loads(schema.read_text("utf-8"))
    words = {"title": "Mark", "description": "A mark.", "x-title": {"zh": "标", "en": "Mark"}}
    words |= {"x-description": {"zh": "标记。", "en": "A mark."}}  # type: ignore[dict-item]
    made["properties"]["mark"] = {"type": "string", "maxLength": 9, **words}
    made["x-columns"].append("mark")
    schema.write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert run(published, "check").exit_code == 0
    assert "places.mark" in run(published, "diff").stdout
    assert "MAJOR" not in run(published, "diff").stderr
    git(published, "tag", "data-0.1.0")
    assert "error[version-too-low]" in run(published, "check").stdout
    assert "this asks for version 1.0.0 (MAJOR)" in run(published, "diff").stderr


def test_markdown_is_the_section_of_a_changelog_in_which_no_name_is_markup(published: Path, run: Run) -> None:
    change_everything(published)
    out = run(published, "diff", "--format", "markdown")[1]
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "### New names (1)",
        "### Added",
        "### Changed",
        "### Retired",
    ]
    assert "- Linxi Lake → Lake &#96;Linxi&#96; &#60;b&#62; (plc-linxi-lake)\n" in out
    assert "- `plc-linxi-shore` 溪东小学 / Lake &#96;Linxi&#96; &#60;b&#62;\n" in out
    assert "  - `name.en`: `Linxi Lake` → ``Lake `Linxi` <b>``\n" in out


def test_two_editions_are_compared_with_each_other(published: Path, run: Run, tmp_path: Path) -> None:
    change_everything(published)
    assert run(published, "build", "--out", str(tmp_path / "new"))[0] == 0
    code, out, _ = run(published, "diff", "HEAD", str(tmp_path / "new"))
    assert (code, out) == (0, TOLD)
    back = run(published, "diff", str(tmp_path / "new"), "HEAD")[1]
    assert "! plc-linxi-shore" in back
    assert "+ plc-linxi-lake-park" in back


def test_a_record_with_problems_is_named_and_not_taken_for_removed(published: Path, run: Run) -> None:
    (published / PLACE).write_text("id: [\n")
    code, out, err = run(published, "diff")
    assert (code, out) == (1, "")
    assert err == (
        "Compared with HEAD (0.1.0).\n"
        "of what could be compared: 0 added, 0 changed, 0 retired, 0 removed since version 0.1.0; "
        "which version this asks for cannot be told\n"
        "not compared, for they have problems: plc-linxi-lake-park\n"
    )
    version = json.loads(run(published, "diff", "--format", "json").stdout)["summary"]["version"]
    assert version == {"from": "0.1.0", "to": "0.1.0", "level": None, "needed": None}


@given(st.text(min_size=1))
def test_no_text_ends_its_code_span(text: str) -> None:
    span = code(text)
    fence = span[: len(span) - len(span.lstrip("`"))]
    assert span.endswith(fence)
    assert len(fence) not in {len(run) for run in re.findall("`+", span[len(fence) : -len(fence)])}
    assert span.strip("`").strip(" ") == text.strip("`").strip(" ") or "`" in text


@given(st.text(alphabet="a`*_[]<>&#@|~\\!() h:/w."))
def test_no_markup_is_left_in_an_escaped_text(text: str) -> None:
    assert not set(escaped(text).replace("&#", "")) & set("`*_[]<>@|~\\")
    assert html.unescape(escaped(text)) == text
