"""A site has a page for every record, draws bounds as bounds, lets no data run, and is the same each time."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")

from markupsafe import Markup

import frozen
from command_line import Run
from factpack.cli import site as command
from factpack.package.package import Package
from factpack.package.table import Row
from factpack.site.catalogue import Catalogue
from factpack.site.charts.key import chart_key
from factpack.site.charts.signs import grid_of
from factpack.site.charts.values import Chart, charts
from factpack.site.templating import linked, web, words
from projects import ROOT, commit_all, git
from rendered_site import rendered

RETIRED = (frozen.RETIRED, "ind-petitions-total")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site(linxi: Path) -> dict[str, bytes]:
    """The site of the frozen project."""
    return rendered(linxi)


def text(site: Mapping[str, bytes], path: str) -> str:
    return site[path].decode("utf-8")


# ---- records


def test_every_record_has_its_page_in_both_languages_and_its_data(
    site: dict[str, bytes], package: Package, linxi: Path
) -> None:
    for own in package.records:
        assert {f"id/{own}/index.html", f"en/id/{own}/index.html", f"id/{own}.json"} <= site.keys()
        assert json.loads(site[f"id/{own}.json"])["id"] == own
        assert site[f"id/{own}.yaml"] == (linxi / package.sources[own]).read_bytes()


def test_every_part_is_an_anchor_on_the_page_of_its_record(site: dict[str, bytes], package: Package) -> None:
    assert len(package.states) > 300
    for own in package.states:
        record, dot, _ = own.partition(".")
        for language in ("", "en/"):
            assert not dot or f' id="{own}"' in text(site, f"{language}id/{record}/index.html"), own


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "",
            (
                "2025年（预计）：",
                "超310亿元</a>",
                "预计地区生产总值突破310亿元",
                "第9段",
                "引文已核验",
                "全区一年内生产活动增加值的总量",
                "超450亿元",
            ),
        ),
        (
            "en/",
            (
                "2025, expected:",
                "over CNY 31 billion</a>",
                "预计地区生产总值突破310亿元",
                "paragraph 9",
                "quote verified",
                "Linxi District",
            ),
        ),
    ],
)
def test_a_record_page_says_its_values_and_what_proves_them(
    site: dict[str, bytes], language: str, said: tuple[str, ...]
) -> None:
    page = text(site, f"{language}id/ind-gdp/index.html")
    assert [each for each in said if each not in page] == []
    assert "https://linxi.example.org/" in page


def test_every_permanent_id_is_a_page_or_an_anchor_on_one(site: dict[str, bytes], package: Package) -> None:
    for own in package.states:
        for home in ("", "en/"):
            page = text(site, f"{home}id/{own.partition('.')[0]}/index.html")
            assert f'id="{own}"' in page or "." not in own, own


def test_what_is_retired_is_found_by_its_name(site: dict[str, bytes], package: Package) -> None:
    row = package.states[frozen.RETIRED]
    for home, language in (("", "zh"), ("en/", "en")):
        assert f'"{row[f"name_{language}"]}"' in text(site, f"{home}search/data.js")


def test_a_page_cites_in_every_style(site: dict[str, bytes]) -> None:
    page = text(site, "id/ind-gdp/index.html")
    for style in ("gbt7714", "apa", "bibtex", "ris", "csl-json"):
        assert f'id="cite-{style}"' in page
        assert f'data-copy="cite-{style}"' in page


def test_records_name_each_other_both_ways(site: dict[str, bytes]) -> None:
    assert 'href="../../id/plc-linxi-lake/index.html"' in text(site, "id/prj-lake-dredging/index.html")
    assert 'href="../../id/prj-lake-dredging/index.html"' in text(site, "id/plc-linxi-lake/index.html")
    assert 'href="../../id/ind-gdp-growth/index.html"' in text(site, "id/ind-gdp/index.html")


def test_the_csv_of_an_indicator_holds_its_rows_as_the_table_has_them(site: dict[str, bytes]) -> None:
    table = list(csv.DictReader(io.StringIO(text(site, "build/csv/observations.csv"))))
    own = list(csv.DictReader(io.StringIO(text(site, "id/ind-gdp.csv"))))
    assert own == [row for row in table if row["indicator_id"] == "ind-gdp"]
    assert [row["id"] for row in csv.DictReader(io.StringIO(text(site, "id/plc-linxi-lake.csv")))] == ["plc-linxi-lake"]


def test_the_outline_lists_the_numbers_of_a_paragraph_and_what_it_proves_and_not_its_text(
    site: dict[str, bytes],
) -> None:
    page = text(site, "id/doc-linxi-gwr-2025/index.html")
    item = page.partition('<li id="p9" ')[2].partition("</li>")[0]
    assert ">310亿元</a>" in item
    assert 'href="../../id/ind-gdp/index.html#ind-gdp.2025.estimate"' in item
    assert "预计地区生产总值" not in item
    assert len(re.findall(r'<li id="p[0-9]+"', page)) == 39


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"id/{frozen.REPORT}/index.html", "查看报告原文"),
        (f"en/id/{frozen.REPORT}/index.html", "Read the published report"),
    ],
)
def test_the_page_of_a_document_begins_with_a_link_to_its_published_page(
    site: dict[str, bytes], package: Package, path: str, said: str
) -> None:
    address = next(row["url"] for row in package.rows["documents"] if row["id"] == frozen.REPORT)
    head = text(site, path).partition("<h1>")[2].partition("</header>")[0]
    assert f'<a class="button" href="{address}" rel="external">{said}<' in head
    assert f'<span class="address">{address}</span>' in head


def test_the_page_of_a_document_writes_its_days_for_people(site: dict[str, bytes]) -> None:
    page = text(site, f"en/id/{frozen.REPORT}/index.html").partition("<aside")[2]
    assert "29 December 2025" in page
    assert "2025-12-29" not in page.partition("</dl>")[0]
    assert re.search(r'<code class="hash" id="hash">[0-9a-f]{64}</code> <button [^>]*data-copy="hash"', page)


def test_the_coverage_page_counts_as_the_command_does(site: dict[str, bytes], linxi: Path, run: Run) -> None:
    _, out, _ = run(linxi, "coverage", "--format", "json")
    totals = json.loads(out)["totals"]
    page = text(site, "en/coverage/index.html")
    found: Counter[str] = Counter()
    for use, count in re.findall(r'swatch (\w+)"></span>[^<]*</th><td class="digits">(\d+)</td>', page):
        found[use] += int(count)
    waived = sum(count for use, count in totals.items() if use.startswith("waived"))
    expected = {"observation": totals["observation"], "record": totals["record"], "waived": waived, "unclaimed": 0}
    assert found == Counter(expected)


@pytest.mark.parametrize(("path", "language"), [("en/coverage/index.html", "en"), ("coverage/index.html", "zh")])
def test_the_coverage_page_says_why_each_number_is_excluded(
    site: dict[str, bytes], package: Package, path: str, language: str
) -> None:
    table = package.tables["numbers"]
    labels = next(field.labels for field in table.fields if field.name == "reason")
    reasons = {labels[str(row["reason"])][language] for row in table.items() if row["reason"]}
    assert len(reasons) > 2
    told = set(re.findall(r"</a></td><td>([^<]*)</td></tr>", text(site, path)))
    assert told == reasons
    uses = next(field.labels for field in table.fields if field.name == "use")
    assert told.isdisjoint(label[language] for label in uses.values()), "what is done with a number is no reason"


def test_the_coverage_page_tells_quotes_from_their_uses(site: dict[str, bytes], package: Package) -> None:
    rows = [row for row in package.rows["evidence"] if row["quote"] is not None]
    different = {(row["document_id"], row["paragraph"], row["quote"]) for row in rows}
    assert len(different) < len(rows)
    page = text(site, "en/coverage/index.html")
    assert f"There are {len(different)} different quotes" in page
    assert f"used {len(rows)} times in all" in page


def test_a_fact_is_shown_only_where_it_says_something(site: dict[str, bytes]) -> None:
    pages = (text(site, f"en/id/{each}/index.html") for each in ("ind-budget-revenue", *FACTS))
    shown = [set(re.findall(r"<dt>(.*?)</dt>", page)) for page in pages]
    assert {"Value", "Unit"} <= shown[0]
    assert not {"Concept", "Related indicators", "Bound", "Reading"} & set.union(*shown)
    for own, found in zip(FACTS, shown[1:], strict=True):
        assert FACTS[own].isdisjoint(found), own


FACTS = {"ind-gdp": {"Source wording"}}
"""Records without the facts that say nothing there."""


def part_of(site: Mapping[str, bytes], own: str, language: str) -> str:
    """Return what the page of a record says of a part."""
    page = text(site, f"{'en/' if language == 'en' else ''}id/{own.partition('.')[0]}/index.html")
    return page.partition(f' id="{own}">')[2].partition("</article>")[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "over · expected · period from the heading Note: provisional"),
        ("zh", "超 · 预计 · 时期据标题 说明：初步数"),
    ],
)
def test_one_line_says_how_a_value_is_to_be_read(site: dict[str, bytes], language: str, said: str) -> None:
    shown = part_of(site, "ind-gdp.2025.estimate", language)
    line = shown.partition('<p class="read">')[2].partition("</p>")[0]
    assert " ".join(re.sub("<[^>]*>", "", line).split()) == said
    assert 'href="../../method/index.html#mark-provisional"' in line
    before, _, behind = shown.partition(f"<summary>{words(language)['all fields']}")
    assert "<dt>" not in before
    assert "<dt>" in behind


def test_a_value_without_a_qualifier_is_called_as_printed_and_never_exact(site: dict[str, bytes]) -> None:
    pages = [raw.decode() for path, raw in site.items() if path.startswith("en/id/ind-")]
    assert sum('<p class="read">as printed, no qualifier' in page for page in pages) > 10
    assert not any("exactly" in page for page in pages)


def data_of(site: Mapping[str, bytes], own: str) -> dict[str, Any]:
    """Return what machines are told of a value on the English page of its record."""
    page = text(site, f"en/id/{own.partition('.')[0]}/index.html")
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    found: dict[str, Any] = next(each for each in told["subjectOf"] if each["identifier"] == own)
    return found


def test_machines_are_told_a_bound_as_a_bound_and_what_is_uncertain(site: dict[str, bytes]) -> None:
    told = data_of(site, "ind-gdp.2025.estimate")
    assert told["@type"] == "Observation"
    assert told["value"] == {"@type": "QuantitativeValue", "minValue": 31000000000, "unitText": "CNY"}
    assert told["measurementQualifier"] == ["over", "expected"]


def test_machines_are_told_no_target_as_an_observation(site: dict[str, bytes], package: Package) -> None:
    listed = [row for row in package.rows["observations"] if row["status"] == "target"]
    assert len(listed) > 5
    for row in listed:
        told = data_of(site, str(row["id"]))
        assert (told["@type"], told["propertyID"]) == ("PropertyValue", "target")
        assert "target" in told["description"]
        assert str(row["period"]) in told["description"]
        assert "observationPeriod" not in told


def test_a_link_that_is_shared_tells_the_number(site: dict[str, bytes]) -> None:
    page = text(site, "en/id/ind-gdp/index.html")
    assert '<meta property="og:description" content="2025, expected: over CNY 31 billion' in page


def test_a_note_stands_directly_below_the_line(site: dict[str, bytes], package: Package) -> None:
    noted = [row for row in package.rows["observations"] if row["note_en"] is not None]
    assert noted
    for row in noted:
        told = part_of(site, str(row["id"]), "en").partition('<p class="read">')[2].partition("</p>")[2]
        assert html.unescape(told).strip().startswith(f'<p class="note">{row["note_en"]}</p>'), row["id"]


def test_the_legend_has_a_line_for_every_mark_that_pages_link_to(site: dict[str, bytes]) -> None:
    for language in ("", "en/"):
        legend = set(re.findall(r'<div id="(mark-[a-z-]+)">', text(site, f"{language}method/index.html")))
        pages = (raw.decode() for path, raw in site.items() if path.startswith(f"{language}id/"))
        used = {each for page in pages for each in re.findall(r"method/index\.html#(mark-[a-z-]+)", page)}
        assert {"mark-provisional", "mark-ambiguous"} <= used <= legend


def test_the_key_of_a_chart_knows_every_qualifier(package: Package) -> None:
    labels = next(each for each in package.tables["observations"].fields if each.name == "bound").labels
    for language in ("zh", "en"):
        for value, label in labels.items():
            assert value == "exact" or label[language].removeprefix("约") in words(language)[f"sign {value}"]


# ---- what is retired


@pytest.fixture
def retired(minimal: Path, run: Run) -> Path:
    """A project of which a place and a value are retired."""
    place = minimal / "sources" / "places" / "plc-old-lake.yaml"
    shutil.copy(minimal / "sources" / "places" / "plc-linxi-lake.yaml", place)
    data = place.read_text("utf-8").replace("plc-linxi-lake", "plc-old-lake")
    gone = "retired:\n  since: 0.1.0\n  reason:\n    zh: 与临溪湖重复\n    en: The same as Linxi Lake\n"
    place.write_text(f"{data}{gone}  replaced_by: plc-linxi-lake\n", "utf-8")
    code, out, err = run(minimal, "build")
    assert code == 0, out + err
    return minimal


def test_a_retired_record_keeps_a_page_that_says_why_and_what_replaces_it(retired: Path) -> None:
    site = rendered(retired)
    page = text(site, "en/id/plc-old-lake/index.html")
    assert "retired since 0.1.0" in page
    assert "The same as Linxi Lake" in page
    assert 'href="../../id/plc-linxi-lake/index.html"' in page
    assert json.loads(site["id/plc-old-lake.json"])["state"] == "retired"
    assert "plc-old-lake" not in text(site, "list/places/index.html")
    assert '"plc-old-lake"' in text(site, "search/data.js")


# ---- charts


def row(period: str, value: str | None, bound: str = "exact", **more: Any) -> Row:
    number = None if value is None else Decimal(value)
    table = frozen.package().tables["observations"]
    found = next(each for each in table.items() if each["id"] == "ind-fortune-500-firms.2025.actual")
    shown = {"display_zh": f"{bound} {value}家", "display_en": f"{bound} {value}"}
    made = {**found, "id": f"ind-x.{period}", "period": period, "value": number, "plain_value": number, "bound": bound}
    return {**made, **shown, **more}


def drawn(*rows: Row) -> list[Chart]:
    return list(charts(rows, "X", "en", words("en")))


def test_a_bound_is_drawn_as_a_bound() -> None:
    bounds = ("exact", "over", "at_least", "about", "nearly", "at_most", "under")
    (chart,) = drawn(*(row(f"20{10 + at}", str(100 + at), bound) for at, bound in enumerate(bounds)))
    assert [(mark.bound, mark.side, mark.is_open) for mark in chart.marks] == [
        ("exact", 0, False),
        ("over", 1, True),
        ("at_least", 1, False),
        ("about", 0, False),
        ("nearly", -1, True),
        ("at_most", -1, False),
        ("under", -1, True),
    ]
    for mark in chart.marks:
        assert (mark.tip - mark.at) * mark.side >= 0
        assert 0 <= mark.tip <= 100


def test_bars_are_as_long_as_their_numbers() -> None:
    (chart,) = drawn(row("2024", "100"), row("2025", "50"), row("2026", "-25", status="target"))
    lengths = [mark.at - mark.start for mark in chart.marks]
    assert [round(each / lengths[0], 2) for each in lengths] == [1, 0.5, -0.25]
    assert [mark.status for mark in chart.marks] == ["actual", "actual", "target"]


def test_a_better_rank_stands_further_right_and_has_no_bar() -> None:
    (chart,) = drawn(row("2024", "41", measure="rank"), row("2025", "40", "at_most", measure="rank"))
    assert not chart.bars
    assert chart.marks[1].at > chart.marks[0].at
    assert chart.marks[1].side == 1


def test_there_is_no_rank_above_the_first() -> None:
    for worst in (2, 3, 5, 9, 12, 41, 200):
        (chart,) = drawn(row("2024", str(worst), measure="rank"), row("2025", "1", measure="rank"))
        assert all(int(label) >= 1 for _, label in chart.ticks)
        ranks = [row(f"20{20 + at}", str(each), measure="rank") for at, each in enumerate((worst, 1))]
        assert grid_of(ranks).levels[0] == 1
        assert grid_of(ranks).levels[-1] >= worst
    assert grid_of([row("2024", "1", measure="rank"), row("2025", "1", measure="rank")]).levels == [1, 2]


def test_only_what_compares_is_drawn_together() -> None:
    years = {"period_start": row("2025", "1")["period_start"].replace(year=2021)}  # type: ignore[union-attr]
    assert drawn(row("2025", "10")) == []
    assert drawn(row("2025", "10"), row("2026", "10")) == []
    assert drawn(row("2025", "10"), row("2021/2025", "40", **years)) == []
    assert drawn(row("2025", "10"), row("2026", "12", plain_unit_id="unt-person")) == []
    assert drawn(row("2025", "10"), row("2026", "12", area_id="plc-qinglan")) == []
    assert drawn(row("2025", "10"), row("2026", None, claim="rises")) == []
    assert len(drawn(row("2025", "10"), row("2026", "12"))) == 1


def test_a_share_is_drawn_as_a_part_of_its_whole() -> None:
    share = {"measure": "share", "plain_unit_en": "%"}
    (chart,) = drawn(row("2024", "78", **share), row("2025", "80", **share))
    assert [label for _, label in chart.ticks] == ["0%", "25%", "50%", "75%", "100%"]
    assert drawn(row("2025", "80", **share)) == [], "one bar shows nothing that its number does not say"


def test_what_has_no_number_stands_beside_the_values_without_a_mark() -> None:
    rises = row("2027", None, claim="rises", status="target", display_en="rises (target)", provisional=False)
    (chart,) = drawn(row("2025", "10"), row("2026", "12"), rises)
    assert [mark.id for mark in chart.marks] == ["ind-x.2025", "ind-x.2026"]
    assert [(each.period, each.text) for each in chart.bare] == [("2027", "rises (target)")]
    assert chart.description.endswith("2027: rises (target).")


def test_the_key_of_a_chart_explains_the_signs_that_occur_and_no_others() -> None:
    t = words("en")
    plain = drawn(row("2024", "100"), row("2025", "110"))
    assert chart_key(plain, t) == ""
    bounded = drawn(row("2024", "100", "over"), row("2025", "110", "about", status="estimate"))
    assert chart_key(bounded, t) == (
        "○→ over, the number left out; the true figure is on the side of the arrow; a wavy end: about; pale: expected."
    )
    assert chart_key([*plain, *drawn(row("2024", "1"), row("2025", "2", status="target"))], t) == "Dashed: target."


def test_a_number_that_is_only_about_right_is_not_drawn_as_a_range(site: dict[str, bytes]) -> None:
    (chart,) = drawn(row("2024", "100"), row("2025", "50", "about"))
    assert chart.marks[1].side == 0
    pages = [raw.decode() for path, raw in site.items() if path.endswith(".html")]
    ends = {each for page in pages for each in re.findall('<path class="end about" d="([^"]*)"', page)}
    assert ends
    wave = re.compile(r"M[0-9.]+ [0-9]+q4 [0-9.]+ 0 ([0-9.]+)(t0 \1){3}")
    assert all(wave.fullmatch(each) for each in ends), "it widens to no side"


def test_a_chart_says_what_is_uncertain() -> None:
    doubtful = {"reading": "damaged", "provisional": True}
    (chart,) = drawn(row("2024", "100", provisional=False), row("2025", "50") | doubtful)
    assert [[doubt.text for doubt in mark.doubts] for mark in chart.marks] == [[], ["provisional", "words missing"]]
    assert "50 (provisional, words missing)" in chart.description


def test_each_chart_has_a_name_and_says_in_words_what_it_draws(site: dict[str, bytes]) -> None:
    page = text(site, "en/id/ind-gdp/index.html")
    assert '<title id="chart-ind-gdp.2024.actual-title">Gross regional product (GDP): values by period</title>' in page
    described = page.partition('<desc id="chart-ind-gdp.2024.actual-desc">')[2].partition("</desc>")[0]
    assert described.startswith("2024: over CNY 29 billion; 2024 (replaced): about CNY 29 billion (expected); 2025: ")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ticks_lie_within_the_axis_and_are_few(language: str) -> None:
    for size in (1, 3, 7.5, 12, 99, 460, 2100, 84000):
        for other in (0.5, 0.93, 1):
            chart = next(
                iter(
                    charts(
                        [row("2024", str(size)), row("2025", str(size * other + 0.1))], "X", language, words(language)
                    )
                )
            )
            assert 3 <= len(chart.ticks) <= 7
            assert all(0 <= at <= 100 for at, _ in chart.ticks)


# ---- nothing of the data runs


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}</title></script>"


def test_contributed_text_is_shown_and_never_runs(minimal: Path, run: Run) -> None:
    for path in (minimal / "sources").glob("*/*.yaml"):
        data = path.read_text("utf-8")
        for field in ("name", "title", "description", "definition"):
            data = re.sub(
                rf"(?m)^({field}:\n  zh: .*\n  en: ).*$",
                lambda m, own=path.stem: f"{m[1]}'{own} {HOSTILE.replace(chr(39), chr(39) * 2)}'",  # type: ignore[misc]
                data,
            )
        path.write_text(data, "utf-8")
    code, out, err = run(minimal, "build")
    assert code == 0, out + err
    pages = {path: raw.decode() for path, raw in rendered(minimal).items() if path.endswith((".html", ".xml"))}
    assert sum("&lt;script&gt;alert(1)" in page for page in pages.values()) > 10
    assert any("{{ 7*7 }}" in page for page in pages.values())
    for path, page in pages.items():
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        for script in re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", page, re.DOTALL):
            json.loads(script)


def test_a_link_escapes_its_text_also_after_the_same_text_was_safe() -> None:
    safe, same = linked((Markup("<i>"), "plc-x"), "../"), linked(("<i>", "plc-x"), "../")
    assert safe == '<a href="../id/plc-x/index.html"><i></a>'
    assert same == '<a href="../id/plc-x/index.html">&lt;i&gt;</a>'


def test_no_page_has_script_or_style_of_its_own_and_each_says_so(site: dict[str, bytes]) -> None:
    own = "; ".join(f"{each} 'self'" for each in ("img-src", "style-src", "script-src", "connect-src", "form-action"))
    policy = f"default-src 'none'; {own}; base-uri 'none'"
    assert sum(path.endswith(".html") for path in site) > 350
    for path, raw in site.items():
        if path.endswith(".html"):
            page = raw.decode()
            assert policy in page.replace("&#39;", "'"), path
            assert not re.search(r"<script(?! src=\"| type=\"application/ld\+json\")", page), path
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), path
            assert page.count("<script") == page.count("<script src=") + 1, path


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//host/x", "ftp://host/", "", None])
def test_only_addresses_of_the_web_become_links(address: str | None) -> None:
    assert web(address) == ""
    assert web("https://example.org/") == "https://example.org/"


# ---- machines


def test_each_page_holds_json_ld_that_says_what_it_is(site: dict[str, bytes]) -> None:
    kinds = {}
    for path, raw in site.items():
        if path.endswith("index.html"):
            (script,) = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", raw.decode(), re.DOTALL)
            data = json.loads(script)
            assert data["@context"] == "https://schema.org", path
            assert data["name"], path
            kinds[path] = data["@type"]
    assert kinds["index.html"] == "Dataset"
    assert kinds["id/ind-gdp/index.html"] == "StatisticalVariable"
    assert kinds["en/id/plc-linxi-lake/index.html"] == "Place"
    assert kinds["id/trm-five-hearts-service/index.html"] == "DefinedTerm"


def test_a_site_with_an_address_has_a_sitemap_canonical_links_and_permanent_addresses_in_citations(linxi: Path) -> None:
    base = "https://example.org/linxi"
    site = rendered(linxi, **{"x-base_url": base})
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = {each.text for each in ET.fromstring(site["sitemap.xml"]).findall("s:url/s:loc", spaces)}
    own = [path for path in site if path.endswith("index.html") and "embed/" not in path]  # frames are in no sitemap
    pages = {path.removesuffix("index.html") for path in own}
    assert listed == {f"{base}/{path}" for path in pages}
    assert f"Sitemap: {base}/sitemap.xml" in text(site, "robots.txt")
    page = text(site, "en/id/ind-gdp/index.html")
    assert f'<link rel="canonical" href="{base}/en/id/ind-gdp/">' in page
    assert f'hreflang="zh-CN" href="{base}/id/ind-gdp/"' in page
    assert f'<meta property="og:image" content="{base}/card-ind-gdp-en.png">' in page
    assert f"{base}/id/ind-gdp/#ind-gdp.2025.estimate" in page
    assert f'"@id":"{base}/id/ind-gdp/"' in page


def test_a_site_without_an_address_leaves_out_what_needs_one(site: dict[str, bytes]) -> None:
    assert "sitemap.xml" not in site
    assert "Sitemap" not in text(site, "robots.txt")
    assert "canonical" not in text(site, "id/ind-gdp/index.html")


def test_with_a_repository_errors_are_reported_there_and_the_source_is_shown_there(linxi: Path) -> None:
    page = text(rendered(linxi, **{"x-repository": "https://example.org/git"}), "id/ind-gdp/index.html")
    assert "https://example.org/git/issues/new?template=error.zh-CN.yml&amp;record=ind-gdp" in page
    assert "https://example.org/git/blob/HEAD/sources/indicators/ind-gdp.yaml" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_feed_tells_of_each_version_what_it_changed(minimal: Path, run: Run, language: str) -> None:
    run(minimal, "build")
    commit_all(minimal)
    git(minimal, "tag", "data-0.1.0")
    place = minimal / "sources" / "places" / "plc-linxi-lake.yaml"
    place.write_text(place.read_text("utf-8").replace("en: Linxi Lake", "en: Lake of Linxi"), "utf-8")
    package = minimal / "sources" / "package.yaml"
    package.write_text(package.read_text("utf-8").replace("version: 0.1.0", "version: 0.1.1"), "utf-8")
    code, out, err = run(minimal, "build")
    assert code == 0, out + err
    site = rendered(minimal)
    entries = ET.fromstring(site[f"feed-{language}.xml"]).findall(f"{ATOM}entry")
    titles = [str(each.findtext(f"{ATOM}title")) for each in entries]
    assert [title.rpartition(" ")[2] for title in titles] == ["0.1.1", "0.1.0"]
    said = {"zh": "修改 1\n更名（1）", "en": "Changed 1\nNew names (1)"}[language]
    assert entries[0].findtext(f"{ATOM}summary") == said
    assert "plc-linxi-lake" in text(site, {"zh": "changes/index.html", "en": "en/changes/index.html"}[language])


def test_the_data_of_the_search_is_a_script_that_holds_every_record(site: dict[str, bytes], package: Package) -> None:
    for path in ("search/data.js", "en/search/data.js"):
        script = text(site, path)
        rows = json.loads(script.removeprefix("window.known = ").removesuffix(";\n"))["records"]
        assert {each[0] for each in rows if "/" not in each[0]} == {*package.records, *RETIRED}
        assert all(len(each) == 11 and all(isinstance(cell, str) for cell in each[2:9]) for each in rows)


def test_the_card_is_a_picture_of_the_size_that_is_expected(package: Package) -> None:
    from factpack.site.making.build import FONT
    from factpack.site.pages.card import card

    font = command.client_bundle() / FONT
    if not font.is_file():
        pytest.skip("what the pages load is not bundled: make site")
    raw = card(package.title["zh"], [package.title["en"]], package.version, font.read_bytes())
    assert raw.startswith(b"\x89PNG")
    assert struct.unpack(">II", raw[16:24]) == (1200, 630)


# ---- the same each time


def test_a_site_is_the_same_each_time_and_for_any_number_of_workers(site: dict[str, bytes], linxi: Path) -> None:
    assert rendered(linxi, workers=2) == site


DIGESTS = """
import sys; from hashlib import sha256; from pathlib import Path; from rendered_site import rendered
print(*sorted(f"{path} {sha256(raw).hexdigest()}" for path, raw in rendered(Path(sys.argv[1])).items()), sep="\\n")
"""
"""A program that prints the digest of each file of the site of a project."""


def test_no_file_of_a_site_rests_on_the_order_of_a_set(linxi: Path) -> None:
    told = []
    for seed in ("1", "2", "3"):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "tests")}
        command = [sys.executable, "-c", DIGESTS, str(linxi)]
        done = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=True)
        told.append(done.stdout.splitlines())
    assert len(told[0]) > 100
    assert [set(each) ^ set(told[0]) for each in told[1:]] == [set(), set()]


def test_a_change_of_one_record_leaves_the_pages_that_do_not_show_it_as_they_were(minimal: Path, run: Run) -> None:
    run(minimal, "build")
    before = rendered(minimal)
    place = minimal / "sources" / "places" / "plc-linxi-lake.yaml"
    place.write_text(place.read_text("utf-8").replace("en: Linxi Lake", "en: Lake of Linxi"), "utf-8")
    run(minimal, "build")
    after = rendered(minimal)
    assert before.keys() == after.keys()
    changed = {path for path in after if path.endswith(".html") and after[path] != before[path]}
    assert "en/id/plc-linxi-lake/index.html" in changed
    assert all(
        "Lake of Linxi" in after[path].decode()
        for path in changed - {"downloads/index.html", "en/downloads/index.html", "index.html", "en/index.html"}
    )


# ---- the command


def with_bundle(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Give the command something that the pages load."""
    monkeypatch.setattr(command, "client_bundle", lambda: folder)
    folder.mkdir()
    for name in command.BUNDLED:
        (folder / name).write_bytes(b"")


def test_the_command_says_how_to_bundle_what_is_not_bundled(
    minimal: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(minimal, "build")
    monkeypatch.setattr(command, "client_bundle", lambda: tmp_path / "client" / "bundle")
    done = run(minimal, "site")
    assert done.exit_code == 2
    assert "npm run bundle" in done.stderr
    assert not (minimal / "dist").exists()


def test_a_stale_package_makes_no_site(
    minimal: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(minimal, "build")
    with_bundle(monkeypatch, tmp_path / "bundle")
    place = minimal / "sources" / "places" / "plc-linxi-lake.yaml"
    place.write_text(place.read_text("utf-8").replace("en: Linxi Lake", "en: Lake of Linxi"), "utf-8")
    done = run(minimal, "site")
    assert done.exit_code == 2
    assert "factpack build" in done.stderr
    assert not (minimal / "dist").exists()


# ---- catalogue


def test_the_catalogue_finds_records_parts_and_links(package: Package) -> None:
    catalogue = Catalogue(package)
    assert set(catalogue.entries) == set(package.records)
    parts = {str(row["id"]) for entry in catalogue.entries.values() for rows in entry.parts.values() for row in rows}
    assert parts >= {own for own, state in package.states.items() if "." in own and state["state"] == "current"}
