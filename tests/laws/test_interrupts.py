"""A build that is interrupted, asked to end, or not alone: it says so in a line, and the package stays a whole one."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from time import perf_counter, sleep

import pytest

from command_line import Run, hear_interrupts
from laws.killed_builds import FACTPACK, TwoVersions, await_, members, two_versions, workers_left
from projects import write_units

PROCESSES = Path("/proc/self/stat")
pytestmark = pytest.mark.skipif(not PROCESSES.exists(), reason="looks for processes where Linux lists them")
INTERRUPTED = {signal.SIGINT: (130, "interrupted"), signal.SIGTERM: (143, "terminated")}


@pytest.fixture
def project(tmp_path: Path) -> TwoVersions:
    """A project with so many units that one can break in while they are built."""
    project = two_versions(tmp_path)
    write_units(project.root.parent / "two", 600)
    project.take("two")
    return project


def begin(project: TwoVersions, workers: int) -> subprocess.Popen[str]:
    """Start a build as from a terminal, where nothing ignores an interrupt, and wait until it stages."""
    command = [FACTPACK, "--root", project.root, "--lang", "en", "build", "--no-cache", "--workers", str(workers)]
    build = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=hear_interrupts,
    )
    await_(build, lambda: project.left() == ["stage"])
    assert build.poll() is None
    return build


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("sent", INTERRUPTED)
def test_an_interrupted_build_says_so_and_leaves_the_old_package(
    project: TwoVersions, sent: signal.Signals, workers: int
) -> None:
    build = begin(project, workers)
    sleep(0.05)
    os.killpg(build.pid, sent)
    out, err = build.communicate(timeout=60)
    code, word = INTERRUPTED[sent]
    if "Exception ignored in" in err:
        pytest.skip("the signal came while Python ended an object, where it drops whatever a handler raises")
    assert (build.returncode, out, err.strip()) == (code, "", f"factpack: {word}")
    assert (project.version(), project.left()) == ("one", [])
    assert not list(members(build.pid))


@pytest.mark.parametrize("sent", INTERRUPTED)
def test_an_interrupt_while_workers_start_leaves_none_behind(project: TwoVersions, sent: signal.Signals) -> None:
    for started in (1, 2, 3, 4):
        build = begin(project, 4)
        await_(build, lambda: len(list(members(build.pid))) > started)  # noqa: B023 - called here
        os.killpg(build.pid, sent)
        _, err = build.communicate(timeout=60)
        assert "Traceback" not in err
        assert list(workers_left(build.pid)) == []
        assert build.returncode != 0
        assert project.version() == "one"


def started(project: TwoVersions, *arguments: str) -> subprocess.Popen[str]:
    """Start a command as from a terminal."""
    return subprocess.Popen(
        [FACTPACK, "--root", project.root, "--lang", "en", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=hear_interrupts,
    )


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("sent", INTERRUPTED)
def test_one_interrupt_ends_a_build_that_puts_its_package_in_place(
    tmp_path: Path, sent: signal.Signals, workers: str
) -> None:
    project = two_versions(tmp_path)
    project.take("two")
    codes = set()
    for delay in (0, 0, 0.0005, 0.001, 0.002, 0.004):
        project.put("one")
        build = started(project, "build", "--workers", workers)
        await_(build, lambda: "next" in project.left())
        sleep(delay)
        with suppress(ProcessLookupError):  # it is over already
            os.killpg(build.pid, sent)
        _, err = build.communicate(timeout=60)
        assert "Traceback" not in err
        done = build.returncode in (0, -sent)  # the signal itself ends a Python that has nothing left to do
        assert project.version() == "two" if done else build.returncode == INTERRUPTED[sent][0]
        assert project.version() in ("one", "two")
        assert project.left() == []
        assert not list(members(build.pid))
        codes.add(build.returncode)
    assert codes & {INTERRUPTED[sent][0]}


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--no-cache", "--workers", "2"),
        ("build", "--no-cache"),
        ("build", "--no-cache", "--workers", "2"),
        ("build", "--check"),
        ("diff",),
        ("coverage",),
        ("release",),
    ],
    ids=" ".join,
)
def test_one_interrupt_ends_any_command_at_any_moment(tmp_path: Path, command: tuple[str, ...]) -> None:
    project = two_versions(tmp_path)
    start = perf_counter()
    started(project, *command).communicate(timeout=60)
    length = perf_counter() - start
    project.take("two")
    for number in range(8):
        sent = list(INTERRUPTED)[number % 2]
        project.put("one")
        process = started(project, *command)
        sleep(length * (number + 1) / 9)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sent)
        _, err = process.communicate(timeout=60)
        if process.returncode == INTERRUPTED[sent][0]:
            assert err.strip().splitlines()[-1] == f"factpack: {INTERRUPTED[sent][1]}"
        else:  # it had ended, or was still at what Python does before the program
            assert process.returncode in (0, 1, 2) or "import" in err or process.returncode == -sent, err
        assert project.version() in ("one", "two")
        assert project.left() == []
        assert list(workers_left(process.pid)) == []


def test_a_second_build_is_refused_and_does_not_harm_the_first(project: TwoVersions, run: Run) -> None:
    build = begin(project, 1)
    os.kill(build.pid, signal.SIGSTOP)
    try:
        said = "factpack: another build of this folder is running\n"
        assert run(project.root, "build") == (1, "", said)
        assert run(project.root, "build", "--check") == (1, "", said)
        assert run(project.root, "check")[:2] == (0, "")
        assert (project.left(), project.version()) == (["stage"], "one")
    finally:
        os.kill(build.pid, signal.SIGCONT)
    assert build.communicate(timeout=60)[0] == ""
    assert (build.returncode, project.left()) == (0, [])
    assert run(project.root, "build", "--check")[:2] == (0, "")


def test_workers_end_with_their_build_and_do_not_hold_its_lock(project: TwoVersions, run: Run) -> None:
    build, stopped = begin(project, 3), set[int]()

    def all_stopped() -> bool:  # asked again and again: while processes begin, a look at /proc may miss one
        for worker in set(members(build.pid)) - {build.pid} - stopped:
            os.kill(worker, signal.SIGSTOP)
            stopped.add(worker)
        return len(stopped) == 3

    await_(build, all_stopped)
    try:
        build.kill()
        build.wait(timeout=60)
        assert len(list(members(build.pid))) == 3
        assert run(project.root, "build")[:2] == (0, "")
    finally:
        os.killpg(build.pid, signal.SIGCONT)
    assert list(workers_left(build.pid)) == []


def test_a_build_whose_worker_is_killed_says_so_and_leaves_the_old_package(project: TwoVersions) -> None:
    build = begin(project, 2)
    await_(build, lambda: len(list(members(build.pid))) == 3)
    os.kill(max(members(build.pid)), signal.SIGKILL)
    out, err = build.communicate(timeout=60)
    said = "factpack: a worker was killed, perhaps for want of memory; try fewer workers\n"
    assert (build.returncode, out, err) == (1, "", said)
    assert (project.version(), project.left()) == ("one", [])


def test_a_reader_that_goes_away_is_no_failure_of_the_disk(project: TwoVersions) -> None:
    build = subprocess.Popen(
        [FACTPACK, "--root", project.root, "build", "--check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert build.stdout
    build.stdout.close()
    assert build.stderr
    assert b"Broken pipe" not in build.stderr.read()
    assert build.wait(timeout=60) == 141
