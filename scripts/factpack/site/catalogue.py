"""The catalogue: a package as a site shows it, each record with its parts, its passages, and its links both ways.

It follows the tables, their columns and their keys, so a new record type is shown like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from factpack.package.collation import name_key
from factpack.package.package import Package
from factpack.package.table import Row, Table
from factpack.site.columns import Columns
from factpack.site.mentions import Mentions, mentions_in
from factpack.site.order import NOWHERE, Place, places_of
from factpack.site.templating import ROOT_LANGUAGE

INTRO = ("description", "definition")
"""Columns in both languages that say what a record or part is."""
NAMES = ("name", "title")
"""Columns that name a record, before `_zh` and `_en`."""
STAGED = frozenset(("stage", "status", "period"))
"""Columns of the parts of a record that are steps of its life."""

Texts = ParamSpec("Texts")
Value = TypeVar("Value")
_work: dict[str, Callable[..., Any]] = {}


def once(work: Callable[Concatenate[Catalogue, Texts], Value]) -> Callable[Concatenate[Catalogue, Texts], Value]:
    """Return a function of a catalogue and of texts that works each of its values out once."""
    name = f"{work.__module__}.{work.__name__}"
    _work[name] = work

    @wraps(work)
    def found(catalogue: Catalogue, /, *texts: Texts.args, **_: Texts.kwargs) -> Value:
        value: Value = catalogue.worked_out(name, *texts)
        return value

    return cast("Callable[Concatenate[Catalogue, Texts], Value]", found)


@dataclass(slots=True)
class Entry:
    """A record: its kind's table, its row, and what belongs to it."""

    table: Table
    row: Row
    parts: dict[str, list[Row]] = field(default_factory=dict)
    """Rows with ids of their own that are parts of it, by table."""
    lists: dict[str, list[Row]] = field(default_factory=dict)
    """Rows without ids of their own, such as its other names, by table."""
    passages: dict[str, list[Row]] = field(default_factory=dict)
    """Rows of evidence, by the record or part that they prove."""
    refers_to: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)
    """Records that it refers to, by table and column of the reference."""
    used_by: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)
    """Records that refer to it, by table and column of the reference."""

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.row["id"])

    def name(self, language: str) -> str:
        """Return its name in a language, else its id."""
        for stem in NAMES:
            found = self.row.get(f"{stem}_{language}")
            if found:
                return str(found)
        return self.id

    @property
    def names(self) -> list[str]:
        """Its name and its other names, in the language of the documents."""
        others = [str(row["name"]) for rows in self.lists.values() for row in rows if row.get("name")]
        return [self.name(ROOT_LANGUAGE), *others]

    @property
    def texts(self) -> list[str]:
        """What it says of itself, and the passages that prove it, in the language of the documents."""
        said = [str(self.row.get(f"{each}_{ROOT_LANGUAGE}") or "") for each in INTRO]
        quotes = dict.fromkeys(str(row["quote"] or "") for rows in self.passages.values() for row in rows)
        return [*said, *quotes]


