"""Showing: a record as a person reads it, from the built package: what it says, on what passages, and where it is used.

It goes by the tables, their columns and their keys, so a kind of record that is new shows like the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factpack.package.citation import NotCitable, retirement_text
from factpack.package.package import Package
from factpack.package.table import Cell, Field, Row, Table
from factpack.problems import visible
from factpack.table.encode import cell

WORDS = {
    "en": {
        "evidence": "Evidence",
        "used": "Used by",
        "source": "Record file",
        "cite": "To cite it",
        "verified": "verified",
        "unverified": "not yet verified",
        "paragraph": "{title}, paragraph {paragraph}",
        "yes": "yes",
        "no": "no",
        "parts": "{title} ({count})",
    },
    "zh": {
        "evidence": "原文依据",
        "used": "用到它的记录",
        "source": "记录文件",
        "cite": "引用格式",
        "verified": "已核验",
        "unverified": "待核验",
        "paragraph": "{title}，第{paragraph}段",
        "yes": "是",
        "no": "否",
        "parts": "{title}（{count}）",
    },
}
OWN = ("id", "position")
"""Columns that say nothing beside the heading of a row."""


def shown(package: Package, own: str, language: str) -> str:
    """Return a record as lines, of a part the record with that part alone; raises NotCitable.

    Nothing in it can drive a terminal.
    """
    record = own.partition(".")[0]
    known, state = package.find(record), package.states.get(own)
    if known is None:
        if state is None:
            raise NotCitable(own)
        return "".join(f"{visible(line)}\n" for line in [own, f"  {retirement_text(state, language)}"])
    home, row = known
    lines = [_heading(record, row, language), *_fields(home, row, language, 1)]
    if state and state["state"] == "retired":
        lines.insert(1, f"  {retirement_text(state, language)}")
    found = own == record
    for table in package.tables.values():
        parts = [each for each in _parts(table, home, record) if own in (record, each["id"])]
        if parts:
            found = True
            lines += ["", WORDS[language]["parts"].format(title=table.title[language], count=len(parts))]
        for each in parts:
            fields = _fields(table, each, language, 2, home, row)
            lines += [f"  {_heading(str(each['id']), each, language)}", *fields]
    if not found and state is None:
        raise NotCitable(own)
    source = f"{WORDS[language]['source']}: {package.sources[record]}"
    cite = f"{WORDS[language]['cite']}: factpack cite {own}"
    lines += [*_evidence(package, own, language), *_used(package, record, language), "", source, cite]
    return "".join(f"{visible(line)}\n" for line in lines)


def _heading(own: str, row: Row, language: str) -> str:
    other = {"zh": "en", "en": "zh"}[language]
    names = [row.get(f"{stem}_{each}") for each in (language, other) for stem in ("display", "name", "title", "label")]
    return "  ".join([own, *dict.fromkeys(str(each) for each in names if each)])


def _fields(
    table: Table, row: Row, language: str, depth: int, above: Table | None = None, record: Row | None = None
) -> Iterator[str]:
    """Yield what a row says, a line a fact, without the other language, its heading, and what its record says too."""
    other, ending = {"zh": ("_en", "（中文）"), "en": ("_zh", " (English)")}[language]
    told = {f"{stem}_{language}" for stem in ("display", "name", "title", "label")}
    names = {field.name for field in table.fields}
    owners = {link.field.removesuffix("_id") for link in table.links if above and link.table == above.name}
    for field in table.fields:
        name, value = field.name, row[field.name]
        hidden = name in told or name in OWN or name.endswith(other) or name.startswith(tuple(f"{o}_" for o in owners))
        worded = f"{name.removesuffix('_id')}_{language}" in names  # the column of its text shows the id, too
        if value is None or hidden or worded or (record or {}).get(name) == value:
            continue
        said, own = _said(field, value, language), row.get(f"{name[:-3]}_id") if name.endswith(f"_{language}") else None
        said += {"zh": "（{}）", "en": " ({})"}[language].format(own) if own else ""
        yield f"{'  ' * depth}{field.title[language].removesuffix(ending)}: {said}"


def _said(field: Field, value: Cell, language: str) -> str:
    if isinstance(value, bool):
        return WORDS[language]["yes" if value else "no"]
    label = field.labels.get(str(value))
    return label[language] if label else cell(value)


def _parts(table: Table, home: Table, record: str) -> Sequence[Row]:
    """Return the rows of a table that are parts of a record: their ids begin with its own."""
    if table.key != ("id",) or not any(link.table == home.name for link in table.links):
        return ()
    return [row for row in table.items() if str(row["id"]).startswith(f"{record}.") and table.name != "evidence"]


def _evidence(package: Package, own: str, language: str) -> Iterator[str]:
    words = WORDS[language]
    titles = {row["id"]: row.get(f"title_{language}") for row in package.tables["documents"].items()}
    found = [row for row in package.tables["evidence"].items() if own in (row["record_id"], row["part_id"])]
    if found:
        yield from ("", words["evidence"])
    for row in found:
        title = str(titles.get(row["document_id"]) or row["document_id"])
        place = words["paragraph"].format(title=title, paragraph=row["paragraph"]) if row["paragraph"] else title
        quote = str(row["quote"] or row["locator"] or "")
        state = words["verified" if row["verified"] else "unverified"]
        yield f"  {row['part_id'] or row['record_id']}: {quote}  ({place}; {state})"


def _used(package: Package, record: str, language: str) -> Iterator[str]:
    """Yield the other records that refer to a record."""
    users: dict[str, None] = {}
    for table in package.tables.values():
        links = [link.field for link in table.links if link.table != "ids"]
        for row in table.items() if links else ():
            first = str(row[table.key[0]]).partition(".")[0]
            if any(row[field] == record for field in links) and first != record:
                users[first] = None
    if users:
        yield from ("", f"{WORDS[language]['used']} ({len(users)})", *(f"  {each}" for each in sorted(users)))
