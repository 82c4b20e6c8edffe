"""The package: a built data package read back, its metadata and its tables with their cells by type.

All that is published in another format is made from it and from nothing else, so no format says what the others do not.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from factpack.disk.below import BUILT_LIMIT, LIST_LIMIT, read_below
from factpack.disk.files import OutputError
from factpack.disk.listed import BUILT, DESCRIPTOR
from factpack.package.table import Field, Link, Row, Table
from factpack.source.addresses import is_mail, is_web
from factpack.words import LANGUAGES, Both


class NoPackage(Exception):
    """There is no built package, or its files are not those that its descriptor lists."""


@dataclass(frozen=True)
class Package:
    """A package: what its descriptor says, and its files."""

    folder: Path
    descriptor: Mapping[str, Any]
    raw: bytes
    """Its descriptor as it stands."""
    files: Mapping[str, bytes]
    """Bytes of every resource by path."""

    @property
    def name(self) -> str:
        """Its name, as files are called by it."""
        return str(self.descriptor["name"])

    @cached_property
    def version(self) -> str:
        """The version of its data."""
        return str(self.descriptor["version"])

    @cached_property
    def created(self) -> datetime.datetime:
        """When its version was made."""
        return datetime.datetime.fromisoformat(self.descriptor["created"])

    @cached_property
    def issued(self) -> datetime.date:
        """The day on which its version was made."""
        return self.created.date()

    @cached_property
    def homepage(self) -> str:
        """Its address, empty where it has none yet."""
        return self._address("homepage")

    @cached_property
    def base_url(self) -> str:
        """The address of the site of the permanent addresses, with a slash at its end; empty where there is none."""
        found = self._address("x-base_url")
        return f"{found.rstrip('/')}/" if found else ""

    @cached_property
    def repository(self) -> str:
        """The address of its repository on the web, empty where it is not known."""
        return self._address("x-repository").rstrip("/")

    @cached_property
    def contact(self) -> str:
        """The mailbox or page where readers report mistakes, empty where there is none."""
        found = str(self.descriptor.get("x-contact", ""))
        return found if is_mail(found) or is_web(found) else ""

    @property
    def next_expected(self) -> str:
        """The day, month or year in which its next version is expected, empty where nobody knows."""
        return str(self.descriptor.get("x-next_expected", ""))

    def _address(self, name: str) -> str:
        """Return an address that the descriptor gives, empty where it gives none that is one of the web."""
        found = str(self.descriptor.get(name, ""))
        return found if is_web(found) else ""

    @property
    def headline(self) -> list[str]:
        """The records that are shown first."""
        return [str(each) for each in self.descriptor.get("x-headline", ())]

    def address(self, record_id: str) -> str:
        """Return the permanent address of a record or part on the web, of nothing that of the package; may be empty."""
        if not record_id or not self.base_url:
            return self.homepage or self.base_url
        record = record_id.partition(".")[0]
        return f"{self.base_url}id/{record}/{f'#{record_id}' if record_id != record else ''}"

    @property
    def title(self) -> Both:
        """Its title."""
        found: Both = self.descriptor["x-title"]
        return found

    @property
    def short_title(self) -> Both:
        """Its title where there is little room."""
        found: Both = self.descriptor.get("x-short_title", self.title)
        return found

    @property
    def description(self) -> Both:
        """What it is."""
        found: Both = self.descriptor["x-description"]
        return found

    @property
    def licence(self) -> Mapping[str, str]:
        """Its licence: `name`, `path` and `title`."""
        found: Mapping[str, str] = self.descriptor["licenses"][0]
        return found

    @cached_property
    def authors(self) -> list[str]:
        """Who made it."""
        return self.authors_in("en")

    def authors_in(self, language: str) -> list[str]:
        """Return who made the package, in Chinese by their Chinese names where they have any."""
        listed = self.descriptor["contributors"]
        return [str((language == "zh" and each.get("title_zh")) or each["title"]) for each in listed]

    @property
    def named_authors(self) -> list[tuple[str, str]]:
        """The name of each author in English and in Chinese, the latter empty where it is not another."""
        pairs = zip(self.authors, self.authors_in("zh"), strict=True)
        return [(english, chinese if chinese != english else "") for english, chinese in pairs]

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Its tables by name, in the order of the descriptor."""
        listed = (each for each in self.descriptor["resources"] if each.get("type") == "table")
        return {each["name"]: _table(each, self.files[each["path"]]) for each in listed}

    def described(self) -> Package:
        """Return the package with its rows read, and its tables without the bytes of these."""
        found = replace(self)
        tables = {name: replace(table, raw=b"") for name, table in self.tables.items()}
        found.__dict__.update(tables=tables, rows=self.rows)  # where cached properties are kept
        return found

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each table by its name, read once."""
        return {name: tuple(_rows(table)) for name, table in self.tables.items()}

    @cached_property
    def states(self) -> Mapping[str, Row]:
        """The row of each id in the table of ids, by id, in its order."""
        return {str(row["id"]): row for row in self.rows["ids"]}

    @cached_property
    def _found(self) -> Mapping[str, tuple[Table, Row]]:
        """Each row that has an id of its own, with its table; that of a kind comes before tables of all kinds."""
        found: dict[str, tuple[Table, Row]] = {}
        for table in self.tables.values():
            if table.name != "ids" and table.key == ("id",):
                for row in self.rows[table.name]:
                    found.setdefault(str(row["id"]), (table, row))
        return found

    def find(self, record_id: str) -> tuple[Table, Row] | None:
        """Return the table and row of a record or part that is not retired, else None."""
        return self._found.get(record_id)

    def other_names(self, record_id: str) -> Mapping[str, list[Row]]:
        """Return the other names of a record by their type, as the table of all of them has it."""
        found: dict[str, list[Row]] = {}
        for row in self.rows["aliases"]:
            if row["record_id"] == record_id:
                found.setdefault(str(row["kind"]), []).append(row)
        return found

    def named(self, name: str) -> list[str]:
        """Return the ids of the records that have a name, or had it once."""
        columns = ("name", "name_zh", "name_en", "title_zh", "title_en")
        rows = [(own, found[1]) for own in self.records if (found := self.find(own))]
        rows += [(str(row["record_id"]), row) for row in self.rows["aliases"]]
        return sorted({own for own, row in rows if name in [row.get(each) for each in columns]})

    @cached_property
    def _listed(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """The nested records of each file of them, by the name of its folder in `sources`."""
        files = (each["path"] for each in self.descriptor["resources"] if each["format"] == "json")
        return {Path(path).stem: json.loads(self.files[path], parse_float=Decimal) for path in files}

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The source file of each record, by id."""
        return {
            each["id"]: f"sources/{folder}/{each['id']}.yaml" for folder, some in self._listed.items() for each in some
        }

    @cached_property
    def records(self) -> Mapping[str, Mapping[str, Any]]:
        """Its nested records by id; numbers with a point are Decimal."""
        return {each["id"]: each for some in self._listed.values() for each in some}


