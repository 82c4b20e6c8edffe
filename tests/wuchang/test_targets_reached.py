"""What the page on targets reached says is what the tables say.

`pytest tests/wuchang/test_targets_reached.py --write-expected` writes the tables into the pages; the figures in bold
are corrected by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest

from factpack.package.package import Package, open_package
from factpack.package.table import Row
from factpack.package.targets import difference
from pages import read
from projects import ROOT

PAGES = {"en": "docs/targets-reached.md", "zh": "docs/targets-reached.zh-CN.md"}
LANGUAGES = pytest.mark.parametrize("lang", PAGES)
FIRST, LAST = 2018, 2024
"""The years whose targets the earlier documents set and review."""
DECIDED = ("met", "missed")
OUTCOMES = (*DECIDED, "unclear", "pending", "not_judged")
TABLE = re.compile(r"(?<=^<!-- table: )(\S+)( -->\n\n)((?:\|.*\n)+)", re.MULTILINE)
"""A table that is written by the test, after the comment that names it."""
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "year": "year",
        "kind": "kind of target",
        "all": "all but adjusted",
        "words": "in words only",
        "rows": ("indicator", "target", "result", "reached?", "remarks"),
        "less": "result less target: {}",
        "several": "results differ, each says so",
        "counts": ("reached", "not reached", "cannot tell", "no result yet", "not judged"),
        "is": {"met": "reached", "missed": "not reached", "unclear": "cannot tell", "pending": "no result yet"}
        | {"not_judged": "not judged"},
    },
    "zh": {
        "year": "年份",
        "kind": "目标性质",
        "all": "合计（不含“调整”）",
        "words": "只有文字表述",
        "rows": ("指标", "目标", "结果", "是否达到", "备注"),
        "less": "结果减目标：{}",
        "several": "几个结果不一致，结论相同",
        "counts": ("达到", "未达到", "无法判断", "尚无结果", "不作判断"),
        "is": {
            "met": "达到",
            "missed": "未达到",
            "unclear": "无法判断",
            "pending": "尚无结果",
            "not_judged": "不作判断",
        },
    },
}


@cache
def package() -> Package:
    return open_package(ROOT)


@cache
def targets() -> tuple[Row, ...]:
    """The targets of these years, in the order of the table."""
    rows = package().rows["targets"]
    return tuple(row for row in rows if int(str(row["period"])[:4]) >= FIRST and int(str(row["period"])[-4:]) <= LAST)


@cache
def labels(column: str) -> dict[str, tuple[str, str]]:
    """The labels of a column of targets: English and Chinese of each value."""
    listed = next(each for each in package().descriptor["resources"] if each["name"] == "targets")
    of = next(each["categories"] for each in listed["schema"]["fields"] if each["name"] == column)
    return {each["value"]: tuple(each["label"].split(" / ")) for each in of}


def label(column: str, value: object, lang: str) -> str:
    return labels(column)[str(value)][list(PAGES).index(lang)]


def in_numbers(row: Row) -> bool:
    return row["value"] is not None


def compared() -> list[Row]:
    """The targets with a number that were not set when the result was almost known."""
    return [row for row in targets() if in_numbers(row) and str(row["kind"]) != "adjusted"]


def counted(rows: Sequence[Row]) -> list[int]:
    """Return how many targets have each of the outcomes."""
    of = Counter(str(row["outcome"]) for row in rows)
    assert set(of) <= set(OUTCOMES), of
    return [of[each] for each in OUTCOMES]


def line(*cells: object) -> str:
    return "| " + " | ".join(str(each) for each in cells) + " |\n"


def ruled(*heads: object) -> str:
    return line(*heads) + "|" + "---|" * len(heads) + "\n"


def by_kind(lang: str) -> str:
    """The outcomes of targets with a number by kind, all of them, and those in words."""
    some = WORDS[lang]
    numeric = [row for row in targets() if in_numbers(row)]
    kinds = [(label("kind", kind, lang), [row for row in numeric if row["kind"] == kind]) for kind in labels("kind")]
    words = [row for row in targets() if not in_numbers(row)]
    lines = [(name, rows) for name, rows in (*kinds, (some["all"], compared()), (some["words"], words)) if rows]
    return ruled(some["kind"], *some["counts"]) + "".join(line(name, *counted(rows)) for name, rows in lines)


def by_year(lang: str) -> str:
    """The outcomes by year of targets with a number that were not adjusted."""
    some = WORDS[lang]
    years = ((year, [row for row in compared() if str(row["period"]) == str(year)]) for year in range(FIRST, LAST + 1))
    return ruled(some["year"], *some["counts"]) + "".join(line(year, *counted(rows)) for year, rows in years)


def of_year(year: str, lang: str) -> str:
    """The targets of a year, one by one."""
    some, rows = WORDS[lang], [row for row in targets() if str(row["period"]) == year]
    return ruled(*some["rows"]) + "".join(line(*cells(row, lang)) for row in rows)


def cells(row: Row, lang: str) -> Iterator[str]:
    some = WORDS[lang]
    yield str(row[f"indicator_name_{lang}"])
    yield re.sub(r"（目标）$| \(target\)$", "", str(row[f"display_{lang}"]))
    yield str(row[f"outcome_display_{lang}"] or "")
    yield some["is"][str(row["outcome"])]
    yield ("；" if lang == "zh" else "; ").join(remarks(row, lang))


def remarks(row: Row, lang: str) -> Iterator[str]:
    """Kind, if it is no plan; the reason; the difference."""
    some = WORDS[lang]
    if row["kind"] != "plan":
        yield label("kind", row["kind"], lang)
    if row["outcome_reason"]:
        yield label("outcome_reason", row["outcome_reason"], lang)
    if str(row["outcome"]) in DECIDED and not row["outcome_id"]:
        yield some["several"]
    if less := difference(package(), row, lang):
        yield some["less"].format(less)


def tables(lang: str) -> dict[str, str]:
    years = {str(year): of_year(str(year), lang) for year in range(FIRST, LAST + 1)}
    return {"kinds": by_kind(lang), "years": by_year(lang)} | years


@LANGUAGES
def test_the_tables_of_the_page_are_those_of_the_data(lang: str, request: pytest.FixtureRequest) -> None:
    written, now = read(PAGES[lang]), tables(lang)
    if request.config.getoption("--write-expected"):
        written = TABLE.sub(lambda found: found[1] + found[2] + now[found[1]], written)
        (ROOT / PAGES[lang]).write_text(written, "utf-8")
    assert {name: body for name, _, body in TABLE.findall(written)} == now


@LANGUAGES
def test_the_figures_in_the_text_are_those_of_the_tables(lang: str) -> None:
    numeric = compared()
    decided = [row for row in numeric if str(row["outcome"]) in DECIDED]
    estimated = [row for row in decided if str(row["outcome_status"]) == "estimate"]
    figures = [len(numeric), *counted(numeric)[:4], len(decided), len(estimated)]
    assert [int(each) for each in re.findall(r"\*\*(\d+)\*\*", read(PAGES[lang]))] == figures


def test_nothing_of_these_years_is_called_not_reported() -> None:
    assert [row["id"] for row in targets() if row["outcome"] == "not_reported"] == []
