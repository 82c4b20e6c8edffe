"""Problems are values that write their sentence when they are printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.problems import ECHO_LIMIT, LANGUAGES, Problem, codes, echo, pointer


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
    problem = Problem("a", 1, 1, "not-in-vocabulary", "/a", {"field": "a", "found": "x" * 100, "allowed": allowed})
    assert problem.hint() == f"choose: {allowed}"
    assert problem.message() == f"'{'x' * (ECHO_LIMIT - 1)}…' is not a value of 'a'"


def test_a_choice_from_a_schema_is_shown_whole_and_still_cannot_drive_a_terminal() -> None:
    values = {"field": "a", "found": "x", "form": "^[\x1b]" + "x" * 99 + "$"}
    shown = Problem("a", 1, 1, "wrong-form", "/a", values)
    assert f"^[\\u001b]{'x' * 99}$" in shown.message() + shown.hint()