def open_package(folder: Path) -> Package:
    """Return the package built in a folder; raises NoPackage, which names the file that is not whole."""
    try:
        raw = read_below(folder, DESCRIPTOR, LIST_LIMIT)
        descriptor = json.loads(raw.decode("utf-8"))  # as bytes, UTF-16 would be read, too
        strange = next(
            (str(each["path"]) for each in descriptor["resources"] if not BUILT.fullmatch(each["path"])), None
        )
        if strange is not None:
            raise NoPackage(strange)
        wanted = {each["path"]: (min(each["bytes"], BUILT_LIMIT), each["hash"]) for each in descriptor["resources"]}
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise NoPackage(DESCRIPTOR) from error
    package = Package(folder, descriptor, raw, {path: _read(folder, path, *made) for path, made in wanted.items()})
    _require_described(package)
    return package


def _read(folder: Path, path: str, size: int, sha256: str) -> bytes:
    """Return what a file of a package holds; raises NoPackage where it is not the one that is listed."""
    try:
        data = read_below(folder, path, size)
    except (OSError, TypeError) as error:
        raise NoPackage(path) from error
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != sha256:
        raise NoPackage(path)
    return data


def _require_described(package: Package) -> None:
    """Raise NoPackage where a descriptor does not say all that readers of a package ask it for."""
    try:
        texts = [text[each] for text in (package.title, package.short_title, package.description) for each in LANGUAGES]
        texts += [package.name, package.version, package.licence["name"]]
        texts += [author for each in LANGUAGES for author in package.authors_in(each)]
        formats = [each["format"] for each in package.descriptor["resources"]]
        if not all(isinstance(each, str) for each in (*texts, *formats, *package.headline)):
            raise NoPackage(DESCRIPTOR)
        if not package.created or "ids" not in package.tables:
            raise NoPackage(DESCRIPTOR)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoPackage(DESCRIPTOR) from error


def _rows(table: Table) -> Iterator[Row]:
    """Yield the rows of a table; raises OutputError where they are not of the columns that the descriptor gives."""
    try:
        yield from table.items()
    except (ValueError, LookupError, ArithmeticError, StopIteration) as error:
        raise OutputError(f"{table.path} does not fit {DESCRIPTOR}; run factpack build") from error


def _table(resource: Mapping[str, Any], raw: bytes) -> Table:
    schema = resource["schema"]
    links = tuple(
        Link(each["fields"][0], each["reference"].get("resource", resource["name"]), each["reference"]["fields"][0])
        for each in schema.get("foreignKeys", ())
    )
    fields = tuple(map(_field, schema["fields"]))
    title, description = resource["x-title"], resource["x-description"]
    return Table(
        resource["name"], resource["path"], title, description, fields, tuple(schema["primaryKey"]), links, raw
    )


def _field(field: Mapping[str, Any]) -> Field:
    constraints = field.get("constraints", {})
    return Field(
        field["name"],
        field["type"],
        field["x-title"],
        field["x-description"],
        bool(constraints.get("required")),
        field.get("format", "default"),
        {each["value"]: each["label"] for each in field.get("categories", ())},
    )
