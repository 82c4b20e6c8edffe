"""Derived columns, seen in the rows of records that exist only in memory, by the real schemas."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factpack.disk.project import Project
from factpack.record.library import Library
from factpack.schema import read
from factpack.table.derived import DERIVATIONS
from factpack.table.display import scaled, singular
from factpack.table.rows import rows
from factpack.table.view import shortest
from factpack.text import text_record
from factpack.words import texts
from projects import ROOT

SCHEMAS = read.read(Project(ROOT).schemas(), DERIVATIONS)
PRINTED = text_record.make("doc-report", text_record.split("题名\n正文\n"), frozenset())
CLAIMS = SCHEMAS.vocabulary("claim")
ZH, EN = (
    {bound: label[language] for bound, label in SCHEMAS.vocabulary("bound")["x-labels"].items()}
    for language in ("zh", "en")
)


def both(zh: str, en: str | None = None) -> dict[str, str]:
    return {"zh": zh, "en": en or zh}


def unit(own: str, zh: str, en: str, *printed: str, **more: Any) -> dict[str, Any]:
    return {"id": f"unt-{own}", "name": both(zh, en), "symbol": both(zh, en), "printed": [zh, *printed], **more}


DOCUMENT: dict[str, Any] = {
    "id": "doc-report",
    "title": both("报告", "Report"),
    "delivered_on": "2025-12-29",
    "url": "https://linxi.example.org/report.html",
    "sections": [
        {"label": both("回顾", "Review"), "first": 1, "last": 5},
        {"label": both("打算", "Plans"), "first": 6, "last": 9},
    ],
}
LATER = DOCUMENT | {"id": "doc-next-report", "delivered_on": "2026-12-29"}
RECORDS: list[dict[str, Any]] = [
    DOCUMENT,
    LATER,
    unit("cny", "元", "CNY", quantity="money", pattern="CNY {}"),
    unit("cny-10k", "万元", "CNY 10,000", quantity="money", plain_unit="unt-cny", factor=10_000),
    unit("cny-100m", "亿元", "CNY 100 million", quantity="money", plain_unit="unt-cny", factor=100_000_000),
    unit("count", "个", "items", "家", "栋", quantity="count", pattern="{}"),
    unit("area-10k", "万平方米", "10,000 m²", quantity="area", plain_unit="unt-area", factor=10_000),
    unit("area", "平方米", "m²", quantity="area"),
    unit("percent", "%", "%", "成", quantity="ratio", pattern="{}%"),
    unit("point", "个百分点", "percentage points", quantity="difference"),
    unit("multiple", "倍", "×", quantity="multiple", pattern="×{}"),
    unit("person", "人", "persons", "名", quantity="persons"),
    unit("age", "岁", "years", quantity="time", plain_unit="unt-year", factor=1),
    unit("year", "年", "years", quantity="time"),
    unit("day", "天", "days", quantity="time"),
    unit("rank", "名", "rank", "位", quantity="rank", pattern="rank {}"),
    {"id": "plc-linxi", "name": both("临溪区", "Linxi District")},
    {"id": "plc-wuhan", "name": both("武汉市", "Wuhan")},
    {"id": "ind-gdp", "name": both("地区生产总值", "GDP")},
]


def library(*more: dict[str, Any]) -> Library:
    found = {each["id"]: each for each in (*RECORDS, *more)}
    return Library(SCHEMAS, {"area": "plc-linxi"}, found.get, found.__contains__, {"doc-report": PRINTED}.get)


def listed(kind: str, table: str, record: dict[str, Any], *more: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a record gives of a table, as mappings of columns to values."""
    shape = SCHEMAS.kinds[kind]
    holder = next(
        each for part in (shape.shape, *shape.shape.parts.values()) for each in part.tables if each.name == table
    )
    names = [column.name for column in holder.columns]
    return [dict(zip(names, row, strict=True)) for name, row in rows(shape, record, library(*more)) if name == table]


def indicator(*observations: dict[str, Any], measure: str = "level", of: str = "unt-count") -> dict[str, Any]:
    own = {"id": "ind-x", "name": both("某指标", "Something"), "measure": measure, "unit": of}
    return {**own, "observations": list(observations)}


def observation(
    status: str = "actual", period: str = "2025", quote: str = "无数", paragraph: int = 1, **more: Any
) -> dict[str, Any]:
    evidence = [{"document": more.pop("document", "doc-report"), "paragraph": paragraph, "quote": quote}]
    if "value" in more:
        more = {"bound": "exact", **more}
    return {"status": status, "period": period, "evidence": evidence, **more}


