"""What somebody has curated of this report is drafted alike, whatever paragraph of it nobody has curated yet."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from laws.leave_out import LEAST, Bench, Table, measured
from projects import ROOT

DOCUMENT = "doc-wuchang-gwr-2025"
TEXT = Path(os.environ.get("FACTPACK_TEXTS", ROOT.parent / "shared" / "texts")) / f"{DOCUMENT}.txt"
pytestmark = pytest.mark.skipif(not TEXT.is_file(), reason="needs the published text: set FACTPACK_TEXTS to its folder")


@pytest.fixture(scope="module")
def table() -> Table:
    return measured(Bench.open(ROOT, DOCUMENT, TEXT))


@pytest.mark.parametrize("name", LEAST)
def test_a_number_is_drafted_as_it_was_curated(table: Table, name: str) -> None:
    assert table.share(name) >= LEAST[name], [each for each in table.left if each[0] == name]


def test_all_numbers_that_give_values_were_looked_at(table: Table) -> None:
    assert table.of["value"] > 190
    assert set(table.of) >= LEAST.keys()
