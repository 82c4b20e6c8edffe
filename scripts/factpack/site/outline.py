"""The outline of a document: for each paragraph its numbers and the records that it proves, and not its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from factpack.package.table import Row
from factpack.site.catalogue import Catalogue
from factpack.site.cells import Link, cell_text, links
from factpack.site.facets import listed_at
from factpack.site.templating import words

THEMES = 2
"""Themes that a paragraph is said to be about."""
USES = ("observation", "record", "waived", "unclaimed")
"""What numbers are put to."""


@dataclass(slots=True)
class Token:
    """A number of a paragraph: as it is printed, what it is used for, by which records, or why it is set aside.

    Where nobody says why, the reason is empty: what it is used for is not a reason.
    """

    text: str
    use: str
    ids: list[str]
    why: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its number, and what the package knows of it."""

    number: int
    tokens: list[Token] = field(default_factory=list)
    records: list[Link] = field(default_factory=list)
    defects: list[tuple[str, str]] = field(default_factory=list)
    furniture: str = ""
    themes: Sequence[Link] = ()
    """What its records are about, most of them first."""

    @property
    def lines(self) -> int:
        """About how many lines it takes."""
        return max(1, -(-len(self.tokens) // 9) + -(-len(self.records) // 5) + len(self.defects) + bool(self.themes))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document: its id, its heading in our words, and its paragraphs."""

    id: str
    title: str
    span: str
    first: int
    paragraphs: Sequence[Paragraph]


def outline(catalogue: Catalogue, document: str, language: str) -> list[Section]:
    """Return the sections of a document; nothing for one without numbers whose paragraphs nothing cites."""
    cited, numbers = catalogue.paragraphs.get(document, {}), tokens(catalogue, document, language)
    if not cited and not numbers:
        return []
    entry = catalogue.entries[document]
    last = int(str(entry.row.get("paragraphs") or max([*cited, *numbers])))
    found = {at: Paragraph(at, numbers.get(at, [])) for at in range(1, last + 1)}
    for at, rows in cited.items():
        record_ids = dict.fromkeys(str(row["record_id"]) for row in rows)
        told = found.setdefault(at, Paragraph(at))
        told.records, told.themes = links(catalogue, record_ids, language), _themes(catalogue, record_ids, language)
    for row in entry.parts.get("defects", ()):
        at = int(str(row["paragraph"]))
        if at in found:
            found[at].defects.append((str(row["id"]), str(row[f"reading_{language}"])))
    for row in entry.parts.get("furniture", ()):
        at = int(str(row["paragraph"]))
        if at in found:
            found[at].furniture = str(row[f"what_{language}"])
    return list(_sections(entry.parts.get("sections", ()), found, language))


def _themes(catalogue: Catalogue, record_ids: Iterable[str], language: str) -> list[Link]:
    """Return links to the themes of most of some records."""
    found: Counter[Link] = Counter()
    for entry in (catalogue.entries[each] for each in record_ids if each in catalogue.entries):
        column = catalogue.theme(entry.table.name)
        if column and entry.row[column] is not None:
            field = next(each for each in entry.table.fields if each.name == column)
            path = listed_at(catalogue, entry.table, column).format(entry.row[column])
            found[Link(cell_text(field, entry.row[column], language), path)] += 1
    return [each for each, _ in found.most_common(THEMES)]


def section_of(catalogue: Catalogue, document: str, number: int) -> Row | None:
    """Return the section of a document that a paragraph stands in."""
    rows = catalogue.entries[document].parts.get("sections", ()) if document in catalogue.entries else ()
    return next((row for row in rows if int(str(row["first"])) <= number <= int(str(row["last"]))), None)


def _sections(rows: Sequence[Row], found: Mapping[int, Paragraph], language: str) -> Iterator[Section]:
    t, left = words(language), dict(found)
    for row in rows:
        first, last = int(str(row["first"])), int(str(row["last"]))
        held = [left.pop(at) for at in range(first, last + 1) if at in left]
        yield Section(str(row["id"]), str(row[f"label_{language}"]), span(first, last, t), first, held)
    if left:
        yield Section("", "", "", 0, [left[at] for at in sorted(left)])


def span(first: int, last: int, t: Mapping[str, str]) -> str:
    """Return from which to which paragraph something goes."""
    return t["to paragraph"].format(first=first, last=last) if first < last else t["paragraph n"].format(number=first)


def tokens(catalogue: Catalogue, document: str, language: str) -> dict[int, list[Token]]:
    """Return the numbers of a document by paragraph, in the order of its text."""
    table = catalogue.package.tables["numbers"]
    fields = {each.name: each.labels for each in table.fields}
    found: dict[int, list[Token]] = {}

    def place(row: Row) -> tuple[Any, Any]:
        return row["paragraph"], row["start"]

    for (at, _), rows in groupby(sorted(catalogue.numbers(document), key=place), key=place):
        listed = list(rows)
        use = str(listed[-1]["use"])  # as `factpack coverage` counts it
        ids = [str(row["part_id"]) for row in listed if row["part_id"] is not None]
        why = fields["reason"].get(str(listed[-1]["reason"]), {}).get(language, "")
        found.setdefault(at, []).append(Token(str(listed[0]["token"]), use, ids, why))
    return found


def uses_of(found: Iterable[Mapping[int, Sequence[Token]]]) -> dict[str, int]:
    """Return how many numbers of some texts are put to each use."""
    counts = dict.fromkeys(USES, 0)
    for paragraphs in found:
        for listed in paragraphs.values():
            for each in listed:
                counts[each.use] += 1
    return counts
