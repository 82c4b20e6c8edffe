"""The wheel by itself: with the libraries that it asks for and no others, it does all its work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Set
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "scripts" / "factpack"
CLIENT = PROGRAM / "site" / "client"
BUNDLE = {"site.js", "search.js", "style.css", "icon.svg", "licences.txt", "card.woff", "card.licence.txt"}
BUILD_WHEEL = "import sys; from hatchling import build; print(build.build_{0}(sys.argv[1]))"
STARTER = "from factpack.edit import starter; print(starter.schemas_folder(), starter.units_folder(), sep='\\n')"


def built(what: str, source: Path, folder: Path, path: str | None = None) -> tuple[Path, str]:
    """Build a `wheel`, `editable` or `sdist` of a source tree, perhaps with another PATH; return it and the errors."""
    env = {**os.environ, "npm_config_prefer_offline": "true", **({"PATH": path} if path is not None else {})}
    command = [sys.executable, "-c", BUILD_WHEEL.format(what), str(folder)]
    done = subprocess.run(command, cwd=source, env=env, capture_output=True, encoding="utf-8", check=False)
    return folder / (done.stdout.splitlines() or ["nothing"])[-1], done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    if shutil.which("npm") is None:
        pytest.skip("needs Node")
    if not (CLIENT / "node_modules").is_dir():
        pytest.skip("needs the packages of the site's client (make site)")
    found, said = built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))
    assert found.is_file(), said
    return found


def contents(wheel: Path) -> dict[str, bytes]:
    """Return the files of a wheel by path, but not the list of them."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/RECORD")}


def test_a_wheel_carries_the_schemas_the_units_and_the_bundle(wheel: Path) -> None:
    carried = contents(wheel)
    places = {"factpack/starter/schemas": ROOT / "schemas", "factpack/edit/units": PROGRAM / "edit" / "units"}
    for place, folder in places.items():
        files = {f"{place}/{path.name}": path.read_bytes() for path in folder.iterdir()}
        assert files.items() <= carried.items()
    client = {name for name in carried if name.startswith("factpack/site/client/")}
    assert client == {f"factpack/site/client/bundle/{name}" for name in BUNDLE}


def test_the_wheel_of_a_source_distribution_is_the_same(wheel: Path, tmp_path: Path) -> None:
    archive, said = built("sdist", ROOT, tmp_path)
    assert archive.is_file(), said
    shutil.unpack_archive(archive, tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again, said = built("wheel", source, tmp_path)
    assert again.is_file(), said
    assert contents(again) == contents(wheel)


def test_a_wheel_without_npm_says_in_one_line_what_is_missing(tmp_path: Path) -> None:
    found, said = built("wheel", ROOT, tmp_path, path=str(tmp_path))
    assert said == "the wheel holds scripts that npm bundles: install Node.js 20 or later, which brings npm\n"
    assert not found.exists()


def test_an_editable_install_needs_no_npm_and_carries_nothing(tmp_path: Path) -> None:
    found, said = built("editable", ROOT, tmp_path, path=str(tmp_path))
    assert found.is_file(), said
    assert {name.split("/")[0] for name in contents(found)} == {"_factpack.pth", found.name[:14] + ".dist-info"}


# ---- installed


def needed(of: Distribution, extras: Set[str], seen: dict[str, Set[str]]) -> dict[str, Set[str]]:
    """Return the names of all that a distribution needs with extras, each with what is asked of it, added to `seen`."""
    for requirement in map(Requirement, of.requires or ()):
        name, asked = requirement.name, {"", *requirement.extras}
        wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": each}) for each in extras)
        if wanted and not asked <= seen.get(name, set()):
            seen[name] = asked | seen.get(name, set())
            needed(distribution(name), asked, seen)
    return seen


def files_of(name: str) -> Iterator[Path]:
    """Yield what a distribution has at the top of its folder of packages."""
    found = distribution(name)
    tops = {path.parts[0] for path in found.files or () if path.parts[0] not in ("..", "__pycache__")}
    yield from (Path(str(found.locate_file(top))) for top in sorted(tops))


def environment(wheel: Path, folder: Path, *extras: str) -> Path:
    """Return the programs of a new environment: the wheel, and links to the libraries that it asks for with extras."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], check=True)
    (itself,) = distributions(path=[str(wheel)])
    for path in (path for name in needed(itself, {"", *extras}, {}) for path in files_of(name)):
        if not (packages / path.name).exists():
            (packages / path.name).symlink_to(path)
    return folder / "bin"


def said(command: list[Path | str], folder: Path) -> str:
    """Return what a program prints that runs in a folder, with nothing of this environment; it must succeed."""
    env = {"PATH": os.defpath, "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel and its run-time dependencies only."""
    return environment(wheel, tmp_path_factory.mktemp("program") / "venv")


def test_with_its_dependencies_only_the_program_checks_and_builds(program: Path, minimal: Path) -> None:
    said([program / "factpack", "check"], minimal)
    said([program / "factpack", "build"], minimal)
    assert said([program / "factpack", "build", "--check"], minimal) == ""
    assert (minimal / "datapackage.json").is_file()


def test_it_finds_what_it_carries_in_the_wheel(program: Path, tmp_path: Path) -> None:
    schemas, units = map(Path, said([program / "python", "-c", STARTER], tmp_path).splitlines())
    for found, kept in ((schemas, ROOT / "schemas"), (units, ROOT / "sources" / "units")):
        assert found.is_relative_to(program.parent)
        assert {path.name for path in found.iterdir()} == {path.name for path in kept.iterdir()}


def test_without_the_extras_it_says_which_to_install(program: Path, minimal: Path) -> None:
    said([program / "factpack", "build"], minimal)
    for extra in ("release", "site"):
        command = [program / "factpack", "--lang", "en", extra]
        done = subprocess.run(command, cwd=minimal, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 2
        assert f"install this program with its extra {extra}" in done.stderr


def test_with_its_extras_it_makes_the_release_and_the_site(wheel: Path, minimal: Path, tmp_path: Path) -> None:
    program = environment(wheel, tmp_path / "venv", "release", "site")
    said([program / "factpack", "build"], minimal)
    said([program / "factpack", "release"], minimal)
    said([program / "factpack", "site", "--release", "dist/release"], minimal)
    assert list((minimal / "dist" / "release").glob("*.xlsx"))
    assert (minimal / "dist" / "site" / "search.js").stat().st_size > 1000
    assert (minimal / "dist" / "site" / "card-zh.png").read_bytes().startswith(b"\x89PNG")
