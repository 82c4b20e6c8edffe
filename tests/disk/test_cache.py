"""Nothing is done twice, and nothing is taken from the cache that is not what the sources give now."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import Run
from factpack.disk.cache import CODE, Cache, open_cache, world
from factpack.disk.project import Project
from factpack.disk.stage import staged
from factpack.history.editions import latest
from factpack.run import dependencies, making
from factpack.run.chunk import CHUNK_SIZE, MAX_CHUNK, chunks
from factpack.run.outcome import Outcome
from factpack.run.pipeline import build_project, check_project
from factpack.run.workspace import open_cached, open_workspace
from factpack.schema import read
from factpack.table.encode import unpack
from projects import ROOT, replace, tree

GROWTH = "sources/indicators/ind-gdp-growth.yaml"
SCHOOL = "sources/projects/prj-xidong-primary-school.yaml"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first record of each chunk that was really worked on."""
    return watched(monkeypatch, "result")


@pytest.fixture
def completed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first record of each chunk to which only rows were added."""
    return watched(monkeypatch, "with_rows")


def watched(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Return a list that takes the first record of each chunk for which a function of `run.making` is called."""
    found: list[str] = []
    real = getattr(making, name)

    def called(space, work, *more):  # type: ignore[no-untyped-def]
        found.append(work.ids[0])
        return real(space, work, *more)

    monkeypatch.setattr(making, name, called)
    return found


