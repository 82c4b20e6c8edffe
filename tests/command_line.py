"""The command line, run in this process and in one of its own; both tell the exit code, stdout and stderr."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from factpack.cli import main

FACTPACK = Path(sys.executable).parent / "factpack"


class Ended(NamedTuple):
    """How a command ended, and what it wrote."""

    exit_code: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]
"""From a root and arguments to how the command ended."""


def in_process(root: Path, *args: str, lang: str = "en") -> Ended:
    """Run `factpack --root ROOT --lang LANG ARGS` in this process, from its arguments to its exit code."""
    return called("--root", str(root), "--lang", lang, *args)


def called(*args: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> Ended:
    """Run `factpack ARGS` in this process; `env` is the whole environment, `cwd` the working directory."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), write_through=True) for name in ("stdin", "stdout", "stderr")}
    with pytest.MonkeyPatch.context() as patch, _signals_kept():
        patch.setattr(sys, "argv", ["factpack", *map(str, args)])
        patch.setenv("COLUMNS", "80")
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        if cwd is not None:
            patch.chdir(cwd)
        if env is not None:
            for name in os.environ.keys() - env.keys() - {"COLUMNS"}:
                patch.delenv(name)
            for name, value in env.items():
                patch.setenv(name, value)
        try:
            main()
        except SystemExit as end:
            code = end.code
        else:  # main always exits
            raise AssertionError("the command line came back")
    assert isinstance(code, int), code
    return Ended(code, *(streams[name].buffer.getvalue().decode("utf-8") for name in ("stdout", "stderr")))


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Give back the handler that the command line replaces."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def in_a_process(root: Path, *args: str, lang: str = "en") -> Ended:
    """Run `factpack --root ROOT --lang LANG ARGS` as a user does, in a process of its own."""
    return called_in_a_process("--root", root, "--lang", lang, *args)


def called_in_a_process(*args: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> Ended:
    """Run `factpack ARGS` as a user does, in a process of its own; `env` is the whole environment."""
    env = {**(os.environ if env is None else env), "COLUMNS": "80"}
    done = subprocess.run([FACTPACK, *args], capture_output=True, encoding="utf-8", env=env, cwd=cwd, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


def hear_interrupts() -> None:
    """Let a process hear Ctrl-C, before it begins (`preexec_fn`): children of what runs in the background do not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
