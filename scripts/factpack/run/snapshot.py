"""The package that the sources give, as a value: what `diff` compares."""

from __future__ import annotations

from factpack.check.record import check_record
from factpack.history.changes import Snapshot
from factpack.history.columns import columns_of
from factpack.record.evidence import is_retired
from factpack.record.ids import Identity
from factpack.run.workspace import Workspace
from factpack.source.marks import Record
from factpack.table.complete import complete


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
    return Snapshot(records, known, columns_of(space.schemas), version, frozenset(unread), package=name)
