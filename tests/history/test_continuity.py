"""Ids are for ever: they never vanish, are never used again, and columns go only with a new major version."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import Run
from factpack.history.columns import rearranged, removed
from factpack.history.continuity import Continuity, order
from factpack.history.editions import Edition, NoEdition, edition, latest
from projects import git, list_anew, replace, retire

PLACE = "sources/places/plc-linxi-lake-park.yaml"


def codes(out: str) -> list[str]:
    return [line.partition("[")[2].partition("]")[0] for line in out.splitlines()[::2]]


# ---- vanished and used again


def test_a_record_that_is_deleted_is_told_once_and_blocks_check_and_build(published: Path, run: Run) -> None:
    (published / "sources/indicators/ind-social-stability.yaml").unlink()
    for command in ("check", "build"):
        code, out, _ = run(published, command)
        assert code == 1
        assert out.splitlines()[0] == (
            "sources/indicators/ind-social-stability.yaml:1:1: error[vanished-id]: "
            "'ind-social-stability' was published in HEAD and is missing now"
        )
        assert codes(out) == ["vanished-id"]


def test_a_part_whose_period_changes_has_vanished_at_the_parts_of_its_record(published: Path, run: Run) -> None:
    replace(published / "sources/indicators/ind-gdp.yaml", "'2026'", "'2027'")
    code, out, _ = run(published, "check")
    assert (code, codes(out)) == (1, ["vanished-id"])
    assert "ind-gdp.yaml:13:1: " in out
    assert "'ind-gdp.2026.target'" in out


def test_a_record_that_cannot_be_read_is_not_also_said_to_have_vanished(published: Path, run: Run) -> None:
    (published / PLACE).write_text("id: [\n")
    assert codes(run(published, "check")[1]) == ["yaml-syntax"]


def test_a_retired_record_stays_in_the_table_of_ids_only(published: Path, run: Run) -> None:
    retire(published / PLACE, "  replaced_by: plc-linxi-lake\n")
    assert run(published, "build", "--allow-shrink")[:2] == (0, "")
    assert (
        "plc-linxi-lake-park,place,retired,plc-linxi-lake,0.1.0,临溪湖公园,Linxi Lake Park,有误。,Wrong.\n"
        in (published / "build/csv/ids.csv").read_text()
    )
    assert "lake-park" not in (published / "build/csv/places.csv").read_text()


def test_a_chain_of_replacements_is_resolved_to_its_end(published: Path, run: Run) -> None:
    text = (published / PLACE).read_text("utf-8")
    for name in ("old", "older"):
        path = published / f"sources/places/plc-linxi-{name}.yaml"
        path.write_text(text.replace("plc-linxi-lake-park", f"plc-linxi-{name}"), "utf-8")
        retire(path, f"  replaced_by: {'plc-linxi-lake-park' if name == 'old' else 'plc-linxi-old'}\n")
    assert run(published, "build")[:2] == (0, "")
    assert (
        "plc-linxi-older,place,retired,plc-linxi-lake-park,0.1.0,临溪湖公园,Linxi Lake Park,有误。,Wrong.\n"
        in (published / "build/csv/ids.csv").read_text()
    )


def test_an_id_that_was_retired_does_not_come_back(published: Path, run: Run) -> None:
    text = (published / PLACE).read_text("utf-8")
    retire(published / PLACE)
    assert run(published, "build", "--allow-shrink")[0] == 0
    git(published, "commit", "-qam", "retired")
    (published / PLACE).write_text(text, "utf-8")
    assert codes(run(published, "check")[1]) == ["reused-id"]


# ---- which edition


def test_without_git_the_package_on_disk_counts(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    (minimal / PLACE).unlink()
    code, out, _ = run(minimal, "check")
    assert (code, codes(out)) == (1, ["vanished-id"])
    assert "build/csv/ids.csv" in out


def test_before_the_first_build_nothing_can_have_vanished(minimal: Path, run: Run) -> None:
    assert run(minimal, "check")[:2] == (0, "")


def test_the_newest_data_tag_counts_before_head(published: Path, run: Run) -> None:
    git(published, "tag", "data-0.1.0")
    (published / PLACE).unlink()
    git(published, "rm", "-q", "--cached", "build/csv/ids.csv")
    git(published, "commit", "-qam", "an id is smuggled out")
    assert latest(published).name == "data-0.1.0"
    assert codes(run(published, "check")[1]) == ["vanished-id"]
    assert codes(run(published, "check", "--against", "HEAD")[1]) == ["damaged-edition"]


def test_tags_are_ordered_as_versions_and_others_are_no_data_tags(published: Path) -> None:
    for tag in ("data-0.9.0", "data-0.10.0", "v99", "tool-99.0.0"):
        git(published, "tag", tag)
    assert latest(published).name == "data-0.10.0"


def test_against_takes_a_revision_or_the_folder_of_a_package(published: Path, run: Run, tmp_path: Path) -> None:
    assert run(published, "build", "--out", str(tmp_path / "kept"))[0] == 0
    (published / PLACE).unlink()
    for name in ("HEAD", "HEAD^{commit}", str(tmp_path / "kept")):
        code, out, _ = run(published, "check", "--against", name)
        assert (code, codes(out)) == (1, ["vanished-id"])
        assert f"was published in {name[:50]}" in out


def test_a_folder_called_like_a_revision_is_not_taken_for_it(
    published: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(published, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert run(published, "build", "--out", str(published / "origin" / "main"))[0] == 0
    table = published / "origin" / "main" / "build" / "csv" / "ids.csv"
    table.write_text(
        "".join(line for line in table.read_text("utf-8").splitlines(True) if "plc-linxi-lake" not in line)
    )
    list_anew(published / "origin" / "main", "build/csv/ids.csv")
    (published / PLACE).unlink()
    monkeypatch.chdir(published)
    code, out, _ = run(published, "check", "--against", "origin/main")
    assert (code, codes(out)) == (1, ["vanished-id"])
    assert run(published, "check", "--against", "./origin/main")[:2] == (0, "")


@pytest.mark.parametrize("name", ["nothing", "--help", "HEAD:sources", "", "a b", "../x"])
def test_what_is_neither_is_a_mistake_of_use(published: Path, name: str) -> None:
    with pytest.raises(NoEdition):
        edition(published, name)


def test_a_project_below_the_top_of_its_repository_finds_its_own_package(published: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    (published / ".git").rename(outer / ".git")
    published.rename(outer / "project")
    git(outer, "add", "-A")
    git(outer, "commit", "-qm", "moved")
    assert any(each.id == "plc-linxi" for each in edition(outer / "project", "HEAD").ids()[0])


def test_paths_check_these_records_only(published: Path, run: Run) -> None:
    (published / PLACE).unlink()
    assert run(published, "check", str(published / "sources/projects"))[:2] == (0, "")


# ---- the merge

IDS = st.lists(
    st.builds(
        lambda kind, words, part: f"{kind}-{'-'.join(words)}{part}",
        st.sampled_from(["ind", "plc"]),
        st.lists(st.sampled_from(["a", "b", "a1"]), min_size=1, max_size=3),
        st.sampled_from(["", ".2024.actual", ".2025.actual"]),
    ),
    unique=True,
)


class Given(Edition):
    """An edition with given rows of its table of ids."""

    def __init__(self, rows: list[bytes]) -> None:
        super().__init__("then", Path())
        object.__setattr__(self, "_rows", rows)

    def table(self):  # type: ignore[no-untyped-def]
        return io.BytesIO(b"".join([HEADER, *self._rows]))  # type: ignore[attr-defined]


HEADER = b"id,kind,state,since,replaced_by_id\n"


def row(own: str, state: str = "current") -> bytes:
    return f"{own},place,{state},,\n".encode()


@given(then=IDS, now=IDS, runs=st.integers(1, 4))
def test_the_merge_finds_what_sets_find_whatever_the_order_of_the_old_table(
    then: list[str], now: list[str], runs: int
) -> None:
    for table in (then, sorted(then, key=order)):
        found = Continuity(Given([row(each) for each in table]), HEADER)
        listed = [row(each) for each in sorted(now, key=order)]
        for start in range(0, len(listed), runs):
            found.meet(b"".join(listed[start : start + runs]))
        found.end()
        assert sorted(found.vanished) == sorted(set(then) - set(now))


@given(ids=IDS, gone=st.sets(st.integers(0, 9)), back=st.sets(st.integers(0, 9)), runs=st.integers(1, 4))
def test_tables_that_are_alike_to_a_row_are_told_apart_from_there(
    ids: list[str], gone: set[int], back: set[int], runs: int
) -> None:
    listed = sorted(ids, key=order)
    then = [row(each, "retired" if at in back else "current") for at, each in enumerate(listed)]
    now = [row(each) for at, each in enumerate(listed) if at not in gone]
    found = Continuity(Given(then), HEADER)
    for start in range(0, len(now), runs):
        found.meet(b"".join(now[start : start + runs]))
    found.end()
    assert found.vanished == [each for at, each in enumerate(listed) if at in gone]
    assert found.reused == [each for at, each in enumerate(listed) if at in back - gone]


# ---- columns and versions


def test_removed_added_and_moved_columns_are_told() -> None:
    then = {"a": ["x", "y", "z"], "b": ["x"], "c": ["x", "y"]}
    now = {"a": ["x", "z", "new"], "c": ["y", "x"], "d": ["x"]}
    assert list(removed(then, now)) == ["a.y", "b"]
    assert list(rearranged(then, now)) == ["a.new", "c.y", "c.x"]


@pytest.mark.parametrize(
    ("version", "found"), [("0.1.1", ["version-too-low"]), ("0.2.0", ["version-too-low"]), ("1.0.0", [])]
)
def test_a_removed_column_asks_for_a_new_major_version(
    published: Path, run: Run, version: str, found: list[str]
) -> None:
    descriptor = json.loads((published / "datapackage.json").read_text("utf-8"))
    aliases = next(each for each in descriptor["resources"] if each["name"] == "aliases")
    aliases["schema"]["fields"].append({"name": "language"})
    (published / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    git(published, "commit", "-qam", "a column more")
    replace(published / "sources/package.yaml", "version: 0.1.0", f"version: {version}")
    assert codes(run(published, "check")[1]) == found


def test_an_added_column_asks_for_one_once_the_old_columns_were_published(published: Path, run: Run) -> None:
    descriptor = json.loads((published / "datapackage.json").read_text("utf-8"))
    aliases = next(each for each in descriptor["resources"] if each["name"] == "aliases")
    aliases["schema"]["fields"].pop()
    (published / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    git(published, "commit", "-qam", "a column less")
    assert run(published, "check")[:2] == (0, "")
    git(published, "tag", "data-0.1.0")
    code, out, _ = run(published, "check")
    assert (code, codes(out)) == (1, ["version-too-low"])
    assert "(aliases.document_id)" in out
    assert codes(run(published, "check", "--against", "HEAD")[1]) == ["version-too-low"], "HEAD is that version"