def row(measure: str = "level", of: str = "unt-count", **more: Any) -> dict[str, Any]:
    """Return the row of the only observation of an indicator."""
    return listed("indicator", "observations", indicator(observation(**more), measure=measure, of=of))[0]


def display(measure: str, of: str, **more: Any) -> tuple[str, str]:
    found = row(measure, of, **more)
    return found["display_zh"], found["display_en"]


def test_every_derivation_is_named_by_some_schema() -> None:
    named = {name for raw in Project(ROOT).schemas().values() for name in re.findall(rb'"@([a-z_]+)', raw)}
    assert {name.decode() for name in named} == set(DERIVATIONS)


# ---- display


@pytest.mark.parametrize(
    ("of", "fields", "zh", "en"),
    [
        ("unt-cny-100m", {"value": 145, "quote": "145亿元"}, "145亿元", "CNY 14.5 billion"),
        (
            "unt-cny-100m",
            {"value": 2100, "bound": "over", "quote": "突破2100亿元"},
            "{over}2100亿元",
            "{over} CNY 210 billion",
        ),
        ("unt-cny-100m", {"value": 25000, "bound": "nearly"}, "{nearly}25000亿元", "{nearly} CNY 2.5 trillion"),
        ("unt-cny-10k", {"value": 8235}, "8235万元", "CNY 82.35 million"),
        ("unt-cny-10k", {"value": Decimal("7.5"), "bound": "over"}, "{over}7.5万元", "{over} CNY 75,000"),
        ("unt-count", {"value": 30, "quote": "亿元楼宇30栋"}, "30栋", "30"),
        ("unt-count", {"value": 30, "quote": "三十"}, "30个", "30"),
        ("unt-count", {"value": 10, "bound": "at_least", "quote": "不少于10家"}, "{at_least}10家", "{at_least} 10"),
        ("unt-count", {"value": 10, "bound": "at_most"}, "{at_most}10个", "{at_most} 10"),
        ("unt-count", {"value": 10, "bound": "under"}, "{under}10个", "{under} 10"),
        ("unt-count", {"value": 10, "bound": "about"}, "{about}10个", "{about} 10"),
        ("unt-area-10k", {"value": Decimal("8.2")}, "8.2万平方米", "82,000 m²"),
    ],
)
def test_a_level_shows_its_bound_and_its_unit_as_printed_and_plain_in_english(
    of: str, fields: dict[str, Any], zh: str, en: str
) -> None:
    assert display("level", of, **fields) == (zh.format_map(ZH), en.format_map(EN))


@pytest.mark.parametrize(
    ("measure", "of", "value", "bound", "zh", "en"),
    [
        ("growth", "unt-percent", 5, "exact", "增长5%", "growth of 5%"),
        ("growth", "unt-percent", 0, "exact", "增长0%", "growth of 0%"),
        ("growth", "unt-percent", Decimal("5.0"), "exact", "增长5.0%", "growth of 5.0%"),
        ("growth", "unt-percent", Decimal("5.5"), "at_least", "增长{at_least}5.5%", "growth of {at_least} 5.5%"),
        (
            "growth",
            "unt-multiple",
            5,
            "nearly",
            "增长{nearly}5倍（为原来的{nearly}6倍）",
            "growth of {nearly} 500% (to {nearly} 6 times as much)",
        ),
        (
            "growth",
            "unt-multiple",
            Decimal("1.5"),
            "exact",
            "增长1.5倍（为原来的2.5倍）",
            "growth of 150% (to 2.5 times as much)",
        ),
        ("growth", "unt-percent", Decimal("-7.8"), "exact", "下降7.8%", "fall of 7.8%"),
        ("growth", "unt-percent", -5, "under", "下降{over}5%", "fall of {over} 5%"),
        ("growth", "unt-percent", -5, "at_most", "下降{at_least}5%", "fall of {at_least} 5%"),
        ("growth", "unt-percent", -5, "over", "下降{under}5%", "fall of {under} 5%"),
        ("growth", "unt-percent", -5, "about", "下降{about}5%", "fall of {about} 5%"),
        ("change", "unt-day", 18, "exact", "增加18天", "increase of 18 days"),
        ("change", "unt-point", -9, "under", "减少{over}9个百分点", "fall of {over} 9 percentage points"),
        ("average_growth", "unt-percent", Decimal("6.3"), "exact", "年均增长6.3%", "6.3% a year on average"),
        ("average_growth", "unt-percent", 0, "exact", "年均增长0%", "0% a year on average"),
        ("average_growth", "unt-percent", -2, "under", "年均下降{over}2%", "fall of {over} 2% a year on average"),
        ("share", "unt-percent", 80, "nearly", "{nearly}80%", "{nearly} 80%"),
        ("change", "unt-day", 1, "exact", "增加1天", "increase of 1 day"),
        ("multiple", "unt-multiple", 2, "exact", "2倍", "×2"),
        ("multiple", "unt-multiple", Decimal("1.6"), "over", "{over}1.6倍", "{over} ×1.6"),
        ("rank", "unt-rank", 40, "exact", "第40名", "rank 40"),
        ("rank", "unt-rank", 10, "at_most", "前10名", "top 10"),
    ],
)
def test_each_measure_is_shown_in_its_own_words_and_a_fall_as_its_size_with_the_bound_turned_round(
    measure: str, of: str, value: Any, bound: str, zh: str, en: str
) -> None:
    assert display(measure, of, value=value, bound=bound) == (zh.format_map(ZH), en.format_map(EN))


