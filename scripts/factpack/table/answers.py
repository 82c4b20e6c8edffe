"""Answers: which result of which record answers a target, and what becomes of a target that none answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from factpack.record.figures import judged_part
from factpack.record.intervals import Figure
from factpack.record.library import Library
from factpack.record.results import Choice
from factpack.record.reviews import REVIEWED_BY, Review, publisher_of
from factpack.source.marks import Record, Value
from factpack.table.given import Given, Key, choices, given_by, given_elsewhere, preferred
from factpack.table.outcomes import GROWING, Outcome, Promise, aim, claim_judged, in_terms, judged, together
from factpack.table.view import Whole, once

NEAREST = ("level", "growth", "average_growth", "change", "multiple", "share")
"""Measures in the order in which a row names them where a target is of none of them; a rank comes after all."""


class Answer(NamedTuple):
    """What became of a target, and the result that says so."""

    outcome: Outcome
    given: Given | None = None


@once
def own(whole: Whole) -> tuple[Given, ...]:
    """Return what the parts of a record give."""
    kind = whole.library.schemas.kind_of(str(whole.record["id"]))
    return given_by(kind, whole.record, whole.library) if kind else ()


@once
def by_id(whole: Whole) -> Mapping[str, Given]:
    """Return what the parts of a record give, by id."""
    return {each.id: each for each in own(whole)}


@once
def own_choices(whole: Whole) -> Mapping[Key, Choice]:
    """Return which results of a record are preferred, by key."""
    return choices(own(whole))


@once
def _kin_by_area(whole: Whole) -> dict[str, tuple[tuple[Given, ...], ...]]:
    """Return where what other records say is kept, by area."""
    return {}


def kin(whole: Whole, area: Value) -> tuple[tuple[Given, ...], ...]:
    """Return what each other record of the concept gives that says something for an area."""
    known, where, concept = _kin_by_area(whole), str(area or ""), whole.by_role.get("concept")
    if where not in known:
        related = whole.library.related(str(concept), where) if concept else ()
        known[where] = tuple(given_elsewhere(each, whole.library) for each in related if each != whole.record["id"])
    return known[where]


def role_of(owner: Record, role: str, library: Library) -> Any:
    """Return what plays a role in a record."""
    kind = library.schemas.kind_of(str(owner["id"]))
    return owner.get(kind.shape.role(role) or "") if kind else None


def item_role(given: Given, role: str, library: Library) -> Any:
    """Return what plays a role in the part that gives something."""
    kind = library.schemas.kind_of(str(given.owner["id"]))
    part = judged_part(kind.shape) if kind else None
    return given.item.get(part[1].role(role) or "") if part else None


def measure_of(given: Given, library: Library) -> str:
    """Return the measure of the record that something is given for."""
    return str(role_of(given.owner, "measure", library))


def promise_of(whole: Whole, target: Given) -> Promise:
    """Return a target as it is judged."""
    measure = str(whole.by_role.get("measure"))
    said = item_role(target, "aim", whole.library) or whole.by_role.get("aim")
    side = aim(measure, target.figure, target.claim, said)
    return Promise(target.figure, target.claim, measure, side, whole.by_role.get("timing") == "stock")


def answer(whole: Whole, target: Given) -> Answer:
    """Return what became of a target: by its own results, else by what else is said of the concept, else by silence."""
    meanings = item_role(target, "may_mean", whole.library)
    if meanings:
        return _by_meanings(whole, target, meanings) or _unanswered(whole, target)
    listed = _results(whole, target)
    if len(listed) > 1:
        return Answer(together((_judge(whole, target, each) for each in listed), "conflicting"))
    if listed:
        return Answer(_judge(whole, target, listed[0]), listed[0])
    return _by_kin(whole, target) or _unanswered(whole, target)


def _results(whole: Whole, target: Given) -> list[Given]:
    """Return the preferred result of a target's key, or the tied ones; those that it came after do not answer it."""
    choice = own_choices(whole).get(target.key, Choice())
    found = [each for each in own(whole) if each.key == target.key and _stands(whole, each)]
    said_again = [by_id(whole)[each] for each in choice.restates]
    return found if any(_answers(each, target) for each in (*found, *said_again)) else []


def _stands(whole: Whole, one: Given) -> bool:
    """Say whether something is the preferred result of its key, or one of those of which none is preferred."""
    choice = own_choices(whole).get(one.key, Choice())
    return one.result in (choice.preferred, *choice.tied)


def _answers(result: Given, target: Given) -> bool:
    """Say whether a result may answer a target: not an estimate that was known when the target was set."""
    return result.result.after or not "" < result.vintage <= target.vintage


def _by_meanings(whole: Whole, target: Given, meanings: Iterable[str]) -> Answer | None:
    """Return the answer to a target of unstated basis: what all that it may mean give, else unclear."""
    found = [_at(given_elsewhere(each, whole.library), target) for each in meanings]
    results = [*(each for each in found if each), *_results(whole, target)]
    if not results:
        return None
    if not all(found):
        return Answer(Outcome("unclear", "basis"), results[0])
    return Answer(together((_judge(whole, target, each) for each in results), "basis"), results[0])


def _at(given: Sequence[Given], target: Given) -> Given | None:
    """Return the preferred result of a target's key."""
    return next((each for each in preferred(given) if each.key == target.key and _answers(each, target)), None)


