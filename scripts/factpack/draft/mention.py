"""Where a text names a record, and which number stands beside the name: for what was promised of it earlier."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from factpack.check.names import is_longer, spans
from factpack.draft.spot import CLAUSE, SENTENCE
from factpack.draft.standard import standard_indicators
from factpack.text.text_record import Text
from factpack.text.token import Token, normal_form

SHOWN = 40
"""Characters of a text that are shown of a place at most."""


class Mention(NamedTuple):
    """A sentence that names a record: its paragraph, from 1, where its words stand, and the numbers beside the name."""

    paragraph: int
    start: int
    end: int
    numbers: tuple[Token, ...]


def mentions(
    forms: Sequence[str],
    printed: Collection[str],
    text: Text,
    texts: Sequence[str],
    known_in: Callable[[str], Collection[str]],
    furniture: Collection[int] = (),
) -> Iterator[Mention]:
    """Yield the sentences of a text that name a record, in order.

    `forms` are the names of the record, `printed` the words of its unit: without any, no number is looked for.
    `known_in` returns the names of all records in a paragraph: one inside a longer name is not meant.
    """
    for number, paragraph in enumerate(texts, 1):
        if number in furniture or not any(form in paragraph for form in forms):
            continue
        known, done = known_in(paragraph), -1
        for start, end in sorted(_free(forms, known, paragraph)):
            if start < done:
                continue
            low, done = _between(paragraph, start, end, SENTENCE)
            tokens = [each for each in text.paragraphs[number - 1].tokens if low <= each.start and each.end <= done]
            numbers = _beside([each for each in tokens if each.unit in printed], start)
            first, last = _between(paragraph, start, end, CLAUSE)
            last = max(last, *(each.reach_end for each in numbers), 0)
            yield Mention(number, *_cut(first, last, start), numbers)


def also_called(forms: Sequence[str], measure: str) -> list[str]:
    """Return the names that the standard indicators have for what bears one of some names, and is of a measure."""
    found = []
    for each in standard_indicators():
        names = [normal_form(name) for name in (each.name["zh"], *each.aliases)]
        if each.measure == measure and not set(forms).isdisjoint(names):
            found += [name for name in names if name not in forms]
    return found


def _free(forms: Sequence[str], known: Collection[str], paragraph: str) -> set[tuple[int, int]]:
    """Return where a record is named, and not only inside a longer name of another one."""
    longer = {name for name in known for form in forms if is_longer(name, form) and name not in forms}
    covered = [span for name in longer for span in spans(name, paragraph)]
    found = {span for form in forms for span in spans(form, paragraph)}
    return {(a, b) for a, b in found if not any(low <= a and b <= high for low, high in covered)}


def _beside(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    """Return the first number behind a name in its sentence, else the last one before it."""
    behind = [each for each in tokens if each.start > start]
    return tuple(behind[:1] or tokens[-1:])


def _between(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    """Return where what lies between two of some marks, and holds a place, begins and ends."""
    low = max(text.rfind(each, 0, start) for each in marks) + 1
    ends = [at for each in marks if (at := text.find(each, end)) >= 0]
    return low, min(ends, default=len(text))


def _cut(first: int, last: int, start: int) -> tuple[int, int]:
    """Return a span of at most so many characters as are shown, with the name in it."""
    if last - first <= SHOWN:
        return first, last
    first = max(first, min(start, last - SHOWN))
    return first, min(last, first + SHOWN)
