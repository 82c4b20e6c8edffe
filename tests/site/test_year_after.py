"""Pages take preferred values, tell results of one period apart, and say what became of targets of the past."""

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
from factpack.package.package import open_package
from factpack.package.table import Row
from factpack.site.catalogue import Catalogue
from factpack.site.charts.figures import figures
from factpack.site.charts.values import Chart, charts
from factpack.site.templating import words
from rendered_site import rendered

HOMES = {"zh": "", "en": "en/"}
languages = pytest.mark.parametrize("language", HOMES)


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """The pages of the frozen project with the documents of the year after."""
    return {path: raw.decode() for path, raw in rendered(frozen.year_after()).items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(open_package(frozen.year_after()))


def plain(html: str) -> str:
    """Return what a reader reads of a piece of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def part(site: Mapping[str, str], part_id: str, language: str) -> str:
    """Return a part as its page shows it."""
    page = site[f"{HOMES[language]}id/{part_id.partition('.')[0]}/index.html"]
    return page.partition(f'id="{part_id}">')[2].partition("</article>")[0]


def facts(html: str) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)
    return {label: plain(text) for label, text in found}


def target(site: Mapping[str, str], target_id: str, language: str) -> dict[str, str]:
    """Return what the page of targets says of a target, by the heading of the cell; in a list all of it, by nothing."""
    page = site[f"{HOMES[language]}targets/index.html"]
    for listed in re.findall(r'<ul class="alone">(.*?)</ul>', page, re.DOTALL):
        for each in listed.split("<li>"):
            if f'#{target_id}">' in each.partition("</a>")[0]:
                return {"": plain(each)}
    row = next(each for each in page.split("<tr>") if f'#{target_id}">' in each.partition("</th>")[0])
    cells = re.findall(r'<td[^>]* data-label="(.*?)"[^>]*>(.*?)</td>', row, re.DOTALL)
    return {label: plain(text) for label, text in cells}


# ---- charts


def row(year: int, value: int, row_id: str = "", **more: Any) -> Row:
    made = {
        "id": row_id or f"ind-x.{year}.actual",
        "period": str(year),
        "status": "actual",
        "period_start": datetime.date(year, 1, 1),
        "period_end": datetime.date(year, 12, 31),
        "area_id": "plc-linxi",
        "measure": "level",
        "bound": "exact",
        "display_en": str(value),
        "value": Decimal(value),
        "unit_id": "unt-count",
        "plain_value": Decimal(value),
        "plain_unit_id": "unt-count",
        "plain_unit_en": "items",
        "preferred": True,
    }
    return {**made, **more}


def drawn(*rows: Row) -> list[Chart]:
    return list(charts(rows, "X", "en", words("en")))


def test_values_that_agree_are_one_point() -> None:
    again = row(2025, 12, "ind-x.2025.estimate", preferred=False, restates_id="ind-x.2025.actual")
    (chart,) = drawn(row(2024, 10), row(2025, 11), again)
    assert [mark.id for mark in chart.marks] == ["ind-x.2024.actual", "ind-x.2025.actual"]
    assert drawn(row(2025, 11), again) == []


def test_what_a_range_restates_is_drawn_where_the_range_is_not() -> None:
    again = row(2025, 12, "ind-x.2025.estimate", preferred=False, restates_id="ind-x.2025.actual")
    (chart,) = drawn(row(2024, 10), row(2025, 11, value_high=Decimal(13)), again)
    assert [mark.id for mark in chart.marks] == ["ind-x.2024.actual", "ind-x.2025.estimate"]


def test_two_results_of_one_period_are_told_apart_and_what_was_replaced_is_struck_out() -> None:
    old = row(2025, 12, "ind-x.2025.estimate", preferred=False, superseded_by_id="ind-x.2025.actual")
    (chart,) = drawn(row(2025, 10), old)
    assert [(mark.period, mark.is_replaced) for mark in chart.marks] == [("2025", False), ("2025 (replaced)", True)]
    assert "2025 (replaced): 12" in chart.description


def test_results_that_contradict_each_other_are_both_said_to() -> None:
    (chart,) = drawn(row(2025, 10, preferred=False), row(2025, 12, "ind-x.2025.actual.other", preferred=False))
    assert [mark.period for mark in chart.marks] == ["2025 (contradicted)"] * 2
    assert not any(mark.is_replaced for mark in chart.marks)


def test_growth_since_different_years_is_not_drawn_together() -> None:
    assert drawn(row(2025, 10, compared_to="2024"), row(2026, 40, compared_to="2021")) == []
    assert len(drawn(row(2025, 10, compared_to="2024"), row(2026, 40, compared_to="2025"))) == 1


@languages
def test_bars_strike_out_what_was_replaced(site: dict[str, str], language: str) -> None:
    page = site[f"{HOMES[language]}id/ind-budget-revenue/index.html"]
    bars = page.partition('<table class="bars">')[2].partition("</table>")[0]
    struck = [each for each in bars.split("<tr>") if '<g class="mark estimate replaced">' in each]
    said = [re.sub("<[^>]*>", "", each.partition("</th>")[0]).strip() for each in struck]
    assert said == [{"zh": "2025年（已被替代）", "en": "2025 (replaced)"}[language]]
    assert all("<s>" in each for each in struck)
    assert words(language)["sign replaced"].lower() in plain(page).lower()


@languages
def test_a_page_strikes_out_what_was_replaced(site: dict[str, str], language: str) -> None:
    own = "ind-parking-spaces-added.2025.actual"
    page = site[f"{HOMES[language]}id/ind-parking-spaces-added/index.html"]
    t = words(language)
    assert "<s>" in page.partition('<table class="beside">')[2].partition("</table>")[0]
    assert t["mark replaced"] in plain(part(site, own, language).partition('class="read">')[2].partition("</p>")[0])
    assert "<s>" in part(site, own, language).partition("</h3>")[0]
    assert "<s>" not in part(site, f"{own}.linxi-gwr-2026", language)
    assert "1180" in facts(part(site, own, language))[{"zh": "被替代为", "en": "Replaced by"}[language]].replace(
        ",", ""
    )


# ---- figures


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        ("ind-parking-spaces-added", [("2026.actual", ""), ("2027.target", "")]),
        ("ind-urban-jobs-created", [("2026.actual", ""), ("2026.target", "Yes"), ("2027.target", "")]),
        ("ind-high-tech-firms-new-rank", [("2026.actual", ""), ("2026.target", "No")]),
        ("ind-nurseries-new", [("2026.target", "Not reported")]),
        ("ind-listed-companies-new", [("2026.actual", ""), ("2026.target.linxi-plan-2026", "No")]),
        ("ind-population", [("2025.actual", ""), ("2030.target.linxi-gwr-2026", "")]),
        ("ind-graduate-employment-rate", [("2025.actual", ""), ("2026.target", "Cannot tell (Another scope)")]),
    ],
)
def test_a_record_shows_its_latest_preferred_result_and_the_targets_beside_it(
    record: str, shown: list[tuple[str, str]], catalogue: Catalogue
) -> None:
    found = list(figures(catalogue.entries[record], catalogue, "en"))
    assert [(each.id.removeprefix(f"{record}."), each.outcome) for each in found] == shown
    assert all(each.label.startswith(each.id.split(".")[1]) for each in found)


@languages
def test_a_figure_that_was_only_transcribed_says_so_where_it_stands_first(
    language: str, site: dict[str, str], catalogue: Catalogue
) -> None:
    said = 'method/index.html#mark-transcribed"'
    for record, times in (("ind-tax-share", 1), ("ind-gdp", 0), ("prj-xidong-library", 0)):
        head = site[f"{HOMES[language]}id/{record}/index.html"].partition('class="figures"')[2].partition("</div>")[0]
        assert (record, head.count(said)) == (record, times)
    found = figures(catalogue.entries["ind-budget-expenditure"], catalogue, language)
    told = [(each.id.partition(".")[2], any(mark.key == "transcribed" for mark in each.marks)) for each in found]
    assert told == [("2026.actual", False), ("2026.target", True), ("2027.target", False)]


def test_results_that_contradict_each_other_are_not_the_latest(catalogue: Catalogue) -> None:
    found = list(figures(catalogue.entries["ind-budget-revenue-growth"], catalogue, "en"))
    assert [each.label.partition(",")[0] for each in found] == ["2025", "2027"]


def test_a_corrected_figure_is_not_the_latest(catalogue: Catalogue) -> None:
    entry = catalogue.entries["ind-parking-spaces-added"]
    before = {name: [each for each in rows if str(each["period"]) < "2026"] for name, rows in entry.parts.items()}
    entry = type(entry)(entry.table, entry.row, before)
    assert next(figures(entry, catalogue, "en")).text == "1,180"


@languages
def test_the_home_page_and_lists_say_of_which_period_a_target_is(site: dict[str, str], language: str) -> None:
    home = HOMES[language]
    card = plain(site[f"{home}index.html"])
    listed = plain(
        next(each for each in site[f"{home}list/indicators/index.html"].split("<tr>") if "nurseries-new" in each)
    )
    if language == "en":
        assert "2026, target: at least 15,000 persons Target met? Yes" in card
        assert "2027, target: at least 16,000 persons" in card
        assert "3 2026, Not reported" in listed
    else:
        assert "2026年（目标）： 至少1.5万人 是否完成：已完成" in card
        assert "2026年，未作报告" in listed


# ---- targets


@languages
def test_targets_that_may_still_come_are_before_those_of_the_past(site: dict[str, str], language: str) -> None:
    page = site[f"{HOMES[language]}targets/index.html"]
    heads = re.findall(r'<h2 id="(.*?)">(.*?)</h2>', page)
    assert [key for key, _ in heads] == ["past", "t2027", "t2026--2030", "t2030", "t2026", "t2025"]
    past = {"zh": "（已到期）", "en": " (past)"}[language]
    assert [title.endswith(past) for _, title in heads] == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    ("target_id", "says"),
    [
        (
            "ind-business-environment-rank.2026.target",
            {
                "Target": "top 3",
                "Target met?": "No",
                "Result": "rank 5",
                "Result less target": "+2",
                "Notes": "what is counted is not clear",
            },
        ),
        (
            "ind-high-tech-firms-new-rank.2026.target",
            {
                "Target": "rank 1 in the report: “strive for”",
                "Target met?": "No",
                "Result": "rank 2",
                "Result less target": "+1 rank",
            },
        ),
        (
            "ind-complaints-growth.2026.target",
            {
                "Target": "fall of at least 10%",
                "Target met?": "Yes",
                "Result": "fall of 15%",
                "Result less target": "−5 percentage points",
            },
        ),
        (
            "ind-elderly-care-beds-added.2026.target",
            {"Target": "at least 500", "Target met?": "Cannot tell", "Result": "over 480"},
        ),
        (
            "ind-gdp-growth.2026.target",
            {
                "Target": "growth of at least 6.5%",
                "Target met?": "Cannot tell (Approximate)",
                "Result": "growth of about 6.5%",
                "Notes": "Note: expected approximate",
            },
        ),
        (
            "ind-graduate-employment-rate.2026.target",
            {
                "Target": "at least 95%",
                "Target met?": "Cannot tell (Another scope)",
                "Result": "Employment rate of graduates of local universities: 96%",
            },
        ),
        ("ind-nurseries-new.2026.target", {"Target": "3", "Target met?": "Not reported", "Result": ""}),
        (
            "ind-industrial-energy.2026.target",
            {"Target met?": "Not judged (Not set after all)", "Result": "not set after all"},
        ),
        (
            "ind-capital-growth-unstated.2026.target",
            {"Target": "growth of 5%", "Notes": "how it is calculated is not stated"},
        ),
        ("ind-unemployment-rate.2026.target", {"Target": "at most 5.5%", "Target met?": "No result in the data"}),
        (
            "ind-charging-piles-added.2026.target",
            {"Target": "3,000", "Target met?": "Yes", "Result": "3,500", "Result less target": "+500"},
        ),
        (
            "ind-research-intensity.2030.target",
            {"2030 target": "3.5% reached early, in 2026", "Change": "+0.5 percentage points"},
        ),
        (
            "ind-population.2030.target",
            {
                "": "Resident population : at most 450,000 persons · "
                "Changed later to: 2030, at most 460,000 persons (target) · "
                "Earlier result: 436,000 persons , 2024 · paragraph 25"
            },
        ),
        (
            "ind-parking-spaces-added.2025.target",
            {"Target": "at least 1,500", "Target met?": "No", "Result": "1,180", "Result less target": "−320"},
        ),
    ],
)
def test_a_target_says_its_kind_what_became_of_it_why_and_by_how_much(
    target_id: str, says: dict[str, str], site: dict[str, str]
) -> None:
    found = target(site, target_id, "en")
    assert {label: found.get(label) for label in says} == says


def test_a_result_of_the_past_names_its_documents(site: dict[str, str]) -> None:
    found = target(site, "ind-parking-spaces-added.2025.target", "en")
    told = "Target: Work report, 27 December 2024 , paragraph 6 Result: Work report, 28 December 2026 , paragraph 6"
    assert found["Source"] == told


def test_a_target_speaks_chinese(site: dict[str, str]) -> None:
    found = target(site, "ind-urban-jobs-created.2026.target", "zh")
    told = {"目标": "至少1.5万人", "是否完成": "已完成", "结果": "1.62万人", "结果减目标": "+1200人"}
    assert {label: found[label] for label in told} == told
    found = target(site, "ind-foreign-trade.2026.target", "zh")
    assert (found["是否完成"], found["结果"]) == ("未完成", "4.1亿元")


@languages
def test_targets_of_the_past_are_counted_by_kind(site: dict[str, str], language: str) -> None:
    page = site[f"{HOMES[language]}targets/index.html"].partition('<h2 id="t2026">')[2]
    notes = [plain(each) for each in re.findall(r'<p class="note">(.*?)</p>', page)]
    assert len(notes) == 4  # three kinds for 2026 and one for 2025; of 2027 and later nothing is decided
    told = {"zh": "力争目标2个：已完成1个、未完成1个", "en": "Strive for (2): 1 reached, 1 not reached"}
    assert notes[1] == told[language]


@languages
def test_no_page_has_an_id_twice_or_shows_the_name_of_a_value_for_its_words(
    site: dict[str, str], language: str
) -> None:
    names = r"\b(base_revised|basis_unstated|scope_unclear|changed_later|not_reported|not_judged|not_read)\b"
    for path, page in site.items():
        explains = path.removeprefix("en/").startswith(("fields/", "dictionary/"))
        if path.startswith("en/") == (language == "en") and not explains:
            ids = re.findall(r'\sid="([^"]*)"', page)
            assert len(ids) == len(set(ids)), path
            assert re.findall(names, plain(re.sub(r"(?s)<script.*?</script>", "", page))) == [], path


# ---- records


def test_the_part_of_a_target_says_what_became_of_it(site: dict[str, str]) -> None:
    found = facts(part(site, "ind-parking-spaces-added.2025.target", "en"))
    assert found.items() >= {"Target met?": "No", "Result": "2025, 1,180", "Result less target": "−320"}.items()
    found = facts(part(site, "ind-graduate-employment-rate.2026.target", "en"))
    assert found["Target met?"] == "Cannot tell (Another scope)"
    assert found["Result"] == "Employment rate of graduates of local universities: 2026, 96%"
    found = facts(part(site, "ind-listed-companies-new.2026.target.linxi-plan-2026", "en"))
    assert found["Changes the target"] == "2026, 1 (target)"
    found = facts(part(site, "ind-listed-companies-new.2026.target", "en"))
    assert found["Changed later to"] == "2026, 2 (target)"
    assert not facts(part(site, "ind-parking-spaces-added.2027.target", "en")).keys() & {"Target met?", "Result"}


@pytest.mark.parametrize(
    ("milestone", "says"),
    [
        ("prj-qingshi-road-south.2026-12.opened.target", {"Target met?": "Moved", "Moved to": "June 2027"}),
        (
            "prj-brookside-reading-room.2026-06.opened.target",
            {"Target met?": "Late", "Result": "September 2026, Opened, Actual"},
        ),
        ("prj-yunfan-park.2026.landed.target", {"Target met?": "On time", "Result": "2026, Operating, Actual"}),
        ("prj-yunfanli-street.2026.opened.target", {"Target met?": "Not reported"}),
        ("prj-wanghu-pumping-station-renewal.2026-09.completed.target", {"Target met?": "Cannot tell"}),
    ],
)
def test_a_milestone_says_what_became_of_it(milestone: str, says: dict[str, str], site: dict[str, str]) -> None:
    found = facts(part(site, milestone, "en"))
    assert {label: found.get(label) for label in says} == says
    assert says["Target met?"] != "Moved" or "Result" not in found


def test_a_project_shows_what_is_next_by_the_latest_document(site: dict[str, str]) -> None:
    page = site["en/id/prj-qingshi-road-south/index.html"]
    shown = page.partition('<div class="figures">')[2].partition("</div>")[0]
    assert plain(shown) == "Next stage Opened June 2027"
    assert 'href="#prj-qingshi-road-south.2027-06.opened.target"' in shown


def test_stages_are_called_by_what_was_done(site: dict[str, str]) -> None:
    assert "2026年，完成" in plain(part(site, "prj-qingshi-substation.2026.completed.actual", "zh"))
    assert "2026年，提升" in plain(part(site, "prj-xixi-village-renewal.2026.upgraded.actual", "zh"))


def test_a_part_does_not_repeat_what_its_record_says(site: dict[str, str]) -> None:
    found = facts(part(site, "ind-parking-spaces-added.2026.actual", "en"))
    assert not found.keys() & {"Of", "Indicator name", "Preferred", "Known since", "SDMX status", "Checked?"}


def test_each_document_says_what_it_says_of_a_term_even_where_the_record_says_the_same(site: dict[str, str]) -> None:
    for document in ("linxi-gwr-2025", "linxi-gwr-2026"):
        found = facts(part(site, f"trm-five-hearts-service.{document}", "en"))
        assert found.keys() >= {"Definition", "Number"}, document


def test_the_period_of_a_milestone_with_a_label_is_written_as_elsewhere(site: dict[str, str]) -> None:
    shown = plain(part(site, "prj-qingshi-substation.2025.prepared.actual", "zh"))
    assert shown.startswith("2025年：前期就绪，完成选址"), shown


def test_the_pages_are_the_same_each_time(site: dict[str, str]) -> None:
    again = rendered(frozen.year_after(), workers=2)
    assert {path: raw.decode() for path, raw in again.items() if path.endswith(".html")} == site
