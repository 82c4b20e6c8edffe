"""Whichever call of a real build fails, the old package stays or the new one is there, and the build says why."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from factpack.cli import main
from factpack.disk.stage import recover
from failing_calls import faults
from laws.killed_builds import TwoVersions, two_versions

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)
CALLED = {"open", "write", "flush", "close", "fsync", "mkdir", "rename", "exchange", "replace", "unlink", "rmdir"}
MAY_FAIL = {"mkdir", "unlink", "rmdir", "none"}
"""A folder may be there already, and what cannot be cleared away now is by the next command."""


def build(project: TwoVersions, monkeypatch: pytest.MonkeyPatch, at: int, *options: str) -> tuple[int | str, list[str]]:
    """Run `factpack build` in this process with a failure at one call; return its exit code and the calls."""
    number = ERRORS[at % len(ERRORS)]

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(sys, "argv", ["factpack", "--root", str(project.root), "--lang", "en", "build", *options])
    with faults(at, fail) as calls, pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code or 0, calls


def wrong(
    project: TwoVersions, code: int | str, said: str, at: int, call: str, may_fail: Collection[str] = MAY_FAIL
) -> Iterator[str]:
    """Yield what is wrong after a build in which a call failed, and put the old package back."""
    left, reason = project.left(), os.strerror(ERRORS[at % len(ERRORS)])
    told = [line for line in said.splitlines() if not line.startswith("checked ")]
    if code == 1 and "next" not in left:
        if project.version() != "one" or left:
            yield f"the package is {project.version()}, and {left} is left"
    elif code not in (0, 1):
        yield f"ended with {code}"
    elif code == 0 and call not in may_fail:
        yield "the failure was passed over"
    else:
        recover(project.root)
        if project.version() != "two" or project.left():
            yield f"the package is {project.version()}, and {project.left()} is left"
        project.put("one")
    if code and not (len(told) == 1 and told[0].startswith(f"factpack: {project.root}") and reason in told[0]):
        yield f"it said {said}"


@pytest.mark.parametrize("first", [1, 2], ids=["odd calls", "even calls"])
def test_whichever_call_of_a_build_fails_one_whole_package_stays_and_the_build_says_why(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = two_versions(tmp_path)
    project.take("two")
    failures, codes = [], set()
    for at in range(first, 2_000, 2):
        code, calls = build(project, monkeypatch, at, "--no-cache")
        call = calls[at - 1] if at <= len(calls) else "none"
        said = capsys.readouterr().err
        failures += [f"{at} ({call}): {each}" for each in wrong(project, code, said, at, call)]
        codes.add(code)
        if len(calls) < at:
            break
    assert failures == []
    assert codes == {0, 1}
    assert set(calls) == CALLED


def test_a_call_that_fails_on_the_cache_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = two_versions(tmp_path)
    project.take("two")
    failures = []
    for at in range(1, 2_000, 3):
        if at % 2:
            shutil.rmtree(project.root / ".factpack" / "cache")
        code, calls = build(project, monkeypatch, at)
        said = capsys.readouterr().err
        failures += [f"{at}: {each}" for each in wrong(project, code, said, at, "", {""})]
        if len(calls) < at:
            break
    assert failures == []
