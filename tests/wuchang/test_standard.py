"""Wuchang's records and the standard ones: one quantity has one name and concept, and one unit one meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from factpack.draft.standard import StandardIndicator, standard_indicators
from factpack.edit.starter import units_folder
from projects import ROOT

Records = Mapping[str, Mapping[str, Any]]


def records(folder: Path) -> Records:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.iterdir())}


INDICATORS = records(ROOT / "sources" / "indicators")
OWN_UNITS = records(ROOT / "sources" / "units")
UNITS = records(units_folder())
OTHERS = {
    "ind-livelihood-spending-share": "the report does not say what it is a share of",
    "ind-resident-income-growth": "the report says income, perhaps not the disposable income per head",
}
"""Indicators that are printed in the words of a standard one and are another quantity, with the reason."""


def same() -> Iterator[tuple[str, StandardIndicator]]:
    """Yield the indicators that are printed and measured as a standard one is, each with it."""
    for name, own in INDICATORS.items():
        forms = {own["name"]["zh"], *own.get("aliases", ())}
        measured = (own["measure"], own.get("timing", ""))
        for each in standard_indicators():
            alike = forms & set(each.forms) and measured == (each.measure, each.timing)
            if alike and _base(own.get("unit", each.unit)) == _base(each.unit):
                yield name, each


def _base(unit: str) -> str:
    return str(UNITS[unit].get("plain_unit", unit))


def test_the_same_quantity_has_the_same_id_name_and_concept() -> None:
    found = dict(same())
    assert len(found) > 25
    for name, standard in found.items():
        if name not in OTHERS:
            own = INDICATORS[name]
            expected = (f"ind-{standard.slug}", standard.name, standard.concept)
            assert (name, own["name"], own["concept"]) == expected


def test_what_is_another_quantity_is_still_printed_alike() -> None:
    assert dict(same()).keys() >= OTHERS.keys()
    assert not {name for name, each in same() if name in OTHERS and INDICATORS[name]["name"] == each.name}


@pytest.mark.parametrize("name", OWN_UNITS)
def test_a_unit_is_the_standard_one_and_lists_the_words_that_its_reports_print(name: str) -> None:
    own, standard = OWN_UNITS[name], UNITS[name]
    assert {**own, "printed": []} == {**standard, "printed": []}
    assert set(own["printed"]) <= set(standard["printed"])
