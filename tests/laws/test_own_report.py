"""docs/your-own-report.md as written: with the wheel alone in an empty folder, and in a fork of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import Run
from pages import blocks, read, tracked
from projects import LINXI, ROOT, add_concepts, git, replace
from wheels import environment

PAGE = read("docs/your-own-report.md")
FORKED = ("test_instructions", "test_hub", "test_repository", "test_decisions", "test_security")
"""The tests of `repository/` that read what a fork replaces, or refer to it."""
AUTHOR = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def section(heading: str) -> str:
    """Return a section of the page."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def shell(*headings: str) -> str:
    """Return what the page tells to type in these sections."""
    return "".join(body for heading in headings for of, body in blocks(section(heading)) if of == "sh")


def typed(script: str, folder: Path, path: str, **more: str) -> str:
    """Type a script into a shell that has nothing but a path; return what it prints."""
    env = {"PATH": f"{path}:{os.defpath}", "HOME": str(folder), **AUTHOR, **more}
    command = ["bash", "--noprofile", "--norc", "-e", "-c", script]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_project_is_started_and_published_with_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    programs, folder = environment(wheel, tmp_path / "venv", "release", "site"), tmp_path / "empty"
    folder.mkdir()
    shutil.copy(wheel, folder)
    out = typed(shell("Start", "The document and its text", "Build", "Publish", "Update"), folder, str(programs))
    assert "id: doc-jiangxia-report" in out
    root = folder / "jiangxia"
    named = re.search(r"^\./(wheels/\S+\.whl)", (root / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert named
    assert (root / named[1]).is_file()
    addresses = next(body for of, body in blocks(section("Publish")) if of == "yaml")
    with (root / "sources" / "package.yaml").open("a", encoding="utf-8") as file:
        file.write(addresses)
    typed(shell("Build"), root, str(programs))
    assert "https://owner.github.io/" in (root / "dist/site/sitemap.xml").read_text("utf-8").lower()
    assert len(list((root / "dist/site").rglob("index.html"))) > 50


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this repository in which the steps were done up to the first commit, with the sources of `linxi`."""
    folder = tmp_path_factory.mktemp("fork")
    root = folder / "clone"
    for name in tracked():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    (root / ".venv").symlink_to(sys.prefix)
    begin = "git init -q && echo .venv > .git/info/exclude && git add -A && git commit -qm theirs && git tag data-0.1.0"
    typed(begin, root, "")
    steps = shell("A fork").partition("git add --all")[0]
    assert steps.count("make ") == 2
    own = {"PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    before, _, after = steps.partition("make build\n")[2].partition("make release\n")
    typed(before, root, "", **own)
    shutil.rmtree(root / "sources")
    shutil.copytree(LINXI / "sources", root / "sources")
    add_concepts(root)
    replace(root / "sources" / "package.yaml", "name: linxi-work-report", "name: jiangxia-work-reports")
    said = typed(".venv/bin/factpack --lang en build", root, "", **own)
    assert said.count("warning[") == said.count("warning[other-package]: data-0.1.0 is a version of another") == 1
    typed(f".venv/bin/factpack release\n{after}", root, "", **own)
    assert "plc-wuchang" not in (root / "build" / "csv" / "ids.csv").read_text("utf-8")
    return root


def test_a_fork_with_sources_of_its_own_is_green(fork: Path, run: Run) -> None:
    assert run(fork, "check", "--strict")[:2] == (0, "")
    git(fork, "add", "--all")
    git(fork, "commit", "-qm", "a package of our own")
    code, out, err = run(fork, "check", "--strict")
    assert (code, out, err.startswith("Compared with HEAD (0.2.0).\n")) == (0, "", True)
    assert run(fork, "build", "--check")[:2] == (0, "")


def test_the_tests_of_a_fork_are_green_and_skip_what_speaks_of_other_data(fork: Path) -> None:
    tests = [f"tests/repository/{name}.py" for name in FORKED] + ["tests/wuchang", "tests/edit/test_starter.py"]
    env = {**os.environ, "PYTHONPATH": str(fork / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [fork / ".venv/bin/python", "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=fork, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d+ passed, \d{2,} skipped", done.stdout)


def test_what_speaks_of_other_data_is_not_even_imported(fork: Path) -> None:
    """A fork has what `factpack init` gave it, and perhaps no indicator yet."""
    shutil.rmtree(fork / "sources" / "indicators")
    env = {**os.environ, "PYTHONPATH": str(fork / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [fork / ".venv/bin/python", "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "tests/wuchang"]
    done = subprocess.run([*command, "tests/test_words.py"], cwd=fork, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
