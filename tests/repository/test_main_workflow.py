"""The job of main.yml that may write: it runs nobody's code, and takes from a build only what a build makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_line import FACTPACK
from projects import ROOT

MAIN = yaml.safe_load((ROOT / ".github" / "workflows" / "main.yml").read_text("utf-8"))
COMMIT = MAIN["jobs"]["commit"]
ACTIONS = {"actions/checkout", "actions/download-artifact"}
COMMANDS = {"[", "cat", "cd", "chmod", "cp", "echo", "exit", "find", "gh", "git", "rm"}
"""What the job may call: programs of the runner that read no settings of a clone but git, which has none there yet."""


def test_the_job_that_may_write_installs_nothing_and_runs_no_code_of_the_repository() -> None:
    assert {step["uses"].partition("@")[0] for step in COMMIT["steps"] if "uses" in step} == ACTIONS
    assert called("\n".join(step["run"] for step in COMMIT["steps"] if "run" in step)) <= COMMANDS


def test_only_the_last_step_sees_the_token() -> None:
    assert ["GH_TOKEN" in step.get("env", {}) for step in COMMIT["steps"]] == [False, False, False, True]
    others = [step for job in MAIN["jobs"].values() for step in job["steps"] if "github.token" in str(step)]
    assert others == [COMMIT["steps"][-1]]


def called(script: str) -> set[str]:
    """Return the commands that a script calls."""
    plain = re.sub(r"\\[()]|#.*|'[^']*'", "", script)
    parts = re.split(r"[\n;|&]+|\$\(|\b(?:if|then|fi)\b|! (?=git)", plain)
    return {part.split()[0].strip('"') for part in parts if part.strip(' )"')}


# ---- what a build is compared with


def test_an_id_that_a_merge_takes_out_of_build_too_has_vanished(published: Path) -> None:
    def git(*words: str) -> str:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        command = ["git", "-C", str(published), *identity, *words]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.strip()

    before = git("rev-parse", "HEAD")
    (published / "sources" / "indicators" / "ind-social-stability.yaml").unlink()
    ids = published / "build" / "csv" / "ids.csv"
    lines = ids.read_text("utf-8").splitlines(keepends=True)
    ids.write_text("".join(line for line in lines if not line.startswith("ind-social-stability")), "utf-8")
    git("commit", "--quiet", "--all", "--message=a merge")
    (step,) = (step for step in MAIN["jobs"]["build"]["steps"] if "factpack build" in step.get("run", ""))
    command = step["run"].replace(".venv/bin/factpack", str(FACTPACK))
    for earlier, status in ((before, 1), ("HEAD", 0)):
        env = {**os.environ, "BEFORE": earlier}
        done = subprocess.run(
            ["bash", "-ec", command], cwd=published, env=env, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == status, done.stdout
        assert ("[vanished-id]" in done.stdout) is (status == 1)


# ---- what the job takes


class Runner:
    """A clone at the commit that was built, the files that the build has handed over, and where the clone pushes to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clone, self.package = folder, folder / "clone", folder / "temp" / "package"
        self.outputs = folder / "outputs"
        for name in ("build/csv/ids.csv", "build/csv/old.csv", "build/json/places.json", "datapackage.json", "README"):
            (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
            (self.clone / name).write_text(f"old {name}\n", "utf-8")
        (folder / "bin").mkdir()
        (folder / "bin" / "gh").symlink_to("/bin/true")
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", ".")
        self.git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message=x")
        self.git("clone", "--quiet", "--bare", ".", str(folder / "origin"))
        self.git("remote", "add", "origin", str(folder / "origin"))
        for name in ("build/csv/ids.csv", "build/csv/new.csv", "build/json/places.json", "datapackage.json"):
            (self.package / name).parent.mkdir(parents=True, exist_ok=True)
            (self.package / name).write_text(f"new {name}\n", "utf-8")

    def git(self, *words: str, folder: str = "clone") -> str:
        command = ["git", "-C", str(self.folder / folder), *words]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    def run(self) -> tuple[int, str]:
        """Run the steps of the job as GitHub does until one fails; return its status and what was printed."""
        home = {"HOME": str(self.folder), "GITHUB_WORKSPACE": str(self.clone), "RUNNER_TEMP": str(self.package.parent)}
        given = {"GITHUB_OUTPUT": str(self.outputs), "GITHUB_REF": "refs/heads/main", "GH_TOKEN": "none"}
        env = {**os.environ, **home, **given, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}
        for step in COMMIT["steps"]:
            command = ["bash", "--noprofile", "--norc", "-e", "-c", step.get("run", "true")]
            done = subprocess.run(command, cwd=self.clone, env=env, capture_output=True, encoding="utf-8", check=False)
            if done.returncode:
                return done.returncode, done.stdout
        return 0, ""

    def pushed(self) -> dict[str, str]:
        """Return the files of main where the clone pushes to, each with its mode and text."""
        lines = self.git("ls-tree", "-r", "main", folder="origin").splitlines()
        found = {line.split("\t")[1]: line.split(" ")[0] for line in lines}
        return {name: f"{mode} {self.git('show', f'main:{name}', folder='origin')}" for name, mode in found.items()}


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_what_was_built_is_committed_and_pushed(runner: Runner) -> None:
    (runner.package / "build" / "csv" / "ids.csv").chmod(0o755)
    assert runner.run() == (0, "")
    names = ("build/csv/ids.csv", "build/csv/new.csv", "build/json/places.json", "datapackage.json")
    expected: dict[str, Any] = {name: f"100644 new {name}\n" for name in names}
    assert runner.pushed() == {**expected, "README": "100644 old README\n"}
    assert runner.outputs.read_text("utf-8") == f"commit={runner.git('rev-parse', 'main', folder='origin')}"


def test_where_nothing_changed_nothing_is_pushed(runner: Runner) -> None:
    before = runner.git("rev-parse", "main", folder="origin")
    shutil.rmtree(runner.package)
    shutil.copytree(runner.clone / "build", runner.package / "build")
    shutil.copy(runner.clone / "datapackage.json", runner.package)
    assert runner.run() == (0, "")
    assert runner.git("rev-parse", "main", folder="origin") == before
    assert runner.outputs.read_text("utf-8") == f"commit={before}"


def plant(path: str) -> Callable[[Path], object]:
    """Return what puts a file at a path of the package."""

    def put(package: Path) -> None:
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text("x", "utf-8")

    return put


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (plant(".github/workflows/other.yml"), "./.github/workflows/other.yml"),
        (plant("build/.git/config"), "./build/.git/config"),
        (plant("build/csv/.gitattributes"), "./build/csv/.gitattributes"),
        (plant("build/csv/a b.csv"), "./build/csv/a b.csv"),
        (plant("build/csv/more/a.csv"), "./build/csv/more/a.csv"),
        (plant("build/run.sh"), "./build/run.sh"),
        (plant("sources/package.yaml"), "./sources/package.yaml"),
        (lambda package: (package / "build/csv/a.csv").symlink_to("/etc/passwd"), "./build/csv/a.csv"),
        (lambda package: os.mkfifo(package / "build/csv/a.csv"), "./build/csv/a.csv"),
        (lambda package: (package / "build/more").symlink_to("/etc"), "./build/more"),
    ],
)
def test_what_a_build_does_not_make_is_refused_and_named(
    runner: Runner, spoil: Callable[[Path], object], named: str
) -> None:
    before = runner.pushed()
    spoil(runner.package)
    assert runner.run() == (1, f"Not made by a build:\n{named}\n")
    assert runner.pushed() == before
