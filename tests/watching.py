"""A command with `--watch` in a process of its own: what it prints, answer by answer, and how it ends."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from pathlib import Path
from types import TracebackType

from command_line import FACTPACK, called_in_a_process, hear_interrupts

PATIENCE = 300.0
"""Seconds after which an answer is no longer waited for. Nothing is proved by it: a test that needs it fails."""
WAITING = "waiting for changes in sources/ and schemas/; Ctrl-C ends."


class Watching:
    """`factpack --root ROOT ARGS` while it watches; both streams are one, as in a terminal."""

    def __init__(self, root: Path, *args: str) -> None:
        env = {**os.environ, "COLUMNS": "80"}
        command = [FACTPACK, "--root", root, "--lang", "en", *args]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=env,
            preexec_fn=hear_interrupts,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()

    def answer(self) -> str:
        """Return the lines of the next answer, without the one that says that it waits."""
        lines = []
        while not (line := self._line()).rstrip().endswith(WAITING):
            lines.append(line)
        self.last = line
        return "".join(lines[1:] if lines[:1] == ["\n"] else lines)

    def until(self, wanted: str) -> None:
        """Return when an answer is this one; what is saved in several steps may be answered more than once."""
        answers = [self.answer()]
        while answers[-1] != wanted:
            try:
                answers.append(self.answer())
            except queue.Empty:
                raise AssertionError(f"wanted:\n{wanted}\ngot:\n{'-----'.join(answers)}") from None

    def _line(self) -> str:
        line = self._lines.get(timeout=PATIENCE)
        assert line is not None, f"ended with {self.process.wait()}"
        return line

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Send a signal; return the exit status, and what was still printed."""
        self.process.send_signal(number)
        rest = iter(lambda: self._lines.get(timeout=PATIENCE), None)
        return self.process.wait(PATIENCE), "".join(map(str, rest))


def checked(root: Path, *args: str) -> str:
    """Return what a check from the start prints."""
    done = called_in_a_process("--root", root, "--lang", "en", "check", "--no-cache", *args)
    return done.stdout + done.stderr
