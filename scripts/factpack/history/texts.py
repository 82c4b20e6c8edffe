"""Text fingerprints compared with an earlier version: who has not got the text cannot judge a change of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import zip_longest
from typing import TypeVar

from factpack.disk.below import has_below
from factpack.disk.project import PACKAGE_PATH, TEXTS, Project
from factpack.history.damage import Damaged
from factpack.history.editions import Edition, is_other
from factpack.problems import MARKS, Problem, echo
from factpack.text.text_record import Paragraph, Quote, Text, decode, label
from factpack.text.token import Token
from factpack.words import LANGUAGES, Count, text_in

PARAGRAPHS, NUMBERS = 5, 3
"""Changed paragraphs that a problem describes, and numbers of each that it shows; of the others it tells how many."""
T = TypeVar("T")
Said = Iterator[str]


def text_problems(then: Edition, project: Project, package: str, verified: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each file of fingerprints that is not as an earlier version of a package has it.

    `verified` are the labels of files that somebody compared with the published text. A folder that holds a package
    without its sources has nothing to compare with, and nor has a version of another package.
    """
    if is_other(then, package) or not has_texts(then):
        return
    before, after = then.text_records(), project.text_records()
    for name in sorted({each for each in (*before, *after) if each.endswith(".json")}):
        document = name.removesuffix(".json")
        old = _before(then, TEXTS + name) if name in before else None
        new = project.read_text_record(document) if name in after else None
        if old != new and (new is None or label(document, new) not in verified):
            what = {f"what_{each}": _what(old, new, name in after, each) for each in LANGUAGES}
            values = {"document": document, "edition": then.name, **what}
            yield Problem(TEXTS + name, _line(old, new), 1, "text-record-changed", "", values)


def has_texts(then: Edition) -> bool:
    """Say whether an edition has fingerprints to compare with, or a place for them: sources, and not tables only."""
    return bool(then.revision) or has_below(then.folder, PACKAGE_PATH)


def _before(then: Edition, path: str) -> bytes:
    """Return the bytes of a file of an edition; none of one that cannot be read, which is like no other."""
    try:
        return then.read(path) or b""
    except Damaged:
        return b""


def _line(old: bytes | None, new: bytes | None) -> int:
    """Return the first line of a file that is not as it was; the first of one that is new or gone."""
    if old is None or new is None:
        return 1
    pairs = enumerate(zip_longest(old.split(b"\n"), new.split(b"\n")), 1)
    return next(number for number, (one, other) in pairs if one != other)


def _what(old: bytes | None, new: bytes | None, there: bool, language: str) -> str:
    """Return in words what changed between the bytes of two files, of which one may be missing."""
    if not there:
        return _say(language, "removed")
    then, now = _read(old), _read(new)
    if now is None or (then is None and old is not None):
        return _say(language, "unreadable")
    if then is None:
        numbers, quotes = (Count(sum(len(found(each)) for each in now.paragraphs)) for found in (_numbers, _quotes))
        return _say(language, "added", paragraphs=Count(len(now.paragraphs)), numbers=numbers, quotes=quotes)
    return _joined(list(_changes(then, now, language)), language)


def _read(raw: bytes | None) -> Text | None:
    try:
        return decode(raw) if raw is not None else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _joined(changes: list[str], language: str) -> str:
    more = len(changes) - PARAGRAPHS
    shown = changes[:PARAGRAPHS] + ([_say(language, "more", more=Count(more))] if more > 0 else [])
    return _say(language, "between").join(shown) or _say(language, "form")


def _changes(then: Text, now: Text, language: str) -> Said:
    """Yield in words what changed, paragraph by paragraph, and then whether the whole did."""
    pairs = zip_longest(then.paragraphs, now.paragraphs)
    for number, (old, new) in enumerate(pairs, 1):
        if old != new:
            what = MARKS[language].join(_in_paragraph(old, new, language))
            yield _say(language, "paragraph", number=number, what=what)
    if (then.document, then.sha256, then.length) != (now.document, now.sha256, now.length):
        yield _say(language, "whole")


def _in_paragraph(old: Paragraph | None, new: Paragraph | None, language: str) -> Said:
    """Yield in words what changed in a paragraph; one that is missing has nothing in it."""
    if old is None or new is None:
        yield _say(language, "paragraph added" if old is None else "paragraph removed")
    yield from _numbers_changed(old, new, language)
    lost, come = _differences(old, new, _quotes)
    lost_here, come_here = ({each.sha256 for each in some} for some in (lost, come))
    counts = {
        "quotes added": len(come_here - lost_here),
        "quotes removed": len(lost_here - come_here),
        "quotes moved": len(come_here & lost_here),
    }
    yield from (_say(language, key, count=Count(count)) for key, count in counts.items() if count)
    if old and new and _rest(old) != _rest(new):
        yield _say(language, "rest")


def _numbers_changed(old: Paragraph | None, new: Paragraph | None, language: str) -> Said:
    """Yield in words which numbers are new, gone, or read in another way or at another place."""
    lost, come = (Counter(each.text for each in some) for some in _differences(old, new, _numbers))
    changed = {"numbers added": come - lost, "numbers removed": lost - come, "numbers changed": come & lost}
    for key, counted in changed.items():
        if counted:
            shown = [echo(each) for each in list(counted)[:NUMBERS]] + ["…"] * (len(counted) > NUMBERS)
            yield _say(language, key, count=Count(counted.total()), shown=MARKS[language].join(shown))


def _differences(
    old: Paragraph | None, new: Paragraph | None, found: Callable[[Paragraph], Iterable[T]]
) -> tuple[list[T], list[T]]:
    """Return what of one sort a paragraph lost, and what came to it."""
    before, after = (Counter[T](found(each) if each else ()) for each in (old, new))
    return list((before - after).elements()), list((after - before).elements())


def _numbers(paragraph: Paragraph) -> tuple[Token, ...]:
    return paragraph.tokens


def _quotes(paragraph: Paragraph) -> tuple[Quote, ...]:
    return paragraph.quotes


def _rest(paragraph: Paragraph) -> tuple[object, ...]:
    """Return what is kept of a paragraph besides its numbers and quotes."""
    return paragraph.sha256, paragraph.length, paragraph.words, paragraph.breaks, paragraph.clauses


def _say(language: str, key: str, **values: object) -> str:
    return text_in(language, "history", "texts", key, **values)
