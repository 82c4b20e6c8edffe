"""Finds the numbers, ranks, dates and numbered names of a Chinese paragraph, with their bounds.

`grammar` says what a token is and how it is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from factpack.text.grammar import OPENS, OUTSIDE, TOKEN, compiled
from factpack.text.labels import named
from factpack.text.lists import with_lists
from factpack.text.lookalikes import POINTS, plain_signs
from factpack.text.ranges import with_ranges
from factpack.text.readings import further, read
from factpack.text.token import Token, normal_form


def tokenise(paragraph: str) -> tuple[Token, ...]:
    """Return the tokens of a paragraph in normal form, in text order; no two overlap."""
    if not (opens := compiled(OPENS).search(paragraph)):
        return ()
    text, tokens = plain_signs(paragraph), []
    for match in compiled(TOKEN).finditer(text, max(0, opens.start() - 1)):
        if token := read(text, match):
            tokens.append(token)
        if match.lastgroup == "part":
            tokens += further(match)
    found = with_lists(text, with_ranges(text, tokens)) if len(tokens) > 1 else tokens
    return tuple(found if text == paragraph else (_as_printed(paragraph, token) for token in found))


def _as_printed(paragraph: str, token: Token) -> Token:
    """Return a token in the signs of the paragraph; with a middle dot and no unit it is a name: 3·15."""
    start, end = token.start, token.end
    printed = token._replace(text=paragraph[start:end], unknown=paragraph[end : end + len(token.unknown)])
    if printed.unit or not any(each in POINTS for each in printed.text):
        return printed
    name = printed.text.lstrip("-")  # a cell of a table that begins with the sign would be a formula
    return named(printed)._replace(start=end - len(name), text=name)


@lru_cache(maxsize=256)
def tokens_of(quote: str) -> tuple[Token, ...]:
    """Return the tokens of a quote as it is in a record; checks and tables ask for the same ones."""
    return tokenise(normal_form(quote))


def outside_words(paragraph: str, tokens: Iterable[Token]) -> tuple[tuple[int, int, str], ...]:
    """Return the Chinese numerals of a paragraph in normal form outside its tokens, each as start, end, word.

    The word is a short quoted name (五个中心), a pair (一老一小), or the numeral and the character after it.
    Digits of other scripts that NFKC does not change are listed too.
    """
    parts, at = list[str](), 0
    for token in tokens:
        parts += (paragraph[at : token.start], "\0" * (token.end - token.start))
        at = token.end
    masked = "".join((*parts, paragraph[at:]))
    return tuple((match.start(), match.end(), match[0]) for match in compiled(OUTSIDE).finditer(masked))
