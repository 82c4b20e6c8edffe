"""Quotes take the place of locators in a file, and nothing else in it changes."""

from __future__ import annotations

import pytest

from edit.test_layout import SCHEMAS
from factpack.edit.evidence import Quoted, quoted, with_quotes
from factpack.source import documents

PATH = "sources/places/plc-x.yaml"
RECORD = """\
# yaml-language-server: $schema=../../schemas/place.schema.json
id: plc-x
name:
  zh: 湖
  en: Lake
kind: lake
evidence:
  # first
  - document: doc-a
    {}
  # second
  - document: doc-b
    paragraph: 2
    quote: '湖: 一'
# end
"""
FOUND = {("evidence", 0): Quoted(3, "大湖: 北")}


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("locator: p. 1", "paragraph: 3\n    quote: '大湖: 北'"),
        ("locator: p. 1\n    readings: 2", "paragraph: 3\n    quote: '大湖: 北'"),
        (
            "# why\n    locator: p. 1\n    # how\n    readings: 2",
            "# why\n    paragraph: 3\n    # how\n    quote: '大湖: 北'",
        ),
        ("readings: 2\n    locator: p. 1", "paragraph: 3\n    quote: '大湖: 北'"),
    ],
)
def test_a_quote_takes_the_place_of_a_locator(entry: str, written: str) -> None:
    laid = with_quotes(PATH, RECORD.format(entry).encode(), "place", SCHEMAS, FOUND)
    assert laid.problems == ()
    assert laid.raw.decode() == RECORD.format(written)


def test_what_cannot_be_read_stays_as_it_is() -> None:
    raw = b"id: [\n"
    laid = with_quotes(PATH, raw, "place", SCHEMAS, {})
    assert (laid.raw, len(laid.problems)) == (raw, 1)


def test_the_record_that_was_given_does_not_change() -> None:
    record = documents.load(PATH, RECORD.format("locator: p. 1").encode()).data
    assert record is not None
    changed = quoted(record, FOUND)
    assert changed["evidence"][0] == {"document": "doc-a", "paragraph": 3, "quote": "大湖: 北"}  # type: ignore[index,call-overload]
    assert documents.load(PATH, RECORD.format("locator: p. 1").encode()).data == record