def test_what_is_not_actual_is_marked_as_expected_or_as_a_target() -> None:
    shown = {
        status: display("level", "unt-count", value=1, status=status) for status in ("actual", "estimate", "target")
    }
    assert shown == {
        "actual": ("1个", "1"),
        "estimate": ("1个（预计）", "1 (expected)"),
        "target": ("1个（目标）", "1 (target)"),
    }


ALONE = {
    "positive": ("正增长", "positive growth", "positive growth"),
    "rises": ("上升", "rose", "to rise"),
    "falls": ("下降", "fell", "to fall"),
    "holds": ("保持", "held", "to be held"),
    "not_below": ("不低于前期", "not below the earlier result", "not to fall below the earlier result"),
    "record_high": ("创新高", "record high", "record high"),
    "leads": ("领先", "in the lead", "to be in the lead"),
    "front_ranks": ("居前列", "in the front ranks", "in the front ranks"),
    "first": ("率先或首个", "first of its kind", "first of its kind"),
    "full_coverage": ("全覆盖", "full coverage", "full coverage"),
    "cleared": ("清零", "cleared", "to be cleared"),
    "withdrawn": ("未设目标", "not set after all", "not set after all"),
}


def test_every_claim_without_statement_and_subject_is_shown_alone_as_a_result_and_as_a_target() -> None:
    assert set(CLAIMS["enum"]) - set(ALONE) == {"other", "keeps_pace", "outpaces"}
    for claim, (zh, result, aim) in ALONE.items():
        assert display("level", "unt-count", claim=claim) == (zh, result)
        assert display("level", "unt-count", claim=claim, status="target") == (f"{zh}（目标）", f"{aim} (target)")
        assert display("level", "unt-count", claim=claim, status="estimate") == (
            f"{zh}（预计）",
            f"{result} (expected)",
        )


def test_the_words_of_claims_are_of_claims() -> None:
    known = {"claims", "claims aimed at", "claims of a value", "claims of a value aimed at", "claims of a change"}
    known |= {"streaks", "streaks of a value"}
    for section in known:
        assert set(texts("table", section)) - {"any"} <= set(CLAIMS["enum"])


def test_a_claim_with_a_statement_is_shown_by_the_statement() -> None:
    said = both("安全可控", "safe and under control")
    assert display("level", "unt-count", claim="holds", statement=said, claim_periods=3) == (said["zh"], said["en"])
    assert display("level", "unt-count", claim="other", statement=said, status="target") == (
        "安全可控（目标）",
        "safe and under control (target)",
    )


def test_a_claim_beside_a_value_follows_it() -> None:
    shown = display("level", "unt-count", value=14, quote="14家", claim="full_coverage", status="target")
    assert shown == ("14家，全覆盖（目标）", "14, full coverage (target)")


@pytest.mark.parametrize(
    ("measure", "of", "fields", "zh", "en", "aim"),
    [
        ("level", "unt-count", {"value": 5, "claim": "rises"}, "升至5个", "rose to 5", "to rise to 5"),
        ("level", "unt-age", {"value": Decimal("84.98"), "claim": "rises"}, "升至84.98岁", "rose to 84.98 years", None),
        (
            "share",
            "unt-percent",
            {"value": 10, "bound": "about", "claim": "rises"},
            "升至{about}10%",
            "rose to {about} 10%",
            "to rise to {about} 10%",
        ),
        ("level", "unt-count", {"value": 5, "claim": "falls"}, "降至5个", "fell to 5", "to fall to 5"),
        ("rank", "unt-rank", {"value": 1, "claim": "holds"}, "保持第1名", "still rank 1", "to stay rank 1"),
        (
            "level",
            "unt-count",
            {"value": 6, "claim": "cleared"},
            "6个，全部清零",
            "6, all cleared",
            "6, all to be cleared",
        ),
        (
            "growth",
            "unt-percent",
            {"value": 5, "claim": "rises"},
            "增长5%，高于此前",
            "growth of 5%, more than before",
            None,
        ),
        (
            "change",
            "unt-day",
            {"value": -5, "claim": "falls"},
            "减少5天，低于此前",
            "fall of 5 days, less than before",
            None,
        ),
    ],
)
def test_a_value_and_what_is_claimed_of_it_are_one_phrase(
    measure: str, of: str, fields: dict[str, Any], zh: str, en: str, aim: str | None
) -> None:
    shown = (zh.format_map(ZH), en.format_map(EN))
    assert display(measure, of, **fields) == shown
    if aim:
        aimed = f"{aim.format_map(EN)} (target)"
        assert display(measure, of, status="target", **fields) == (f"{shown[0]}（目标）", aimed)


