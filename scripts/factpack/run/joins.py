"""What needs all records: numbers of a text, unique values, and ids published before."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from factpack.check import coverage
from factpack.disk.stage import Stage
from factpack.history.columns import breaking
from factpack.history.continuity import Continuity
from factpack.history.editions import Edition
from factpack.problems import Problem
from factpack.record.ids import part_ids, version
from factpack.record.unique import duplicates, key_digest, unique_keys
from factpack.run.chunk import Piece
from factpack.run.coverage import Account, Batch, Uses, account, numbers_of
from factpack.run.coverage import slot_of as account_slot
from factpack.run.outcome import Outcome
from factpack.run.processes import Mapped
from factpack.run.workspace import PACKAGE_PATH, Workspace
from factpack.source import marks


@dataclass(slots=True)
class Joined:
    """What is known of all records together, piece by piece."""

    uses: Uses
    continuity: Continuity | None
    proven: int = 0
    unique: array[int] = field(default_factory=lambda: array("Q"))
    """Digests of the values that belong to one record only."""
    doubts: set[coverage.Doubt] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        self.uses.add(piece.uses)
        self.proven += piece.proven
        self.unique.extend(piece.unique)
        self.doubts |= piece.doubts
        self.unread.update(piece.unread)
        self.retired += piece.retired
        for own in piece.references.keys() - self.references.keys():
            self.references[own] = piece.references[own]
        if self.continuity:
            self.continuity.meet(piece.tables["ids"])


def history_problems(space: Workspace, joined: Joined, then: Edition | None) -> Iterator[Problem]:
    """Join: yield ids that vanished or came back, retired ones still referred to, and columns that may not go yet."""
    for own in joined.retired:
        if own in joined.references:
            yield _at_id(space, own, "retired-in-use", other=joined.references[own])
    if then is None or joined.continuity is None:
        return
    joined.continuity.end()
    for own in _gone(joined.continuity.vanished, joined.unread):
        yield _at_id(space, own, "vanished-id", edition=then.name)
    yield from (_at_id(space, own, "reused-id", edition=then.name) for own in joined.continuity.reused)
    current = str(space.package.get("version", ""))
    changed = breaking(then, space.schemas, current) if current else []
    if changed:
        shown = {"changed": ", ".join(changed), "version": current, "edition": then.name}
        was = str(then.descriptor["version"])
        shown["needed"] = f"{version(was)[0] + 1}.0.0"
        yield space.reader.document(PACKAGE_PATH).problem("version-too-low", ("version",), **shown)


def _gone(vanished: Sequence[str], unread: Collection[str]) -> Iterator[str]:
    """Yield the vanished ids less those of records that cannot be read now, and of parts whose whole record is gone."""
    records = {own for own in vanished if "." not in own}
    for own in vanished:
        record = own.partition(".")[0]
        if record not in unread and (record == own or record not in records):
            yield own


def _at_id(space: Workspace, own: str, code: str, **values: str) -> Problem:
    """Return a problem of an id, where its part stands or stood in its record, else at the record's beginning."""
    name = own.partition(".")[0]
    kind = space.schemas.kind_of(name)
    path = kind.path(name) if kind else PACKAGE_PATH
    values = {"id": own, **values}
    if kind is None or not space.library.exists(name):
        return Problem(path, 1, 1, code, "", values)
    document, _ = space.load(kind, name)
    for field_name, shape in kind.shape.parts.items():
        listed = (document.data or {}).get(field_name)
        if own != name and shape.key and isinstance(listed, list):
            ids = part_ids(name, shape, listed, space.library)  # type: ignore[arg-type]
            at: marks.Path = (field_name, ids.index(own)) if own in ids else (field_name,)
            return Problem(path, *document.marks.at_key(at), code, f"/{field_name}#{own}", values)
    return document.key_problem(code, (kind.shape.role("retired") or "",), **values)


def numbers_accounted(
    space: Workspace,
    mapped: Mapped[Workspace],
    outcome: Outcome,
    joined: Joined,
    stage: Stage | None,
    keep: bool,
    used: set[str],
) -> Iterator[Problem]:
    """Join: take the accounts of all texts, write the table of numbers, and yield what is left over."""
    said: coverage.Said = {}

    def batches() -> Iterator[Batch]:
        for names, lines in joined.uses.batches():
            if keep:
                outcome.numbers += numbers_of(space, names, lines)
            batch = names, lines, joined.doubts, stage is not None
            used.add(account_slot(batch))
            yield batch

    for each in map(Account.unpacked, mapped(account, batches())):
        yield from each.problems
        for user, (use, shares) in each.said.items():
            said[user] = use, shares or said.get(user, (use, False))[1]
        for kind, count in each.totals.items():
            outcome.totals[kind] = outcome.totals.get(kind, 0) + count
        if stage and each.rows:
            stage.append("build/csv/numbers.csv", each.rows)
    yield from coverage.not_shared(said, space.reader.document)


def doubled(space: Workspace, joined: Joined) -> list[Problem]:
    """Join: return a problem for each record with a value that an earlier one has; few are read again for it."""
    doubled = {one for one, other in pairwise(sorted(joined.unique)) if one == other}
    if not doubled:
        return []
    pairs = (
        pair
        for kind in space.schemas.kinds.values()
        for record in (space.ids[kind.name] if kind.unique else ())
        if not (loaded := space.load(kind, record))[1]
        for pair in unique_keys(kind, loaded[0])
    )
    return duplicates((pair for pair in pairs if key_digest(pair[0]) in doubled), space.reader.document)
