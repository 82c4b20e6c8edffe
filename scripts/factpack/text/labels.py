"""Names with a number in them: “20条”, “7·20”暴雨, 老18条."""

from __future__ import annotations

from factpack.text.grammar import EVENT, QUOTED_BEFORE, QUOTED_BEHIND, compiled
from factpack.text.token import Token
from factpack.text.vocabulary import is_measure


def as_name(text: str, token: Token) -> Token | None:
    """Return a number as part of a quoted name or title, or of that of an event, or None if it is none.

    A number with a unit of measure is none: “15分钟”生活圈. The reach covers the marks or words that make it a name.
    """
    if is_measure(token.unit):
        return None
    if token.unit == "条" and text[token.start - 1 : token.start] == "老":
        return _within(token, token.start - 1, token.end)
    if not token.unit and "." in token.text and (event := compiled(EVENT).match(text, token.end)):
        return _within(token, token.start, event.end())
    before = compiled(QUOTED_BEFORE).search(text, max(0, token.start - 13), token.start)
    behind = compiled(QUOTED_BEHIND).match(text, token.end) if before else None
    return _within(token, before.start(), behind.end()) if before and behind else None


def named(token: Token) -> Token:
    """Return a number as part of a name: it has no value."""
    return token._replace(kind="label", value=None, unit="", bound="exact", sign=1, unknown="")


def _within(token: Token, start: int, end: int) -> Token:
    """Return a number as part of a name, with its reach from an offset to another if it would else have a value."""
    if not token.unit and "." not in token.text and token.bound == "exact":
        return named(token)
    return named(token)._replace(reach_start=min(start, token.reach_start), reach_end=max(end, token.reach_end))
