"""On a terminal a bar shows what takes over a second; anywhere else, and for less, nothing is written."""

from __future__ import annotations

import io

import pytest

from factpack.cli import progress
from factpack.cli.progress import with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, after: float) -> str:
    monkeypatch.setattr(progress, "AFTER", after)
    with with_progress(stream, "records", 1, "") as executor:
        executor.begin(10)
        for _ in range(5):
            executor.advance(2)
    return stream.getvalue()


def test_a_bar_on_a_terminal_ends_full_and_gives_the_cursor_back(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = work(Terminal(), monkeypatch, -1)
    assert "records" in shown
    assert "100%" in shown
    assert shown.endswith("\x1b[?25h\n")


def test_quick_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert work(Terminal(), monkeypatch, 60) == ""


def test_nothing_is_written_to_what_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert work(io.StringIO(), monkeypatch, -1) == ""


def test_a_failure_in_the_middle_gives_the_cursor_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "AFTER", -1)
    stream = Terminal()

    def interrupted() -> None:
        with with_progress(stream, "records", 1, "") as executor:
            executor.begin(10)
            executor.advance(3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stream.getvalue().endswith("\x1b[?25h\n")