def _by_kin(whole: Whole, target: Given) -> Answer | None:
    """Return the answer from other records of the concept: growth and multiple are compared, all else is only named."""
    own_measure, library = str(whole.by_role.get("measure")), whole.library
    results = [each for each in _beside(whole, target) if _answers(each, target)]
    turned = [
        each
        for each in results
        if {own_measure, measure_of(each, library)} == {"growth", "multiple"}
        and each.compared_to == target.compared_to
        and each.figure
    ]
    if len(turned) == 1:
        return Answer(_judge(whole, target, turned[0]), turned[0])
    results.sort(key=lambda each: (_distance(measure_of(each, library), own_measure), each.id))
    if not results or promise_of(whole, target).aim == "none":
        return None
    same = measure_of(results[0], library) == own_measure
    return Answer(Outcome("unclear", "scope" if same else "measure"), results[0])


def _distance(measure: str, own: str) -> int:
    """Return how far a measure is from another one: a level says most of growth, a rank least."""
    return -1 if measure == own else NEAREST.index(measure) if measure in NEAREST else len(NEAREST)


def _beside(whole: Whole, target: Given) -> Iterator[Given]:
    """Yield the preferred results of other records of the concept for a target's period and area."""
    for given in kin(whole, target.area):
        yield from (each for each in preferred(given) if (each.period, each.area) == (target.period, target.area))


def _judge(whole: Whole, target: Given, result: Given) -> Outcome:
    """Return the outcome of one result."""
    promise = promise_of(whole, target)
    if result.claim == "withdrawn":
        return Outcome("not_judged", "withdrawn")
    if promise.aim == "none":
        return Outcome("not_judged")
    if result.figure is None or (promise.figure is None and promise.claim is None):
        return Outcome("unclear", "words")
    if promise.figure is None:
        growth, before = _growth(whole, target), _before(whole, target)
        found = [claim_judged(promise, result.figure, _figure(each), growth) for each in before]
        return found[0] if len(found) == 1 else together(found, "conflicting")
    turned = comparable(whole, target, result)
    return judged(promise, turned) if turned else Outcome("unclear", "measure")


def comparable(whole: Whole, target: Given, result: Given) -> Figure | None:
    """Return the number of a result in the terms of a target, or None where they cannot be compared."""
    if target.figure is None or result.figure is None:
        return None
    measure = measure_of(result, whole.library)
    return in_terms(result.figure, measure, target.figure, measure_of(target, whole.library))


def _figure(given: Given | None) -> Figure | None:
    return given.figure if given else None


def _growth(whole: Whole, target: Given) -> Figure | None:
    """Return the growth, in the target's period, of what its claim compares its subject with."""
    other = item_role(target, "claim_subject", whole.library)
    listed = given_elsewhere(str(other), whole.library) if other else ()
    found = [each for each in preferred(listed) if (each.period, each.area) == (target.period, target.area)]
    growth = [each for each in found if each.figure and measure_of(each, whole.library) in GROWING]
    return growth[0].figure if len(growth) == 1 else None


def baseline(whole: Whole, target: Given) -> Given | None:
    """Return the latest comparable result before the period of a target, as it was known when the target was set.

    Where results of that latest period contradict each other and none is preferred, there is none: an older one would
    read as what the target starts from.
    """
    known = [each for each in own(whole) if each.is_result and known_with(each, target)]
    earlier = [each for each in known if each.period.end < target.period.start and _alike(each, target)]
    latest = max(earlier, key=lambda each: each.period, default=None)
    return next((each for each in preferred(known) if latest and each.key == latest.key), None)


def _before(whole: Whole, target: Given) -> Sequence[Given | None]:
    """Return what a claim compares its period with: the result of the period just before, as it is known today.

    Where results of that period contradict each other and none is preferred, these are all; where there is none, it is
    the earlier result of the row, but not for a claim that names the year before.
    """
    last = target.period.start - datetime.timedelta(days=1)
    just = [each for each in own(whole) if each.period.end == last and _alike(each, target)]
    found = [each for each in just if _stands(whole, each)]
    return found or [None if target.claim == "not_below" else baseline(whole, target)]


def known_with(given: Given, target: Given) -> bool:
    """Say whether something was known when a target was set."""
    return bool(set(given.documents[:1]) & set(target.documents[:1])) or "" < given.vintage <= target.vintage


def _alike(result: Given, target: Given) -> bool:
    """Say whether a result of another period can be set beside a target."""
    units = {each.figure.unit for each in (result, target) if each.figure}
    return len(units) < 2 and result.area == target.area and shape_of(result) == shape_of(target)


def shape_of(given: Given) -> tuple[object, ...]:
    """Return the length of a period, and how far back it looks where it compares."""
    base = given.compared_to
    return given.period.shape, given.period.start.year - base.start.year if base else None


def _unanswered(whole: Whole, target: Given) -> Answer:
    """Return the answer where no result is given: silence of a document that was read in part says nothing."""
    if promise_of(whole, target).aim == "none":
        return Answer(Outcome("not_judged"))
    reviews = list(reviewing(whole.library, target.documents, str(target.period.end.year)))
    if not reviews:
        return Answer(Outcome("pending"))
    if not any(each.whole for each in reviews):
        return Answer(Outcome("pending", "not_read"))
    said = {
        document
        for each in (*own(whole), *_all(kin(whole, target.area)))
        if each.is_result
        for document in each.documents
    }
    silent = any(each.whole and each.document not in said for each in reviews)
    return Answer(Outcome("not_reported") if silent else Outcome("pending", "not_given"))


def _all(listed: Iterable[Iterable[Given]]) -> Iterator[Given]:
    for each in listed:
        yield from each


def reviewing(library: Library, documents: Sequence[str], year: str) -> Iterator[Review]:
    """Yield what the publisher of the document that is cited first has to look back on a year of its series."""
    if not documents:
        return
    series, publisher = (library.role(documents[0], role) for role in ("series", "publisher"))
    looking_back = (series, *REVIEWED_BY.get(str(series), ()))
    for each in library.reviews:
        same = each.series in looking_back and each.publisher == publisher_of(publisher)
        if same and each.document != documents[0] and year in each.years:
            yield each
