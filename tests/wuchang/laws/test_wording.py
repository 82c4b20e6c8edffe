"""How the records are worded: one English name for one thing, and descriptions that are right for every year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from factpack.words import LANGUAGES
from wuchang.curated import records, texts

FOLDERS = ("indicators", "projects", "places", "units", "glossary")
ARTICLES = frozenset(("the", "a", "an"))
GENERIC = frozenset(("District",))
"""Words with a capital in English names that names within others leave out."""


class Name(NamedTuple):
    """A name of something, in both languages, and where it stands."""

    where: str
    zh: str
    en: str


def names() -> Iterator[Name]:
    """Yield the names of all records, and of the parts of terms."""
    for folder in FOLDERS:
        for record in records(folder):
            yield Name(record["id"], **record["name"])
            yield from (Name(record["id"], **each["name"]) for each in record.get("components", ()))


def scopes(field: str) -> Iterator[Name]:
    """Yield what ranks are among, or what shares are of."""
    yield from (Name(each["id"], **each[field]) for each in records("indicators") if field in each)


def folded(english: str) -> str:
    """Return an English text without capitals, articles, hyphens and the endings of plurals."""
    words = re.findall(r"[a-z0-9]+", english.lower().replace("'s", ""))
    return " ".join(word.removesuffix("s") for word in words if word not in ARTICLES)


def differing(listed: Iterator[Name] | list[Name]) -> list[str]:
    """Return the Chinese texts that have several English ones, with these and where they stand."""
    english: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in listed:
        english[each.zh][each.en].append(each.where)
    return [f"{zh}: {dict(found)}" for zh, found in english.items() if len(found) > 1]


def alike(listed: Iterator[Name] | list[Name]) -> list[str]:
    """Return the English texts that differ only in an article, a capital or a plural, or that two Chinese ones have."""
    known: defaultdict[str, defaultdict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in listed:
        known[folded(each.en)][each.zh, each.en].append(each.where)
    return [f"{dict(found)}" for found in known.values() if len(found) > 1]


# ---- one English name for one thing


def test_one_chinese_name_has_one_english_name_in_all_tables() -> None:
    assert differing(names()) == []


@pytest.mark.parametrize("field", ["among", "whole"])
def test_peers_and_wholes_are_worded_in_one_way_in_both_languages(field: str) -> None:
    assert differing(scopes(field)) == []
    assert alike(scopes(field)) == []


OTHERWISE = {
    "plc-huanghelou-subdistrict": "the subdistrict has its name in letters, as post and maps write it",
    "plc-shuiguohu-subdistrict": "the subdistrict has its name in letters, as post and maps write it",
    "prj-shuiguohu-elderly-care-centre": "whether it is named after the lake or the subdistrict is not stated",
    "prj-zhongnan-seventh-hospital-area": "the report does not say of which city the Seventh Hospital is",
    "trm-xr-metaverse-project": "the report explains the term, not the project of the museum",
}
"""Records with a name inside theirs that they word in another way, and why."""


def proper(english: str) -> set[str]:
    """Return the words of an English name that have a capital of their own, not because they are the first."""
    first = re.match(r"[A-Z][a-z]+(?=[- ][a-z])", english)
    return set(re.findall(r"\b[A-Z][A-Za-z0-9]+", english[first.end() :] if first else english)) - GENERIC


def worded_otherwise() -> dict[str, str]:
    """Return the names that have the Chinese name of a place or project in theirs and not the English one."""
    things: list[tuple[str, str, str]] = []
    for folder in ("places", "projects"):
        for record in records(folder):
            printed = (record["name"]["zh"], *record.get("aliases", ()))
            things += [(zh, record["name"]["en"], record["id"]) for zh in printed if len(zh) > 2]
    things.sort(key=lambda each: -len(each[0]))
    found: dict[str, str] = {}
    for name in names():
        rest = name.zh
        for zh, en, other in things:
            if other == name.where or zh not in rest:
                continue
            rest = rest.replace(zh, " ")
            if missing := {each for each in proper(en) if folded(each) not in folded(name.en)}:
                found[name.where] = f"{name.zh} / {name.en}: {zh} is {en} ({other}), {sorted(missing)}"
    return found


def test_a_name_inside_another_name_has_the_same_proper_words_in_english() -> None:
    found = worded_otherwise()
    assert {where: each for where, each in found.items() if where not in OTHERWISE} == {}
    assert set(OTHERWISE) <= set(found), "no longer needed"


@pytest.mark.parametrize(
    ("one", "other"),
    [("districts of Wuhan", "the districts of Wuhan"), ("Central district", "central districts"), ("a b-c", "A b c")],
)
def test_variants_of_one_english_text_would_be_told(one: str, other: str) -> None:
    assert len(alike([Name("ind-a", "甲", one), Name("ind-b", "甲", other)])) == 1
    assert len(differing([Name("ind-a", "甲", one), Name("ind-b", "甲", other)])) == 1


# ---- descriptions of every year


NAMED = {
    "CNY 100 million": "a size that is in the name of what is counted",
    "top 100": "a list by its name",
    "15-minute": "a circle by its name",
    "5G": "a kind of network",
    "PM2.5": "a kind of dust",
}
"""Digits that are a name, in any description, and why."""
PLANS = ("五年规划", "five-year plan")
"""Kinds of plans, whichever of them; no plan is named."""
SAID = {
    "ind-nursery-places-per-thousand-growth": "the growth is over five years: that is what it measures",
    "ind-good-air-rate-five-year-change": "the change is over five years: that is what it measures",
}
"""Indicators whose descriptions give a number of years, and why."""
OF_ONE_YEAR = re.compile(
    r"[0-9]+|五年|十[二三四五六]五|首批|首期|第[一二三]批|今年|去年|本年|今后"
    r"|\bfive years?\b|\bfive-year\b|\b(?:first|second|third) batch|\bthis year\b|\blast year\b"
    r"|\b(?:is|are) to (?:be )?\w+|\bto be (?!handled|counted)\w+",
    re.IGNORECASE,
)
"""What makes a description one of a single figure: a year or number, a plan, a batch, or the tense of a target."""


def of_one_year(text: str) -> list[str]:
    """Return what binds a description to one year, apart from names."""
    for each in (*NAMED, *PLANS):
        text = re.sub(re.escape(each), "", text, flags=re.IGNORECASE)
    return OF_ONE_YEAR.findall(text)


def test_the_description_of_an_indicator_is_of_every_year() -> None:
    found = {
        (each["id"], language): said
        for each in records("indicators")
        for language in LANGUAGES
        if (said := of_one_year(each["description"][language])) and each["id"] not in SAID
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "2025年新增的学位。",
        "五年间新建的道路。",
        "首批片区。",
        "Firms to be attracted.",
        "Roads that are to be opened.",
        "Homes of the first batch.",
        "Roads built in the five years.",
        "Parks built this year.",
    ],
)
def test_a_description_of_one_year_would_be_found(text: str) -> None:
    assert of_one_year(text)


@pytest.mark.parametrize(
    "text", ["Projects of at least CNY 100 million.", "New 15-minute circles.", "为五年规划谋划的项目。"]
)
def test_a_name_with_a_number_may_stand_in_a_description(text: str) -> None:
    assert of_one_year(text) == []


# ---- small rules of the house


def test_texts_keep_the_spelling_of_the_house() -> None:
    """The report's words are not our texts: quotes and aliases may be spelt in any way."""
    wrong = {
        "en": re.compile(r"[‘’]|\bfirms?\b|quarter-hour", re.IGNORECASE),
        "zh": re.compile(r"[0-9] 年|我区|本区"),
    }
    found = [
        (at, said)
        for folder in (*FOLDERS, "documents")
        for record in records(folder)
        for at, zh, en in texts(record, record["id"])
        for said in (*wrong["zh"].findall(zh), *wrong["en"].findall(en))
    ]
    assert found == []


NAMES_AT_THE_HEAD = frozenset(("Wuchang", "Wuhan", "Hubei"))


def test_a_statement_is_a_part_of_a_sentence_and_begins_small() -> None:
    statements = [
        (each["id"], item["statement"]["en"])
        for each in records("indicators")
        for item in each.get("observations", ())
        if "statement" in item
    ]
    begun = [(own, said) for own, said in statements if said[:1].isupper() and said[1:2].islower()]
    assert [(own, said) for own, said in begun if said.split("'")[0].split()[0] not in NAMES_AT_THE_HEAD] == []
