"""How the search finds: whole words first, everyday words, years, a second try. No page is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from searching import lacking, searched

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "nothing is lacking")

PARKING = [["2025", "2025", 0, "16,000", [], "2025.actual"], ["2026", "2026", 2, "10,000", [], "2026.target"]]
METRO = [["2026", "2026", 2, "Operating", [], "2026.operating.target"]]
TREES = [["2024", "2024", 2, "9", [], "2024.target", "missed"], ["2025", "2025", 2, "10", [], "2025.target", "met"]]
FIVE = [["2021/2025", "2021–2025", 0, "11", [], "2021--2025.actual"]]


def row(own: str, zh: str, en: str, **more: Any) -> list[Any]:
    """Return a record as the search reads it."""
    kind = {"ind": 0, "prj": 1, "plc": 2, "unt": 3}[own[:3]]
    texts = [more.get(name, "") for name in ("aliases", "labels", "text", "quotes", "values")]
    facts = more.get("facts", [])
    return [own, kind, zh, en, *texts, facts, list(range(len(facts)))[:2]]


KNOWN: Mapping[str, Any] = {
    "kinds": ["Indicator", "Project", "Place", "Unit"],
    "statuses": ["Actual", "Expected", "Target"],
    "marks": [],
    "supporting": [3],
    "headline": ["ind-parking"],
    "everyday": [
        [["停车位", "停车场", "car park"], ["停车泊位", "parking spaces"]],
        [["地铁", "subway"], ["轨道交通", "metro line"]],
        [["第二小学"], ["二小"]],
        [["bus"], ["metro line"], "Nothing on buses."],
        [["自来水"], [], "没有供水的内容。"],
    ],
    "ignored": ["临溪区", "临溪", "Linxi", "什么时候", "的", "when will", "the"],
    "amounts": ["多少", "how many"],
    "targets": ["目标", "target"],
    "results": ["结果", "result"],
    "missed": ["未完成", "missed targets"],
    "met": ["已完成"],
    "records": [
        row(
            "ind-parking",
            "新增停车泊位数",
            "Parking spaces added",
            facts=PARKING,
            values="16,000|1.6万个|1.6",
            labels="交通",
        ),
        row(
            "ind-schools", "新建学校数", "Schools built", facts=FIVE, text="Primary and middle schools of the district."
        ),
        row("ind-days", "空气优良天数", "Days of good air quality", values="310|2.8|1310"),
        row("ind-levels", "水平位次", "Rank by level", labels="水平|level"),
        row("ind-trees", "新植树木数", "Trees planted", facts=TREES),
        row("prj-metro", "轨道交通12号线", "Metro Line 12", facts=METRO, labels="运营|Operating", quotes="12号线通车"),
        row("prj-school", "南湖二小教学楼", "Teaching building of Nanhu No. 2 School", aliases="南湖二小"),
        row("prj-rental", "大众口腔", "Dazhong Dental"),
        row("plc-lake", "沙湖", "Shahu Lake"),
        row("plc-university", "湖北大学", "Hubei University"),
        row("plc-park", "沙湖公园", "Shahu Park"),
        row("plc-river", "楚河", "Chu River"),
        row("plc-city", "武昌古城", "Wuchang Ancient City"),
        row("unt-metre", "平方米", "Square metres"),
    ],
}


def first(*queries: str) -> list[str]:
    """Return the id that each query finds first, empty where it finds none."""
    return [(done["found"] or [""])[0] for done in searched(*queries, known=KNOWN)]


@pytest.mark.parametrize(
    ("own", "queries"),
    [
        (
            "ind-parking",
            ("停车位", "停车场", "car parks", "parking", "停车位有多少", "how many car parks", "1.6万", "16000"),
        ),
        (
            "prj-metro",
            ("地铁", "subway", "Metro", "地铁12号线", "when will the subway open", "prj-metro", "12号线通车"),
        ),
        ("prj-school", ("南湖第二小学", "南湖二小")),
        ("plc-lake", ("湖", "沙湖", "lake", "临溪的湖", "Linxi lake")),
        ("plc-park", ("公园", "park", "parks", "沙湖公园")),
        ("ind-days", ("310", "空气", "air quality", "2.8")),
        ("ind-schools", ("schools", "middle school", "2021-2025")),
        ("plc-city", ("武昌古城", "古城")),
    ],
)
def test_the_right_record_is_first(own: str, queries: tuple[str, ...]) -> None:
    assert dict(zip(queries, first(*queries), strict=True)) == dict.fromkeys(queries, own)


def test_a_word_is_not_found_inside_others_and_a_number_not_inside_numbers() -> None:
    rental, metro, eight, water = searched("rental", "metro", "8", "水", known=KNOWN)
    assert rental["found"] == []
    assert metro["found"] == ["prj-metro"]
    assert (eight["found"], water["found"]) == ([], ["ind-levels"]), "水 is in its name, not only in its label"


def test_a_year_finds_the_targets_of_that_year_and_shows_them() -> None:
    plain, results, longer = searched("2026", "2025年结果", "2023", known=KNOWN)
    assert {*plain["found"]} == {"ind-parking", "prj-metro"}
    assert plain["facts"][0][0].startswith("2026 2 ")
    assert (results["found"][0], results["facts"][0]) == ("ind-parking", ["2025 0 16,000"])
    assert longer["found"] == ["ind-schools"], "a longer period holds the year"


def test_who_asks_for_missed_or_met_targets_gets_these_and_no_others() -> None:
    missed, trees, met = searched("missed targets", "未完成 树木", "已完成", known=KNOWN)
    assert (missed["found"], missed["facts"]) == (["ind-trees"], [["2024 2 9"]])
    assert (trees["found"], trees["facts"]) == (["ind-trees"], [["2024 2 9"]])
    assert (met["found"], met["facts"]) == (["ind-trees"], [["2025 2 10"]])


def test_the_name_of_a_record_is_a_word_of_its_own_with_or_without_spaces() -> None:
    lake, spaced, river = searched("沙湖", "停 车 位", "楚河", known=KNOWN)
    assert {*lake["found"]} == {"plc-lake", "plc-park"}
    assert (spaced["found"], river["found"]) == (["ind-parking"], ["plc-river"])


def test_where_nothing_has_all_what_has_some_is_told_as_such() -> None:
    both, some, none = searched("沙湖公园 2026", "楚河汉街", "龘龘", known=KNOWN)
    assert both["some"] is True
    assert (some["found"], some["some"]) == (["plc-river"], True)
    assert (none["found"], none["some"]) == ([], False)


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    (found,) = searched("停車泊位", known=KNOWN, language="zh")
    assert (found["found"][0], found["corrected"]) == ("ind-parking", "停车泊位")


def test_a_word_with_a_mistake_is_corrected_and_a_name_offered() -> None:
    corrected, swapped, offered = searched("parkng", "subwya", "武昌古成", known=KNOWN)
    assert (corrected["found"][0], corrected["corrected"]) == ("ind-parking", "parking")
    assert (swapped["found"], swapped["corrected"]) == (["prj-metro"], "subway")
    assert offered["meant"] == "武昌古城"


def test_what_is_searched_for_besides_and_what_the_data_lacks_is_said() -> None:
    parking, buses, water = searched("停车位", "bus", "自来水", known=KNOWN)
    assert parking["also"] == ["停车泊位", "parking spaces"]
    assert (buses["found"], buses["notes"]) == (["prj-metro"], ["Nothing on buses."])
    assert (water["found"], water["notes"]) == ([], ["没有供水的内容。"])