class Catalogue:
    """Every record of a package, found once."""

    def __init__(self, package: Package, columns: Columns | None = None) -> None:
        self.package = package
        self.known_columns = columns or Columns()
        """What schemas say of the columns of its tables."""
        self._worked_out: dict[tuple[object, ...], Any] = {}
        self._proven: dict[tuple[str, int], list[str]] = {}
        self._themes: dict[str, Mapping[str, list[str]]] = {}
        self.kinds: dict[str, Table] = {
            name: table for name, table in package.tables.items() if _is_kind(table, package.rows[name])
        }
        """Tables of kinds of records, by name."""
        self.entries: dict[str, Entry] = {
            str(row["id"]): Entry(table, row) for name, table in self.kinds.items() for row in package.rows[name]
        }
        self.views: dict[str, Row] = {}
        """Rows that show a part of a record beside others, such as a target beside its result, by its id."""
        self.retired: dict[str, list[Row]] = {}
        """Rows of the table of ids for what is retired, by record."""
        self.paragraphs: dict[str, dict[int, list[Row]]] = {}
        """Rows of evidence by document and paragraph."""
        self._numbers: dict[str, list[Row]] = {}
        self.siblings: dict[str, list[str]] = {}
        """Records that are about one thing, by its concept."""
        for record_id, state in package.states.items():
            if state["state"] == "retired":
                self.retired.setdefault(record_id.partition(".")[0], []).append(state)
        for table in package.tables.values():
            if table.name == "evidence":
                self._read_evidence(table)
            elif table.name == "numbers":
                for row in self.package.rows[table.name]:
                    self._numbers.setdefault(str(row["document_id"]), []).append(row)
            elif table.name != "ids":
                self._read(table)

    @cached_property
    def changed(self) -> Mapping[str, str]:
        """The target that a target was changed to, by id."""
        return {str(row["revises_id"]): own for own, row in self.views.items() if row.get("revises_id") is not None}

    @cached_property
    def texts(self) -> list[str]:
        """Documents that passages are cited of by paragraph, then those with numbers of which none is cited yet."""
        return [record_id for record_id in {**self.paragraphs, **self._numbers} if record_id in self.entries]

    @cached_property
    def proven(self) -> Mapping[str, Table]:
        """Kinds whose records rest on passages."""
        rest = {each.table.name for each in self.entries.values() if each.passages}
        return {name: table for name, table in self.kinds.items() if name in rest}

    @cached_property
    def staged(self) -> str:
        """The table of parts that are steps of the life of their record, empty if there are none."""
        names = (
            name for each in self.entries.values() for name, rows in each.parts.items() if rows[0].keys() >= STAGED
        )
        return next(names, "")

    @cached_property
    def valued(self) -> list[str]:
        """Tables of parts of records with values."""
        found = (name for each in self.entries.values() for name, rows in each.parts.items() if "value" in rows[0])
        return list(dict.fromkeys(found))

    def numbers(self, document: str) -> list[Row]:
        """Return the numbers of a document's text, each once for each of its users."""
        return self._numbers.get(document, [])

    def of(self, table: str) -> list[Entry]:
        """Return the records of a kind, in the order of its table."""
        return [self.entries[str(row["id"])] for row in self.package.rows[table]]

    def by_name(self, table: str, language: str) -> list[Entry]:
        """Return the records of a kind in the order of their names in a language."""
        return sorted(self.of(table), key=lambda entry: name_key(entry.name(language)))

    def as_told(self, table: str, language: str) -> list[Entry]:
        """Return the records of a kind as documents tell of them, the newest document first; else by name."""
        places = self.places
        return sorted(self.by_name(table, language), key=lambda entry: places.get(entry.id, NOWHERE))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where the newest document that tells of a record begins to do so, by record."""
        return places_of(self.package, self.documents, self._numbers)

    def cited_at(self, record_id: str) -> tuple[str, int] | None:
        """Return the document and paragraph where the newest document that tells of a record begins to do so."""
        place = self.places.get(record_id, NOWHERE)
        documents = self.documents
        document = documents[place[0]] if place[0] < len(documents) else ""
        return (document, place[1]) if place[1] in self.paragraphs.get(document, {}) else None

    @cached_property
    def documents(self) -> list[str]:
        """Return the documents that can be cited, the newest first."""
        table = next((name for name in self.kinds if self.known_columns.of_role(name, "delivered")), "")
        day = self.known_columns.of_role(table, "delivered")
        listed = sorted(self.of(table), key=lambda entry: str(entry.row[day] or ""), reverse=True) if table else []
        return [entry.id for entry in listed]

    def theme(self, table: str) -> str:
        """Return the column of a table with the theme of its records, empty if it has none."""
        return self.known_columns.of_role(table, "theme")

    def proven_by(self, document: str, paragraph: int) -> list[str]:
        """Return the records that a paragraph of a document proves, in the order of their passages."""
        key = (document, paragraph)
        if key not in self._proven:
            rows = self.paragraphs.get(document, {}).get(paragraph, ())
            known = dict.fromkeys(str(row["record_id"]) for row in rows if str(row["record_id"]) in self.entries)
            self._proven[key] = sorted(known, key=lambda own: self.places.get(own, NOWHERE))
        return self._proven[key]

    def of_theme(self, table: str, value: str) -> list[str]:
        """Return the records of a kind and theme, as documents tell of them."""
        if table not in self._themes:
            column, found = self.theme(table), dict[str, list[str]]()
            for entry in self.as_told(table, ROOT_LANGUAGE):
                found.setdefault(str(entry.row[column]), []).append(entry.id)
            self._themes[table] = found
        return self._themes[table].get(value, [])

    @cached_property
    def mentions(self) -> Mentions:
        """Which records name which others."""
        known = [each for name in self.proven for each in self.of(name)]
        return mentions_in({each.id: each.names for each in known}, {each.id: each.texts for each in known})

    @property
    def records(self) -> list[str]:
        """Every record that has a page: those in use and those retired, in the order of the table of ids."""
        retired = [record_id for record_id in self.retired if record_id not in self.entries]
        return [*self.entries, *retired]

    def name(self, record_id: str, language: str) -> str:
        """Return the name of the record of an id, else the id."""
        entry = self.entries.get(record_id.partition(".")[0])
        return entry.name(language) if entry else record_id

    def kind(self, record_id: str) -> Table:
        """Return the table of a record's kind."""
        return self.entries[record_id].table

    def mentioned(self, record_id: str) -> Sequence[str]:
        """Return the records that a record names."""
        return self.mentions.of.get(record_id, ())

    def mentioning(self, record_id: str) -> Sequence[str]:
        """Return the records that name a record."""
        return self.mentions.by.get(record_id, ())

    def cited(self, document: str, paragraph: int) -> Sequence[Row]:
        """Return the rows of evidence of a paragraph."""
        return self.paragraphs.get(document, {}).get(paragraph, ())

    def concept(self, record_id: str) -> list[str]:
        """Return the other records that are about the same thing."""
        about = str(self.entries[record_id].row.get("concept"))
        return [each for each in self.siblings.get(about, ()) if each != record_id]

    def worked_out(self, name: str, *texts: object) -> Any:
        """Return what a function marked with `once` gives for some texts."""
        if (name, *texts) not in self._worked_out:
            self._worked_out[name, *texts] = _work[name](self, *texts)
        return self._worked_out[name, *texts]

    def _read_evidence(self, table: Table) -> None:
        for row in self.package.rows[table.name]:
            entry = self.entries.get(str(row["record_id"]))
            if entry:
                entry.passages.setdefault(str(row["part_id"] or row["record_id"]), []).append(row)
            if isinstance(row["paragraph"], int):
                self.paragraphs.setdefault(str(row["document_id"]), {}).setdefault(row["paragraph"], []).append(row)

    def _read(self, table: Table) -> None:
        links = [each.field for each in table.links if each.table in (*self.kinds, "ids")]
        owner = table.fields[0].name if table.key != ("id",) else ""
        for row in self.package.rows[table.name]:
            entry = self.entries.get(str(row[owner] if owner else row["id"]).partition(".")[0])
            if entry is None:
                continue
            if owner:
                entry.lists.setdefault(table.name, []).append(row)
            elif table.name not in self.kinds:
                found = self.package.find(str(row["id"]))
                if found and found[0].name != table.name:  # another view of the same parts
                    self.views[str(row["id"])] = row
                    continue
                entry.parts.setdefault(table.name, []).append(row)
            else:
                concept = row.get("concept")
                if concept is not None:
                    self.siblings.setdefault(str(concept), []).append(entry.id)
            for column in links:
                self._link(entry, table, column, row)

    def _link(self, entry: Entry, table: Table, column: str, row: Row) -> None:
        other = str(row[column] or "").partition(".")[0]
        if other and other != entry.id and other in self.entries and column != "document_id":
            entry.refers_to.setdefault((table.name, column), {})[other] = None
            self.entries[other].used_by.setdefault((table.name, column), {})[entry.id] = None


def _is_kind(table: Table, rows: Sequence[Row]) -> bool:
    """Say whether a table is that of a kind of record: the ids of records have no points, those of parts do."""
    return table.name != "ids" and table.key == ("id",) and bool(rows) and "." not in str(rows[0]["id"])
