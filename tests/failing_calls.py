"""Failures of the system, injected at the n-th of its calls that change the disk."""

from __future__ import annotations

import ctypes
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ("mkdir", "fsync", "rename", "replace", "unlink", "rmdir")
EXCHANGES = ("in one step", "without the call", "on a file system that cannot", "in the image of a container")
REFUSALS = {"on a file system that cannot": errno.EINVAL, "in the image of a container": errno.EXDEV}


@contextmanager
def faults(at: int, fail: Callable[[], None], how: str = "in one step") -> Iterator[list[str]]:
    """Call `fail` in place of the `at`-th call that changes the disk; `how` folders are exchanged.

    Gives the names of the calls so far.
    """
    calls: list[str] = []

    def count(name: str) -> None:
        calls.append(name)
        if len(calls) == at:
            fail()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            count(name)
            return real(*args, **options)

        return call

    real_open, real_library = io.open, ctypes.CDLL

    def opened(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        if not set(mode) & set("wax+"):
            return real_open(file, mode, *args, **options)
        count("open")
        return _File(real_open(file, mode, *args, **options), count)

    real_os_open = os.open

    def os_opened(path: Any, flags: int, *args: Any, **options: Any) -> int:
        if flags & os.O_CREAT:
            count("open")
        return real_os_open(path, flags, *args, **options)

    class Library:
        """The C library, as far as a build calls it."""

        def __init__(self, *_: Any, **__: Any) -> None:
            if how == "without the call":
                return
            real = counted("exchange", real_library(None, use_errno=True).renameat2)

            def call(*args: Any) -> int:
                try:
                    return int(real(*args)) if how == "in one step" else self.refuse(REFUSALS[how])
                except OSError as error:
                    return self.refuse(error.errno or 0)

            self.renameat2 = call

        def refuse(self, number: int) -> int:
            ctypes.set_errno(number)
            return -1

    real_rename = os.rename

    def rename(one: Any, other: Any) -> None:
        if how == "in the image of a container" and Path(one).name == "build" and Path(other).name == "old":
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(one))
        real_rename(one, other)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "rename", rename)
        for name in CALLS:
            patch.setattr(os, name, counted(name, getattr(os, name)))
        patch.setattr(io, "open", opened)
        patch.setattr(os, "open", os_opened)
        patch.setattr(ctypes, "CDLL", Library)
        yield calls


class _File:
    """A file open for writing: a write that fails has written half, a close that fails has closed."""

    def __init__(self, real: Any, count: Callable[[str], None]) -> None:
        self.real, self.count = real, count

    def write(self, data: Any) -> int:
        half = len(data) // 2
        self.real.write(data[:half])
        self.count("write")
        return half + int(self.real.write(data[half:]))

    def flush(self) -> None:
        self.count("flush")
        self.real.flush()

    def close(self) -> None:
        if not self.real.closed:
            self.real.close()
            self.count("close")

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def break_off() -> None:
    """Fail as a disk does that is broken."""
    raise OSError(errno.EIO, os.strerror(errno.EIO), "/disk")
