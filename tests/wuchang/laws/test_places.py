"""A project is linked to each place below the district that its quotes name, and places in the district say so.

A name counts where it is the longest of all places and other projects: 沙湖 in 外沙湖 is another lake, and what a list
says of 中南七医院片 is not said of its neighbour 杨园铁四院片.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from wuchang.curated import records

Record = dict[str, Any]

DISTRICT = "plc-wuchang"
NOT_WHERE_IT_IS = {
    ("prj-baishazhou-science-innovation-area", "plc-binjiang-core-area"): "its neighbour in a list",
    ("prj-changjiang-industry-building", "plc-yangtze-river"): "a building with the name of the river",
    ("prj-changjiang-tianji", "plc-yangtze-river"): "a project with the name of the river",
    ("prj-china-yangtze-river-museum", "plc-yangtze-river"): "the subject of the museum",
    ("prj-csadi-digital-management", "plc-zhongnan"): "part of the name of an institute",
    ("prj-green-ship-industry-base", "plc-wuhan-university-of-technology"): "the partner; the site is not said",
    ("prj-huitong-xinchangjiang-digital-transition", "plc-yangtze-river"): "a building with the name of the river",
    ("prj-hubei-university-synthetic-biology-platform", "plc-hubei-university"): "the owner; the site is not said",
    ("prj-shuiguohu-elderly-care-centre", "plc-shuiguohu-lake"): "the lake or the land around it: not said",
    ("prj-siyuan-intelligent-survey-design", "plc-tiesiyuan"): "the owner; the site is not said",
    ("prj-wuhan-seventh-hospital-new-campus", "plc-hubei-provincial-peoples-hospital"): "the partner",
    ("prj-wuhan-seventh-hospital-new-campus", "plc-wuhan-seventh-hospital"): "whether it is there is not said",
    ("prj-yangtze-railway-headquarters", "plc-yangtze-river"): "where the railways are, not the headquarters",
    ("prj-yangtze-warning-film-rectification", "plc-yangtze-river-economic-belt"): "the subject of the film",
    ("prj-yangyuan-design-industry-area", "plc-binjiang-core-area"): "its neighbour in a list",
    ("prj-yellow-crane-tower-starry-sky-plan", "plc-yellow-crane-tower"): "a plan with the name of the tower",
}
"""Names that say something else than where the project is, with the reason."""
NOT_IN_THE_DISTRICT = {
    "plc-east-lake": "reaches beyond it",
    "plc-hubei-provincial-peoples-hospital": "only a partner",
    "plc-wuhan-university-of-technology": "only a partner",
    "plc-xunsi-river": "reaches beyond it",
    "plc-yangtze-national-culture-park": "reaches beyond it",
    "plc-yangtze-river": "reaches beyond it",
    "plc-yangtze-river-economic-belt": "reaches beyond it",
}
"""Places of the report that are no part of the district, with the reason."""
DIVISIONS = ("country", "region", "province", "city", "county")
SUBDISTRICTS = 14
COMMUNITIES = re.compile(r"列有([^，；。]+?)(?:两个)?社区")
"""What a description says that the division codes list."""


def by_id(folder: str) -> dict[str, Record]:
    """Return the records of a folder that are in use, by id."""
    return {each["id"]: dict(each) for each in records(folder)}


def above(places: Mapping[str, Record], place: str) -> list[str]:
    """Return a place and all that it is part of."""
    found = [place]
    while parent := places[found[-1]].get("part_of"):
        found.append(parent)
    return found


def names(record: Record) -> list[str]:
    """Return the Chinese name of a record and its aliases, without the quotation marks around one."""
    return [each.strip("“”") for each in (record["name"]["zh"], *record.get("aliases", ()))]


def passages(project: Record) -> Iterator[str]:
    """Yield the quotes of a project and of its milestones, and its name, which may be composed of a passage."""
    yield project["name"]["zh"]
    for item in (project, *project.get("milestones", ())):
        yield from (each["quote"] for each in item.get("evidence", ()) if "quote" in each)


def spans(forms: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where the forms of a name stand in a text."""
    for form in forms:
        yield from ((at, at + len(form)) for at in range(len(text)) if text.startswith(form, at))


