"""Whichever call fails and wherever a process dies while a package is written, it is the old one or the new one."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from factpack.disk.files import OutputError
from factpack.disk.stage import recover, staged
from failing_calls import EXCHANGES, break_off, faults
from projects import leftovers
from tiny_packages import version, whole, write

KILLED = 137


def die() -> None:
    os._exit(KILLED)


def failing(folder: Path, at: int, how: str) -> tuple[bool, bool]:
    """Write version 2 with a failure at the n-th call; say whether it went through, and whether there was that call."""
    error = None
    with faults(at, break_off, how) as calls:
        try:
            write(folder, 2)
        except OutputError as raised:
            error = str(raised)
    assert error in (None, "/disk: Input/output error", f"{folder / 'build'}: Input/output error")
    return error is None, len(calls) >= at


def killed(folder: Path, at: int, how: str) -> bool:
    """Write version 2 in a process that dies at the n-th call; say whether it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            with faults(at, die, how):
                write(folder, 2)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def prepared(folder: Path, old: bool) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if old:
        write(folder, 1)
    return folder


@pytest.mark.parametrize("old", [True, False], ids=["over an old package", "as the first one"])
@pytest.mark.parametrize("how", EXCHANGES)
def test_whichever_call_fails_the_old_package_stays_whole_or_the_next_build_finishes_the_new_one(
    tmp_path: Path, how: str, old: bool
) -> None:
    seen = set()
    for at in range(1, 200):
        folder = prepared(tmp_path / "package", old)
        done, called = failing(folder, at, how)
        committed = (folder / ".factpack" / "next").is_dir()
        if old and how != "in the image of a container":
            assert (folder / "build").is_dir(), f"call {at}"
        if not done and not committed:
            assert whole(folder) == int(old), f"call {at}"
            assert leftovers(folder) == [], f"call {at}"
        recover(folder)
        assert leftovers(folder) == [], f"call {at}"
        assert whole(folder) == (2 if done or committed else int(old)), f"call {at}"
        seen.add("done" if done else "committed" if committed else "old")
        if not called:
            break
    assert seen == {"old", "committed", "done"}


@pytest.mark.parametrize("old", [True, False], ids=["over an old package", "as the first one"])
@pytest.mark.parametrize("how", EXCHANGES)
def test_wherever_a_build_is_killed_the_next_build_finds_a_whole_package_and_leaves_nothing_behind(
    tmp_path: Path, how: str, old: bool
) -> None:
    found = []
    for at in range(1, 200):
        folder = prepared(tmp_path / "package", old)
        done = killed(folder, at, how)
        assert version(folder) in (int(old), 2), f"call {at}"
        with staged(folder, finishing=True):
            pass
        assert leftovers(folder) == [], f"call {at}"
        found.append(whole(folder))
        if done:
            break
    assert found == sorted(found, key=lambda version: -1 if version is None else version)
    assert {int(old), 2} == set(found)


@pytest.mark.parametrize("how", EXCHANGES)
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_a_build_wherever_it_comes_and_leaves_one_whole_package(
    tmp_path: Path, how: str, sent: signal.Signals
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    found = []
    before = signal.signal(sent, interrupt)
    try:
        for at in range(1, 200):
            folder, ended = prepared(tmp_path / "package", old=True), False
            with faults(at, lambda: signal.raise_signal(sent), how) as calls:
                try:
                    write(folder, 2)
                except KeyboardInterrupt:
                    ended = True
            found.append(whole(folder))
            assert ended is (len(calls) >= at), f"call {at} ({calls[-1]}): it goes on"
            assert found[-1] == 2 or leftovers(folder) in ([], ["stage"]), f"call {at}"
            if not ended:
                break
    finally:
        signal.signal(sent, before)
    assert found == sorted(found, key=lambda version: -1 if version is None else version)
    assert set(found) == {1, 2}
