"""The sources give the same bytes in whatever surroundings they are built.

`python -m laws.rebuilds`, from the folder `tests`, builds more often.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from command_line import Run
from laws.rebuilds import CHOICES, Rebuild, digest, others, pythons, rebuilds, survey

BUILDS = 24


@pytest.mark.skipif(sys.platform == "win32", reason="sets what only Unix has")
def test_whatever_surrounds_a_build_it_gives_the_same_bytes(linxi: Path, tmp_path: Path) -> None:
    found = survey(tmp_path, linxi, list(rebuilds(BUILDS, 1)))
    assert [len(made) for made in found.values()] == [BUILDS]


def test_every_choice_is_made() -> None:
    made = [rebuild.choice for rebuild in rebuilds(BUILDS, 1)]
    for name, choices in CHOICES.items():
        assert all(any(each[name] == choice for each in made) for choice in choices), name


def test_every_other_python_gives_the_same_bytes(linxi: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--pythons") or not pythons():
        pytest.skip("needs --pythons and other interpreters: makes a virtual environment for each")
    listed = [*(rebuild for _, rebuild in others(tmp_path)), *rebuilds(1, 1)]
    assert [len(made) for made in survey(tmp_path, linxi, listed).values()] == [len(listed)]


@pytest.mark.skipif(sys.platform == "win32", reason="sets what only Unix has")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_may_be_read_as_the_umask_says_and_are_not_executable(minimal: Path, tmp_path: Path, umask: int) -> None:
    choice = {name: choices[0] for name, choices in CHOICES.items()} | {"umask": umask, "copy": "minimal", "out": False}
    Rebuild(choice).run({"minimal": minimal}, tmp_path)
    made = [minimal / "datapackage.json", minimal / "build", *(minimal / "build").rglob("*")]
    assert len(made) > 20
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o777 if path.is_dir() else 0o666) & ~umask, path


def test_a_digest_tells_a_changed_byte_a_changed_name_and_a_file_more_or_less(minimal: Path, run: Run) -> None:
    assert run(minimal, "build")[0] == 0
    path = minimal / "build" / "csv" / "ids.csv"
    data, seen = path.read_bytes(), {digest(minimal)}
    path.write_bytes(data.replace(b"current", b"Current", 1))
    seen.add(digest(minimal))
    path.rename(path.with_name("IDS.csv"))
    seen.add(digest(minimal))
    path.write_bytes(data)
    seen.add(digest(minimal))
    path.with_name("IDS.csv").unlink()
    assert len(seen) == 4
    assert digest(minimal) in seen
