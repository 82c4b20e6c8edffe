"""A quote itself: its length, its place in the paragraph, and what its ends cut off."""

from __future__ import annotations

from collections.abc import Iterator

from factpack.check.windows import Window
from factpack.problems import Problem
from factpack.record.subject import Subject
from factpack.source.marks import Path
from factpack.text.text_record import CLAUSE_END, Paragraph, Quote
from factpack.text.token import Token

QUOTE_LIMIT, LIST_LIMIT = 40, 60
"""Characters that a quote may have in normal form, and one that holds a list with 分别."""
CLAUSE_LIMIT = 25
"""Characters that a quote may have which holds a whole clause between ；: lists of results are written so."""


def quote_problems(subject: Subject, window: Window) -> Iterator[Problem]:
    """Yield what is wrong with a quote itself: its length, its place, and what its ends cut."""
    at = (*window.at, "quote")
    limit = LIST_LIMIT if "分别" in window.text else QUOTE_LIMIT
    if len(window.text) > limit:
        yield subject.problem("quote-too-long", at, found=str(len(window.text)), limit=str(limit))
    values = {"quote": window.text, "paragraph": str(window.number), "document": window.document}
    if window.paragraph is None or window.quote is None:
        yield subject.problem("unverified-quote", at, **values)
        return
    if window.quote.count > 1:
        yield subject.problem("quote-not-unique", at, **values, count=str(window.quote.count))
    if _copies(window, window.paragraph, window.quote):
        yield subject.problem("quote-is-sentence", at, quote=window.text)
    yield from _cuts(subject, window, window.paragraph, window.quote, at)


def _copies(window: Window, paragraph: Paragraph, quote: Quote) -> bool:
    """Say whether a quote copies a whole sentence, or a whole clause; one short clause with a number is none."""
    one = len(window.text) <= CLAUSE_LIMIT and CLAUSE_END not in window.text.strip(CLAUSE_END)
    numbered = any(token.kind not in ("date", "label") for token in window.tokens)
    return paragraph.is_sentence(quote) or (not (one and numbered) and paragraph.is_clause(quote))


def _cuts(subject: Subject, window: Window, paragraph: Paragraph, quote: Quote, at: Path) -> Iterator[Problem]:
    """Yield the tokens that a quote's ends cut, or part from their bound word, fall verb or list."""
    inside, start, end = [], quote.start, quote.end
    for token in paragraph.tokens:
        if token.reach_start >= end or start >= token.reach_end:
            continue
        if start <= token.reach_start and token.reach_end <= end:
            inside.append(_meaning(token, start))
        else:
            yield subject.problem("cut-token", at, token=token.text, quote=window.text)
    alone = [_meaning(token, 0) for token in window.tokens]
    if inside != alone and not any(_crosses(token, quote) for token in paragraph.tokens):
        differing = next((each[0] for each in [*inside, *alone] if not (each in inside and each in alone)), "")
        yield subject.problem("cut-token", at, token=differing, quote=window.text)


def _crosses(token: Token, quote: Quote) -> bool:
    """Say whether an end of the quote lies inside the reach of a token."""
    return any(token.reach_start < end < token.reach_end for end in (quote.start, quote.end))


def _meaning(token: Token, origin: int) -> tuple[str, object, object, object, object, object]:
    return token.text, token.start - origin, token.value, token.unit, token.bound, token.sign
