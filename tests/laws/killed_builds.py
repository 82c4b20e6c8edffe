"""Builds killed at random moments: the package on disk is a whole one, old or new, and the next build tidies up.

`python -m laws.killed_builds --trials 500 --seed 1`, from the folder `tests`, builds two versions of a project in turn,
kills each build with SIGKILL and looks at what is left; `--real` does so with the real records in place of the small
example. It prints what became of the builds and every failure, and ends with 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

from projects import MINIMAL, ROOT, assemble

FACTPACK = Path(sys.executable).parent / "factpack"
NONE = "none"
VERSIONS = ("one", "two")
MOMENTS = {"run": "", "staging": "stage", "moving": "next"}
"""From where to where in its life a build is killed: from its start, or from when it makes this, to its end."""
COMMANDS = (("check",), ("build", "--check"), ("build",), ("build", "of wrong data"))
"""What somebody may do next. The last is a build that makes nothing, and tidies up all the same."""
WRONG = "sources/units/unt-wrong.yaml"
PATIENCE = 20.0
"""Seconds within which workers must be gone whose build was killed."""

Tree = dict[str, bytes]


@dataclass(frozen=True)
class TwoVersions:
    """A project of which there are two versions, and the package that each gives."""

    root: Path
    packages: dict[str, Tree]

    def take(self, version: str) -> None:
        """Let the project be of this version."""
        shutil.rmtree(self.root / "sources")
        shutil.copytree(self.root.parent / version, self.root / "sources")

    def put(self, version: str) -> None:
        """Put the package of a version in place, whatever is there."""
        shutil.rmtree(self.root / "build", ignore_errors=True)
        (self.root / "datapackage.json").unlink(missing_ok=True)
        for path, data in self.packages[version].items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(data)

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own."""
        return subprocess.Popen(
            [FACTPACK, "--root", self.root, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def version(self, prefix: str = "") -> str | None:
        """Return the version of the package that is there, or of a part of it, None where it is no whole one."""
        there = self.there(prefix)
        for version, package in self.packages.items():
            if {name: data for name, data in package.items() if name.startswith(prefix)} == there:
                return version
        return None

    def there(self, prefix: str = "") -> Tree:
        """Return the package that is there, or a part of it."""
        return {
            name: data
            for name, data in tree(self.root).items()
            if name.startswith(("build/", "datapackage.json")) and name.startswith(prefix)
        }

    def left(self) -> list[str]:
        """Return what there is in `.factpack` besides the lock and the cache."""
        return sorted(path.name for path in (self.root / ".factpack").glob("*") if path.name not in ("lock", "cache"))


def tree(folder: Path) -> Tree:
    """Return the files of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def outside_cache(folder: Path) -> Tree:
    """Return the files of a folder by path, less the cache: a worker may still put what it has finished there."""
    return {path: data for path, data in tree(folder).items() if not path.startswith(".factpack/cache/")}


def two_versions(folder: Path, *, real: bool = False) -> TwoVersions:
    """Return a project in an empty folder, with its first version in place."""
    root = folder / "project"
    if real:
        for name in ("schemas", "sources"):
            shutil.copytree(ROOT / name, root / name)
    else:
        assemble(root, MINIMAL)
    one, two = (folder / version for version in VERSIONS)
    shutil.copytree(root / "sources", one)
    shutil.copytree(root / "sources", two)
    for path in two.rglob("*.yaml"):
        text = re.sub(r"(?m)^(  en: [A-Za-z].*[a-z])$", r"\1 again", path.read_text("utf-8"), count=1)
        path.write_text(text, "utf-8")
    project = TwoVersions(root, {NONE: {}})
    for version in reversed(VERSIONS):
        project.take(version)
        assert project.begin("build").wait() == 0, f"version {version} has problems"
        project.packages[version] = project.there()
    return project


@dataclass(frozen=True)
class Kill:
    """How a build is killed, and what somebody does next."""

    moment: str
    delay: float
    workers: int
    alone: bool
    """Whether the build is killed and its workers are not."""
    first: bool
    """Whether there was no package before."""
    command: tuple[str, ...]

    def __str__(self) -> str:
        shown = f"{self.moment} + {self.delay * 1000:.1f} ms, {self.workers} workers{' spared' * self.alone}"
        return f"killed at {shown}{', no package before' * self.first}, then {' '.join(self.command)}"


@dataclass(slots=True)
class Survey:
    """What became of the builds."""

    killed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Builds by the moment aimed at and what they were doing."""
    ended: Counter[str] = field(default_factory=Counter)
    """Packages after the next command: old or new."""
    failures: list[str] = field(default_factory=list)


def survey(project: TwoVersions, trials: int, seed: int) -> Survey:
    """Return what becomes of so many builds."""
    result = Survey()
    for kill in kills(project, trials, seed):
        result.failures += (f"{kill}: {failure}" for failure in trial(project, kill, result))
    return result


def kills(project: TwoVersions, trials: int, seed: int) -> Iterator[Kill]:
    """Yield so many ways to kill a build, the same for the same seed but for how long builds take here."""
    chance = random.Random(seed)
    lengths = {workers: durations(project, workers) for workers in (1, 2)}
    for number in range(trials):
        moment, workers = list(MOMENTS)[number % 3], 1 + number // 3 % 2
        delay = chance.uniform(0, lengths[workers][moment])
        alone, first = workers > 1 and chance.random() < 0.5, chance.random() < 0.1
        yield Kill(moment, delay, workers, alone, first, chance.choice(COMMANDS))


def durations(project: TwoVersions, workers: int) -> dict[str, float]:
    """Return how many seconds a build takes from each moment to its end; the longest of three."""
    found = dict.fromkeys(MOMENTS, 0.0)
    for _ in range(3):
        project.take(other(project.version() or NONE))
        seen = {"run": perf_counter()}
        build = project.begin("build", "--workers", str(workers))
        for moment in ("staging", "moving"):
            await_(build, lambda name=MOMENTS[moment]: name in project.left())
            seen[moment] = perf_counter()
        await_(build, lambda: not project.left())
        end = perf_counter()
        build.wait()
        found = {moment: max(length, end - seen[moment]) for moment, length in found.items()}
    return found


def await_(build: subprocess.Popen[bytes], there: Callable[[], bool]) -> None:
    """Wait until something is there or the build is at its end."""
    while build.poll() is None and not there():
        pass


def other(version: str) -> str:
    return VERSIONS[0] if version == VERSIONS[1] else VERSIONS[1]


def trial(project: TwoVersions, kill: Kill, result: Survey) -> Iterator[str]:
    """Kill one build and yield what is wrong afterwards."""
    if kill.first:
        project.put(NONE)
    old = project.version() or NONE
    new = other(old)
    project.take(new)
    build = project.begin("build", "--workers", str(kill.workers))
    await_(build, lambda: MOMENTS[kill.moment] in ("", *project.left()))
    sleep(kill.delay)
    yield from _killed(build, kill.alone)
    left, built, before = project.left(), project.version("build/"), outside_cache(project.root)
    doing = "committed" if "next" in left else "staging" if left else "after" if built == new else "before"
    result.killed[kill.moment, doing] += 1
    if built not in (old, new):
        yield f"build/ is torn ({doing})"
    if project.version("datapackage.json") not in (old, new):
        yield f"datapackage.json is torn ({doing})"
    if kill.alone:
        yield from workers_left(build.pid)
        if outside_cache(project.root) != before:
            yield f"workers wrote after their build was killed ({doing})"
    made = new if "next" in left or built == new else old
    if kill.command not in (("build",), COMMANDS[-1]):
        yield from _other_command(project, kill.command, project.version() == new, doing)
    wrong = kill.command != ("build",)
    (project.root / WRONG).write_text("id: unt-wrong\n") if wrong else None
    code = project.begin("build").wait()
    (project.root / WRONG).unlink(missing_ok=True)
    expected = made if wrong else new
    if code != wrong:
        yield f"it ended with {code} ({doing})"
    if project.version() != expected:
        yield f"the package is {project.version()} and not {expected} ({doing})"
    if project.left():
        yield f"{project.left()} is left ({doing})"
    result.ended["new" if project.version() == new else "old"] += 1


def _other_command(project: TwoVersions, command: tuple[str, ...], current: bool, doing: str) -> Iterator[str]:
    """Run a command that is no build; yield that it moved something, or did not see whether the package is current."""
    before = project.there()
    code = project.begin(*command).wait()
    if code != ("--check" in command and not current):
        yield f"{' '.join(command)} ended with {code} ({doing})"
    if project.there() != before:
        yield f"{' '.join(command)} changed the package ({doing})"


def _killed(build: subprocess.Popen[bytes], alone: bool) -> Iterator[str]:
    """Kill a build, or all its group; yield whether it had failed before."""
    if build.poll():
        yield f"the build ended with {build.returncode}"
    build.kill() if alone else _kill(build.pid)
    build.wait()


def _kill(group: int) -> None:
    with suppress(ProcessLookupError):  # all of it may have ended
        os.killpg(group, signal.SIGKILL)


def workers_left(group: int) -> Iterator[str]:
    """Wait for a process group to be gone; yield what is left of it in the end."""
    start = perf_counter()
    while alive := list(members(group)):
        if perf_counter() > start + PATIENCE:
            _kill(group)
            yield f"{len(alive)} workers outlive their build"
        sleep(0.002)


def members(group: int) -> Iterator[int]:
    """Yield the living processes of a group, where the system lists them in `/proc`."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, own, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(own) == group and state != "Z":
            yield int(stat.parent.name)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="the real records in place of the small example")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        result = survey(two_versions(Path(folder), real=options.real), options.trials, options.seed)
    columns = {
        "before": "before staging",
        "staging": "while staging",
        "committed": "inside the commit",
        "after": "after the commit",
    }
    print("| aimed at |", " | ".join(columns.values()), "|")
    print("|---|" + "---|" * len(columns))
    for moment in MOMENTS:
        print(f"| {moment} |", " | ".join(str(result.killed[moment, doing]) for doing in columns), "|")
    committed = sum(result.killed[moment, "committed"] for moment in MOMENTS)
    print(f"\n{options.trials} trials, {committed} killed inside the commit")
    print(f"{result.ended['old']} ended in the old package, {result.ended['new']} in the new one")
    print(f"{len(result.failures)} failures")
    for failure in result.failures:
        print(f"  {failure}")
    print(f"{perf_counter() - start:.0f} s", file=sys.stderr)
    sys.exit(bool(result.failures))


if __name__ == "__main__":
    main()
