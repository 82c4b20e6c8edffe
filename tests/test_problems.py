"""Problems are values that write their sentence when they are printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.problems import (
    ECHO_LIMIT,
    Problem,
    by_code,
    by_severity,
    codes,
    echo,
    first,
    joined,
    labelled,
    listed,
    pointer,
)
from factpack.words import LANGUAGES, Count


@pytest.mark.parametrize(
    ("path", "written"),
    [((), ""), (("a", 0, "b"), "/a/0/b"), (("a/b", "c~d"), "/a~1b/c~0d")],
)
def test_a_pointer_escapes_as_rfc_6901_says(path: tuple[str | int, ...], written: str) -> None:
    assert pointer(path) == written


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("武昌", "武昌"),
        ("a\nb", "a\\u000ab"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202eevil", "\\u202eevil"),
        ("\u2028", "\\u2028"),
        ("\x9b31m", "\\u009b31m"),
        ("##[error]x", "##\\u005berror]x"),
        ("::error::x\n::error::y", "::error::x\\u000a::error::y"),
        ("\U000e0041", "\\U000e0041"),
        (None, ""),
        (True, "true"),
        (12, "12"),
        ([1, 2], "[… 2]"),
        ({"a": 1}, "{a: …}"),
    ],
)
def test_an_echoed_value_cannot_drive_a_terminal(value: object, shown: str) -> None:
    assert echo(value) == shown


def test_an_echoed_value_is_cut() -> None:
    assert echo("x" * ECHO_LIMIT) == "x" * ECHO_LIMIT
    assert echo("x" * (ECHO_LIMIT + 1)) == "x" * (ECHO_LIMIT - 1) + "…"


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Problem("sources/a.yaml", 1, 1, "no-such-code")


def test_problems_sort_by_place_and_are_equal_whatever_values_they_show() -> None:
    first = Problem("a", 1, 2, "tab")
    assert sorted([Problem("b", 1, 1, "tab"), Problem("a", 2, 1, "tab"), first])[0] == first
    assert first == Problem("a", 1, 2, "tab", "", {"found": "x"})


def test_problems_of_one_place_sort_by_their_pointers_and_numbers_in_these_count_as_numbers() -> None:
    pointers = ["/waivers#2.5", "/waivers#9.14", "/waivers#9.140", "/waivers#10.3"]
    problems = [Problem("a", 1, 1, "tab", pointer) for pointer in pointers]
    assert sorted(problems[2:] + problems[:2]) == problems


def test_severity_is_that_of_the_code_unless_another_is_given() -> None:
    assert Problem("a", 1, 1, "tab").severity == codes()["tab"].severity == "error"
    assert Problem("a", 1, 1, "tab", severity="warning").severity == "warning"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_writes_its_message_and_hint_in_each_language(language: str) -> None:
    problem = Problem("a", 1, 1, "duplicate-key", "/a", {"key": "名\x1b称", "line": "3"})
    assert "名\\u001b称" in problem.message(language)
    assert "3" in problem.message(language)
    assert problem.hint(language)


@given(st.text(max_size=200))
def test_what_is_echoed_is_short_and_visible(text: str) -> None:
    shown = echo(text)
    assert len(shown) <= ECHO_LIMIT
    assert not any(unicodedata.category(each).startswith("C") for each in shown)


def test_a_choice_from_a_schema_is_shown_whole() -> None:
    allowed = ", ".join(f"choice_{number}" for number in range(24))
    problem = Problem(
        "a", 1, 1, "not-in-vocabulary", "/a", {"field": "a", "found": "x" * 100, "allowed_en": allowed, "more_en": ""}
    )
    assert problem.hint() == f"choose: {allowed}"
    assert problem.message() == f"'{'x' * (ECHO_LIMIT - 1)}…' is not a value of 'a'"


def test_a_text_from_a_schema_is_shown_whole_and_escaped() -> None:
    text = "x" * 100 + "\x1b[31m\n::error::"
    problem = Problem("a", 1, 1, "missing-field", "", {"field": "a", "what_en": text, "what_zh": text})
    for language in LANGUAGES:
        assert "x" * 100 + "\\u001b[31m\\u000a::error::" in problem.hint(language)


# ---- lists of problems

TAB, TEXT, WARNING = (
    Problem("a", 2, 1, "tab"),
    Problem("a", 3, 1, "empty-text"),
    Problem("a", 1, 1, "not-nfc", severity="warning"),
)


def test_codes_with_errors_come_first_and_then_the_most_frequent() -> None:
    more = [Problem("b", line, 1, "not-nfc", severity="warning") for line in range(1, 5)]
    found = by_code([WARNING, TAB, TEXT, *more, Problem("b", 9, 1, "tab")])
    assert {code: len(group) for code, group in found.items()} == {"tab": 2, "empty-text": 1, "not-nfc": 5}
    assert list(found) == ["tab", "empty-text", "not-nfc"]


def test_a_limit_keeps_the_order_and_no_warning_in_the_place_of_an_error() -> None:
    listed = [WARNING, TAB, TEXT]
    assert first(listed, 0) == first(listed, 3) == first(listed, 9) == listed
    assert first(listed, 2) == [TAB, TEXT]
    assert first([*listed, Problem("b", 1, 1, "tab")], 1) == [TAB]


@given(st.lists(st.sampled_from([TAB, TEXT, WARNING])), st.integers(0, 9))
def test_a_limit_leaves_out_no_more_than_it_must(listed: list[Problem], limit: int) -> None:
    kept = first(listed, limit)
    assert len(kept) == (min(limit, len(listed)) if limit else len(listed))
    rest = iter(listed)
    assert all(each in rest for each in kept), "in their order"
    errors = len(by_severity(listed)["error"])
    assert len(by_severity(kept)["error"]) == min(errors, len(kept))


@pytest.mark.parametrize("code", codes())
def test_a_reason_in_chinese_reads_on_when_its_lines_are_joined(code: str) -> None:
    assert "\n" not in codes()[code].reason("zh") + codes()[code].reason("en")
    lines = codes()[code].why["zh"].strip().split("\n")
    assert not any(each.isascii() for line in lines[:-1] for each in line[-1]), "a space would be lost"
    assert not any(each.isascii() for line in lines[1:] for each in line[0]), "a space would be lost"


def test_a_choice_from_a_schema_is_shown_whole_and_still_cannot_drive_a_terminal() -> None:
    values = {"field": "a", "found": "x", "form_en": "^[\x1b]" + "x" * 99 + "$"}
    shown = Problem("a", 1, 1, "wrong-form", "/a", values)
    assert f"^[\\u001b]{'x' * 99}$" in shown.message() + shown.hint()


# ---- lists, labels and counts

LABELS = {"estimate": {"zh": "预计", "en": "Expected"}, "at_least": {"zh": "至少", "en": "at least"}}


def test_a_list_is_cut_between_its_items_and_never_inside_one() -> None:
    items = ["2100亿元 = 2100 亿元（超）", "5.5% = 5.5 %（无限定词）", "28家 = 28 家（近）"]
    assert listed("tokens", {"en": items, "zh": items}, 45)["tokens_zh"] == f"{items[0]}、{items[1]}、…"
    assert joined(items, ", ", 5) == f"{items[0]}, …", "the first is whole"
    assert joined(items, ", ", 0) == ", ".join(items)
    assert joined([], ", ", 5) == "-"


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        ("estimate", "zh", "预计（estimate）"),
        ("estimate", "en", "expected (estimate)"),
        ("at_least", "zh", "至少（at_least）"),
        ("at_least", "en", "at least"),
        ("unknown_one", "zh", "unknown_one"),
        ("unknown_one", "en", "unknown one"),
    ],
)
def test_a_value_of_a_vocabulary_is_shown_by_its_label_with_its_code(value: str, language: str, shown: str) -> None:
    assert labelled(value, LABELS, language) == shown


@pytest.mark.parametrize(
    ("number", "word", "shown"),
    [
        (1, "error", "1 error"),
        (0, "error", "0 errors"),
        (20, "term", "20 terms"),
        (2, "entry", "2 entries"),
        (3, "", "3"),
    ],
)
def test_a_number_is_written_with_what_it_counts(number: int, word: str, shown: str) -> None:
    assert format(Count(number), word) == shown
