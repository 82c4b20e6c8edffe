"""Proposes how a published text is divided: its headings, the sections under them, and what is not of the text.

A proposal is for a person to judge. Nothing here knows one report from another: headings are numbered as Chinese
official documents number them, or are lines without a sentence between paragraphs with some.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from factpack.words import Both, carried

HEADING = 40
"""Characters that a heading has at most."""
UNNUMBERED = 24
"""Characters that one without a number has at most."""
LINE = 100
"""Characters that a line of a web page around a text has at most."""
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_LEVELS = (re.compile(rf"(?:第{_ORDINAL}[章部编篇]分?|{_ORDINAL}、)"), re.compile(rf"\({_ORDINAL}\)"))
_SENTENCE, _MARK = re.compile("[。!?;]"), re.compile("[,。!?;:]")
_GREETING = re.compile("(?:各位|同志|女士|先生)[^。]*:?$")


class Heading(NamedTuple):
    """A paragraph, from 1, that is a heading or begins with one, its level (1 or 2), and the words of the heading."""

    paragraph: int
    level: int
    words: str
    alone: bool
    """Whether the paragraph has nothing but the heading."""


class Section(NamedTuple):
    """A part of a text: its first and last paragraph, from 1, and the heading that it stands under, if it has one.

    `what` tells what a part without a heading is: the `opening` of the text, or the `page` around it.
    """

    first: int
    last: int
    heading: Heading | None = None
    what: str = ""


def headings(texts: Sequence[str], furniture: Collection[int] = ()) -> list[Heading]:
    """Return the headings of a text, by its paragraphs in normal form; those of the page are not looked at."""
    found = []
    for number, text in enumerate(texts, 1):
        if number in furniture or not text:
            continue
        level = next((at for at, sign in enumerate(_LEVELS, 1) if sign.match(text)), 0)
        if level and (words := _SENTENCE.split(text)[0]) and len(words) <= HEADING:
            found.append(Heading(number, level, words, len(words) == len(text.rstrip("。"))))
        elif not level and _is_unnumbered(texts, number):
            found.append(Heading(number, 1, text, True))
    return found


def _is_unnumbered(texts: Sequence[str], number: int) -> bool:
    """Say whether a paragraph is a short line without a mark that stands between paragraphs with sentences."""
    text, before = texts[number - 1], texts[max(0, number - 2)]
    after = texts[number] if number < len(texts) else ""
    short = len(text) <= UNNUMBERED and not _MARK.search(text) and not _GREETING.match(text)
    return number > 1 and short and bool(_SENTENCE.search(before) and (_SENTENCE.search(after) or ":" in after))


def sections(texts: Sequence[str], furniture: Collection[int] = ()) -> list[Section]:
    """Return sections that cover a text: what is before the first heading, then from heading to heading.

    A heading with nothing of its own below belongs to the first section under it. What the page shows before and
    behind the text is a section of its own.
    """
    count, (first, last) = len(texts), _spoken(texts)
    around = furniture if last else ()  # where nothing is a sentence, nothing tells the text from the page
    head = max((at for at in around if at < first), default=0)
    tail = min((at for at in around if at > last), default=count + 1) - 1
    starts: list[tuple[int, Heading | None]] = [(head + 1, None)]
    for each in headings(texts, furniture):
        if not head < each.paragraph <= tail:
            continue
        before, heading = starts[-1]
        is_below = heading is not None and heading.alone and heading.level < each.level
        if before == each.paragraph or (is_below and each.paragraph == before + 1):
            starts[-1] = (before, each)
        else:
            starts.append((each.paragraph, each))
    ends = [begin - 1 for begin, _ in starts[1:]] + [tail]
    found = [
        Section(begin, end, heading, "" if heading else "opening")
        for (begin, heading), end in zip(starts, ends, strict=True)
    ]
    found += [Section(begin, end, what="page") for begin, end in ((1, head), (tail + 1, count)) if begin <= end]
    return sorted(found)


def _spoken(texts: Sequence[str]) -> tuple[int, int]:
    """Return the first and the last paragraph, from 1, that have a sentence and are not of a page."""
    spoken = [number for number, text in enumerate(takewhile(_goes_on, texts), 1) if _is_spoken(text)]
    return (spoken[0], spoken[-1]) if spoken else (len(texts) + 1, 0)


def _is_spoken(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and not _kind(text)


def _goes_on(text: str) -> bool:
    """Say whether what is behind a line may still be of the text."""
    return len(text) > LINE or not any(words.search(text) for _, words, ends in _kinds() if ends)


def page_lines(texts: Sequence[str]) -> dict[int, Both]:
    """Return the paragraphs, from 1, that are of a web page and not of the text that it shows, each with what it is.

    They are short, and stand before the first or behind the last paragraph that has a sentence. What is still further
    outside than one of them is of the page, too.
    """
    first, last = _spoken(texts)
    outside = [number for number in range(1, len(texts) + 1) if not first <= number <= last]
    found = {number: kind for number in outside if (kind := _kind(texts[number - 1]))}
    above, below = [at for at in found if at < first], [at for at in found if at > last]
    further = {number: found[above[0]] for number in outside if above and number < above[0]}
    further |= {number: found[below[0]] for number in outside if below and number > below[0]}
    return dict(sorted((further | found).items()))


def _kind(text: str) -> Both | None:
    """Return what a line of a web page is, or None for a line that tells nothing of a page."""
    if len(text) > LINE:
        return None
    return next((what for what, words, _ in _kinds() if words.search(text)), None)


@cache
def _kinds() -> tuple[tuple[Both, re.Pattern[str], bool], ...]:
    listed = carried("draft/page_words.yaml")["lines"]
    return tuple((each["what"], re.compile("|".join(each["words"])), each.get("ends", False)) for each in listed)
