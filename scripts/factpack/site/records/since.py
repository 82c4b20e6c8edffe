"""What the page of a record says of the time since the last edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup, escape

from factpack.edit.fields import Guide, fields
from factpack.package.periods import period
from factpack.site.catalogue import Entry
from factpack.site.cells import Link, value_link
from factpack.site.page import Site, linked_id
from factpack.site.record_changes import LastEdition, RecordChange
from factpack.site.templating import words

LISTED = 12
"""Values that are named under one heading at most."""


class Named(NamedTuple):
    """Values of a record under what became of them, and how many are not named."""

    title: str
    links: Sequence[Link]
    more: int


class Since(NamedTuple):
    """What the page of a record says of the time since the last edition."""

    title: str
    said: str
    """What became of the record as a whole."""
    lines: Sequence[Markup]
    values: Sequence[Named]


def since(site: Site, entry: Entry, last: LastEdition | None, language: str) -> Since | None:
    """Return what is said of a record since the last edition, nothing if there is none or nothing changed."""
    change = last.records.get(entry.id) if last else None
    if last is None or change is None:
        return None
    t = words(language)
    title = t["since"].format(version=last.version, date=period(last.created[:10], language))
    said = t["since added"] if change.how == "added" else ""
    if change.fields:
        said = t["since fields"].format(fields=t["several"].join(_titles(site, entry, change.fields, language)))
    named = partial(linked_id, site, "../../")
    lines = [Markup(each.shown(language, escape, named)) for each in change.lines.get(language, ())]  # noqa: S704 - escaped
    return Since(title, said, lines, list(_values(site, change, language)))


def _titles(site: Site, entry: Entry, names: Sequence[str], language: str) -> Iterator[str]:
    """Yield what fields of a record are called."""
    kind, guide = site.schemas.kind_of(entry.id), Guide(site.schemas, language)
    known = dict(fields(kind.shape.schema, site.schemas)) if kind else {}
    yield from (guide.question(known[each], str).title if each in known else each for each in names)


def _values(site: Site, change: RecordChange, language: str) -> Iterator[Named]:
    """Yield the parts of a record that were added, changed or retired."""
    for key, ids in (("added", change.added), ("changed", change.changed), ("gone", change.gone)):
        if ids:
            links = [value_link(site.catalogue, each, language) for each in ids[:LISTED]]
            yield Named(words(language)[f"values {key}"], links, len(ids) - len(links))
