"""Commands run one after the other in a copy of this process, while the surroundings of their project are watched."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from command_line import called

PATIENCE = 10
"""Seconds after which a command is taken to wait for something, and is killed."""
MEMORY = 3 << 30
"""Bytes of memory that a command may take: what reads a file of 5 GB as a whole fails."""
SECRET = b"somebody's-secret"
"""What every file outside the project holds."""


class Ran(NamedTuple):
    """How a command ended, and what it wrote."""

    command: Sequence[str]
    code: int
    said: str


def run_all(root: Path, commands: Iterable[Sequence[str]]) -> list[Ran]:
    """Run commands in a project; ends with an assertion where one waits, or ends otherwise than commands do."""
    results = tempfile.TemporaryFile("w+")  # noqa: SIM115 - both processes have it
    child = os.fork()
    if child == 0:
        try:
            limit = address_space() + MEMORY  # other tests of this process may have loaded a lot
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            for command in commands:
                results.write(json.dumps(command) + "\n")
                results.flush()
                signal.alarm(PATIENCE)
                ended = called("--root", root, "--lang", "en", *command, cwd=root)
                signal.alarm(0)
                results.write(json.dumps([ended.exit_code, ended.stdout + ended.stderr]) + "\n")
                results.flush()
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    results.seek(0)
    lines = [json.loads(line) for line in results]
    results.close()
    ran = [Ran(command, *ended) for command, ended in zip(lines[::2], lines[1::2], strict=False)]
    assert status == 0, f"killed after {PATIENCE} s: {lines[-1]}"
    assert len(lines) == 2 * len(ran), f"broken off: {lines[-1]}"
    for command, code, said in ran:
        assert code in (0, 1, 2), (command, said)
        assert "Traceback" not in said, (command, said)
        assert "not enough memory" not in said, command
        assert SECRET.decode() not in said, command
    return ran


def address_space() -> int:
    """Return how many bytes of address space this process has, 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * resource.getpagesize() if told.exists() else 0


def surroundings(folder: Path, project: Path) -> dict[str, tuple[object, ...]]:
    """Return everything in a folder besides a project: kind, size, times and content by path."""
    found: dict[str, tuple[object, ...]] = {}
    left = [folder]
    while left:
        for path in left.pop().iterdir():
            status = path.lstat()
            plain = path.is_file() and not path.is_symlink() and status.st_size < 1 << 20
            times = () if path == project else (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            content = path.read_bytes() if plain else str(path.readlink()) if path.is_symlink() else None
            found[path.relative_to(folder).as_posix()] = (status.st_mode, *times, content)
            if path.is_dir() and not path.is_symlink() and path != project:
                left.append(path)
    return found


def secrets_in(folder: Path) -> list[str]:
    """Return the files of a project that hold what stands outside, archives opened."""
    found = []
    left = [folder]
    while left:
        for path in left.pop().iterdir():
            if path.is_symlink():
                continue
            if path.is_dir():
                left.append(path)
            elif path.is_file() and path.stat().st_size < 1 << 26 and SECRET in _whole(path):
                found.append(path.relative_to(folder).as_posix())
    return found


def _whole(path: Path) -> bytes:
    raw = path.read_bytes()
    if path.suffix != ".zip":
        return raw
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())
