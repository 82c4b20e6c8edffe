"""A build that is interrupted, asked to end, or not alone: it says so in a line, and the package stays a whole one."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from time import sleep

import pytest

from conftest import Run
from crashes import FACTPACK, Ground, await_, members, open_ground, workers_left
from test_pipeline import UNIT

PROCESSES = Path("/proc/self/stat")
pytestmark = pytest.mark.skipif(not PROCESSES.exists(), reason="looks for processes where Linux lists them")
INTERRUPTED = {signal.SIGINT: (130, "interrupted"), signal.SIGTERM: (143, "terminated")}


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """A project with so many units that one can break in while they are built."""
    ground = open_ground(tmp_path)
    for number in range(600):
        text = UNIT.format(id=f"unt-x{number}", n=number)
        (ground.root.parent / "two" / "units" / f"unt-x{number}.yaml").write_text(text, "utf-8")
    ground.take("two")
    return ground


def begin(ground: Ground, workers: int) -> subprocess.Popen[str]:
    """Start a build as from a terminal, where nothing ignores an interrupt, and wait until it stages."""
    command = [FACTPACK, "--root", ground.root, "--lang", "en", "build", "--no-cache", "--workers", str(workers)]
    build = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    await_(build, lambda: ground.left() == ["stage"])
    assert build.poll() is None
    return build


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("sent", INTERRUPTED)
def test_an_interrupted_build_says_so_and_leaves_the_old_package(
    ground: Ground, sent: signal.Signals, workers: int
) -> None:
    build = begin(ground, workers)
    sleep(0.05)
    os.killpg(build.pid, sent)
    out, err = build.communicate(timeout=60)
    code, word = INTERRUPTED[sent]
    assert (build.returncode, out, err.strip()) == (code, "", f"factpack: {word}")
    assert (ground.version(), ground.left()) == ("one", [])
    assert not list(members(build.pid))


@pytest.mark.parametrize("sent", INTERRUPTED)
def test_an_interrupt_while_workers_start_leaves_none_behind(ground: Ground, sent: signal.Signals) -> None:
    for started in (1, 2, 3, 4):
        build = begin(ground, 4)
        await_(build, lambda: len(list(members(build.pid))) > started)  # noqa: B023 - called here
        os.killpg(build.pid, sent)
        _, err = build.communicate(timeout=60)
        assert "Traceback" not in err
        assert list(workers_left(build.pid)) == []
        assert build.returncode != 0
        assert ground.version() == "one"


def test_a_second_build_is_refused_and_does_not_harm_the_first(ground: Ground, run: Run) -> None:
    build = begin(ground, 1)
    os.kill(build.pid, signal.SIGSTOP)
    try:
        said = "factpack: another build of this folder is running\n"
        assert run(ground.root, "build") == (1, "", said)
        assert run(ground.root, "build", "--check") == (1, "", said)
        assert run(ground.root, "check")[:2] == (0, "")
        assert (ground.left(), ground.version()) == (["stage"], "one")
    finally:
        os.kill(build.pid, signal.SIGCONT)
    assert build.communicate(timeout=60)[0] == ""
    assert (build.returncode, ground.left()) == (0, [])
    assert run(ground.root, "build", "--check")[:2] == (0, "")


def test_workers_end_with_their_build_and_do_not_hold_its_lock(ground: Ground, run: Run) -> None:
    build = begin(ground, 3)
    await_(build, lambda: len(list(members(build.pid))) == 4)
    try:
        for worker in set(members(build.pid)) - {build.pid}:
            os.kill(worker, signal.SIGSTOP)
        build.kill()
        build.wait(timeout=60)
        assert len(list(members(build.pid))) == 3
        assert run(ground.root, "build")[:2] == (0, "")
    finally:
        os.killpg(build.pid, signal.SIGCONT)
    assert list(workers_left(build.pid)) == []


def test_a_build_whose_worker_is_killed_says_so_and_leaves_the_old_package(ground: Ground) -> None:
    build = begin(ground, 2)
    await_(build, lambda: len(list(members(build.pid))) == 3)
    os.kill(max(members(build.pid)), signal.SIGKILL)
    out, err = build.communicate(timeout=60)
    said = "factpack: a worker was killed, perhaps for want of memory; try fewer workers\n"
    assert (build.returncode, out, err) == (1, "", said)
    assert (ground.version(), ground.left()) == ("one", [])


def test_a_reader_that_goes_away_is_no_failure_of_the_disk(ground: Ground) -> None:
    build = subprocess.Popen(
        [FACTPACK, "--root", ground.root, "build", "--check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert build.stdout
    build.stdout.close()
    assert build.stderr
    assert b"Broken pipe" not in build.stderr.read()
    assert build.wait(timeout=60) == 1
