"""What the drafter knows of numbers that somebody has curated: each paragraph is taken away in turn, and drafted anew.

With a paragraph go the observations that it proves, the records that have no others, and the names that are printed in
it only. `python tests/laws/leave_out.py ROOT DOCUMENT TEXT` prints the table of a project, and with `--left` what is
drafted otherwise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from factpack.check.proof import prove_item
from factpack.check.windows import EvidencedItem, evidenced_items
from factpack.disk.project import Project
from factpack.draft.drafted import Draft, Knowledge, drafts
from factpack.draft.match import Known
from factpack.draft.record import drafted_kind, proven
from factpack.record.library import Library
from factpack.record.names import Named, Names, named
from factpack.record.subject import Subject
from factpack.run.draft import calendar_of, knowledge_of
from factpack.run.prove import with_text
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema.model import Kind
from factpack.source.marks import Record
from factpack.text.page import paragraphs
from factpack.text.text_record import Text, make

LEAST = {
    "value": 99,
    "unit": 99,
    "bound": 99,
    "status": 99,
    "measure": 98,
    "period": 96,
    "timing": 90,
    "quote": 97,
    "subject": 85,
    "among the first three": 95,
    "first": 85,
}
"""What is asked for, in per cent of the numbers that have such a field."""
SHARE = 0.5
"""How much of a name a subject within it must be, and of a subject a name within it, for the two to mean one thing."""


class Curated(NamedTuple):
    """An observation whose value a number gives, and the record that it is of."""

    subject: Subject
    item: EvidencedItem
    first: bool
    """Whether the number is in the passage that the observation is recorded from, and not one that says it again."""

    @property
    def id(self) -> str:
        return str(self.subject.record["id"])

    def of_record(self, role: str) -> Any:
        return self.subject.record.get(self.subject.kind.shape.role(role) or "")


@dataclass
class Table:
    """How often each field was drafted as it was curated, of how many, and what was not."""

    right: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    left: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    """Field, place, number, what was drafted, what was curated."""

    def add(self, name: str, right: bool, draft: Draft, found: object, wanted: object) -> None:
        self.of[name] = self.of.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + right
        if not right:
            self.left.append((name, f"{draft.paragraph}:{draft.offset}", draft.printed, str(found), str(wanted)))

    def with_those_of(self, other: Table) -> Table:
        right = {name: self.right.get(name, 0) + other.right.get(name, 0) for name in {**self.of, **other.of}}
        of = {name: self.of.get(name, 0) + other.of.get(name, 0) for name in {**self.of, **other.of}}
        return Table(right, of, [*self.left, *other.left])

    def share(self, name: str) -> float:
        return 100 * self.right[name] / self.of[name]

    def lines(self) -> Iterator[str]:
        for name in self.of:
            least = f"  (at least {LEAST[name]})" if name in LEAST else ""
            yield f"{name:22} {self.right[name]:4} of {self.of[name]:4} {self.share(name):6.1f} %{least}"


@dataclass(frozen=True)
class Bench:
    """A project with the text of one of its documents."""

    space: Workspace
    library: Library
    text: Text
    texts: Sequence[str]

    @staticmethod
    def open(root: Path, document: str, source: Path) -> Bench:
        texts = paragraphs(source.read_bytes())
        text = make(document, texts, frozenset())
        space, library = with_text(open_workspace(Project.at(root)), text)
        recorded = space.reader.text(document)
        return Bench(space, replace(library, open_text=lambda _: recorded or text), recorded or text, texts)

    @cached_property
    def kind(self) -> Kind:
        kind = drafted_kind(self.space.schemas)
        assert kind
        return kind

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        loaded = {each: self.space.load(self.kind, each)[0] for each in self.space.ids[self.kind.name]}
        return {each: Subject(self.kind, document, self.library) for each, document in loaded.items()}

    @cached_property
    def items(self) -> Mapping[str, Sequence[EvidencedItem]]:
        """The observations in use, by their record."""
        return {each: list(evidenced_items(subject)) for each, subject in self.subjects.items()}

    @cached_property
    def curated(self) -> Mapping[int, Mapping[int, Sequence[Curated]]]:
        """What each number of the text was curated as, by paragraph and offset; one may give several values."""
        found: dict[int, dict[int, list[Curated]]] = {}
        for record, items in self.items.items():
            for item in items:
                uses = [use for use in prove_item(item)[1] if use.by_value] if item.get("value") is not None else []
                for use in (each for each in uses if each.document == self.text.document):
                    at = found.setdefault(use.paragraph, {}).setdefault(use.start, [])
                    at.append(Curated(self.subjects[record], item, use.paragraph == uses[0].paragraph))
        return dict(sorted(found.items()))

    def paragraphs_with(self, name: str) -> set[int]:
        return {number for number, each in enumerate(self.texts, 1) if name in each}

    def names_without(self, paragraph: int) -> dict[str, tuple[str, ...]]:
        """Return the names that are left of each indicator that is left, where a paragraph was never curated."""
        left: dict[str, tuple[str, ...]] = {}
        for record, items in self.items.items():
            places = [{each.number for each in item.windows if each.document == self.text.document} for item in items]
            if any(paragraph not in each for each in places):
                names = self.subjects[record].forms_in(self.text.document)
                left[record] = tuple(each for each in names if self.paragraphs_with(each) != {paragraph})
        return {record: names for record, names in left.items() if names}

    def library_without(self, left: Mapping[str, Sequence[str]]) -> Library:
        """Return a library that knows only what is left."""
        shape, names = self.kind.shape, Names(self._named(left), self.space.texts | {self.text.document})

        def read(record: str) -> Record | None:
            found = self.library.record(record)
            if found is None or self.library.schemas.kind_of(record) is not self.kind:
                return found
            name: Any = found[str(shape.role("name"))]
            others = [each for each in left.get(record, ()) if each != name["zh"]]
            return {**found, str(shape.role("aliases")): list(others)} if record in left else None

        return replace(self.library, read=read, names_in=names.standing_in, _records={}, _known={}, _texts={})

    def _named(self, left: Mapping[str, Sequence[str]]) -> Iterator[Named]:
        for record, names in left.items():
            yield named(self.kind, record, self.subjects[record].record)._replace(names=tuple(names))
        for kind in self.space.schemas.kinds.values():
            for record in self.space.ids[kind.name] if kind.named and kind is not self.kind else ():
                if found := self.library.record(record):
                    yield named(kind, record, found)

    def drafts(self, paragraph: int, known: Sequence[Known]) -> Iterator[Draft]:
        knowledge = Knowledge(knowledge_of(self.space, self.text.document).units, known)
        wanted = {paragraph: self.curated[paragraph].keys()}
        yield from drafts(self.text, self.texts, calendar_of(self.space, self.text.document), knowledge, wanted)


def measured(bench: Bench) -> Table:
    """Return how the numbers of a text are drafted that were curated."""
    table, known = Table(), knowledge_of(bench.space, bench.text.document).known
    for paragraph, numbers in bench.curated.items():
        left = bench.names_without(paragraph)
        library = bench.library_without(left)
        fewer = [
            each if each.standard else each._replace(forms=left[each.id])
            for each in known
            if each.standard or each.id in left
        ]
        for each in bench.drafts(paragraph, fewer):
            draft, quote = proven(bench.kind, each, library, bench.text, bench.texts[paragraph - 1])
            found = quote.quote if quote and not quote.refused else ""
            _compare(table, draft, found, numbers[draft.offset])
        for draft in bench.drafts(paragraph, known):
            wanted = {each.id for each in numbers[draft.offset]}
            ids = [each.known.id for each in draft.matches]
            table.add("among the first three", not wanted.isdisjoint(ids), draft, ids, wanted)
            table.add("first", bool(ids) and ids[0] in wanted, draft, ids[:1], wanted)
    return table


def _compare(table: Table, draft: Draft, quote: str, curated: Sequence[Curated]) -> None:
    """Add to a table how a draft agrees with what was curated: of several with the one that it agrees with most."""
    rows = [_row(draft, quote, each) for each in curated]
    best = max(rows, key=lambda row: sum(right for right, _, _ in row.values()))
    for name, (right, found, wanted) in best.items():
        table.add(name, right, draft, found, wanted)


def _row(draft: Draft, quote: str, curated: Curated) -> dict[str, tuple[bool, object, object]]:
    """Return of each field whether it was drafted as it was curated, what was drafted, and what was curated."""
    get, own = curated.item.get, curated.of_record
    unit = get("unit") or own("unit")
    pairs: dict[str, tuple[object, object]] = {
        "value": (draft.value, get("value")),
        "unit": (draft.unit, unit),
        "bound": (draft.bound, get("bound")),
        "measure": (draft.measure, own("measure")),
        "period": (draft.period, get("period")),
    }
    if curated.first:  # what is expected in one passage may be said again as done
        pairs["status"] = draft.status, get("status")
    if own("measure") == "level":
        pairs["timing"] = draft.timing, own("timing")
    pairs["basis of the period"] = draft.basis, get("period_basis")
    if get("compared_to") is not None:
        pairs["compared to"] = draft.compared_to, get("compared_to")
    row = {name: (found == wanted, found, wanted) for name, (found, wanted) in pairs.items()}
    forms, match = curated.subject.forms_in(draft.document), draft.match
    known = match is not None and match.known.id == curated.id
    row["quote"] = bool(quote), quote, "a quote that passes the check"
    row["subject"] = known or means(draft.subject, forms), draft.subject, forms
    row["subject as a name"] = known or draft.subject in forms, draft.subject, forms
    return row


def means(subject: str, names: Sequence[str]) -> bool:
    """Say whether a subject means what one of some names does: it is one, or one holds the other and little more."""
    for name in names:
        short, long = sorted((subject.strip("“”‘’《》"), name.strip("“”‘’《》")), key=len)
        if len(short) > 1 and short in long and len(short) >= SHARE * len(long):
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("document")
    parser.add_argument("text", type=Path)
    parser.add_argument("--left", action="store_true")
    given = parser.parse_args()
    table = measured(Bench.open(given.root, given.document, given.text))
    print("\n".join(table.lines()))
    for name, place, number, found, wanted in table.left if given.left else ():
        print(f"{name} {place} {number}: {found} | {wanted}")


if __name__ == "__main__":
    main()
