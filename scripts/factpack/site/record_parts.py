"""The parts of a record as its page shows them, each with its facts, the passages behind it and its citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from factpack.package.citation import citation_of
from factpack.package.styles import STYLES
from factpack.package.table import Field, Row, Table, shared
from factpack.site.aims import target_facts
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import Fact, ShownColumn, cell_text, facts, link, said, shown_columns
from factpack.site.marks import state_of
from factpack.site.templating import web, words

HEADED = frozenset(("period", "stage", "status"))
"""Columns that the heading of a part with a status shows."""
INTRO = ("description", "definition")
"""Columns in both languages that say what a record or part is."""
SHORT_STYLE = {"zh": "gbt7714", "en": "apa"}
"""The style in which something is cited where there is room for one."""


class Passage(NamedTuple):
    """The words of a source document that support a record or part."""

    id: str
    quote: str
    locator: str
    document: str
    title: str
    paragraph: int | None
    readings: int | None
    """How many people read what was only transcribed."""
    verified: bool
    url: str


class Part(NamedTuple):
    """A part of a record: its heading, what it says and what supports it."""

    id: str
    heading: str
    status: str
    status_label: str
    anchor: str
    """What its anchor is called."""
    facts: list[Fact]
    passages: list[Passage]
    cite: str
    state: str
    """What is to be said of a value that is not the one of its period, else nothing."""


class PartGroup(NamedTuple):
    """The parts of a record that are rows of one table, under its title."""

    table: str
    title: str
    items: Sequence[Part]


def passages(catalogue: Catalogue, rows: Iterable[Row], language: str) -> list[Passage]:
    """Return rows of evidence as a page shows them."""
    return [_passage(catalogue, row, language) for row in rows]


def _passage(catalogue: Catalogue, row: Row, language: str) -> Passage:
    document_id = str(row["document_id"])
    document = catalogue.entries.get(document_id)
    return Passage(
        str(row["id"]),
        str(row["quote"] or ""),
        str(row["locator"] or ""),
        document_id,
        document.name(language) if document else document_id,
        row["paragraph"] if isinstance(row["paragraph"], int) else None,
        row["readings"] if isinstance(row["readings"], int) else None,
        row["verified"] is True,
        web(document.row.get("url")) if document else "",
    )


def parts(catalogue: Catalogue, entry: Entry, language: str) -> Iterator[PartGroup]:
    """Yield the parts of a record, table by table."""
    for name, rows in entry.parts.items():
        table = PartTable(catalogue, entry, catalogue.package.tables[name], language)
        for title, some in table.groups(rows):
            yield PartGroup(name, title, [table.part(row) for row in some])


@dataclass(frozen=True)
class PartTable:
    """A table of parts of a record, for readers of a language."""

    catalogue: Catalogue
    entry: Entry
    table: Table
    language: str

    @cached_property
    def status(self) -> Field | None:
        """The column of the status, if there is one."""
        return next((each for each in self.table.fields if each.name == "status"), None)

    @cached_property
    def columns(self) -> Sequence[ShownColumn]:
        """The columns that are facts of a part: those neither of its record nor in its heading."""
        owning = {each.field for each in self.table.links if each.table == self.entry.table.name}
        owner = next((each.name.removesuffix("id") for each in self.table.fields if each.name in owning), "")
        of_record = {each.name for each in self.table.fields if owner and each.name.startswith(owner)}
        without = frozenset(of_record | (HEADED if self.status else set()))
        return shown_columns(self.catalogue, self.table, self.language, without)

    @cached_property
    def shared(self) -> Row:
        """What the record says of all these parts."""
        return shared(self.entry.row, self.entry.parts[self.table.name])

    def groups(self, rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield rows under their title; parts with positions by document, those of the record's own first."""
        title, names = self.table.title[self.language], {each.name for each in self.table.fields}
        if not names >= {"position", "document_id"} or "document_id" not in self.entry.row:
            yield title, rows
            return
        today = self.entry.row["document_id"]
        listed = sorted(rows, key=lambda row: (row["document_id"] != today, str(row["document_id"])))
        for document, some in groupby(listed, key=itemgetter("document_id")):
            name = link(self.catalogue, str(document), self.language).text
            yield title if document == today else title + words(self.language)["aside"].format(text=name), list(some)

    def part(self, row: Row) -> Part:
        """Return a row as a part."""
        part_id, language, package = str(row["id"]), self.language, self.catalogue.package
        label = cell_text(self.status, row["status"], language) if self.status else ""
        heading = self._heading(row, label)
        found = [
            *self._said(row),
            *facts(self.catalogue, self.columns, row, language, self.shared),
            *target_facts(self.catalogue, part_id, language),
        ]
        cited = part_id in package.states
        return Part(
            part_id,
            heading,
            str(row.get("status") or ""),
            label,
            words(language)["address of"].format(id=part_id),
            [each for each in found if each.text and (self.status or not self._headed(heading, each.text))],
            passages(self.catalogue, self.entry.passages.get(part_id, ()), language),
            STYLES[SHORT_STYLE[language]](citation_of(package, part_id, language)) if cited else "",
            state_of(row),
        )

    def _said(self, row: Row) -> Iterator[Fact]:
        """Yield what a part says in a text of its own, where its record says another one."""
        for field in self.table.fields:
            own = field.name in {f"{each}_{self.language}" for each in INTRO}
            if own and row[field.name] != self.shared.get(field.name):
                yield Fact(field.heading(self.language), str(row[field.name] or ""))

    def _headed(self, heading: str, text: str) -> bool:
        """Say whether a heading says a text, alone or between its commas."""
        comma = words(self.language)["comma"]
        return f"{comma}{text}{comma}" in f"{comma}{heading}{comma}"

    def _heading(self, row: Row, label: str) -> str:
        """Return what a part says, its period as a reader writes it, without the label of its status at the end."""
        heading = said(self.table, row, self.language)
        step, document = str(row["id"]).rpartition(".")[2], str(row.get("document_id") or "")
        of_document = link(self.catalogue, document, self.language).text if document.endswith(f"-{step}") else ""
        heading = heading or str(row.get("printed") or of_document or step)
        return heading.removesuffix(f"{words(self.language)['comma']}{label}") if label else heading
