"""The standard indicators: each is a sound record of a new project, and a report that prints it proves it."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from command_line import Ended, in_process
from factpack.disk.project import Project
from factpack.draft.standard import StandardIndicator, near, standard_indicator, standard_indicators
from factpack.edit.starter import units_folder
from factpack.schema.engines import decider
from factpack.schema.model import DIALECT, SHARED
from factpack.schema.read import read
from factpack.schema.validate import bundle
from factpack.source.documents import load
from factpack.table.derived import DERIVATIONS
from factpack.text.token import normal_form
from factpack.text.tokens import tokenise
from factpack.words import LANGUAGES, carried
from projects import EXAMPLES, ROOT, assemble

LISTED = standard_indicators()
FOLDER = ROOT / "scripts" / "factpack" / "draft"
SCHEMA = json.loads((FOLDER / "standard_indicator.schema.json").read_bytes())
UNITS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in units_folder().iterdir()}
SCHEMAS = read(Project(ROOT).schemas(), DERIVATIONS)
REPORT = """\
id: doc-report
title: {zh: 政府工作报告, en: Work report}
publisher: {zh: 临溪区人民政府, en: Government of Linxi District}
type: report
series: gwr
delivered_on: '2026-01-10'
delivered_basis: printed
language: zh-CN
url: https://linxi.example.org/report.html
sections: [{label: {zh: 全文, en: All}, first: 1, last: LAST}]
"""
VERBS = {"growth": "增长12.5", "average_growth": "年均增长12.5"}
CHANGED = frozenset(("growth", "change", "multiple"))
PLACE = """\
id: plc-linxi
name: {zh: 临溪区, en: Linxi District}
kind: county
evidence: [{document: doc-report, paragraph: 1, quote: 临溪区}]
"""

each = pytest.mark.parametrize("indicator", LISTED, ids=lambda each: each.slug)


def printed(indicator: StandardIndicator) -> str:
    """Return words in which a report may print an indicator, with a number."""
    form, unit = (*indicator.aliases, *indicator.forms)[0], UNITS[indicator.unit]["printed"][0]
    return f"{form}{VERBS.get(indicator.measure, '达到12.5')}{unit}"


class Fact(NamedTuple):
    """A number of a report, by the standard indicator that it is a value of."""

    indicator: StandardIndicator
    paragraph: int
    quote: str
    value: float = 12.5
    member: int = 0

    def record(self) -> Mapping[str, Any]:
        """Return the whole record of the indicator, with this observation."""
        observed = {"period": "2025", "status": "actual", "value": self.value, "bound": "exact"}
        observed |= {"member": self.member} if self.member else {}
        observed |= {"compared_to": "2024"} if self.indicator.measure in CHANGED else {}
        evidence = [{"document": "doc-report", "paragraph": self.paragraph, "quote": self.quote}]
        aliases = {"aliases": list(self.indicator.aliases)} if self.indicator.aliases else {}
        observations = [{**observed, "period_basis": "printed", "evidence": evidence}]
        return {"id": self.id, **aliases, **self.indicator.fields(), "observations": observations}

    @property
    def id(self) -> str:
        return f"ind-{self.indicator.slug}"


def written(folder: Path, records: Mapping[str, Mapping[str, Any]]) -> None:
    folder.mkdir(parents=True)
    for name, data in records.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def checked(folder: Path, lines: Sequence[str], facts: Sequence[Fact]) -> Ended:
    """Check a project of the standard units and the indicators of facts, and a report of one paragraph a line."""
    sources = folder / "example" / "sources"
    shutil.copytree(units_folder(), sources / "units")
    shutil.copy(EXAMPLES / "good" / "minimal" / "sources" / "package.yaml", sources)
    report = yaml.safe_load(REPORT.replace("LAST", str(len(lines) + 1)))
    excluded = list(waivers(lines))
    written(sources / "documents", {"doc-report": report | ({"waivers": excluded} if excluded else {})})
    written(sources / "places", {"plc-linxi": yaml.safe_load(PLACE)})
    written(sources / "indicators", {fact.id: fact.record() for fact in facts})
    (folder / "example" / "texts").mkdir()
    text = "".join(f"{line}\n" for line in ("临溪区政府工作报告", *lines))
    (folder / "example" / "texts" / "doc-report.txt").write_text(text, "utf-8")
    return in_process(assemble(folder / "project", folder / "example"), "check", "--strict")


def waivers(lines: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the waivers of numbers within names: 5G, PM2.5, 3岁以下."""
    for paragraph, line in enumerate(lines, 2):
        names = (token.text for token in tokenise(line) if token.text in ("5G", "PM2.5", "3岁"))
        yield from ({"paragraph": paragraph, "token": name, "reason": "name"} for name in names)