def test_what_doubled_is_said_so_but_a_ratio_of_two_is_not() -> None:
    printed = {"value": 2, "quote": "出口额翻番"}
    assert display("multiple", "unt-multiple", **printed) == ("翻一番（2倍）", "doubled (×2)")
    assert display("multiple", "unt-multiple", status="target", **printed) == (
        "翻一番（2倍）（目标）",
        "to double (×2) (target)",
    )
    assert display("multiple", "unt-multiple", value=2, quote="收入比2:1") == ("2倍", "×2")


@pytest.mark.parametrize(("number", "shown"), [(1, "1 person"), (2, "2 persons"), (1000, "1,000 persons")])
def test_one_is_one_person(number: int, shown: str) -> None:
    assert display("level", "unt-person", value=number)[1] == shown


@pytest.mark.parametrize(
    ("symbol", "shown"),
    [("persons", "person"), ("percentage points", "percentage point"), ("Mbps", "Mbps"), ("m²", "m²"), ("km", "km")],
)
def test_the_symbol_of_one_is_a_word_without_its_s(symbol: str, shown: str) -> None:
    assert singular(symbol) == shown


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        ({"claim": "rises"}, "连续{}年上升", "rose {} years running"),
        ({"claim": "falls"}, "连续{}年下降", "fell {} years running"),
        ({"claim": "holds"}, "连续{}年保持", "held for {} consecutive years"),
        ({"claim": "leads"}, "连续{}年领先", "in the lead for {} consecutive years"),
        ({"claim": "full_coverage"}, "连续{}年全覆盖", "full coverage for {} consecutive years"),
        ({"claim": "rises", "status": "target"}, "连续{}年上升（目标）", "to rise for {} consecutive years (target)"),
        ({"claim": "rises", "value": 40}, "第40名，连续{}年上升", "rank 40, up {} years running"),
        ({"claim": "holds", "value": 1}, "第1名，连续{}年保持", "rank 1, held for {} consecutive years"),
    ],
)
@pytest.mark.parametrize(("count", "word"), [(4, "four"), (12, "12")])
def test_a_streak_is_shown_with_its_number_of_years(
    fields: dict[str, Any], zh: str, en: str, count: int, word: str
) -> None:
    assert display("rank", "unt-rank", claim_periods=count, **fields) == (zh.format(count), en.format(word))


def test_a_high_of_some_years_is_not_shown_as_a_streak_of_record_highs() -> None:
    """突破400亿元、创近三年新高 is one high, the highest of three years: not a new high in each of them."""
    shown = display("level", "unt-cny-100m", value=400, bound="over", claim="record_high", claim_periods=3)
    assert shown == (f"{ZH['over']}400亿元，创近3年新高", f"{EN['over']} CNY 40 billion, highest in three years")


def test_what_outpaces_another_indicator_names_it_without_a_word_between() -> None:
    shown = display("growth", "unt-percent", claim="outpaces", claim_indicator="ind-gdp", status="target")
    assert shown == ("快于地区生产总值（目标）", "to outpace GDP (target)")


def test_what_keeps_pace_names_the_indicator_that_it_keeps_pace_with() -> None:
    shown = display("growth", "unt-percent", claim="keeps_pace", claim_indicator="ind-gdp", status="target")
    assert shown == ("与地区生产总值同步（目标）", "to keep pace with GDP (target)")
    shown = display("growth", "unt-percent", claim="keeps_pace", claim_indicator="ind-gdp")
    assert shown == ("与地区生产总值同步", "kept pace with GDP")
    shown = display("growth", "unt-percent", value=6, claim="keeps_pace", claim_indicator="ind-gdp", status="target")
    assert shown == ("增长6%，与地区生产总值同步（目标）", "growth of 6%, keeping pace with GDP (target)")


