"""Citations: what is cited of a package, a record or a part of one, before a style writes it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from factpack.package.package import Package
from factpack.package.periods import period
from factpack.package.table import Cell, Row, Table
from factpack.words import Both, text_in


class NotCitable(Exception):
    """No record and no part has the id."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, in a language: the name of the record, what a part of it says, and the passage behind it."""

    package: Package
    language: str
    id: str = ""
    """Empty for the package itself."""
    name: str = ""
    says: str = ""
    """The value and period of a part, or its stage and the like."""
    passage: str = ""
    """The document and paragraph that support it."""
    retired: str = ""
    """Since which version, what replaces it and why, if it is retired."""
    accessed: datetime.date | None = None

    @property
    def authors(self) -> list[str]:
        """Who made the package: names of bodies, which are never taken apart."""
        return self.package.authors_in(self.language)

    @property
    def author(self) -> str:
        """Who made the package, as one text."""
        return in_words(self.language, "authors").join(self.authors)

    @property
    def title(self) -> str:
        """The title of the package."""
        return self.package.title[self.language]

    @property
    def url(self) -> str:
        """Its permanent address, else that of the package; empty if there is none."""
        return self.package.address(self.id) or self.package.homepage

    @property
    def cited(self) -> str:
        """What is cited of the package, with its id; empty for the package itself."""
        if not self.id:
            return ""
        said = in_words(self.language, "comma").join(filter(None, (self.name, self.says)))
        return in_words(self.language, "id", cited=said, id=self.id) if said else self.id

    @property
    def whole(self) -> str:
        """What is cited, followed by the title of the package that it is in."""
        return in_words(self.language, "in", cited=self.cited, title=self.title) if self.id else self.title

    @property
    def notes(self) -> list[str]:
        """The passage, and that it is retired."""
        return [each for each in (self.passage, self.retired) if each]


def in_words(language: str, key: str, **values: object) -> str:
    """Return a text of citations in a language, with its values filled in."""
    return text_in(language, "package", "citation", key, **values)


def citation_of(package: Package, record_id: str, language: str, accessed: datetime.date | None = None) -> Citation:
    """Return the citation of a record or part, or of the package if the id is empty or its name; raises NotCitable."""
    if record_id in ("", package.name):
        return Citation(package, language, accessed=accessed)
    found = package.find(record_id)
    if record_id not in package.states and found is None:
        raise NotCitable(record_id)
    retired = retirement_text(package.states.get(record_id, {}), language)
    retired = retired[:1].upper() + retired[1:]  # a sentence of its own
    record = package.find(record_id.partition(".")[0])
    name = _name(record[1] if record else package.states[record_id], language)
    says, passage = (part_text(*found, language), _passage(package, found[1], language)) if found else ("", "")
    return Citation(package, language, record_id, name, says, passage, retired, accessed)


def citable_ids(package: Package) -> list[str]:
    """Return every id that can be cited."""
    return list(package.states)


def permanent_id(package: Package, row_id: str) -> str:
    """Return the id itself where it is permanent, else that of the part or record in which it is a position.

    Of what no row has, it is returned as it is.
    """
    owner = row_id
    while package.find(row_id) and owner not in package.states and "." in owner:
        owner = owner.rpartition(".")[0]
    return owner


def _name(row: Row, language: str) -> str:
    return str(row.get(f"name_{language}") or row.get(f"title_{language}") or "")


def part_text(table: Table, row: Row, language: str) -> str:
    """Return what a part says: its period and its value as displayed, else its label and its words; of a record ''."""
    return in_words(language, "comma").join(part_pieces(table, row, language))


def part_pieces(table: Table, row: Row, language: str, without: frozenset[str] = frozenset()) -> list[str]:
    """Return what a part says in pieces, its period first, without some columns; of a record none."""
    if "." not in str(row["id"]):
        return []
    when, shown = period(str(row.get("period") or ""), language), row.get(f"display_{language}")
    if shown:
        return [each for each in (when, str(shown)) if each]
    key = str(row["id"]).split(".")  # of its vocabularies those that tell it from the parts beside it
    listed = [each for each in table.fields if row[each.name] in key and each.name not in without]
    told = [_label(each.labels, row[each.name], language) for each in listed]
    names = [str(row.get(f"{each}_{language}") or "") for each in ("label", "name", "group")]
    return [each for each in ([when, *told, *names] if when else [*names, *told]) if each]


def _label(labels: Mapping[str, Both], value: Cell, language: str) -> str:
    return labels[str(value)][language] if str(value) in labels else ""


def _passage(package: Package, row: Row, language: str) -> str:
    """Return the document and paragraph that support a row, empty if it names none."""
    document = package.find(str(row.get("document_id") or ""))
    if document is None:
        return ""
    title, paragraph = _name(document[1], language), row.get("paragraph")
    if paragraph is None:
        return in_words(language, "document", title=title)
    return in_words(language, "paragraph", title=title, paragraph=paragraph)


def retirement_text(row: Row, language: str) -> str:
    """Return since when something is retired, what replaces it and why, by its row of ids, else nothing."""
    if row.get("state") != "retired":
        return ""
    since, by, reason = row.get("since"), row.get("replaced_by_id"), str(row.get(f"reason_{language}") or "")
    said = in_words(language, "replaced", since=since, by=by) if by else in_words(language, "retired", since=since)
    return in_words(language, "reason", said=said, reason=reason.rstrip(".。")) if reason else said
