"""One run of a command: how long it took, and the most memory that it and all its children held at once."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")
EVERY = 0.1
"""Seconds between two looks at the memory; a shorter peak is missed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured: seconds by the clock, seconds of all cores, and bytes, or None where there is no /proc."""

    seconds: float
    cpu: float
    peak: int | None


def run(commands: Sequence[Sequence[str]], cwd: Path) -> Run:
    """Run commands one after the other and measure them together; one that fails ends the program with its words."""
    started, worked, peaks = time.perf_counter(), _worked(), []
    for command in commands:
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=said)
            peaks.append(_watch(process))
            if process.returncode:
                said.seek(0)
                sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}\n{said.read()[-2000:].decode()}")
    known = [peak for peak in peaks if peak is not None]
    return Run(time.perf_counter() - started, _worked() - worked, max(known, default=None))


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes]) -> int | None:
    """Wait for a process to end; return the peak of its tree."""
    peak, ended = 0, Event()

    def look() -> None:
        nonlocal peak
        while not ended.wait(EVERY):
            peak = max(peak, memory(process.pid))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    process.wait()
    ended.set()
    watcher.join()
    return peak or None


def memory(pid: int) -> int:
    """Return the bytes that a process and all below it hold; of a shared page each sharer counts its part (PSS)."""
    return sum(_held(each) for each in _tree(pid))


def _held(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended, or there is no /proc
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _tree(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            stat = path.read_text()
        except OSError:  # it has ended
            continue
        parent = int(stat.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(path.parent.name))
    tree = [pid]
    for each in tree:
        tree += children.get(each, ())
    return tree
