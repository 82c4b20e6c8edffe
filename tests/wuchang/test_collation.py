"""The names of this repository's records, in the order of a browser."""

from __future__ import annotations

import csv

import pytest

from collated import as_browsers_sort, needs_node, told_apart
from factpack.words import LANGUAGES
from projects import ROOT


def names(language: str) -> set[str]:
    found = set[str]()
    for path in (ROOT / "build" / "csv").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found.update(row[column] for column in (f"name_{language}", f"title_{language}") if row.get(column))
    return found


@needs_node
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_the_package_are_in_the_order_of_a_browser(language: str) -> None:
    ours = told_apart(names(language))
    assert len(ours) > 250
    assert as_browsers_sort(ours[::-1], language) == ours
