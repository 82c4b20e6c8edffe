"""The parts of a record as its page shows them, each with its facts, the passages behind it and its citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from factpack.package.citation import citation_of, part_pieces
from factpack.package.styles import STYLES
from factpack.package.table import Field, Row, Table, shared
from factpack.site.aims import target_facts
from factpack.site.catalogue import INTRO, Catalogue, Entry
from factpack.site.cells import Fact, ShownColumn, cell_text, facts, link, shown_columns, without_status
from factpack.site.marks import Doubt, every_mark, state_of
from factpack.site.passages import Proof, proofs
from factpack.site.reading import reading_words
from factpack.site.templating import words

HEADED = frozenset(("status",))
"""Columns that tell parts apart, but that a heading leaves to the line below it."""
SAID = frozenset(
    (
        *("period", "stage", "status", "bound", "period_basis", "provisional", "reading", "verification"),
        *("note_zh", "note_en", "label_zh", "label_en"),
    )
)
"""Columns that the heading of a part with a status shows, or the lines below it."""
FIRST = frozenset(
    (
        *("caution", "claim", "statement_zh", "statement_en", "outcome", "outcome_id", "moved_to"),
        *("superseded_by_id", "restates_id"),
    )
)
"""Columns of a part with a status that change how it is read."""
SHORT_STYLE = {"zh": "gbt7714", "en": "apa"}
"""The style in which something is cited where there is room for one."""


class Part(NamedTuple):
    """A part of a record: its heading, what it says and what supports it."""

    id: str
    heading: str
    status: str
    anchor: str
    """What its anchor is called."""
    words: Sequence[str]
    """How a value is to be read, in a word or two each."""
    marks: Sequence[Doubt]
    note: str
    facts: Sequence[Fact]
    """What a reader must know besides."""
    fields: Sequence[Fact]
    """All else that its row says."""
    proofs: Sequence[Proof]
    cite: str
    is_replaced: bool
    group: str
    """What it stands under together with others of its table."""


class PartGroup(NamedTuple):
    """The parts of a record that are rows of one table, under its title."""

    table: str
    title: str
    items: Sequence[Part]


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
        return self.table.field("status")

    @cached_property
    def columns(self) -> Sequence[ShownColumn]:
        """The columns that are facts of a part: those neither of its record nor said by what is above them."""
        owning = {each.field for each in self.table.links if each.table == self.entry.table.name}
        owner = next((each.name.removesuffix("id") for each in self.table.fields if each.name in owning), "")
        of_record = {each.name for each in self.table.fields if owner and each.name.startswith(owner)}
        without = frozenset(of_record | (SAID if self.status else set()))
        return shown_columns(self.catalogue, self.table, self.language, without)

    @cached_property
    def first(self) -> Sequence[ShownColumn]:
        """The columns that a reader sees at once: all of a part without status, else what changes how it is read."""
        areas = {row.get("area_id") for row in self.entry.parts[self.table.name]}
        shown = FIRST | {f"area_{self.language}"} if len(areas) > 1 else FIRST
        return [each for each in self.columns if self.status is None or each.field.name in shown]

    @cached_property
    def rest(self) -> Sequence[ShownColumn]:
        """The columns that a reader sees who asks for all fields."""
        return [each for each in self.columns if each not in self.first]

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
        heading, note, valued = self._heading(row), row.get(f"note_{language}"), self.status is not None
        cited, group = part_id in package.states, str(row.get(f"group_{language}") or "")
        return Part(
            part_id,
            heading,
            str(row.get("status") or ""),
            words(language)["address of"].format(id=part_id),
            list(reading_words(self.table, row, language)) if valued else [],
            every_mark(row, language) if valued else [],
            str(note or "") if valued else "",
            [each for each in self._facts(row) if valued or not self._headed(heading, group, each.text)],
            [each for each in facts(self.catalogue, self.rest, row, language, self.shared) if each.text],
            proofs(self.catalogue, self.entry.passages.get(part_id, ()), language),
            STYLES[SHORT_STYLE[language]](citation_of(package, part_id, language)) if cited else "",
            state_of(row) == "replaced",
            group,
        )

    def _facts(self, row: Row) -> Iterator[Fact]:
        """Yield what a reader must know of a part at once."""
        found = (
            *self._said(row),
            *facts(self.catalogue, self.first, row, self.language, self.shared),
            *target_facts(self.catalogue, str(row["id"]), self.language),
        )
        yield from (each for each in found if each.text)

    def _said(self, row: Row) -> Iterator[Fact]:
        """Yield what a part says in a text of its own, where its record says another one."""
        for field in self.table.fields:
            own = field.name in {f"{each}_{self.language}" for each in INTRO}
            if own and row[field.name] != self.shared.get(field.name):
                yield Fact(field.heading(self.language), str(row[field.name] or ""))

    def _headed(self, heading: str, group: str, text: str) -> bool:
        """Say whether a heading says a text, alone or between its commas, or that above its group does."""
        comma = words(self.language)["comma"]
        return text == group or f"{comma}{text}{comma}" in f"{comma}{heading}{comma}"

    def _heading(self, row: Row) -> str:
        """Return what a part says without its status: its period first, then its value, or its stage and label."""
        language, status = self.language, self.status
        told = part_pieces(self.table, row, language, HEADED)
        if len(told) > 1 and told[-1] == row.get(f"group_{language}"):
            told.pop()
        if told and status and row.get(f"display_{language}"):
            told[-1] = without_status(told[-1], cell_text(status, row["status"], language), language)
        if told and row.get("period") is not None and len(told) > 1:
            told[:2] = [words(language)["of"].format(title=told[0], name=told[1])]
        return words(language)["comma"].join(told) or self._otherwise(row)

    def _otherwise(self, row: Row) -> str:
        """Return what a part is called that says nothing: what is printed, its document, or the end of its id."""
        step, document = str(row["id"]).rpartition(".")[2], str(row.get("document_id") or "")
        of_document = link(self.catalogue, document, self.language).text if document.endswith(f"-{step}") else ""
        return str(row.get("printed") or of_document or step)
