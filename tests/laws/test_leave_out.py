"""What somebody has curated of the frozen project is drafted alike, whatever paragraph of it nobody has curated yet."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pytest

from laws.leave_out import LEAST, Bench, Table, measured
from projects import LINXI, LINXI_NEXT, assemble

BELOW = {"status": 98}
"""What is asked for here: in one paragraph of its report 预计 governs sentences, too, that do not have it."""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    root = assemble(tmp_path_factory.mktemp("linxi") / "project", LINXI, LINXI_NEXT)
    texts = [each for folder in (LINXI, LINXI_NEXT) for each in sorted((folder / "texts").glob("*.txt"))]
    return reduce(Table.with_those_of, (measured(Bench.open(root, each.stem, each)) for each in texts))


@pytest.mark.parametrize("name", LEAST)
def test_a_number_is_drafted_as_it_was_curated(table: Table, name: str) -> None:
    assert table.share(name) >= BELOW.get(name, LEAST[name]), [each for each in table.left if each[0] == name]


def test_many_numbers_were_looked_at(table: Table) -> None:
    assert table.of["value"] > 180


def test_a_draft_that_is_not_as_curated_is_told(tmp_path: Path) -> None:
    root, text = assemble(tmp_path / "project", LINXI), LINXI / "texts" / "doc-linxi-gwr-2025.txt"
    path = root / "sources" / "indicators" / "ind-gdp-growth.yaml"
    path.write_text(
        path.read_text("utf-8").replace("period: '2025'\n    status: estimate", "period: '2023'\n    status: actual")
    )
    table = measured(Bench.open(root, text.stem, text))
    assert {("period", "2025", "2023"), ("status", "estimate", "actual")} <= {
        (each[0], *each[3:]) for each in table.left
    }
