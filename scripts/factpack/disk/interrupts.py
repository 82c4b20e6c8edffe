"""Interrupts: put off for a few steps that belong together, so that none of them is done without the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def at_once() -> Iterator[None]:
    """Put interrupts off for a few short steps, which belong together; then they take effect."""
    came: list[int] = []
    before: dict[int, Callable[..., object]] = {}
    if threading.current_thread() is threading.main_thread():  # no other one is interrupted
        found = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        before = {number: handler for number, handler in found.items() if callable(handler)}
    try:
        for number in before:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)
