"""The published text of the report, where it is at hand: it gives the committed record, and its numbers are read.

It is not in the repository; the environment variable FACTPACK_TEXTS names the folder that holds it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_line import Run
from laws.number_strings import broken, unkept
from projects import ROOT
from text.windows import digits_outside_tokens, paragraphs, windows_read_alike

FOLDER = Path(os.environ.get("FACTPACK_TEXTS", ROOT.parent / "shared" / "texts"))
TEXTS = sorted(FOLDER.glob("doc-*.txt")) if FOLDER.is_dir() else []
OTHERS = sorted(FOLDER.glob("other/*.txt")) if FOLDER.is_dir() else []
"""Reports that no record is made of, to read numbers in."""
pytestmark = pytest.mark.skipif(not TEXTS, reason="needs the published text: set FACTPACK_TEXTS to its folder")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_gives_the_committed_record(path: Path, run: Run) -> None:
    code, _, err = run(ROOT, "verify", path.stem, str(path), "--check")
    assert (code, err.splitlines()[0]) == (0, "The saved fingerprints match this text.")


def test_a_window_of_the_report_from_mark_to_mark_has_the_tokens_of_the_paragraph() -> None:
    assert sum(map(windows_read_alike, paragraphs(FOLDER / "doc-wuchang-gwr-2025.txt"))) > 3000


def test_every_run_of_digits_of_the_report_lies_in_a_token() -> None:
    listed = paragraphs(FOLDER / "doc-wuchang-gwr-2025.txt")
    assert len(listed) > 90
    assert [paragraph for paragraph in listed if digits_outside_tokens(paragraph)] == []


@pytest.mark.parametrize("path", [*TEXTS, *OTHERS], ids=lambda path: path.stem)
def test_a_text_breaks_no_law_of_reading(path: Path) -> None:
    found = {number: [*broken(each), *unkept(each)] for number, each in enumerate(paragraphs(path), 1)}
    assert len(found) > 5
    assert sum(map(len, found.values())) == 0, [number for number, wrong in found.items() if wrong]
