"""Finds the passages of a text that prove a fact: of each the shortest quote that passes all of its proof.

A passage is told by its anchor: the number that gives the value, a word of the claim or of the stage, or the name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from factpack.check.names import free_in, known_names, neighbour, spans
from factpack.check.proof import prove_item
from factpack.check.quotes import LIST_LIMIT, QUOTE_LIMIT
from factpack.check.subjects import lists_subject
from factpack.check.values import expected_of
from factpack.check.windows import EvidencedItem, Window, leads
from factpack.record import periods
from factpack.text.text_record import Paragraph, Quote, Text
from factpack.text.token import Token, normal_form
from factpack.text.tokens import tokens_of

SENTENCE, CLAUSE = re.compile("[。!?;]"), re.compile("[,。!?;:]")
AND = re.compile("[、和与及]")
AIMED, EXPECTED = re.compile("力争|争取|确保|预期目标|将达|将超"), re.compile("预计")
"""Words of a sentence that speaks of an aim, and of one that speaks of a result to come."""
SENTENCE_REFUSED = "quote-is-sentence"
UNQUOTABLE = {SENTENCE_REFUSED, "quote-not-unique"}
"""What forbids a quote and says nothing against what it means."""


class Passage(NamedTuple):
    """A place of a text that proves a fact."""

    paragraph: int
    anchor: tuple[int, int]
    """Where what tells it stands in its paragraph."""
    start: int
    end: int
    quote: str
    doubt: str = ""
    """Why it may mean another fact: it speaks of another `period` or `status`, or of another record by `name`; or that
    the `quote` would be a whole sentence, or stands twice in its paragraph.
    """
    refused: str = ""
    """What forbids the quote, whatever it means: the code of a problem."""


class _Place(NamedTuple):
    """A paragraph with its number and its text in normal form."""

    number: int
    text: str
    paragraph: Paragraph
    cut: frozenset[int]
    """The offsets at which a quote may neither begin nor end: those within what a number's reading depends on."""


def passages(fact: EvidencedItem, text: Text, texts: Sequence[str], furniture: Collection[int] = ()) -> list[Passage]:
    """Return the passages of a text that prove a fact, in order; `texts` are its paragraphs in normal form."""
    found = []
    for number, (paragraph, written) in enumerate(zip(text.paragraphs, texts, strict=True), 1):
        if number in furniture:
            continue
        place = _Place(number, written, paragraph, _cut(paragraph))
        tried = (_shortest(fact, text.document, place, anchor) for anchor in _anchors(fact, place))
        here = [each for each in tried if each]
        found += here if fact.get("value") is not None else _apart(here)
    return found


def quote_at(fact: EvidencedItem, text: Text, number: int, written: str, anchor: tuple[int, int]) -> Passage | None:
    """Return the shortest quote of a paragraph that proves a fact by the number at an anchor; None where none does."""
    paragraph = text.paragraphs[number - 1]
    return _shortest(fact, text.document, _Place(number, written, paragraph, _cut(paragraph)), anchor)


def _apart(found: Sequence[Passage]) -> list[Passage]:
    """Return passages of one paragraph without those that overlap a shorter one: two words may say one thing."""
    kept: list[Passage] = []
    for each in sorted(found, key=lambda each: (each.end - each.start, each.start)):
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return sorted(kept)


def _cut(paragraph: Paragraph) -> frozenset[int]:
    return frozenset(at for each in paragraph.tokens for at in range(each.reach_start + 1, each.reach_end))


def _anchors(fact: EvidencedItem, place: _Place) -> Iterator[tuple[int, int]]:
    """Yield what may tell a passage of a fact, in one paragraph."""
    if fact.get("value") is not None:
        expected = expected_of(fact)
        yield from ((each.start, each.end) for each in place.paragraph.tokens if expected.mismatch(each) is None)
        return
    words = _words(fact)
    if words or not fact.whole:
        yield from _outermost(words, place.text)
        return
    yield from _outermost(fact.subject.forms, place.text)


def _words(fact: EvidencedItem) -> Sequence[str]:
    """Return the words by which a text says a claim or a stage; of an award its label."""
    for role in ("claim", "stage"):
        value, field = fact.get(role), fact.shape.fields.get(fact.shape.role(role) or "", {})
        if value is not None and (words := field.get("x-words", {}).get(value)):
            return list(words)
    label = fact.get("label")
    return [normal_form(str(label["zh"]))] if isinstance(label, Mapping) and label.get("zh") else []


