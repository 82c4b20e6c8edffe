"""The pipeline gives the same bytes and the same problems, however and wherever it runs."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from command_line import Run
from factpack.disk.project import Project
from factpack.disk.stage import staged
from factpack.problems import Problem
from factpack.run.chunk import CHUNK_SIZE
from factpack.run.executor import Executor
from factpack.run.pipeline import build_project, check_project
from factpack.run.workspace import open_workspace
from projects import replace, write_text_record, write_units

RETIRED = "retired:\n  since: 0.1.0\n  reason:\n    zh: 误收\n    en: Taken in by mistake\n"


def built(root: Path, out: Path, workers: int = 1) -> dict[str, bytes]:
    """Return the package that a project gives, by path."""
    with staged(out) as stage:
        outcome = build_project(open_workspace(Project(root)), stage, Executor(workers))
        assert outcome.problems == []
        stage.commit()
    return package(out)


def package(folder: Path) -> dict[str, bytes]:
    files = [folder / "datapackage.json", *(path for path in (folder / "build").rglob("*") if path.is_file())]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def found(root: Path, workers: int = 1) -> list[tuple[Any, ...]]:
    """Return everything that the check of a project says."""
    problems = check_project(open_workspace(Project(root)), None, Executor(workers)).problems
    return [(each.path, each.line, each.column, each.code, each.pointer, each.message("zh")) for each in problems]


def codes_at(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(each.path.rpartition("/")[2], each.code) for each in problems]


@pytest.fixture
def large(minimal: Path) -> Path:
    """A project whose units make several runs of the pipeline."""
    write_units(minimal / "sources", 2 * CHUNK_SIZE + 10)
    return minimal


@pytest.fixture
def wrong(large: Path) -> Path:
    """A project with problems of every step, in several runs."""
    sources = large / "sources"
    for number in (3, CHUNK_SIZE + 3, 2 * CHUNK_SIZE + 3):
        path = sources / "units" / f"unt-x{number}.yaml"
        path.write_text(path.read_text("utf-8").replace("count", "counts"), "utf-8")
    (sources / "units" / "unt-x4.yaml").write_text("id: [\n")
    (sources / "units" / "notes.txt").write_text("x")
    (sources / "more").mkdir()
    replace(sources / "indicators" / "ind-gdp-growth.yaml", "value: 5.5", "value: 5.4")
    replace(sources / "projects" / "prj-xidong-primary-school.yaml", "- plc-linxi-lake", "- plc-gone")
    return large


# ---- what must not change the bytes


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_bytes(large: Path, tmp_path: Path, workers: int) -> None:
    assert built(large, tmp_path / "many", workers) == built(large, tmp_path / "one")


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_finds_the_same_problems(wrong: Path, workers: int) -> None:
    alone = found(wrong)
    assert len(alone) > 6
    assert found(wrong, workers) == alone


def test_workers_that_must_open_the_project_themselves_find_the_same_problems(
    wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = found(wrong)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert found(wrong, 2) == alone


def test_a_pool_ends_its_own_processes_and_no_others(large: Path) -> None:
    bystander = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    bystander.start()
    try:
        found(large, 2)
        assert multiprocessing.active_children() == [bystander]
    finally:
        bystander.kill()
        bystander.join()


def test_the_order_in_which_folders_list_their_files_does_not_matter(
    wrong: Path, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = found(wrong)
    shuffled(monkeypatch)
    assert found(wrong) == problems


def test_the_order_in_which_folders_list_their_files_does_not_change_the_bytes(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = built(large, tmp_path / "plain")
    shuffled(monkeypatch)
    assert built(large, tmp_path / "shuffled") == plain


def shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system list folders in an order of its own."""
    real_scan, real_list = os.scandir, os.listdir

    class Scan:
        def __init__(self, path: Any = ".") -> None:
            with real_scan(path) as entries:
                self.entries = list(entries)
            random.Random(7).shuffle(self.entries)

        def __iter__(self) -> Any:
            return iter(self.entries)

        def __enter__(self) -> Any:
            return iter(self.entries)

        def __exit__(self, *_: object) -> None:
            pass

    def listing(path: Any = ".") -> list[str]:
        names = real_list(path)
        random.Random(7).shuffle(names)
        return names

    monkeypatch.setattr(os, "scandir", Scan)
    monkeypatch.setattr(os, "listdir", listing)


