"""The wheel by itself: with the libraries that it asks for and no others, it does all its work."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from wheels import built, environment, said

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "scripts" / "factpack"
BUNDLE = {
    "site.js",
    "search.js",
    "missing.js",
    "style.css",
    "icon.svg",
    "licences.txt",
    "card.woff",
    "card.licence.txt",
}
STARTER = "from factpack.edit import starter; print(starter.schemas_folder(), starter.units_folder(), sep='\\n')"


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
    archive, errors = built("sdist", ROOT, tmp_path)
    assert archive.is_file(), errors
    shutil.unpack_archive(archive, tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again, errors = built("wheel", source, tmp_path)
    assert again.is_file(), errors
    assert contents(again) == contents(wheel)


def test_a_wheel_without_npm_says_in_one_line_what_is_missing(tmp_path: Path) -> None:
    found, errors = built("wheel", ROOT, tmp_path, path=str(tmp_path))
    assert errors == "the wheel holds scripts that npm bundles: install Node.js 20 or later, which brings npm\n"
    assert not found.exists()


def test_an_editable_install_needs_no_npm_and_carries_nothing(tmp_path: Path) -> None:
    found, errors = built("editable", ROOT, tmp_path, path=str(tmp_path))
    assert found.is_file(), errors
    assert {name.split("/")[0] for name in contents(found)} == {"_factpack.pth", found.name[:14] + ".dist-info"}


# ---- installed


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
    for found, kept in ((schemas, ROOT / "schemas"), (units, PROGRAM / "edit" / "units")):
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
