"""What is installed: only what lock files list with its digest, without running scripts, and by nobody else's names."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pages import tracked
from projects import ROOT

SETS = ("program", "release", "site", "watch", "cluster", "dev")
BLOCK = re.compile(
    r"^(?P<needed>[a-z0-9-]+==[^ ]+(?: ; [^\\]+)?)(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n", re.M
)
ADDRESS = re.compile(r'"resolved"|index-url|find-links|file:|git\+| @ |localhost|\b\d{1,3}(\.\d{1,3}){3}\b')
OWN = {"factpack"}
"""What is installed from this folder and has no digest."""


def lock(name: str) -> dict[Requirement, str]:
    """Return what a lock lists, each with its digests."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return {Requirement(each["needed"].strip()): each["hashes"] for each in BLOCK.finditer(text)}


def versions(name: str) -> dict[str, str]:
    """Return the version that a lock has of each package."""
    return {each.name: str(each.specifier).removeprefix("==") for each in lock(name)}


def wanted() -> dict[str, list[Requirement]]:
    """Return what pyproject.toml asks for in each set."""
    file = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = file["project"]["optional-dependencies"]
    always = [*file["project"]["dependencies"], *file["dependency-groups"]["build"], *file["build-system"]["requires"]]
    asked = {"program": always, **{name: [*always, *extras[name]] for name in extras}}
    asked["dev"] = [*always, *(each for extra in extras.values() for each in extra if not each.startswith("factpack["))]
    return {name: [Requirement(each) for each in listed] for name, listed in asked.items()}


# ---- Python