def unlinked(places: Mapping[str, Record], projects: Mapping[str, Record]) -> set[tuple[str, str]]:
    """Return each project with a place that one of its passages names and that it is not linked to."""
    wide = {*above(places, DISTRICT), *(key for key, each in places.items() if each["kind"] == "region")}
    found = set()
    for key, project in projects.items():
        own = names(project)
        others = {name for other, each in projects.items() if other != key for name in names(each)}
        # Neither its own name nor a whole whose name holds it is said of a neighbour.
        others = {name for name in others if not any(form in name for form in own)}
        for text in passages(project):
            named = {(span, place) for place, each in places.items() for span in spans(names(each), text)}
            neighbours = set(spans(others, text))
            known = neighbours | {span for span, _ in named}
            found |= {
                (key, place)
                for span, place in named
                if span not in neighbours and not any(is_inside(span, each) for each in known)
            }
    linked = {(key, place) for key, each in projects.items() for place in each.get("places", ())}
    return {(key, place) for key, place in found - linked if place not in wide}


def is_inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Say whether a span is only a part of another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


@pytest.fixture(scope="module")
def places() -> dict[str, Record]:
    return by_id("places")


@pytest.fixture(scope="module")
def projects() -> dict[str, Record]:
    return by_id("projects")


def test_a_project_is_linked_to_each_place_that_its_quotes_name(
    places: dict[str, Record], projects: dict[str, Record]
) -> None:
    assert unlinked(places, projects) == NOT_WHERE_IT_IS.keys()


def test_a_link_that_is_taken_away_is_missed(places: dict[str, Record], projects: dict[str, Record]) -> None:
    linked = [(key, place) for key, each in projects.items() for place in each.get("places", ())]
    missed = set()
    for key, place in linked:
        less = copy.deepcopy(projects[key])
        less["places"].remove(place)
        if (key, place) in unlinked(places, {**projects, key: less}):
            missed.add((key, place))
    assert ("prj-yangyuan-school", "plc-yangyuan") in missed
    assert ("prj-xunsi-shahu-basin-treatment", "plc-shahu-lake") in missed
    assert len(missed) / len(linked) > 0.9


def test_a_name_inside_a_longer_one_or_of_a_neighbour_is_no_link(places: dict[str, Record]) -> None:
    lake = {"name": {"zh": "湖水环境整治"}, "evidence": [{"quote": "外沙湖、楚河"}], "places": ["plc-chuhe-river"]}
    east = {"name": {"zh": "杨园铁四院片"}, "evidence": [{"quote": "杨园铁四院片、中南七医院片"}]}
    west = {"name": {"zh": "中南七医院片"}, "places": ["plc-wuhan-seventh-hospital", "plc-zhongnan"]}
    found = unlinked(places, {"lake": lake, "east": east, "west": west})
    assert found == {("lake", "plc-outer-shahu-lake"), ("east", "plc-tiesiyuan"), ("east", "plc-yangyuan")}


def test_each_place_of_the_report_is_in_the_district_or_it_is_said_why_not(places: dict[str, Record]) -> None:
    local = {key for key, each in places.items() if each["kind"] not in DIVISIONS}
    outside = {key for key in local if DISTRICT not in above(places, key)}
    assert outside == NOT_IN_THE_DISTRICT.keys()


def test_the_district_has_its_subdistricts_with_codes_of_a_cited_table(places: dict[str, Record]) -> None:
    found = [each for each in places.values() if each["kind"] == "subdistrict"]
    assert len(found) == SUBDISTRICTS
    for each in found:
        assert each["part_of"] == DISTRICT
        assert each["code"].startswith(places[DISTRICT]["code"])
        assert f"{each['code']} {each['name']['zh']}" in [item.get("locator") for item in each["evidence"]]


def test_each_community_that_a_description_names_is_cited(places: dict[str, Record]) -> None:
    named = [
        (each["id"], f"{community}社区")
        for each in places.values()
        for listed in COMMUNITIES.findall(each.get("description", {}).get("zh", ""))
        for community in listed.split("、")
    ]
    cited = {key: " ".join(item.get("locator", "") for item in each["evidence"]) for key, each in places.items()}
    assert len(named) > SUBDISTRICTS
    assert [(key, community) for key, community in named if community not in cited[key]] == []