def test_a_classifier_is_shown_as_printed_and_a_unit_by_its_symbol() -> None:
    assert display("level", "unt-count", value=30, quote="亿元楼宇30栋")[0] == "30栋"
    assert display("level", "unt-person", value=5000, bound="over", quote="超5000名")[0] == f"{ZH['over']}5000人"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (Decimal("82350000.00"), "82.35 million"),
        (210_000_000_000, "210 billion"),
        (10**12, "1 trillion"),
        (123_456_789_012_345, "123.456789012345 trillion"),
        (Decimal("84.98"), "84.98"),
        (Decimal("0.0000001"), "0.0000001"),
        (-1_500_000, "-1.5 million"),
    ],
)
def test_english_numbers_have_scale_words_and_never_an_exponent(number: Any, shown: str) -> None:
    assert scaled(number) == shown


# ---- values


DIGITS = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda number: len(number.as_tuple().digits) <= 15 and -12 <= int(number.as_tuple().exponent) <= 0
)


@given(value=DIGITS, factor=DIGITS)
@example(value=Decimal("999999999999999"), factor=Decimal("0.999999999999999"))
def test_a_plain_value_is_the_exact_product_without_exponent_or_needless_zeros(value: Decimal, factor: Decimal) -> None:
    ounce = unit("x", "两", "ounces", quantity="count", plain_unit="unt-count", factor=factor)
    record = indicator(observation(value=value), of="unt-x")
    found = listed("indicator", "observations", record, ounce)[0]["plain_value"]
    assert Fraction(found) == Fraction(value) * Fraction(factor)
    written = format(found, "f")
    assert "E" not in written
    assert "." not in written or not written.endswith("0")


def test_the_shortest_form_of_zero_is_zero() -> None:
    assert [format(shortest(Decimal(each)), "f") for each in ("0", "0.00", "0E+5")] == ["0", "0", "0"]


def test_a_plain_value_is_in_the_plain_unit_and_a_plain_unit_is_its_own() -> None:
    found = row(of="unt-cny-100m", value=2100)
    assert (found["plain_value"], found["plain_unit_id"], found["plain_unit_zh"]) == (210_000_000_000, "unt-cny", "元")
    assert str(found["plain_value"]) == "210000000000"
    found = row(of="unt-count", value=Decimal("2.50"))
    assert (str(found["plain_value"]), found["plain_unit_id"]) == ("2.5", "unt-count")


def test_a_claim_without_a_number_has_no_plain_value_no_plain_unit_and_no_printed_number() -> None:
    found = row(claim="rises", quote="增加30栋")
    assert [found[name] for name in ("value", "bound", "plain_value", "plain_unit_id", "printed")] == [None] * 5


@pytest.mark.parametrize(
    ("measure", "of", "value", "quote", "printed"),
    [
        ("level", "unt-count", 30, "亿元楼宇增至30栋", "30栋"),
        ("level", "unt-cny-100m", Decimal("2.8"), "超2.8万处、2.8亿元", "2.8万处"),
        ("share", "unt-percent", 80, "占比近八成", "八成"),
        ("rank", "unt-rank", 1, "规模居首位", "首位"),
        ("growth", "unt-percent", Decimal("-7.8"), "下降7.8%", "7.8%"),
        ("growth", "unt-percent", Decimal("7.8"), "下降7.8%", None),
        ("multiple", "unt-multiple", Decimal("1.6"), "收入比1.6:1", "1.6:1"),
        ("level", "unt-count", 31, "亿元楼宇增至30栋", None),
    ],
)
def test_the_printed_number_is_the_token_of_the_quote_that_has_the_value_and_sign(
    measure: str, of: str, value: Any, quote: str, printed: str | None
) -> None:
    assert row(measure, of, value=value, quote=quote)["printed"] == printed


RANGES = [
    ("level", "unt-cny-100m", (30, 35), "at_least", "30至35亿元", "30至35亿元", "CNY 3–3.5 billion"),
    (
        "level",
        "unt-cny-100m",
        (9, 12),
        "about",
        "约9亿元—12亿元",
        "{about}9至12亿元",
        "{about} CNY 900 million–1.2 billion",
    ),
    ("level", "unt-count", (3, 5), "at_least", "3至5家", "3至5家", "3–5"),
    ("growth", "unt-percent", (5, 6), "at_least", "增长5%~6%", "增长5至6%", "growth of 5–6%"),
    ("growth", "unt-percent", (-3, -2), "at_least", "下降2至3%", "下降2至3%", "fall of 2–3%"),
    ("growth", "unt-percent", (-2, 1), "at_least", "增幅-2%至1%", "增长-2至1%", "growth of -2 to 1%"),
    ("rank", "unt-rank", (3, 5), "at_least", "第三至第五位", "第3至5名", "rank 3–5"),
]