def _outermost(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, each place once: what is inside another is left out."""
    found = sorted({span for word in words for span in spans(word, text)})
    return [a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found)]


def _shortest(fact: EvidencedItem, document: str, place: _Place, anchor: tuple[int, int]) -> Passage | None:
    """Return the shortest quote with an anchor that passes the proof of a fact, of those the one that begins last.

    Where none passes only because it is a whole sentence or stands twice in its paragraph, that is a doubtful passage.
    """
    unquotable: Passage | None = None
    for start, end in _spans(fact, place, anchor):
        window = window_at(fact, document, place, start, end)
        wrong = _wrong(fact, window, (anchor[0] - start, anchor[1] - start))
        if not wrong:
            doubt = _doubt(fact, document, place, anchor)
            return Passage(place.number, anchor, start, end, window.text, doubt)
        if unquotable is None and wrong <= UNQUOTABLE:
            doubt = _doubt(fact, document, place, anchor) or "quote"
            unquotable = Passage(place.number, anchor, start, end, window.text, doubt, min(wrong))
    return unquotable


def _spans(fact: EvidencedItem, place: _Place, anchor: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield where quotes with an anchor may begin and end, the shortest first: those that name the fact's record."""
    low, high = anchor
    first, last = _room(fact, place.text, anchor)
    listed = any(each.series or each.kind == "ratio" for each in place.paragraph.tokens if each.start == low)
    if not listed and not _names(fact, place.text[first:last]):
        return
    for length in range(high - low, min(LIST_LIMIT, last - first) + 1):
        for start in range(min(low, last - length), max(first, high - length) - 1, -1):
            end = start + length
            if start in place.cut or end in place.cut or not (listed or _names(fact, place.text[start:end])):
                continue
            if length > QUOTE_LIMIT and "分别" not in place.text[start:end]:
                continue
            if listed and start and not CLAUSE.match(place.text, start - 1):
                continue  # the places in a list are told from its first subject on, which a quote may not cut
            yield start, end


def _room(fact: EvidencedItem, text: str, anchor: tuple[int, int]) -> tuple[int, int]:
    """Return where a quote may begin and end: in the sentence of its anchor; where words say it all, in the clause."""
    first, last = _around(SENTENCE if fact.whole or fact.get("value") is not None else CLAUSE, text, anchor)
    return max(first, anchor[1] - LIST_LIMIT), min(last, anchor[0] + LIST_LIMIT)


def _names(fact: EvidencedItem, text: str) -> bool:
    """Say whether a text names the fact's record; one without names is named by all."""
    forms = fact.subject.forms
    return not forms or any(form in text for form in forms)


def _wrong(fact: EvidencedItem, window: Window, anchor: tuple[int, int]) -> set[str]:
    """Return why a quote does not prove a fact, with the anchor in it at a place: codes of problems, or `other`."""
    problems = {each.code for each in prove_item(fact._replace(windows=(window,)))[0]}
    if problems - UNQUOTABLE:
        return problems
    if fact.get("stage") is not None:
        return problems if _says_stage(fact, window) else {"other"}
    behind = fact.get("value") is not None and _behind_a_mark(fact, window, anchor)
    return {"other"} if behind else problems


def _behind_a_mark(fact: EvidencedItem, window: Window, anchor: tuple[int, int]) -> bool:
    """Say whether the record is only named behind a number and a mark: what follows a comma has its own number."""
    before, behind = window.text[: anchor[0]], window.text[anchor[1] :]
    places = [behind.find(form) for form in fact.subject.forms if form in behind]
    return bool(places) and not _names(fact, before) and bool(CLAUSE.search(behind[: min(places)]))


def window_at(fact: EvidencedItem, document: str, place: _Place, start: int, end: int) -> Window:
    """Return the window of a quote that stands in a paragraph, as the proof sees it once it is recorded."""
    text = place.text[start:end]
    quote = Quote(start, end - start, "", place.text.count(text))
    return Window(document, place.number, fact.at("evidence"), text, tokens_of(text), place.paragraph, quote)


def _says_stage(fact: EvidencedItem, window: Window) -> bool:
    """Say whether a quote says of the record itself that it reached a stage: in one clause, and outside its names."""
    forms, words, names = fact.subject.forms, _words(fact), known_names(fact, window)
    if not any(free_in(form, window, names) for form in forms if form in window.text):
        return False
    return any(free_in(word, window, [*forms, *names]) for word in words if word in window.text)


def _doubt(fact: EvidencedItem, document: str, place: _Place, anchor: tuple[int, int]) -> str:
    """Return why a passage may mean another fact, in the light of the sentence that it stands in; else nothing."""
    if fact.whole:
        return ""
    low, high = _around(SENTENCE, place.text, anchor)
    whole = window_at(fact, document, place, low, high)
    if _speaks_of_another_time(fact, whole, anchor[0] - low):
        return "period"
    if (EXPECTED if fact.get("status") == "target" else AIMED).search(whole.text, 0, anchor[1] - low):
        return "status"
    names = known_names(fact, whole)
    forms = fact.subject.forms
    if fact.get("stage") is not None:
        between = place.text[max(low, anchor[0] - QUOTE_LIMIT) : anchor[1]]
        return "name" if any(each in between for each in names) and not AND.search(between) else ""
    token = next((each for each in whole.tokens if each.start + low == anchor[0]), None)
    if token is None or leads(whole, token) or lists_subject(whole, token, forms):
        return ""
    if _is_second(fact, whole, token):
        return "name"
    return "name" if neighbour(whole.text, token, whole.tokens, forms, names) else ""


def _is_second(fact: EvidencedItem, whole: Window, token: Token) -> bool:
    """Say whether another number of the same unit stands between the name and a number: 新开工65个、完工107个."""
    before = whole.text[: token.reach_start]
    named = max((end for form in fact.subject.forms for _, end in spans(form, before)), default=len(before))
    return any(each.unit == token.unit and named <= each.start < token.start for each in whole.tokens)


def _around(marks: re.Pattern[str], text: str, anchor: tuple[int, int]) -> tuple[int, int]:
    """Return where what lies between two of some marks, and has an anchor in it, begins and ends."""
    before = [each.end() for each in marks.finditer(text, 0, anchor[0])]
    after = marks.search(text, anchor[1])
    return before[-1] if before else 0, after.start() if after else len(text)


def _speaks_of_another_time(fact: EvidencedItem, whole: Window, at: int) -> bool:
    """Say whether the last date before a place in a sentence is neither the fact's period nor what it compares to."""
    own = [fact.get("period"), fact.get("compared_to")]
    known = [periods.parse(str(each)) for each in own if each is not None]
    dates = [each for each in whole.tokens if each.kind == "date" and each.period and each.end <= at]
    if not dates or not known:
        return False
    told = _period(dates[-1])
    return told is not None and not any(told.start <= each.end and each.start <= told.end for each in known)


def _period(token: Token) -> periods.Period | None:
    try:
        return periods.parse(str(token.period))
    except ValueError:
        return None
