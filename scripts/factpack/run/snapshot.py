"""The package that the sources give, as a value: what `diff` compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factpack.check.record import check_record
from factpack.history.changes import Snapshot
from factpack.history.columns import columns_of
from factpack.history.turns import JUDGED, Rows
from factpack.record.evidence import is_retired
from factpack.record.ids import Identity
from factpack.run.pipeline import names_known
from factpack.run.workspace import Workspace
from factpack.schema.model import Shape
from factpack.source.marks import Record
from factpack.table.complete import complete
from factpack.table.encode import cell
from factpack.table.rows import rows


def snapshot(space: Workspace) -> Snapshot:
    """Return the package that the sources give, as far as their records are valid; what is not is named as unread."""
    records: dict[str, dict[str, Record]] = {}
    known: dict[str, Identity] = {}
    unread = {each.path for each in space.problems}
    for kind in space.schemas.prefixes.values():
        for name in space.ids[kind.name]:
            document, problems = space.load(kind, name)
            checked = check_record(kind, document, problems, space.library, proof=False)
            if checked.problems or document.data is None:
                unread.add(name)
                continue
            known |= {each.id: each for each in checked.identities}
            if not is_retired(kind.shape, document.data):
                records.setdefault(kind.folder, {})[name] = complete(kind, document.data, space.library)
    version, name = (str(space.package.get(each, "")) for each in ("version", "name"))
    told = {} if unread else _judged(space, records)
    return Snapshot(records, known, columns_of(space.schemas), version, frozenset(unread), package=name, rows=told)


def _judged(space: Workspace, records: Mapping[str, Mapping[str, Record]]) -> dict[str, Rows]:
    """Return the rows of each table that says what became of promises, made of records that are all valid."""
    columns = {table: names for table, names in columns_of(space.schemas).items() if not JUDGED.isdisjoint(names)}
    library = space.knowing(names_known(space), space.reviewed()).library
    found: dict[str, dict[str, Mapping[str, str]]] = {table: {} for table in columns}
    for kind in space.schemas.prefixes.values():
        if not columns.keys().isdisjoint(_tables(kind.shape)):
            for record in records.get(kind.folder, {}).values():
                for table, row in rows(kind, record, library, record):
                    if table in columns:
                        cells = dict(zip(columns[table], map(cell, row), strict=True))
                        found[table][cells["id"]] = cells
    return dict(found)


def _tables(shape: Shape) -> Iterator[str]:
    """Yield the tables of a shape and of its parts."""
    yield from (table.name for table in shape.tables)
    for part in shape.parts.values():
        yield from _tables(part)
