"""What is claimed without a number: a quote contains a word of the claim, beside the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factpack.check.names import free_in, known_names, unnamed
from factpack.check.windows import EvidencedItem, Proven, Window
from factpack.problems import Problem, listed, named
from factpack.record.names import former_names
from factpack.record.subject import forms_of
from factpack.words import LANGUAGES


def claim_problems(evidenced: EvidencedItem, proven: Proven) -> Iterator[Problem]:
    """Yield a claim none of whose words is in a quote of its subject or number; 增加 in 增加值 is no word."""
    claim = evidenced.get("claim")
    field = evidenced.shape.fields[evidenced.shape.role("claim") or ""] if claim else {}
    words = field.get("x-words", {}).get(claim, ())
    if not words:
        return
    holders = [window for window in evidenced.windows if _says(evidenced, window, words)]
    at = evidenced.at("claim")
    if not holders:
        shown = named("claim", str(claim), field["x-labels"]) | listed("words", dict.fromkeys(LANGUAGES, words))
        yield evidenced.subject.problem("claim-not-in-quote", at, **shown)
        return
    if other := _unnamed_other(evidenced, holders):
        yield unnamed(evidenced, "subject-not-in-quote", evidenced.at("claim_subject"), other, holders)
        return
    places = {window.at for window, _, by_value in proven if by_value}
    places |= {
        window.at for window in evidenced.windows if any(form in window.text for form in evidenced.forms_in(window))
    }
    if places and not any(window.at in places for window in holders):
        yield unnamed(evidenced, "subject-not-in-quote", at, evidenced.subject.forms, holders)


def _unnamed_other(evidenced: EvidencedItem, holders: Iterable[Window]) -> list[str]:
    """Return the names of what a claim compares its subject with, where none of them is in a quote of the claim."""
    other = evidenced.get("claim_subject")
    kind = evidenced.subject.library.schemas.kind_of(str(other))
    library = evidenced.subject.library
    record = library.record(str(other)) if other else None
    forms = forms_of(kind.shape, record) if kind and record else []
    former = former_names(kind.shape, record) if kind and record else ()
    known = [(form, "") for form in forms] + [(name, until) for name, until in former]
    named = any(
        form in window.text and (not until or library.was_used(until, window.document))
        for window in holders
        for form, until in known
    )
    return [] if named else forms


def _says(evidenced: EvidencedItem, window: Window, words: Iterable[str]) -> bool:
    """Say whether a quote carries a word of a claim outside names and qualifiers: 不低于 in 不低于95% is none."""
    standing = [word for word in words if word in window.text]
    names = [*evidenced.forms_in(window), *known_names(evidenced, window)] if standing else []
    names += [window.text[each.reach_start : each.reach_end] for each in window.tokens if each.bound != "exact"]
    return any(free_in(word, window, names) for word in standing)
