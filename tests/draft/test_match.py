"""A number is of the indicator that its subject names; unit, measure and timing tell those of one name apart."""

from __future__ import annotations

from factpack.draft.match import Known, Wanted, best, matches, related
from spots import spot

REVENUE = Known("ind-revenue", ("财政收入",), "level", "flow", "unt-cny-100m", "money", "revenue")
GROWTH = Known("ind-revenue-growth", ("财政收入", "财政收入增长率"), "growth", "", "unt-percent", "ratio", "revenue")
TAXES = Known("ind-taxes", ("税收收入",), "level", "flow", "unt-cny-100m", "money", "taxes")
ADDED = Known("ind-parks-added", ("公园", "新增公园"), "level", "flow", "unt-count", "count", "parks")
PARKS = Known("ind-parks", ("公园",), "level", "stock", "unt-count", "count", "parks")
KNOWN = (ADDED, GROWTH, PARKS, REVENUE, TAXES)
MONEY = Wanted("财政收入", "level", "flow", "unt-cny-100m", "money")


def ids(text: str, wanted: Wanted) -> list[str]:
    return [each.known.id for each in matches(spot(text), wanted, KNOWN)]


def test_the_measure_tells_indicators_of_one_name_apart() -> None:
    text = "财政收入22亿元,增长〔6%〕。"
    assert ids("财政收入〔22亿元〕。", MONEY)[0] == "ind-revenue"
    assert ids(text, Wanted("财政收入", "growth", "", "unt-percent", "ratio"))[0] == "ind-revenue-growth"


def test_the_timing_does_too_unless_it_was_guessed() -> None:
    text = "建成公园〔3个〕。"
    assert ids(text, Wanted("公园", "level", "stock", "unt-count", "count"))[0] == "ind-parks"
    assert ids(text, Wanted("公园", "level", "flow", "unt-count", "count"))[0] == "ind-parks-added"
    guessed = matches(spot(text), Wanted("公园", "level", "", "unt-count", "count"), KNOWN)
    assert guessed[0].score == guessed[1].score


def test_a_longer_name_that_stands_there_goes_before_its_part() -> None:
    found = matches(spot("新增公园〔3个〕。"), Wanted("公园", "level", "flow", "unt-count", "count"), KNOWN)
    assert (found[0].known.id, found[0].form, found[0].grade) == ("ind-parks-added", "新增公园", "sure")


def test_a_name_that_its_record_does_not_have_yet_is_not_that_of_a_narrower_subject() -> None:
    wanted = Wanted("乡镇企业税收收入", "level", "flow", "unt-cny-100m", "money")
    lacking = TAXES._replace(lacking=TAXES.forms)
    own, other = (matches(spot("乡镇企业税收收入〔3亿元〕。"), wanted, [each])[0] for each in (TAXES, lacking))
    assert other.score < own.score
    assert (own.is_lacking, other.is_lacking) == (False, True)


def test_a_name_elsewhere_in_the_sentence_is_only_possible() -> None:
    found = matches(spot("税收收入18亿元,财政收入〔22亿元〕。"), MONEY, KNOWN)
    assert [(each.known.id, each.grade) for each in found] == [
        ("ind-revenue", "sure"),
        ("ind-taxes", "possible"),
        ("ind-revenue-growth", "possible"),
    ]


def test_what_is_only_possible_is_no_match() -> None:
    found = matches(spot("税收收入18亿元,罚没收入〔2亿元〕。"), MONEY._replace(subject="罚没收入"), KNOWN)
    assert found
    assert best(found) is None


def test_an_indicator_that_is_named_in_no_word_of_the_sentence_is_none() -> None:
    assert ids("罚没收入〔2亿元〕。财政收入22亿元。", MONEY._replace(subject="罚没收入")) == []


def test_a_name_that_cuts_a_word_of_several_is_none() -> None:
    exports = Known("ind-exports", ("出口总额",), "level", "flow", "unt-cny-100m", "money")
    text, wanted = spot("进出口总额〔22亿元〕。"), MONEY._replace(subject="进出口总额")
    assert matches(text, wanted, (exports,)) == []


def test_a_standard_indicator_is_not_meant_by_a_longer_subject_which_has_a_scope_of_its_own() -> None:
    standard = REVENUE._replace(id="ind-standard", standard=True)
    text, wanted = spot("乡镇国有企业财政收入〔22亿元〕。"), MONEY._replace(subject="乡镇国有企业财政收入")
    assert [each.grade for each in matches(text, wanted, (standard,))] == ["possible"]
    assert [each.grade for each in matches(text, wanted, (REVENUE,))] == ["likely"]


def test_a_record_of_the_project_goes_before_a_standard_one() -> None:
    standard = REVENUE._replace(id="ind-a", standard=True)
    assert matches(spot("财政收入〔22亿元〕。"), MONEY, (standard, REVENUE))[0].known == REVENUE


def test_a_subject_has_the_concept_of_the_indicator_that_bears_its_name() -> None:
    assert related("公园", KNOWN) == ADDED
    assert related("步道", KNOWN) is None
