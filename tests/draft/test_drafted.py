"""A draft says all that a text says of a number; a ratio has several, and a range is one."""

from __future__ import annotations

from decimal import Decimal

from factpack.draft.calendar import Calendar, Section
from factpack.draft.drafted import Draft, Knowledge, Unit, drafts, unit_of
from factpack.text.text_record import make
from spots import spot

UNITS = (
    Unit("unt-count", "count", ("个", "位")),
    Unit("unt-person", "persons", ("人", "位")),
    Unit("unt-rank", "rank", ("名", "位")),
    Unit("unt-cny-100m", "money", ("亿元",)),
    Unit("unt-percent", "ratio", ("%",)),
    Unit("unt-multiple", "multiple", ("倍",)),
    Unit("unt-count", "count", ("户",), "unprinted"),
    Unit("unt-usd-100m", "money", ("亿美元",), "missing"),
)
CALENDAR = Calendar((Section("2025年回顾", 1, 1), Section("2026年工作", 2, 2)), "", 2025, 2025)


def drafted(*texts: str) -> list[Draft]:
    text = make("doc-x", texts, frozenset())
    wanted = {at: [token.start for token in each.tokens] for at, each in enumerate(text.paragraphs, 1)}
    return list(drafts(text, texts, CALENDAR, Knowledge(UNITS, ()), wanted))


def test_a_draft_says_what_the_text_says() -> None:
    (draft,) = drafted("预计财政收入突破22亿元。")
    assert (draft.paragraph, draft.offset, draft.printed) == (1, 8, "22亿元")
    assert (draft.value, draft.bound, draft.unit, draft.unit_state) == (Decimal(22), "over", "unt-cny-100m", "")
    assert (draft.status, draft.measure, draft.timing) == ("estimate", "level", "flow")
    assert (draft.period, draft.basis, draft.compared_to, draft.subject) == ("2025", "heading", "", "财政收入")


def test_a_fall_is_negative_and_a_target_may_be_striven_for() -> None:
    (fall, aim) = drafted("投诉量下降超7%。", "力争财政收入突破25亿元。")
    assert (fall.value, fall.bound, fall.stretch) == (Decimal(-7), "under", False)
    assert (aim.status, aim.period, aim.stretch) == ("target", "2026", True)


def test_a_range_is_one_draft_with_both_ends() -> None:
    (draft,) = drafted("新建公园3至5个。")
    assert (draft.value, draft.value_high) == (Decimal(3), Decimal(5))


def test_a_structure_has_a_draft_for_each_share_and_a_ratio_of_two_one() -> None:
    shares = drafted("三次产业结构为8:40:52。")
    assert [(each.value, each.member, each.measure, each.unit) for each in shares] == [
        (Decimal(8), 1, "share", "unt-percent"),
        (Decimal(40), 2, "share", "unt-percent"),
        (Decimal(52), 3, "share", "unt-percent"),
    ]
    (ratio,) = drafted("城乡居民收入比为1.6:1。")
    assert (ratio.value, ratio.member, ratio.measure, ratio.unit) == (Decimal("1.6"), 0, "multiple", "unt-multiple")


def test_dates_names_streaks_and_thresholds_are_not_drafted() -> None:
    assert drafted("2025年3月,12号线开通,连续四年获奖,创近三年新高,实现“八连增”,引进10亿元以上项目。") == []


def test_of_units_that_are_printed_alike_the_one_that_fits_is_taken() -> None:
    for text, unit in (
        ("引进专家〔6位〕。", "unt-person"),
        ("居全市〔第6位〕。", "unt-rank"),
        ("公园〔6个〕。", "unt-count"),
    ):
        found = unit_of(spot(text).token, UNITS)
        assert found
        assert found.id == unit


def test_a_unit_that_the_project_lacks_is_told() -> None:
    standard, none, other = drafted("出口12亿美元,外贸运量5万标箱。", "走访商店30户。")
    assert (other.unit, other.unit_state) == ("unt-count", "unprinted")
    assert (standard.unit, standard.unit_state) == ("unt-usd-100m", "missing")
    assert (none.unit, none.unit_state, none.unit_words) == ("", "unknown", "万标箱")


def test_what_a_plan_says_of_the_year_before_is_of_it() -> None:
    (draft,) = drafted("县里的工作。", "去年建成公园12个,群众欢迎。")
    assert (draft.status, draft.period, draft.guessed) == ("actual", "2025", ("status",))
