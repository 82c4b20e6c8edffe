"""Fixtures of all tests: the projects `minimal` and `linxi`, what is built of them, and the command line.

What is made once for all tests of a process is to be read only; a test that writes asks for a copy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import frozen
from command_line import Run, in_a_process, in_process
from factpack.package.package import Package
from projects import MINIMAL, assemble, commit_all

settings.register_profile("untimed", deadline=None)  # no test depends on how fast a machine is
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _own_secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let all programs that tests start keep their secret in a folder of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def _minimal_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assemble(tmp_path_factory.mktemp("minimal") / "project", MINIMAL)


@pytest.fixture
def minimal(_minimal_once: Path, tmp_path: Path) -> Path:
    """The root of a fresh copy of the good project `examples/good/minimal`."""
    return Path(shutil.copytree(_minimal_once, tmp_path / "minimal", symlinks=True))


@pytest.fixture(scope="session")
def _published_once(tmp_path_factory: pytest.TempPathFactory, _minimal_once: Path) -> Path:
    root = Path(shutil.copytree(_minimal_once, tmp_path_factory.mktemp("published") / "project", symlinks=True))
    assert in_process(root, "build")[0] == 0
    shutil.rmtree(root / ".factpack")
    (root / ".gitignore").write_text("/.factpack/\n")
    commit_all(root)
    return root


@pytest.fixture
def published(_published_once: Path, tmp_path: Path) -> Path:
    """A copy of `minimal` in a git repository whose package is built and committed."""
    return Path(shutil.copytree(_published_once, tmp_path / "minimal", symlinks=True))


@pytest.fixture(scope="session")
def linxi() -> Path:
    """The root of the frozen project, built; to be read only."""
    return frozen.root()


@pytest.fixture
def linxi_copy(tmp_path: Path) -> Path:
    """The root of a copy of the frozen project, built."""
    return Path(shutil.copytree(frozen.root(), tmp_path / "linxi", symlinks=True))


@pytest.fixture(scope="session")
def package() -> Package:
    """The package of the frozen project, which has rows in every table but one: no test of each passes on none."""
    found = frozen.package()
    empty = [name for name, table in found.tables.items() if not any(True for _ in table.rows())]
    assert empty == ["observations_may_mean"], "only a report that follows others fills it"
    return found


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `factpack --root ROOT --lang en ARGS` in this process; returns exit code, stdout and stderr."""
    return in_process


@pytest.fixture(scope="session")
def run_process() -> Run:
    """Run the same in a process of its own, where the process is the point: signals, locks, limits, start-up."""
    return in_a_process


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of these tests."""
    parser.addoption("--write-expected", action="store_true", help="write what tests expect: outputs, text records")
    parser.addoption("--pythons", action="store_true", help="build with every other Python that is found, too (slow)")