def test_a_report_that_prints_them_all_proves_each_of_them(tmp_path: Path) -> None:
    lines = [f"一年来，全区{printed(one)}，成绩不小。" for one in LISTED]
    ended = checked(tmp_path, lines, [Fact(one, at, printed(one)) for at, one in enumerate(LISTED, 2)])
    assert ended.stdout == ""
    assert ended.exit_code == 0, ended.stderr


STRUCTURE = "三次产业结构调整为8.1:40.2:51.7"
INCOMES = "城乡居民人均可支配收入分别增长4.8%、7.2%"
RATIO = "城乡居民收入比缩小至2.35:1"
TRADE = "进出口总额分别达到30亿元、50亿元"
LISTS = (
    ("primary-industry-share", STRUCTURE, 8.1, 1),
    ("secondary-industry-share", STRUCTURE, 40.2, 2),
    ("tertiary-industry-share", STRUCTURE, 51.7, 3),
    ("urban-resident-income-per-capita-growth", INCOMES, 4.8, 0),
    ("rural-resident-income-per-capita-growth", INCOMES, 7.2, 0),
    ("urban-rural-income-ratio", RATIO, 2.35, 0),
    ("imports", TRADE, 30, 0),
    ("exports", TRADE, 50, 0),
)


def test_what_reports_print_as_lists_and_ratios_proves_them_too(tmp_path: Path) -> None:
    lines = [STRUCTURE, INCOMES, RATIO, TRADE]
    by_slug = {one.slug: one for one in LISTED}
    facts = [Fact(by_slug[slug], lines.index(quote) + 2, quote, *more) for slug, quote, *more in LISTS]
    ended = checked(tmp_path, [f"一年来，全区{line}，成绩不小。" for line in lines], facts)
    assert ended.stdout == ""
    assert ended.exit_code == 0, ended.stderr


def test_the_schema_keeps_the_rules_for_schemas() -> None:
    rules = {**SCHEMAS.sources[DIALECT]["$defs"]["metadata"], "$defs": SCHEMAS.sources[DIALECT]["$defs"]}
    assert decider(rules).is_valid(SCHEMA)
    assert not decider(rules).is_valid({**SCHEMA, "oneOf": []})


def test_each_entry_is_as_its_schema_says() -> None:
    decides = decider(bundle(SCHEMA, SCHEMAS.sources))
    entries = carried("draft/standard_indicators.yaml")
    assert [slug for slug, entry in entries.items() if not decides.is_valid(entry)] == []
    assert not decides.is_valid({**entries["gdp"], "measure": "height"})


def test_the_file_is_plain_yaml_as_a_record_is() -> None:
    raw = (FOLDER / "standard_indicators.yaml").read_bytes()
    found = load("standard_indicators.yaml", raw)
    assert not found.problems
    assert found.data is not None
    assert list(found.data) == [one.slug for one in LISTED]


def test_slugs_and_names_are_those_of_one_indicator() -> None:
    slug = SCHEMAS.sources[SHARED]["$defs"]["slug"]
    for one in LISTED:
        assert re.fullmatch(slug["pattern"], one.slug), one.slug
        assert len(f"ind-{one.slug}") <= slug["maxLength"], one.slug
    for language in LANGUAGES:
        assert [name for name, count in Counter(one.name[language] for one in LISTED).items() if count > 1] == []