@pytest.mark.parametrize(("measure", "of", "ends", "bound", "quote", "zh", "en"), RANGES)
def test_a_range_shows_both_its_ends(
    measure: str, of: str, ends: tuple[int, int], bound: str, quote: str, zh: str, en: str
) -> None:
    found = row(measure, of, value=ends[0], value_high=ends[1], bound=bound, quote=quote)
    assert (found["display_zh"], found["display_en"]) == (zh.format_map(ZH), en.format_map(EN))
    assert found["printed"] in quote
    assert str(abs(ends[0])) in str(found["printed"]) or measure == "rank"
    assert (found["value_high"], found["plain_value_high"]) == (
        ends[1],
        ends[1] * (10**8 if of == "unt-cny-100m" else 1),
    )


def test_the_printed_number_of_a_member_is_the_whole_ratio() -> None:
    found = row("share", "unt-percent", value=Decimal("40.2"), member=2, quote="结构为8.1:40.2:51.7")
    assert (found["printed"], found["member"], found["display_zh"]) == ("8.1:40.2:51.7", 2, "40.2%")


# ---- periods and documents


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12-29", "2025-12-29", "2025-12-29"),
        ("2021/2025", "2021-01-01", "2025-12-31"),
        ("2025-01/2025-09", "2025-01-01", "2025-09-30"),
    ],
)
def test_a_period_has_its_first_and_last_day(period: str, start: str, end: str) -> None:
    found = row(period=period, value=1)
    assert (found["period_start"], found["period_end"]) == (start, end)


@pytest.mark.parametrize(
    ("period", "status", "document", "provisional"),
    [
        ("2025", "actual", "doc-report", True),
        ("2025", "estimate", "doc-report", True),
        ("2024", "actual", "doc-report", False),
        ("2021/2025", "actual", "doc-report", True),
        ("2025-12-28", "actual", "doc-report", False),
        ("2026", "target", "doc-report", False),
        ("2025", "target", "doc-report", False),
        ("2025", "actual", "doc-next-report", False),
        ("2026", "estimate", "doc-next-report", True),
    ],
)
def test_a_result_is_provisional_if_its_document_was_delivered_before_its_period_ended(
    period: str, status: str, document: str, provisional: bool
) -> None:
    assert row(period=period, status=status, document=document, value=1)["provisional"] is provisional


@pytest.mark.parametrize(
    ("paragraph", "section", "label"),
    [(1, "doc-report.s1", "回顾"), (5, "doc-report.s1", "回顾"), (6, "doc-report.s2", "打算"), (10, None, None)],
)
def test_the_section_is_the_one_that_the_first_quote_lies_in(
    paragraph: int, section: str | None, label: str | None
) -> None:
    found = row(paragraph=paragraph, value=1)
    assert (found["section"], found["section_zh"]) == (section, label)


def test_the_address_is_that_of_the_document_of_the_first_quote() -> None:
    assert row(value=1)["url"] == DOCUMENT["url"]


def test_a_document_shows_how_many_paragraphs_its_text_has_and_its_digest() -> None:
    recorded, unrecorded = (listed("document", "documents", each)[0] for each in (DOCUMENT, LATER))
    assert (recorded["paragraphs"], recorded["text_sha256"]) == (2, PRINTED.sha256)
    assert (unrecorded["paragraphs"], unrecorded["text_sha256"]) == (None, None)


# ---- targets


def target(*others: dict[str, Any], period: str = "2026", **more: Any) -> dict[str, Any]:
    """Return the row of a target beside other observations."""
    aim = observation("target", period, **(more or {"value": 10}))
    found = listed("indicator", "targets", indicator(*others, aim))
    return next(each for each in found if each["id"].startswith(f"ind-x.{period.replace('/', '--')}.target"))


def test_only_targets_are_in_the_table_of_targets() -> None:
    made = indicator(observation(value=1), observation("target", "2026", value=2))
    assert [each["id"] for each in listed("indicator", "targets", made)] == ["ind-x.2026.target"]


def test_the_baseline_is_the_latest_result_before_the_target() -> None:
    results = [
        observation("actual", "2023", value=1),
        observation("actual", "2024", value=2),
        observation("estimate", "2025", value=3),
    ]
    found = target(*results)
    assert (found["baseline_id"], found["baseline_status"], found["baseline_value"]) == (
        "ind-x.2025.estimate",
        "estimate",
        3,
    )