@pytest.mark.parametrize("name", SETS)
def test_a_lock_holds_versions_with_digests_and_nothing_else(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert re.fullmatch(r"(#.*\n){2}", BLOCK.sub("", text))


def test_each_set_has_its_lock() -> None:
    assert {path.stem for path in (ROOT / "requirements").iterdir()} == set(wanted()) == set(SETS)


@pytest.mark.parametrize("name", SETS)
def test_a_lock_has_all_that_is_asked_for_in_a_version_that_will_do(name: str) -> None:
    locked = versions(name)
    for each in wanted()[name]:
        assert each.specifier.contains(locked[canonicalize_name(each.name)]), each


@pytest.mark.parametrize("name", SETS[:-1])
def test_all_locks_have_the_same_files_of_a_package(name: str) -> None:
    files, every = ({each.name: (each.specifier, found) for each, found in lock(of).items()} for of in (name, "dev"))
    assert files
    assert files.items() <= every.items()


def test_what_is_installed_is_what_the_lock_lists() -> None:
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("not the environment that make sets up")
    installed = {canonicalize_name(each.name): each.version for each in distributions()}
    here = {each.name for each in lock("dev") if each.marker is None or each.marker.evaluate(default_environment())}
    assert installed.keys() - OWN == here
    assert {name: installed[name] for name in here} == {name: versions("dev")[name] for name in here}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile, an environment, and a wheel that `requirements/tiny.txt` lists."""
    wheel = tmp_path / "wheels" / "tiny-1-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n")
        archive.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("tiny-1.dist-info/RECORD", "")
    for name in ("requirements/program.txt", "pyproject.toml", ".venv/ready", "Makefile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes() if name == "Makefile" else b"")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / ".venv"], check=True)
    (tmp_path / ".venv" / "ready").touch()
    return tmp_path


def make(folder: Path, listed: str) -> tuple[int, str]:
    """Install by the rule of the Makefile what a lock lists, from the wheels of a folder; return status and errors."""
    (folder / "requirements" / "tiny.txt").write_text(listed, "utf-8")
    env = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder / "wheels"), "PIP_CONFIG_FILE": os.devnull}
    command = ["make", "--silent", ".venv/with-tiny"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stderr


def test_a_file_with_another_digest_is_not_installed(folder: Path) -> None:
    digest = hashlib.sha256((folder / "wheels" / "tiny-1-py3-none-any.whl").read_bytes()).hexdigest()
    for listed, said in (
        (f"tiny==1 --hash=sha256:{digest[::-1]}\n", "DO NOT MATCH"),
        ("tiny==1\n", "--hash=sha256:"),
        (f"tiny --hash=sha256:{digest}\n", "pinned with =="),
    ):
        status, errors = make(folder, listed)
        assert status == 2
        assert said in errors
    assert make(folder, f"tiny==1 --hash=sha256:{digest}\n") == (0, "")


def test_the_program_itself_is_installed_without_fetching_anything() -> None:
    command = ["make", "--dry-run", "--always-make", ".venv/with-dev", ".venv/with-site"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    calls = [line.split(" install ")[1] for line in said.splitlines() if " -m pip " in line]
    assert all("--no-build-isolation" in each for each in calls)
    own = [each for each in calls if "--require-hashes" not in each]
    assert [each.split("--no-build-isolation ")[1] for each in own] == ["--no-deps --editable ."]


# ---- npm

PACKAGES = ["scripts/factpack/site/client", "tests"]
SETTINGS = {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"}


def test_all_packages_of_npm_are_known_here() -> None:
    assert sorted(Path(name).parent.as_posix() for name in tracked() if Path(name).name == "package.json") == PACKAGES


@pytest.mark.parametrize("name", PACKAGES)
def test_no_package_of_npm_runs_a_script_while_it_is_installed(name: str) -> None:
    lines = (ROOT / name / ".npmrc").read_text("utf-8").splitlines()
    assert {line for line in lines if not line.startswith(";")} == SETTINGS


@pytest.mark.parametrize("name", PACKAGES)
def test_each_package_of_npm_has_a_digest(name: str) -> None:
    file = json.loads((ROOT / name / "package-lock.json").read_text("utf-8"))
    assert [path for path, each in file["packages"].items() if path and "integrity" not in each] == []


def test_every_call_of_npm_says_that_no_script_runs() -> None:
    called = re.compile(r"\bnpm (?:ci|install)\b(?! --ignore-scripts)|npm, \"install\"")
    texts = {name: (ROOT / name).read_text("utf-8", "replace") for name in tracked() if name != this_file()}
    assert any("npm ci --ignore-scripts" in text for text in texts.values())
    assert [name for name, text in texts.items() if called.search(text)] == []


# ---- all


def this_file() -> str:
    """Return the path of this file in the repository; it holds what it looks for."""
    return Path(__file__).resolve().relative_to(ROOT).as_posix()


def test_lock_files_hold_no_addresses() -> None:
    names = [name for name in tracked() if re.search(r"^requirements/|[-.]lock(\.\w+)?$", name)]
    assert {Path(name).name for name in names} == {"package-lock.json", *(f"{name}.txt" for name in SETS)}
    assert [name for name in names if ADDRESS.search((ROOT / name).read_text("utf-8"))] == []


def test_updates_are_proposed_for_all_that_is_locked_but_not_on_their_first_day() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    places = {each["package-ecosystem"]: each.get("directories", [each.get("directory")]) for each in updates}
    assert places["pip"] == ["/requirements"]
    assert sorted(places["npm"]) == [f"/{name}" for name in PACKAGES]
    assert "/" in places["github-actions"]
    assert all(each["cooldown"]["default-days"] >= 7 for each in updates)


INSTALLER = re.compile(
    r"\b(?:pip3? install|pipx \w+|uvx|uv (?:tool|pip|add) \w+|npx|npm (?:i|install|exec)|docker \w+|podman \w+"
    r"|apt-get install|brew install|conda install)((?: +[^\s`'\"()\\;]+| +'[^']*')*)"
)
DEBIAN = {"chromium", "firefox-esr", "fonts-noto-cjk", "libreoffice-calc", "nodejs", "r-cran-jsonlite", "r-cran-readr"}
"""The packages of a distribution that readers are told to install."""


def named(text: str) -> list[str]:
    """Return what the commands in a text install by a name that is not among those of Debian."""
    words = [word.strip("'") for match in INSTALLER.finditer(text) for word in match[1].split()]
    names = [word for word in words if re.fullmatch(r"@?[A-Za-z][\w./@-]*(\[.*\])?(==.*)?", word)]
    return [name for name in names if name not in DEBIAN and not name.startswith(("requirements/", "https:"))]


def test_nobody_is_told_to_install_a_name_that_is_not_ours() -> None:
    kinds = (".md", ".yaml", ".yml", ".py", ".toml", "Makefile", ".ci/run")
    said = [name for name in tracked() if name.endswith(kinds)]
    texts = {name: (ROOT / name).read_text("utf-8") for name in said if name != this_file()}
    assert any(INSTALLER.search(text) for text in texts.values())
    assert {name: named(text) for name, text in texts.items() if named(text)} == {}


@pytest.mark.parametrize(
    "text",
    ["run pip install 'factpack[site]' first", "pip install --upgrade factpack", "npx factpack check", "uvx factpack"],
)
def test_an_instruction_to_install_such_a_name_would_be_found(text: str) -> None:
    assert named(text)
