"""Targets of the past as their page shows them: what became of each, how sure that is, and which documents say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from factpack.package.collation import name_key
from factpack.package.findings import outcomes
from factpack.package.periods import period
from factpack.package.table import Cell, Field, Row
from factpack.package.targets import difference
from factpack.record.intervals import VAGUE
from factpack.site.aims import SAID, fields_of, kind_text, other_cautions, outcome_text
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link, cell_text, link, value_link, without_status
from factpack.site.marks import Doubt, marks
from factpack.site.templating import words

TOLD = {
    "met": ("told met", "reached"),
    "missed": ("told missed", "not reached"),
    "unclear": ("told unclear", "cannot be judged"),
    "pending": ("told pending", "no result"),
    "not_reported": ("told not reported", "not reported"),
    "not_judged": ("told not judged", "not judged"),
}
"""How a sentence says how many targets have an outcome, and a heading that they have it, as keys of words."""


class Source(NamedTuple):
    """A document that says something, and the number of its paragraph if that is known."""

    label: str
    link: Link
    paragraph: Cell


class Aim(NamedTuple):
    """A target and what became of it."""

    link: Link
    target: str
    sort: str
    kind: str
    """Its kind, where it is not a plain one."""
    changed: Link
    """The target that it was changed to, if it was."""
    reached: str
    """When it was reached, if that was early."""
    outcome: str
    state: str
    """The outcome as the table of targets has it."""
    result: Link
    when: str
    """The period of the result, where it is not that of the target."""
    result_sort: str
    difference: str
    notes: Sequence[str]
    """What makes the outcome unsure besides the marks."""
    doubts: Sequence[Doubt]
    sources: Sequence[Source]


class Counted(NamedTuple):
    """How many targets of a period came out how: a link to them, all of them, and a number for each outcome."""

    key: str
    title: str
    total: int
    counts: Sequence[int]


class Tally(NamedTuple):
    """The same of several periods, with the outcomes that there are as headings."""

    caption: str
    heads: Sequence[str]
    lines: Sequence[Counted]


def aim(catalogue: Catalogue, row: Row, language: str) -> Aim:
    """Return a target of the table of targets as the page shows it."""
    fields, own = fields_of(catalogue), str(row["id"])
    target, result = (_part(catalogue, row[each]) for each in ("id", "outcome_id"))
    changed = catalogue.changed.get(own)
    when = str(result.get("period") or "")
    return Aim(
        Link(str(row[f"indicator_name_{language}"]), own),
        without_status(str(row[f"display_{language}"]), words(language)["target"], language),
        _sort(row["plain_value"]),
        kind_text(fields, row, language),
        value_link(catalogue, changed, language) if changed else Link(""),
        cell_text(fields["reached_period"], row["reached_period"], language),
        outcome_text(catalogue, row, language, is_past=True),
        str(row["outcome"]),
        _result(result, row, language),
        period(when, language) if when != row["period"] else "",
        _sort(result.get("plain_value")),
        difference(catalogue.package, row, language),
        list(_cautions(row, target, result, language)),
        _doubts(target, result, language),
        list(_sources(catalogue, row, result, language)),
    )


def _part(catalogue: Catalogue, part_id: Cell) -> Row:
    found = catalogue.package.find(str(part_id))
    return found[1] if found else {}


def _sort(number: Cell) -> str:
    """Return by what a number sorts, of none nothing."""
    return format(number, "f") if isinstance(number, Decimal) else str(number or "")


def _result(result: Row, row: Row, language: str) -> Link:
    """Return a result as it stands beside a target; one of another indicator is called by its name."""
    if not result:
        return Link("")
    t = words(language)
    text = without_status(str(result[f"display_{language}"]), t["mark estimate"], language)
    if result["indicator_id"] != row["indicator_id"]:
        text = t["of"].format(title=result[f"indicator_name_{language}"], name=text)
    return Link(text, str(result["id"]))


def _cautions(row: Row, target: Row, result: Row, language: str) -> Iterator[str]:
    """Yield what makes an outcome unsure: approximate numbers, and other bases or scopes."""
    if VAGUE.intersection(str(each.get("bound")) for each in (target, result)):
        yield words(language)["approximate"]
    yield from filter(None, (other_cautions(row, language),))


def _doubts(target: Row, result: Row, language: str) -> Sequence[Doubt]:
    """Return the marks of a target and its result, each once."""
    return list(dict.fromkeys((*marks(result, language, SAID), *marks(target, language, SAID))))


def _sources(catalogue: Catalogue, row: Row, result: Row, language: str) -> Iterator[Source]:
    """Yield the documents that set a target and that give its result."""
    for label, said in (("target", row), ("result", result)):
        if said.get("document_id") is not None:
            document = _short(catalogue, str(said["document_id"]), language)
            yield Source(words(language)[label], document, said.get("paragraph"))


def _short(catalogue: Catalogue, document_id: str, language: str) -> Link:
    """Return a link to a document by its series and day, which are shorter than its title."""
    entry = catalogue.entries[document_id]
    series = entry.table.field("series")
    day = str(entry.row.get("delivered_on") or "")
    if series is None or entry.row.get("series") is None or not day:
        return link(catalogue, document_id, language)
    said = cell_text(series, entry.row["series"], language)
    return Link(words(language)["comma"].join((said, period(day, language))), document_id)


def by_name(rows: Iterable[Row], language: str) -> list[Row]:
    """Return rows of targets in the order of their names."""
    return sorted(rows, key=lambda row: name_key(str(row[f"indicator_name_{language}"])))


def told(fields: Mapping[str, Field], rows: Sequence[Row], language: str) -> str:
    """Return how many targets came out how, in words: 3 reached, 1 not reached."""
    t, counts = words(language), outcomes(rows)
    known = [each for each in fields["outcome"].labels if counts[each]]
    return t["several"].join(t[TOLD[each][0]].format(count=counts[each]) for each in known)


def summary(fields: Mapping[str, Field], rows: Sequence[Row], language: str) -> Iterator[str]:
    """Yield how many targets of a period came out how, by kind."""
    for kind, label in fields["kind"].labels.items():
        some = [row for row in rows if row["kind"] == kind]
        if some:
            said = words(language)["targets of kind"]
            yield said.format(kind=label[language], count=len(some), told=told(fields, some, language))


def reasons(fields: Mapping[str, Field], rows: Iterable[Row], language: str) -> str:
    """Return why targets have no verdict, in words; empty where no reason is given."""
    t = words(language)
    counts = Counter(str(row["outcome_reason"]) for row in rows if row["outcome_reason"] is not None)
    found = [(label[language].lower(), counts[each]) for each, label in fields["outcome_reason"].labels.items()]
    said = t["several"].join(t["of reason"].format(reason=reason, count=count) for reason, count in found if count)
    return t["no verdict"].format(told=said) if said else ""


def tally(
    fields: Mapping[str, Field], caption: str, past: Mapping[str, tuple[str, Sequence[Row]]], language: str
) -> Tally:
    """Return how many targets of each period came out how; `past` has an anchor and rows by the title of a period."""
    counts = {title: (key, outcomes(rows)) for title, (key, rows) in past.items() if rows}
    known = [each for each in fields["outcome"].labels if any(found[each] for _, found in counts.values())]
    lines = [
        Counted(key, title, found.total(), [found[each] for each in known]) for title, (key, found) in counts.items()
    ]
    return Tally(caption, [words(language)[TOLD[each][1]] for each in known], lines)