def test_of_results_of_one_key_the_preferred_one_is_the_baseline_whether_estimate_or_actual() -> None:
    found = target(observation("estimate", "2025", value=3), observation("actual", "2025", value=2, bound="over"))
    assert (found["baseline_id"], found["baseline_period"]) == ("ind-x.2025.estimate", "2025")


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2026", "status": "actual"},
        {"period": "2027", "status": "actual"},
        {"period": "2025", "status": "target"},
        {"period": "2021/2025", "status": "actual"},
        {"period": "2025-12", "status": "actual"},
        {"period": "2025", "status": "actual", "unit": "unt-person"},
        {"period": "2025", "status": "actual", "area": "plc-wuhan"},
        {"period": "2025", "status": "actual", "retired": {"since": "1.0.0", "reason": both("误", "wrong")}},
    ],
)
def test_no_baseline_is_of_another_time_status_length_of_period_unit_or_area_or_retired(other: dict[str, Any]) -> None:
    assert target(observation(value=1, **other))["baseline_id"] is None


def test_a_claim_can_be_a_baseline() -> None:
    found = target(observation("actual", "2025", claim="rises"))
    assert (found["baseline_id"], found["baseline_value"], found["baseline_bound"]) == ("ind-x.2025.actual", None, None)


def test_the_outcome_is_of_the_targets_own_period_and_may_be_an_estimate() -> None:
    found = target(observation("estimate", "2026", value=9, document="doc-next-report"))
    assert (found["outcome_id"], found["outcome_status"], found["outcome"]) == (
        "ind-x.2026.estimate",
        "estimate",
        "missed",
    )
    assert target(observation("actual", "2026-12", value=10))["outcome_id"] is None


def test_without_an_outcome_a_target_is_pending() -> None:
    found = target(observation("actual", "2025", value=10))
    assert (found["outcome"], found["outcome_id"], found["outcome_value"]) == ("pending", None, None)


@pytest.mark.parametrize(
    ("aim", "got", "verdict"),
    [
        ({"value": 400, "bound": "over"}, {"value": 400}, "met"),
        ({"value": 400, "bound": "over"}, {"value": Decimal("400.1")}, "met"),
        ({"value": 400, "bound": "over"}, {"value": 400, "bound": "over"}, "met"),
        ({"value": 400, "bound": "over"}, {"value": 400, "bound": "at_least"}, "met"),
        ({"value": 400, "bound": "at_least"}, {"value": 400}, "met"),
        ({"value": 400, "bound": "at_least"}, {"value": 390, "bound": "over"}, "unclear"),
        ({"value": 400, "bound": "at_least"}, {"value": 400, "bound": "under"}, "unclear"),
        ({"value": 400}, {"value": 400, "bound": "over"}, "met"),
        ({"value": 400, "value_high": 450, "bound": "at_least"}, {"value": 420}, "met"),
        ({"value": 400, "value_high": 450, "bound": "at_least"}, {"value": 450}, "met"),
        ({"value": 400, "value_high": 450, "bound": "at_least"}, {"value": 460}, "met"),
        ({"value": 400, "value_high": 450, "bound": "at_least"}, {"value": 390}, "missed"),
        ({"value": 400, "value_high": 450, "bound": "about"}, {"value": 420}, "met"),
        ({"value": 400, "bound": "at_least"}, {"value": 410, "value_high": 420, "bound": "at_least"}, "met"),
        ({"value": 400, "bound": "at_least"}, {"value": 390, "value_high": 420, "bound": "at_least"}, "unclear"),
        ({"value": 400, "bound": "at_least"}, {"value": 380, "value_high": 390, "bound": "at_least"}, "missed"),
        ({"value": 10, "bound": "at_most"}, {"value": 3}, "met"),
        ({"value": -5, "bound": "under"}, {"value": -6}, "met"),
        ({"value": 400, "bound": "about"}, {"value": 400}, "met"),
        ({"value": 400}, {"value": 400, "bound": "about"}, "unclear"),
        ({"value": 400}, {"value": 400, "bound": "nearly"}, "missed"),
        ({"claim": "rises"}, {"value": 400}, "unclear"),
        ({"value": 400}, {"claim": "rises"}, "unclear"),
        ({"claim": "rises"}, {"claim": "rises"}, "unclear"),
    ],
)
def test_a_target_is_met_inside_missed_apart_and_unclear_between_or_by_claims(
    aim: dict[str, Any], got: dict[str, Any], verdict: str
) -> None:
    assert target(observation("actual", "2026", document="doc-next-report", **got), **aim)["outcome"] == verdict