SURROUNDINGS: list[tuple[dict[str, str], str, int]] = [
    ({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}, ".", 0o022),
    ({"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "zh_CN.UTF-8"}, "sources/units", 0o077),
    ({"PYTHONHASHSEED": "3", "TZ": "UTC", "PYTHONUTF8": "0", "LANG": "POSIX"}, "build", 0o002),
]


def test_hash_seed_time_zone_locale_working_directory_and_umask_do_not_change_the_bytes(
    minimal: Path, tmp_path: Path
) -> None:
    (minimal / "build").mkdir()
    plain = built(minimal, tmp_path / "plain")
    script = Path(sys.executable).parent / "factpack"
    for number, (environment, folder, mask) in enumerate(SURROUNDINGS):
        out = tmp_path / str(number)
        done = subprocess.run(
            [script, "build", "--out", out],
            cwd=minimal / folder,
            env=environment,
            umask=mask,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert package(out) == plain


def test_hash_seed_time_zone_and_locale_do_not_change_what_is_said(wrong: Path) -> None:
    script = Path(sys.executable).parent / "factpack"
    said = {
        subprocess.run(
            [script, "--root", wrong, "--lang", "zh", "check", "--workers", str(number)],
            env=environment,
            capture_output=True,
            check=False,
        ).stdout
        for number, (environment, _, _) in enumerate(SURROUNDINGS, 1)
    }
    assert len(said) == 1
    assert said.pop().count("错误[".encode()) > 6


def test_where_the_project_lies_does_not_change_the_bytes(minimal: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(minimal, tmp_path / "其他 folder"))
    assert built(elsewhere, tmp_path / "two") == built(minimal, tmp_path / "one")


def test_windows_line_ends_do_not_change_the_bytes(minimal: Path, tmp_path: Path) -> None:
    plain = built(minimal, tmp_path / "plain")
    for path in (minimal / "sources").glob("*/*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert built(minimal, tmp_path / "windows") == plain


# ---- what is written


def test_rows_and_records_come_in_the_order_of_their_ids(large: Path, tmp_path: Path) -> None:
    made = built(large, tmp_path / "out")
    ids = [line.split(",")[0] for line in made["build/csv/units.csv"].decode().splitlines()[1:]]
    assert ids == sorted(ids)
    assert [each["id"] for each in json.loads(made["build/json/units.json"])] == ids
    kinds = [line.split(",")[0] for line in made["build/csv/ids.csv"].decode().splitlines()[1:]]
    assert [each[:3] for each in kinds] == sorted(each[:3] for each in kinds)


def test_a_prefix_of_another_id_comes_before_it(minimal: Path, tmp_path: Path) -> None:
    made = built(minimal, tmp_path / "out")
    ids = [line.split(",")[0] for line in made["build/csv/places.csv"].decode().splitlines()[1:]]
    assert ids == ["plc-linxi", "plc-linxi-lake", "plc-linxi-lake-park"]


def test_numbers_keep_the_digits_of_the_sources_in_both_forms(minimal: Path, tmp_path: Path) -> None:
    made = built(minimal, tmp_path / "out")
    assert ",31.0,,,unt-percent," in made["build/csv/observations.csv"].decode()
    assert '"value": 31.0,' in made["build/json/indicators.json"].decode()
    assert ",21000000000,,unt-cny," in made["build/csv/observations.csv"].decode()


def test_a_retired_record_is_in_ids_only(minimal: Path, tmp_path: Path) -> None:
    path = minimal / "sources" / "places" / "plc-linxi-lake-park.yaml"
    path.write_text(path.read_text("utf-8") + RETIRED, "utf-8")
    made = built(minimal, tmp_path / "out")
    assert [name for name, data in made.items() if b"plc-linxi-lake-park" in data] == ["build/csv/ids.csv"]
    assert (
        "plc-linxi-lake-park,place,retired,,0.1.0,临溪湖公园,Linxi Lake Park,误收,Taken in by mistake\n"
        in made["build/csv/ids.csv"].decode()
    )


def test_a_retired_part_is_in_ids_only(minimal: Path, tmp_path: Path) -> None:
    path = minimal / "sources" / "projects" / "prj-xidong-primary-school.yaml"
    extra = "  - stage: planned\n    status: actual\n    period: '2024'\n    evidence:\n      - document: doc-report\n"
    extra += "        paragraph: 3\n        quote: 溪东小学开工\n"
    extra += "".join(f"    {line}\n" for line in RETIRED.splitlines())
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    own = b"prj-xidong-primary-school.2024.planned.actual"
    made = built(minimal, tmp_path / "out")
    assert [name for name, data in made.items() if own in data] == ["build/csv/ids.csv"]


@pytest.mark.parametrize("delivered", ["2026-12-29", "2019-12-29"])
def test_another_document_may_give_another_value_for_the_same_key_and_takes_no_id_away(
    minimal: Path, tmp_path: Path, delivered: str
) -> None:
    """Another report says of the same year what one said already: both stay, told apart by the id."""
    sources = minimal / "sources"
    report = (sources / "documents" / "doc-report.yaml").read_text("utf-8")
    later = report.partition("sections:")[0].replace("doc-report", "doc-later").replace("2025-12-29", delivered)
    later += "sections:\n  - label:\n      zh: 正文\n      en: Text\n    first: 1\n    last: 1\n"
    (sources / "documents" / "doc-later.yaml").write_text(later, "utf-8")
    extra = "  - period: '2025'\n    status: actual\n    value: 212\n    bound: exact\n    period_basis: printed\n"
    extra += "    qualified: true\n"
    extra += (
        "    evidence:\n      - document: doc-later\n        paragraph: 1\n        quote: 2025年地区生产总值212亿元\n"
    )
    path = sources / "indicators" / "ind-gdp.yaml"
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    write_text_record(minimal, "doc-later", "经核算，2025年地区生产总值212亿元，好于预期。\n")
    made = built(minimal, tmp_path / "out")
    ids = [line.split(",")[0] for line in made["build/csv/observations.csv"].decode().splitlines()[1:]]
    assert [each for each in ids if each.startswith("ind-gdp.")] == [
        "ind-gdp.2025.actual",
        "ind-gdp.2025.actual.later",
        "ind-gdp.2026.target",
    ]


# ---- problems


def test_the_good_project_has_none(minimal: Path) -> None:
    outcome = check_project(open_workspace(Project(minimal)))
    assert outcome.problems == []
    assert {name: outcome.counts[name] for name in ("documents", "indicators", "places", "units")} == {
        "documents": 1,
        "indicators": 8,
        "places": 3,
        "units": 5,
    }


def test_problems_are_sorted_and_said_once_each(wrong: Path) -> None:
    problems = check_project(open_workspace(Project(wrong))).problems
    assert problems == sorted(problems)
    said = [(each.path, each.line, each.column, each.pointer, each.message()) for each in problems]
    assert len(said) == len(set(said))
    assert {code for _, code in codes_at(problems)} >= {
        "not-in-vocabulary",
        "yaml-syntax",
        "not-a-record",
        "unknown-reference",
    }


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("units/unt-percent.yaml", "quantity: ratio", "quantity: ratios", "not-in-vocabulary"),
        ("units/unt-percent.yaml", "id: unt-percent", "id: unt-per-cent", "id-not-file-name"),
        ("units/unt-cny.yaml", "quantity: money", "quantity: [money", "yaml-syntax"),
        ("places/plc-linxi.yaml", "kind: county", "kind: shire", "not-in-vocabulary"),
        ("documents/doc-report.yaml", "type: report", "type: speech", "not-in-vocabulary"),
        ("package.yaml", "version: 0.1.0", "version: '0.1'", "wrong-form"),
    ],
)
def test_a_wrong_record_that_others_refer_to_is_one_problem(
    minimal: Path, path: str, old: str, new: str, code: str
) -> None:
    replace(minimal / "sources" / path, old, new)
    assert codes_at(check_project(open_workspace(Project(minimal))).problems) == [(path.rpartition("/")[2], code)]


def test_a_wrong_record_with_numbers_is_one_problem_and_not_one_for_each_number_too(minimal: Path) -> None:
    """What a record that cannot be read would have accounted for is not known to be missing."""
    replace(minimal / "sources" / "indicators" / "ind-gdp.yaml", "theme: economy", "theme: money")
    problems = check_project(open_workspace(Project(minimal))).problems
    assert codes_at(problems) == [("ind-gdp.yaml", "not-in-vocabulary")]


def test_broken_schemas_hide_all_else(minimal: Path) -> None:
    replace(minimal / "schemas" / "place.schema.json", '"x-label": "name"', '"x-label": "nome"')
    (minimal / "sources" / "units" / "unt-rank.yaml").write_text("id: [\n")
    assert codes_at(check_project(open_workspace(Project(minimal))).problems) == [
        ("place.schema.json", "schema-reference")
    ]


# ---- some of the files only


@pytest.mark.parametrize(
    ("paths", "counts", "wrong"),
    [
        (["sources/places/plc-linxi.yaml"], {"places": 1}, False),
        (["sources/places"], {"places": 3}, False),
        (["sources/units"], {"units": 5}, True),
        (["sources/places", "sources/units/unt-rank.yaml"], {"places": 3, "units": 1}, True),
        (["sources/units/unt-cny.yaml", "sources/units/unt-cny.yaml"], {"units": 1}, False),
    ],
)
def test_only_the_records_in_the_paths_given_are_checked(
    minimal: Path, run: Run, paths: list[str], counts: dict[str, int], wrong: bool
) -> None:
    replace(minimal / "sources" / "units" / "unt-rank.yaml", "quantity: rank", "quantity: ranks")
    code, out, _ = run(minimal, "check", "--format", "json", *(str(minimal / path) for path in paths))
    said = json.loads(out)
    assert code == int(wrong)
    found = [(each["path"], each["code"]) for each in said["problems"]]
    assert found == [("sources/units/unt-rank.yaml", "not-in-vocabulary")] * wrong
    folders = {path.name for path in (minimal / "sources").iterdir()}
    checked = said["summary"]["checked"]
    assert {name: number for name, number in checked.items() if name in folders and number} == counts


def test_a_path_outside_the_project_or_that_does_not_exist_is_a_mistake_of_use(
    minimal: Path, run: Run, tmp_path: Path
) -> None:
    assert run(minimal, "check", str(tmp_path))[0] == 2
    assert run(minimal, "check", str(minimal / "sources" / "gone.yaml"))[0] == 2
