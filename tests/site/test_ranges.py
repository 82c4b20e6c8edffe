"""A range on a page: both ends for machines, and no point in a chart."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from factpack.site.charts.values import charts
from factpack.site.schema_org import quantity
from factpack.site.templating import words


def row(year: int, value: int, high: int | None = None) -> dict[str, Any]:
    return {
        "id": f"ind-gdp.{year}.actual",
        "period": str(year),
        "status": "actual",
        "period_start": datetime.date(year, 1, 1),
        "period_end": datetime.date(year, 12, 31),
        "area_id": "plc-linxi",
        "measure": "level",
        "bound": "exact" if high is None else "at_least",
        "display_en": str(value),
        "value": Decimal(value),
        "value_high": high and Decimal(high),
        "unit_id": "unt-cny",
        "unit_en": "CNY",
        "plain_value": Decimal(value),
        "plain_value_high": high and Decimal(high),
        "plain_unit_id": "unt-cny",
        "plain_unit_en": "CNY",
    }


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (row(2024, 30), {"value": 30}),
        (row(2025, 30, 35), {"minValue": 30, "maxValue": 35}),
        (row(2025, 30) | {"bound": "over"}, {"minValue": 30}),
        (row(2025, 30) | {"bound": "at_least"}, {"minValue": 30}),
        (row(2025, 30) | {"bound": "under"}, {"maxValue": 30}),
        (row(2025, 30) | {"bound": "at_most"}, {"maxValue": 30}),
        (row(2025, 30) | {"bound": "nearly"}, {"maxValue": 30}),
        (row(2025, -30) | {"bound": "nearly"}, {"minValue": -30}),
        (row(2025, 30) | {"bound": "about"}, {"value": 30}),
    ],
)
def test_machines_are_told_the_ends_that_a_value_has(found: dict[str, Any], shown: dict[str, int]) -> None:
    assert quantity(found) == {"@type": "QuantitativeValue", **shown, "unitText": "CNY"}


def test_a_range_is_no_point_in_a_chart() -> None:
    points = [row(2023, 28), row(2024, 30)]
    assert len(list(charts(points, "GDP", "en", words("en")))) == 1
    assert list(charts([points[0], row(2025, 30, 35)], "GDP", "en", words("en"))) == []