HALVES = [Decimal(number) / 2 for number in range(-4, 12)]
MAY_BE = {
    "exact": lambda number, value: number == value,
    "over": lambda number, value: number >= value,
    "at_least": lambda number, value: number >= value,
    "at_most": lambda number, value: number <= value,
    "under": lambda number, value: number <= value,
}
MEETS = {**MAY_BE, "exact": lambda number, value: number >= value}
"""The numbers that meet a target of which more is better."""
BOUNDED = st.tuples(st.sampled_from(sorted(MAY_BE)), st.integers(0, 3))


@given(aim=BOUNDED, got=BOUNDED)
def test_the_outcome_agrees_with_the_sets_of_numbers_that_both_qualifiers_allow(
    aim: tuple[str, int], got: tuple[str, int]
) -> None:
    """Halves from -2 to 5.5 stand for the number line, so that neighbours of each value and both ends are tried."""
    wanted = {number for number in HALVES if MEETS[aim[0]](number, aim[1])}
    found = {number for number in HALVES if MAY_BE[got[0]](number, got[1])}
    expected = "met" if found <= wanted or aim == got else "unclear" if found & wanted else "missed"
    result = observation("actual", "2026", document="doc-next-report", value=got[1], bound=got[0])
    assert target(result, value=aim[1], bound=aim[0])["outcome"] == expected


# ---- the life of a project


def project(*milestones: tuple[str, str, str], **more: Any) -> tuple[Any, Any, Any, Any]:
    """Return stage, period, next stage and next period of a project with milestones (stage, status, period)."""
    parts = [{"stage": s, "status": t, "period": p, "evidence": [], **more} for s, t, p in milestones]
    found = listed("project", "projects", {"id": "prj-x", "name": both("某", "X"), "milestones": parts})[0]
    return found["stage"], found["period"], found["next_stage"], found["next_period"]


@pytest.mark.parametrize(
    ("milestones", "expected"),
    [
        ([("started", "actual", "2025")], ("started", "2025", None, None)),
        ([("completed", "target", "2026")], (None, None, "completed", "2026")),
        ([("opened", "actual", "2024"), ("upgraded", "actual", "2025")], ("upgraded", "2025", None, None)),
        ([("upgraded", "actual", "2024"), ("started", "actual", "2025")], ("started", "2025", None, None)),
        ([("started", "actual", "2025"), ("completed", "actual", "2025")], ("completed", "2025", None, None)),
        ([("completed", "actual", "2025"), ("started", "actual", "2025")], ("completed", "2025", None, None)),
        ([("completed", "target", "2027"), ("started", "target", "2026")], (None, None, "started", "2026")),
        ([("started", "target", "2026"), ("completed", "target", "2026")], (None, None, "completed", "2026")),
        ([("completed", "actual", "2026"), ("started", "target", "2026")], ("completed", "2026", None, None)),
        (
            [("started", "actual", "2025"), ("opened", "target", "2025"), ("completed", "target", "2026")],
            ("started", "2025", "completed", "2026"),
        ),
        ([("started", "actual", "2021/2025"), ("opened", "actual", "2024")], ("started", "2021/2025", None, None)),
    ],
)
def test_a_projects_stage_is_its_latest_milestone_and_its_next_the_earliest_target_after_it_ties_to_the_later_stage(
    milestones: list[tuple[str, str, str]], expected: tuple[Any, ...]
) -> None:
    assert project(*milestones) == expected


def test_a_project_shows_the_labels_of_the_milestones_that_give_its_stage_and_its_next_stage() -> None:
    own, ahead = both("核心部分", "the core"), both("区里服务保障", "with the support of the district")
    parts = [
        {"stage": "started", "status": "actual", "period": "2024", "evidence": [], "label": both("提前", "early")},
        {"stage": "completed", "status": "actual", "period": "2025", "evidence": [], "label": own},
        {"stage": "opened", "status": "target", "period": "2026", "evidence": [], "label": ahead},
        {"stage": "operating", "status": "target", "period": "2027", "evidence": []},
    ]
    found = listed("project", "projects", {"id": "prj-x", "name": both("某", "X"), "milestones": parts})[0]
    shown = tuple(found[name] for name in ("label_zh", "label_en", "next_label_zh", "next_label_en"))
    assert shown == (own["zh"], own["en"], ahead["zh"], ahead["en"])
    found = listed("project", "projects", {"id": "prj-x", "name": both("某", "X"), "milestones": parts[3:]})[0]
    assert (found["label_zh"], found["next_label_en"]) == (None, None)


def test_retired_milestones_do_not_count_for_a_projects_stage() -> None:
    gone = {"retired": {"since": "1.0.0", "reason": both("误", "wrong")}}
    assert project(("started", "actual", "2025"), **gone) == (None, None, None, None)
