"""The standard indicators: each is a sound record of a new project, and a report that prints it proves it."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_line import in_process
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


def record(indicator: StandardIndicator, paragraph: int) -> Mapping[str, Any]:
    """Return the whole record of an indicator with one observation, which a paragraph proves."""
    changed = {"compared_to": "2024"} if indicator.measure in CHANGED else {}
    observed = {"period": "2025", "status": "actual", "value": 12.5, "bound": "exact", "period_basis": "printed"}
    evidence = [{"document": "doc-report", "paragraph": paragraph, "quote": printed(indicator)}]
    fields = {"aliases": list(indicator.aliases)} if indicator.aliases else {}
    observations = [{**observed, **changed, "evidence": evidence}]
    return {"id": f"ind-{indicator.slug}", **fields, **indicator.fields(), "observations": observations}


def written(folder: Path, records: Mapping[str, Mapping[str, Any]]) -> None:
    folder.mkdir(parents=True)
    for name, data in records.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example folder: a project of standard units and indicators only, and a report that prints each of them."""
    folder = tmp_path_factory.mktemp("standard")
    sources = folder / "sources"
    shutil.copytree(units_folder(), sources / "units")
    shutil.copy(EXAMPLES / "good" / "minimal" / "sources" / "package.yaml", sources)
    report = yaml.safe_load(REPORT.replace("LAST", str(len(LISTED) + 1)))
    written(sources / "documents", {"doc-report": {**report, "waivers": list(waivers())}})
    written(sources / "places", {"plc-linxi": yaml.safe_load(PLACE)})
    written(sources / "indicators", {f"ind-{one.slug}": record(one, at) for at, one in enumerate(LISTED, 2)})
    (folder / "texts").mkdir()
    lines = ["临溪区政府工作报告", *(f"一年来，全区{printed(one)}，成绩不小。" for one in LISTED)]
    (folder / "texts" / "doc-report.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def waivers() -> Iterator[Mapping[str, Any]]:
    """Yield the waivers of numbers within names: 5G, PM2.5, 3岁以下."""
    for paragraph, indicator in enumerate(LISTED, 2):
        labels = (token for token in tokenise(printed(indicator)) if token.value != Decimal("12.5"))
        yield from ({"paragraph": paragraph, "token": token.text, "reason": "name"} for token in labels)


def test_a_report_that_prints_them_all_proves_each_of_them(example: Path, tmp_path: Path) -> None:
    root = assemble(tmp_path / "project", example)
    ended = in_process(root, "check", "--strict")
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
    tax-revenue resident-income-per-capita resident-income-growth urban-income-per-capita urban-income-growth
    rural-income-per-capita rural-income-growth urban-rural-income-ratio consumer-prices-growth urban-jobs-created
    registered-unemployment-rate surveyed-unemployment-rate urbanisation-rate permanent-population births grain-output
    meat-output good-air-days pm25 good-surface-water-rate forest-cover energy-intensity-growth carbon-intensity-growth
    hospital-beds-per-thousand doctors-per-thousand school-places-added kindergartens-built elderly-care-beds
    old-estates-renovated affordable-rental-homes-raised rd-intensity high-tech-enterprises patents-per-10k
    technology-contracts business-entities enterprises-above-size listed-companies tourist-visits tourism-revenue
    express-parcels deposits loans power-use highways-length metro-length 5g-base-stations persons-lifted-from-poverty
    urban-minimum-living-standard medical-insurance-coverage work-safety-deaths
    """
    assert set(wanted.split()) <= {one.slug for one in LISTED}


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
