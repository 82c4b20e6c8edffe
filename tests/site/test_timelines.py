"""Values over the years: what is drawn, what is joined, and what only the table tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

import frozen
from factpack.package.table import Row
from factpack.site.charts.scales import scale_of
from factpack.site.charts.timelines import Timeline, key_of, timelines
from factpack.site.templating import words
from rendered_site import rendered

WORDS = words("en")


def row(year: int, value: Any, status: str = "actual", months: tuple[int, int] = (1, 12), **more: Any) -> Row:
    number = None if value is None else Decimal(value)
    last = {6: 30, 12: 31}[months[1]]
    whole = months == (1, 12)
    made = {
        "id": f"ind-x.{year}{'' if whole else 'h'}.{status}",
        "period": str(year) if whole else f"{year}-01/{year}-06",
        "status": status,
        "period_start": datetime.date(year, months[0], 1),
        "period_end": datetime.date(year, months[1], last),
        "area_id": "plc-linxi",
        "measure": "level",
        "bound": "exact",
        "display_en": f"{value}",
        "value": number,
        "plain_value": number,
        "plain_unit_id": "unt-count",
        "plain_unit_en": "items",
        "plain_unit_zh": "个",
        "preferred": None if status == "target" else True,
    }
    return {**made, **more}


def drawn(*rows: Row) -> list[Timeline]:
    return list(timelines(rows, "X", "en", WORDS))


def results(*years: int) -> list[Row]:
    return [row(year, year - 2000) for year in years]


def joined(found: Timeline) -> list[tuple[float, float, bool]]:
    return [(each.start[0], each.end[0], each.is_loose) for each in found.joints]


def test_results_of_two_periods_are_no_timeline() -> None:
    assert drawn(*results(2023, 2024), row(2026, 30, "target")) == []


def test_later_years_stand_further_right_and_larger_numbers_higher() -> None:
    (found,) = drawn(*results(2022, 2023, 2024), row(2026, 30, "target"))
    assert [each.x for each in found.signs] == sorted(each.x for each in found.signs)
    assert [each.y for each in found.signs] == sorted((each.y for each in found.signs), reverse=True)
    assert [label for _, label in found.years] == ["2022", "2023", "2024", "2025", "2026"]


def test_only_results_of_neighbouring_years_are_joined_and_no_target() -> None:
    (found,) = drawn(*results(2020, 2021, 2023, 2024), row(2025, 30, "target"))
    first, second, third, fourth, _ = (each.x for each in found.signs)
    assert joined(found) == [(first, second, False), (third, fourth, False)]


def test_a_line_to_a_bound_is_loose_and_its_arrow_points_to_the_side_of_the_value() -> None:
    (found,) = drawn(*results(2021, 2022), row(2023, 30, bound="over"), row(2024, 30, bound="at_most"))
    over, most = found.signs[2:]
    assert [each.is_loose for each in found.joints] == [False, True, True]
    assert over.tip < over.y
    assert most.tip > most.y
    assert (over.is_open, most.is_open) == (True, False)


def test_of_ranks_the_first_is_highest() -> None:
    (found,) = drawn(*(row(2020 + each, each, measure="rank") for each in (1, 2, 3)))
    assert [each.y for each in found.signs] == sorted(each.y for each in found.signs)


def test_half_years_never_stand_among_years() -> None:
    halves = [row(year, 5, months=(1, 6)) for year in (2021, 2022, 2023)]
    whole, half = drawn(*halves, *results(2021, 2022, 2023))
    assert [each.id for each in whole.signs] == [f"ind-x.{year}.actual" for year in (2021, 2022, 2023)]
    assert [each.id for each in half.signs] == [f"ind-x.{year}h.actual" for year in (2021, 2022, 2023)]
    assert (whole.heading, half.heading) == ("By year", "January–June of each year")


def test_what_was_replaced_or_repeated_is_in_the_table_alone_below_what_is_preferred() -> None:
    old = row(2023, 9, id="ind-x.2023.estimate", preferred=False, superseded_by_id="ind-x.2023.actual")
    again = row(2023, 23, id="ind-x.2023.again", preferred=False, restates_id="ind-x.2023.actual")
    (found,) = drawn(old, again, *results(2022, 2023, 2024))
    assert {each.id for each in found.signs} == {each["id"] for each in results(2022, 2023, 2024)}
    line = next(each for each in found.lines if each.period == "2023")
    assert [(each.id, each.is_replaced) for each in line.results] == [
        ("ind-x.2023.actual", False),
        ("ind-x.2023.again", False),
        ("ind-x.2023.estimate", True),
    ]


def test_where_documents_disagree_both_are_drawn_and_nothing_leads_to_them() -> None:
    both = [row(2023, value, id=f"ind-x.2023.{value}", preferred=False) for value in (7, 9)]
    (found,) = drawn(*results(2021, 2022, 2024, 2025), *both)
    assert [each.is_conflicting for each in found.signs] == [False, False, True, True, False, False]
    assert len(found.joints) == 2
    assert key_of([found], WORDS) == "Two signs in a year: documents disagree."


def test_a_target_that_was_changed_later_is_in_the_table_alone() -> None:
    changed = row(2025, 40, "target", id="ind-x.2025.target.old", caution="changed_later")
    (found,) = drawn(*results(2022, 2023, 2024), changed, row(2025, 30, "target"))
    assert [each.id for each in found.signs if each.status == "target"] == ["ind-x.2025.target"]
    assert len(found.lines[0].targets) == 2


def test_a_target_without_number_is_told_in_the_table() -> None:
    (found,) = drawn(*results(2022, 2023, 2024), row(2025, None, "target", display_en="rises (target)"))
    assert [each.text for each in found.lines[0].targets] == ["rises"]
    assert len(found.signs) == 3


def test_a_range_is_drawn_from_end_to_end() -> None:
    (found,) = drawn(*results(2022, 2023), row(2024, 24, plain_value_high=Decimal(30)))
    last = found.signs[-1]
    assert last.high is not None
    assert last.high < last.y


def test_the_key_names_the_signs_that_occur_and_no_others() -> None:
    (plain,) = drawn(*results(2022, 2023, 2024))
    assert key_of([plain], WORDS) == ""
    some = [row(2021, 5, verification="transcribed"), row(2022, 5, provisional=True), row(2023, 5, "estimate")]
    (found,) = drawn(*some, row(2025, 9, "target", bound="at_least"))
    assert key_of([found], WORDS) == (
        "Pale: expected; dashed ring: provisional; square: copied by hand, not checked by a program; ◇ target; "
        "↑ the true figure is higher; an open circle or square leaves the number itself out."
    )


def test_two_texts_never_stand_on_one_another() -> None:
    (found,) = drawn(*results(2022, 2023), row(2024, 100, "actual"), row(2024, 100, "target"))
    first, second = (each.text_y for each in found.signs if each.text)
    assert abs(first - second) > 16


@pytest.mark.parametrize(
    ("numbers", "language", "told"),
    [
        ([97_000_000_000, 300_000_000_000], "en", ("billion", "300")),
        ([97_000_000_000, 300_000_000_000], "zh", ("亿", "3,000")),
        ([28_000], "zh", ("万", "2.8")),
        ([28_000], "en", ("", "28,000")),
        ([Decimal("5.5")], "en", ("", "5.5")),
    ],
)
def test_an_axis_counts_in_what_suits_its_largest_number(
    numbers: list[int], language: str, told: tuple[str, str]
) -> None:
    scale = scale_of([Decimal(each) for each in numbers], language)
    assert (scale.word, scale.shown(Decimal(numbers[-1]))) == told


# ---- the page


@pytest.fixture(scope="module")
def site() -> Mapping[str, str]:
    """The pages of the frozen project with the documents of the year after."""
    return {path: raw.decode() for path, raw in rendered(frozen.year_after()).items() if path.endswith(".html")}


@pytest.mark.parametrize("home", ["", "en/"])
def test_a_page_draws_results_of_years_with_their_table_and_no_bars_of_them(site: Mapping[str, str], home: str) -> None:
    page = site[f"{home}id/ind-gdp/index.html"]
    figure = page.partition('<figure class="drawing over-years">')[2].partition("</figure>")[0]
    assert figure.count('<svg class="mark') >= 4
    assert 'aria-labelledby="years-ind-gdp.' in figure
    ids = set(re.findall(r'<a href="#(ind-gdp\.[^"]*)"', figure))
    assert ids >= {"ind-gdp.2024.estimate", "ind-gdp.2024.actual", "ind-gdp.2025.actual", "ind-gdp.2026.estimate"}
    bars = page.partition('id="chart-ind-gdp.')[2].partition("</svg>")[0]
    assert not any(each in bars for each in ids)
