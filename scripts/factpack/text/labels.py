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
        return _named(token, token.start - 1, token.end)
    if not token.unit and "." in token.text and (event := compiled(EVENT).match(text, token.end)):
        return _named(token, token.start, event.end())
    before = compiled(QUOTED_BEFORE).search(text, max(0, token.start - 13), token.start)
    behind = compiled(QUOTED_BEHIND).match(text, token.end) if before else None
    return _named(token, before.start(), behind.end()) if before and behind else None


def _named(token: Token, start: int, end: int) -> Token:
    reach = (start, end) if token.unit or "." in token.text or token.bound != "exact" else (token.start, token.end)
    return token._replace(
        kind="label",
        value=None,
        unit="",
        bound="exact",
        sign=1,
        reach_start=min(reach[0], token.reach_start),
        reach_end=max(reach[1], token.reach_end),
        unknown="",
    )
