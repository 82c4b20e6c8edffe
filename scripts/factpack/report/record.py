"""A record as a person reads it, from the built package: what it says, its evidence, and where it is used.

The text follows the tables, their columns and their keys, so a new record type is shown like the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factpack.package.citation import NotCitable, part_text, permanent_id, retirement_text
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Row, Table, name_text, shared
from factpack.package.targets import cautions, difference
from factpack.problems import visible
from factpack.table.encode import cell
from factpack.words import other, text_in, texts_in

HEADINGS = ("display", "name", "title", "label")
"""Columns, before `_zh` and `_en`, that the heading of a row shows."""
NOT_SHOWN = frozenset(("id", "position"))
"""Columns that say nothing beside the heading of a row."""


def record_text(package: Package, shown_id: str, language: str) -> str:
    """Return a record as lines; for the id of a sub-record, the record with only that one. Raises NotCitable.

    No character of it is an instruction to a terminal.
    """
    record_id = shown_id.partition(".")[0]
    known, state = package.find(record_id), package.states.get(shown_id)
    if known is None:
        if state is None:
            raise NotCitable(shown_id)
        return _lines([_heading(state, language), f"  {retirement_text(state, language)}"])
    table, row = known
    lines = [_heading(row, language)]
    lines += [f"  {retirement_text(state, language)}"] if state and state["state"] == "retired" else []
    facts = (*_facts(package, table, row, language), *_other_names(package, record_id, language))
    lines += [f"  {line}" for line in facts]
    parts = list(_all_parts(package, known, shown_id, language))
    evidence, owner = list(_evidence(package, shown_id, language)), permanent_id(package, shown_id)
    if not parts and not evidence and shown_id != record_id and state is None:
        raise NotCitable(shown_id)
    words = texts_in(language, "report", "record")
    lines += ["", words["position"].format(id=shown_id, owner=owner)] if owner != shown_id else []
    lines += [*parts, *evidence, *_used(package, record_id, language), ""]
    lines += [f"{words['source']}: {package.sources[record_id]}", f"{words['cite']}: factpack cite {owner}"]
    return _lines(lines)


def record_data(package: Package, shown_id: str) -> Mapping[str, Any]:
    """Return the nested record of an id; for the id of a sub-record, the record with only that one.

    Of what is retired, its row in the table of ids; of a position in evidence, what it is evidence for.
    """
    state, record = package.states.get(shown_id), package.records.get(shown_id.partition(".")[0])
    if record is None or (state and state["state"] == "retired"):
        return dict(state or {})
    for wanted in (shown_id, permanent_id(package, shown_id)):
        parts = {name: each for name, each in record.items() if isinstance(each, list) and _has_ids(each)}
        chosen = {name: [part for part in each if part["id"] == wanted] for name, each in parts.items()}
        if any(chosen.values()):
            return {name: chosen.get(name, each) for name, each in record.items() if chosen.get(name, True)}
    return record


def _has_ids(listed: Sequence[Any]) -> bool:
    return bool(listed) and isinstance(listed[0], dict) and "id" in listed[0]


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{visible(line)}\n" for line in lines)


def _heading(row: Row, language: str) -> str:
    """Return the id of a row and what it is called or says; of a value that was replaced also that."""
    names = [row.get(f"{stem}_{each}") for each in (language, other(language)) for stem in HEADINGS]
    state = [text_in(language, "report", "record", "replaced")] if row.get("superseded_by_id") is not None else []
    return "  ".join([str(row["id"]), *dict.fromkeys(str(each) for each in names if each), *state])


def _facts(
    package: Package, table: Table, row: Row, language: str, of: tuple[Table, Row] | None = None
) -> Iterator[str]:
    """Yield what a row says, a line for each fact.

    What its heading shows is left out, so is what is for readers of the other language, and of a sub-record what its
    record says of all of them (`of`, with its table); of another view of a sub-record, what the sub-record itself says.
    """
    names = {field.name for field in table.fields}
    known = [*_said_before(package, table, row), *([of[1]] if of else [])]
    owners = tuple(link.field.removesuffix("id") for link in table.links if of and link.table == of[0].name)
    hidden = {*NOT_SHOWN, *(f"{stem}_{language}" for stem in HEADINGS)}
    for field in table.fields:
        name, value = field.name, row[field.name]
        has_text = not names.isdisjoint(_shown_by(name, language))
        if name in hidden or has_text or name.endswith(f"_{other(language)}") or name.startswith(owners):
            continue
        if value is None or any(name in each and each[name] == value for each in known):
            continue
        if name == "outcome_difference" and value and not difference(package, row, language):
            continue
        yield f"{field.heading(language)}: {_fact(package, field, row, language)}"


def _said_before(package: Package, table: Table, row: Row) -> Iterator[Row]:
    """Yield the row of a sub-record, if this one is another view of it."""
    found = package.find(str(row["id"]))
    if found and found[0].name != table.name:
        yield found[1]


def _shown_by(name: str, language: str) -> Iterator[str]:
    """Yield the columns that would show a column, too: its text shows the id, and a difference its unit."""
    stem = name.removesuffix("_id")
    yield f"{stem}_{language}"
    if stem != name:
        yield f"{stem}_display_{language}"
    if name == "outcome_difference_unit_id":
        yield "outcome_difference"


def _fact(package: Package, field: Field, row: Row, language: str) -> str:
    """Return a cell as a person reads it, with the id of what it names."""
    name, value = field.name, row[field.name]
    if name == "caution":
        return cautions(value, language)
    if name == "outcome_difference":
        return difference(package, row, language) or cell(value)
    fact = _cell_text(field, value, language)
    stem = name.removesuffix(f"_{language}").removesuffix("_display") if name.endswith(f"_{language}") else ""
    target = row.get(f"{stem}_id") if stem else value if name.endswith("_id") and "." in str(value) else None
    found = package.find(str(target)) if target and not stem else None
    fact = part_text(found[0], found[1], language) if found else fact
    return text_in(language, "report", "record", "with id", text=fact, id=target) if target and fact != target else fact


def _other_names(package: Package, record_id: str, language: str) -> Iterator[str]:
    """Yield the other names of a record, a line for each type of them."""
    kinds = next(each for each in package.tables["aliases"].fields if each.name == "kind")
    for kind, rows in package.other_names(record_id).items():
        yield f"{kinds.labels[kind][language]}: {'; '.join(name_text(row, language) for row in rows)}"


def _cell_text(field: Field, value: Cell, language: str) -> str:
    if isinstance(value, bool):
        return text_in(language, "report", "record", "yes" if value else "no")
    label = field.labels.get(str(value))
    return label[language] if label else cell(value)


def _all_parts(package: Package, record: tuple[Table, Row], shown_id: str, language: str) -> Iterator[str]:
    """Yield the sub-records of a record, table by table; if the id is that of one of them, only that one."""
    record_id = str(record[1]["id"])
    for table in package.tables.values():
        siblings = _parts(table, record[0], record_id)
        parts = [each for each in siblings if shown_id in (record_id, each["id"])]
        if parts:
            yield ""
            yield text_in(language, "report", "record", "parts", title=table.title[language], count=len(parts))
        for row in parts:
            yield f"  {_heading(row, language)}"
            of = record[0], shared(record[1], siblings)
            yield from (f"    {line}" for line in _facts(package, table, row, language, of))


def _parts(table: Table, record_table: Table, record_id: str) -> Sequence[Row]:
    """Return the rows of a table that are parts of a record: their ids begin with its own."""
    if table.key != ("id",) or not any(link.table == record_table.name for link in table.links):
        return ()
    return [row for row in table.items() if str(row["id"]).startswith(f"{record_id}.") and table.name != "evidence"]


def _evidence(package: Package, shown_id: str, language: str) -> Iterator[str]:
    words = texts_in(language, "report", "record")
    titles = {row["id"]: row.get(f"title_{language}") for row in package.tables["documents"].items()}
    shown = ("record_id", "part_id", "id")
    found = [row for row in package.tables["evidence"].items() if shown_id in map(row.get, shown)]
    if found:
        yield from ("", words["evidence"])
    for row in found:
        title = str(titles.get(row["document_id"]) or row["document_id"])
        place = words["paragraph"].format(title=title, paragraph=row["paragraph"]) if row["paragraph"] else title
        quote = str(row["quote"] or row["locator"] or "")
        state = _state(row, words)
        yield f"  {row['part_id'] or row['record_id']}: {quote}  ({place}; {state})"


def _state(row: Row, words: Mapping[str, str]) -> str:
    """Return whether a quote is verified, or by how many what was transcribed was read."""
    if row["quote"] is not None:
        return words["verified" if row["verified"] else "unverified"]
    return words["read by"].format(readings=row["readings"]) if row["readings"] else words["transcribed"]


def _used(package: Package, record_id: str, language: str) -> Iterator[str]:
    """Yield the other records that refer to a record."""
    users: dict[str, None] = {}
    for table in package.tables.values():
        links = [link.field for link in table.links if link.table != "ids"]
        for row in table.items() if links else ():
            user = str(row[table.key[0]]).partition(".")[0]
            if any(row[field] == record_id for field in links) and user != record_id:
                users[user] = None
    if users:
        heading = text_in(language, "report", "record", "used")
        yield from ("", f"{heading} ({len(users)})", *(f"  {each}" for each in sorted(users)))