def test_words_that_two_of_them_share_are_told_apart_by_what_is_measured() -> None:
    """As `check` demands it of the records of a project (`shared-alias`)."""
    alike = [
        (one.slug, other.slug)
        for one, other in combinations(LISTED, 2)
        if set(one.forms) & set(other.forms) and (one.concept != other.concept or _measured(one) == _measured(other))
    ]
    assert alike == []


def _measured(indicator: StandardIndicator) -> tuple[str, str]:
    return indicator.measure, UNITS[indicator.unit]["quantity"]


@each
def test_forms_are_as_texts_are_compared(indicator: StandardIndicator) -> None:
    assert [form for form in indicator.aliases if normal_form(form) != form] == []
    assert len(set(indicator.forms)) == len(indicator.forms)


def test_there_are_all_quantities_that_every_report_has() -> None:
    wanted = """
    gdp gdp-growth gdp-per-capita primary-industry-share secondary-industry-share tertiary-industry-share
    industrial-value-added-growth fixed-asset-investment-growth retail-sales retail-sales-growth foreign-trade exports
    imports foreign-capital budget-revenue budget-revenue-growth budget-expenditure budget-expenditure-growth
    tax-revenue resident-income-per-capita resident-income-per-capita-growth urban-resident-income-per-capita
    urban-resident-income-per-capita-growth rural-resident-income-per-capita rural-resident-income-per-capita-growth
    urban-rural-income-ratio consumer-prices-growth urban-jobs-created
    registered-unemployment-rate surveyed-unemployment-rate urbanisation-rate permanent-population births grain-output
    meat-output good-air-days pm25 good-surface-water-rate forest-cover energy-intensity-growth carbon-intensity-growth
    hospital-beds-per-thousand doctors-per-thousand school-places-added kindergartens-built elderly-care-beds
    old-estates-renovated affordable-rental-homes-raised rd-intensity high-tech-enterprises patents-per-10k
    technology-contracts business-entities enterprises-above-size listed-companies tourist-visits tourism-revenue
    express-parcels deposits loans power-use highways-length metro-length 5g-base-stations persons-lifted-from-poverty
    urban-minimum-living-standard medical-insurance-coverage work-safety-deaths
    """
    assert set(wanted.split()) <= {one.slug for one in LISTED}


def test_they_have_themes_of_a_county_and_a_province_and_units_of_every_kind_that_indicators_have() -> None:
    themes = {one.theme for one in LISTED}
    assert themes >= {"countryside", "science", "culture", "population", "trade", "transport", "health"}
    assert themes <= set(SCHEMAS.sources[SHARED]["$defs"]["theme"]["enum"])
    quantities = {UNITS[one.unit]["quantity"] for one in LISTED}
    assert quantities >= {
        "money",
        "currency",
        "mass",
        "energy",
        "power",
        "area",
        "length",
        "per_unit",
        "ratio",
        "persons",
    }


def test_nothing_in_them_is_of_one_place() -> None:
    text = (FOLDER / "standard_indicators.yaml").read_text("utf-8")
    assert re.findall("武昌|武汉|湖北|Wuchang|Wuhan|Hubei|全区|全市|全省", text) == []


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("gdp-growth", "gdp-growth"),
        ("地区生产总值增长率", "gdp-growth"),
        ("forest cover", "forest-cover"),
        ("GDP", None),
        ("龙", None),
    ],
)
def test_one_is_found_by_its_slug_or_its_name(word: str, slug: str | None) -> None:
    found = standard_indicator(word)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("word", "slugs"),
    [
        ("社零额", ["retail-sales", "retail-sales-growth"]),
        ("parcel", ["express-parcels", "express-parcels-growth"]),
        ("Forest cover", ["forest-cover"]),
        ("dragons", []),
    ],
)
def test_words_of_a_report_lead_to_those_that_they_may_mean(word: str, slugs: list[str]) -> None:
    assert [one.slug for one in near(word)] == slugs