@pytest.fixture
def aged(minimal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The minimal project, its files old enough for their times to tell."""
    monkeypatch.setattr(dependencies, "MTIME_GRACE_NS", -(10**18))
    return minimal


def built(root: Path, *, cached: bool = True) -> Outcome:
    """Build a project with its cache."""
    project = Project(root)
    with staged(root) as stage:
        space = open_workspace(project, open_cache(project) if cached else None)
        outcome = build_project(space, stage, earlier=latest(root), may_shrink=True)
        if not outcome.problems:
            stage.commit()
    return outcome


def checked(root: Path, *, cached: bool = True) -> Outcome:
    """Check a project with its cache."""
    project = Project(root)
    return check_project(open_workspace(project, open_cache(project) if cached else None), earlier=latest(root))


def test_a_second_build_works_on_nothing_and_gives_the_same(aged: Path, made: list[str]) -> None:
    first = built(aged)
    package, worked = tree(aged), len(made)
    made.clear()
    second = built(aged)
    assert (made, tree(aged), worked > 3) == ([], package, True)
    assert (second.counts, second.totals, second.problems) == (first.counts, first.totals, [])


def test_files_that_were_touched_are_read_and_not_worked_on(aged: Path, made: list[str]) -> None:
    built(aged)
    made.clear()
    for path in (aged / "sources").rglob("*.*"):
        os.utime(path, (1, 1))
    built(aged)
    assert made == []
    cache = open_cache(Project(aged))
    assert cache
    noted = unpack(cache.read("chunk.plc-linxi") or b"")[0]["noted"]
    states = [each for each in dependencies.Dependencies.from_json(noted).files.values() if each]
    assert states
    assert all(each.modified == 10**9 for each in states), "their times are known now"


@pytest.mark.parametrize("young", [False, True])
def test_a_changed_record_is_seen_even_if_its_size_and_time_are_those_of_before(
    minimal: Path, monkeypatch: pytest.MonkeyPatch, young: bool
) -> None:
    monkeypatch.setattr(dependencies, "MTIME_GRACE_NS", 10**18 if young else -(10**18))
    built(minimal)
    before = (minimal / SCHOOL).stat()
    replace(minimal / SCHOOL, "en: Xidong", "en: Xidonk")
    os.utime(minimal / SCHOOL, ns=(before.st_atime_ns, before.st_mtime_ns))
    built(minimal)
    assert "Xidonk" in (minimal / "build/csv/projects.csv").read_text("utf-8")


def test_only_the_runs_that_read_a_changed_file_are_worked_on(aged: Path, made: list[str]) -> None:
    built(aged)
    made.clear()
    replace(aged / "sources/units/unt-percent.yaml", "en: Per cent", "en: Percent")
    built(aged)
    assert any(each.startswith("unt-") for each in made)
    assert any(each.startswith("ind-") for each in made), "indicators show their units"
    assert not any(each.startswith("trm-") for each in made)


Step = Callable[[Path], object]


def one_more(root: Path) -> None:
    """Add a place whose name another place has: what proofs must know of names has changed."""
    text = (root / "sources/places/plc-linxi-lake.yaml").read_text("utf-8")
    more = text.replace("plc-linxi-lake", "plc-more")
    (root / "sources/places/plc-more.yaml").write_text(more, "utf-8")


STEPS: dict[str, Step] = {
    "a value": lambda root: replace(root / GROWTH, "value: 5.5", "value: 5.4"),
    "a name": lambda root: replace(root / SCHOOL, "en: Xidong", "en: The Xidong"),
    "a record more": one_more,
    "a record gone": lambda root: (root / "sources/places/plc-linxi-lake.yaml").unlink(),
    "a text gone": lambda root: next((root / "sources/texts").iterdir()).unlink(),
    "a text damaged": lambda root: next((root / "sources/texts").iterdir()).write_text("{}"),
    "a schema": lambda root: replace(root / "schemas/unit.schema.json", '"maxLength": 40', '"maxLength": 140'),
    "a wrong schema": lambda root: replace(root / "schemas/unit.schema.json", '"maxLength": 40', '"maxLength": "40"'),
    "wrong everyday words": lambda root: (root / "sources/search.yaml").write_text("everyday: 1\n"),
    "a wrong package": lambda root: replace(root / "sources/package.yaml", "version: 0.1.0", "version: 0.1"),
    "the package": lambda root: replace(root / "sources/package.yaml", "version: 0.1.0", "version: 0.2.0"),
    "a stranger": lambda root: (root / "sources/places/notes.txt").write_text("x"),
    "a broken file": lambda root: (root / "sources/places/plc-linxi.yaml").write_text("id: [\n"),
    "a file that is a folder": lambda root: turn_into_folder(root / "sources/places/plc-linxi.yaml"),
}


def turn_into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_whatever_changes_the_cache_gives_what_is_found_without_it(aged: Path, step: Step) -> None:
    built(aged)
    before = tree(aged)
    step(aged)
    assert tree(aged) != before
    with_cache = built(aged).problems, tree(aged)
    assert with_cache == (built(aged, cached=False).problems, tree(aged))
    assert with_cache == (built(aged).problems, tree(aged))


def test_problems_are_told_each_time(aged: Path) -> None:
    replace(aged / GROWTH, "value: 5.5", "value: 5.4")
    first, second = built(aged), built(aged)
    assert first.problems == second.problems != []


def test_a_check_takes_what_a_build_kept_and_leaves_it_to_the_next(
    aged: Path, made: list[str], completed: list[str]
) -> None:
    built(aged)
    before, worked = checked(aged, cached=False), len(made)
    for _ in range(2):
        found = checked(aged)
        assert (found.problems, found.counts, found.totals) == (before.problems, before.counts, before.totals)
        built(aged)
    assert (len(made), completed) == (worked, [])


def test_a_build_takes_what_a_check_found_and_adds_the_rows(aged: Path, made: list[str], completed: list[str]) -> None:
    built(aged, cached=False)
    before = tree(aged)
    made.clear()
    checked(aged)
    assert (len(made) > 3, completed) == (True, [])
    worked = list(made)
    built(aged)
    assert (tree(aged), made, completed) == (before, worked, worked)
    built(aged)
    assert (tree(aged), made, completed) == (before, worked, worked), "the rows are kept, too"


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_whatever_changes_a_check_after_a_build_finds_what_it_finds_without_the_cache(aged: Path, step: Step) -> None:
    built(aged)
    step(aged)
    alone = checked(aged, cached=False)
    for _ in range(2):
        found = checked(aged)
        assert (found.problems, found.counts, found.totals) == (alone.problems, alone.counts, alone.totals)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_whatever_changes_a_build_after_a_check_gives_what_it_gives_without_the_cache(aged: Path, step: Step) -> None:
    checked(aged)
    step(aged)
    with_cache = built(aged).problems, tree(aged)
    assert with_cache == (built(aged, cached=False).problems, tree(aged))


def test_a_record_that_changes_before_its_rows_are_made_is_checked_again(
    aged: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(aged)
    made.clear()
    real = making.with_rows

    def late(space, work, found):  # type: ignore[no-untyped-def]
        if "value: 5.5" in (aged / GROWTH).read_text("utf-8") and work.kind == "indicator":
            replace(aged / GROWTH, "value: 5.5", "value: 5.4")
        return real(space, work, found)

    monkeypatch.setattr(making, "with_rows", late)
    found = built(aged).problems
    assert made
    assert found == built(aged, cached=False).problems != []


def test_a_damaged_or_deleted_cache_is_made_anew(aged: Path, made: list[str]) -> None:
    built(aged)
    package = tree(aged)
    cache = open_cache(Project(aged))
    assert cache
    for number, path in enumerate(sorted(cache.folder.iterdir())):
        whole = path.read_bytes()
        broken = (b"", whole[:-1], whole[: len(whole) // 2], whole[:9] + b"x" + whole[10:], b"\0" * len(whole))
        path.write_bytes(broken[number % len(broken)])
    made.clear()
    built(aged)
    assert (tree(aged), bool(made)) == (package, True)
    shutil.rmtree(aged / ".factpack" / "cache")
    built(aged)
    assert tree(aged) == package


@pytest.mark.parametrize("result", [b"", b"{}\n", b"[]\n", b'{"blobs":[]}\n', b'{"given":1,"blobs":[0]}\n', b"x" * 99])
def test_what_was_not_written_by_the_cache_is_not_taken(aged: Path, made: list[str], result: bytes) -> None:
    built(aged)
    cache = open_cache(Project(aged))
    assert cache
    for path in cache.folder.iterdir():
        cache.write(path.name, result)
    made.clear()
    assert built(aged).problems == []
    assert made


def test_other_code_other_schemas_and_another_package_have_another_cache(minimal: Path) -> None:
    project = Project(minimal)
    first = world(project)
    replace(minimal / "sources/package.yaml", "version: 0.1.0", "version: 0.1.1")
    second = world(project)
    schema = minimal / "schemas" / "unit.schema.json"
    schema.write_bytes(schema.read_bytes() + b"\n")
    third = world(project)
    copy = minimal / "code"
    shutil.copytree(ROOT / "scripts" / "factpack", copy / "factpack")
    (copy / "factpack" / "table" / "rows.py").open("a").write("\n")
    imports = "import sys; from pathlib import Path; from factpack.disk.project import Project"
    program = f"{imports}; from factpack.disk.cache import world"
    command = [sys.executable, "-c", f"{program}; print(world(Project(Path(sys.argv[1]))))", minimal]
    env = {**os.environ, "PYTHONPATH": str(copy)}
    fourth = subprocess.run(
        command, env=env, cwd=minimal, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    assert len({first, second, third, fourth}) == 4
    assert [open_cache(project) is not None for _ in range(2)] == [True, True]
    assert sorted(path.name for path in (minimal / ".factpack" / "cache").iterdir()) == sorted([third, CODE])


def test_what_was_sound_is_judged_once_while_it_is_the_same(aged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []
    real = read.read
    monkeypatch.setattr(read, "read", lambda *given: judged.append(1) or real(*given))
    first, second = (open_cached(Project(aged)) for _ in range(2))
    assert (judged, list(second.schemas.kinds)) == ([1], list(first.schemas.kinds))
    assert second.schemas.sources == first.schemas.sources
    assert open_workspace(Project(aged)).problems == first.problems == second.problems == []
    replace(aged / "sources/package.yaml", "version: 0.1.0", "version: 0.1")
    wrong = [open_cached(Project(aged)).problems for _ in range(2)]
    assert wrong[0] == wrong[1] == open_workspace(Project(aged)).problems != []


def test_the_digest_of_the_code_is_kept_while_its_files_are_as_they_were(minimal: Path) -> None:
    copy = minimal / "code"
    shutil.copytree(ROOT / "scripts" / "factpack", copy / "factpack", ignore=shutil.ignore_patterns("client"))
    module = copy / "factpack" / "table" / "rows.py"
    program = """
import sys
from pathlib import Path
from factpack.disk import cache, code
from factpack.disk.project import Project
code.MTIME_GRACE_NS = -(10**18)
project = Project(Path(sys.argv[1]))
print(cache.open_cache(project).folder.name, "jsonschema_rs" in sys.modules, cache.world(project))
"""
    told = []
    for _ in range(2):
        for _ in range(2):
            env = {**os.environ, "PYTHONPATH": str(copy)}
            command = [sys.executable, "-c", program, minimal]
            done = subprocess.run(command, env=env, cwd=minimal, capture_output=True, encoding="utf-8", check=True)
            told.append(done.stdout.split())
        before = module.stat()
        module.write_bytes(module.read_bytes().replace(b"Rows", b"Sows", 1).replace(b"rows", b"sows", 1))
        os.utime(module, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert module.stat().st_size == before.st_size
    assert [read_again for _, read_again, _ in told] == ["True", "False", "True", "False"]
    assert all(folder == by_content for folder, _, by_content in told)
    assert told[0] == [told[1][0], "True", told[1][2]]
    assert told[2][0] != told[1][0]


def test_no_cache_neither_reads_nor_writes_it(minimal: Path, run: Run) -> None:
    assert run(minimal, "build", "--no-cache")[0] == 0
    assert not (minimal / ".factpack" / "cache").exists()
    assert run(minimal, "build")[0] == 0
    cache = next(path for path in (minimal / ".factpack" / "cache").iterdir() if path.is_dir())
    for path in cache.iterdir():
        path.write_bytes(b"")
    assert run(minimal, "build", "--no-cache")[0] == 0
    assert all(path.read_bytes() == b"" for path in cache.iterdir())


def test_a_cache_that_is_a_link_is_not_followed(minimal: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "book").write_text("x")
    (minimal / ".factpack").mkdir()
    (minimal / ".factpack" / "cache").symlink_to(tmp_path / "theirs")
    assert run(minimal, "build")[0] == 0
    assert [path.name for path in (tmp_path / "theirs").iterdir()] == ["book"]


def test_where_nothing_can_be_kept_the_work_is_done_all_the_same(minimal: Path, run: Run) -> None:
    (minimal / ".factpack").mkdir()
    (minimal / ".factpack" / "cache").write_text("x")
    assert run(minimal, "check")[0] == 0
    assert run(minimal, "build")[0] == 0


def test_results_of_runs_that_are_no_more_are_removed(aged: Path) -> None:
    built(aged)
    cache = open_cache(Project(aged))
    assert cache
    cache.write("chunk.plc-gone", b"x")
    built(aged)
    assert cache.read("chunk.plc-gone") is None
    assert cache.read("chunk.plc-linxi") is not None


@given(st.dictionaries(st.text("ab-._", min_size=1, max_size=9).filter(lambda name: name.strip(".")), st.binary()))
def test_a_slot_gives_back_what_was_put_into_it_last(
    tmp_path_factory: pytest.TempPathFactory, all_: dict[str, bytes]
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"), b"key")
    for slot, result in all_.items():
        cache.write(slot, b"before")
        cache.write(slot, result)
    assert {slot: cache.read(slot) for slot in all_} == all_
    assert {path.name for path in cache.folder.iterdir()} == set(all_)


IDS = [f"plc-{number:05}" for number in range(6 * CHUNK_SIZE)]


@given(st.sets(st.sampled_from(IDS), min_size=1), st.sampled_from(IDS))
def test_one_id_more_changes_one_run_and_its_neighbour_at_most(ids: set[str], more: str) -> None:
    before = {tuple(each.ids) for each in chunks("place", sorted(ids), "check")}
    after = {tuple(each.ids) for each in chunks("place", sorted(ids | {more}), "check")}
    assert sorted(own for run in after for own in run) == sorted(ids | {more})
    assert max(map(len, after)) <= MAX_CHUNK
    assert len(after - before) <= 2
