"""The benchmarks run: their corpus is a good project, and the race writes its table. No time is tested."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from command_line import Run
from projects import ROOT

BENCH = ROOT / "bench"


def script(name: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCH / name), *args]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("count", [40, 531])
def test_the_generator_makes_as_many_records_as_it_is_asked_for_and_check_accepts_them(
    tmp_path: Path, run: Run, count: int
) -> None:
    assert script("generate.py", str(count), str(tmp_path / "made")).returncode == 0
    assert len(list(tmp_path.glob("made/sources/*/*.yaml"))) == count
    code, out, err = run(tmp_path / "made", "check", "--strict")
    assert (code, out) == (0, "")
    assert err.endswith("; 0 errors, 0 warnings\n")


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, more in (("one", ()), ("two", ()), ("other", ("--seed", "2"))):
        assert script("generate.py", "90", str(tmp_path / name), *more).returncode == 0
    assert files(tmp_path / "one") == files(tmp_path / "two") != files(tmp_path / "other")


def test_the_generator_refuses_a_folder_that_is_there(tmp_path: Path) -> None:
    done = script("generate.py", "60", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.endswith("exists\n")
    assert list(tmp_path.iterdir()) == []


def test_the_race_writes_a_table_with_its_command_and_leaves_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    words = ("--records", "60", "--rounds", "1", "--only", "floor,factpack")
    done = script("race.py", *words, "--out", str(tmp_path / "results.md"))
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "results.md").read_text("utf-8")
    assert f"`python bench/race.py {' '.join(words)}" in written
    rows = [line for line in written.splitlines() if line.startswith("| factpack build")]
    assert len(rows) == 6
    assert all(" – " not in row.rpartition(" | ")[0] for row in rows)
    assert done.stdout.strip() in written
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_careful_script_names_what_is_invalid_and_fails(tmp_path: Path) -> None:
    assert script("generate.py", "60", str(tmp_path / "made")).returncode == 0
    (tmp_path / "made" / "sources" / "units" / "unt-count.yaml").write_text("id: unt-count\n", "utf-8")
    done = script("careful.py", str(tmp_path / "made"), str(tmp_path / "out"))
    assert done.returncode == 1
    assert "'name' is a required property" in done.stdout


def test_the_race_refuses_a_contestant_that_it_does_not_know(tmp_path: Path) -> None:
    done = script("race.py", "--only", "nobody", "--out", str(tmp_path / "results.md"))
    assert done.returncode == 2
    assert "no contestant: nobody" in done.stderr
    assert not (tmp_path / "results.md").exists()
