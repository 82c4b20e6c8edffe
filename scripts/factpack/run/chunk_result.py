"""What a chunk of records is, and what it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import orjson

from factpack.check.coverage import Doubt
from factpack.disk.cache import digest
from factpack.problems import Problem
from factpack.record.unique import key_digest
from factpack.run.coverage import dump_uses
from factpack.table.encode import pack, unpack

if TYPE_CHECKING:
    from factpack.check.record import Checked


class Chunk(NamedTuple):
    """Records of a type in order, and what is wanted of them: `check`, `build` (which checks too) or `names`."""

    kind: str
    ids: Sequence[str]
    wanted: str

    @property
    def slot(self) -> str:
        """Where the cache keeps its result, which is one for a check and a build."""
        return f"{'names' if self.wanted == 'names' else 'chunk'}.{self.ids[0]}"

    @property
    def digest(self) -> str:
        """A digest of the records."""
        return digest(orjson.dumps((self.kind, self.ids)))


@dataclass(slots=True)
class ChunkResult:
    """What a chunk gives: its problems, its rows of each table and its JSON, already encoded."""

    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, bytes] = field(default_factory=dict)
    """Rows by table; those of the table of ids even where no others are wanted."""
    entries: bytes = b""
    """The records as JSON, parted as in a list."""
    unique: list[int] = field(default_factory=list)
    """Digests of the values that belong to one record only."""
    uses: dict[str, bytes] = field(default_factory=dict)
    """The uses of numbers by document, as `dump_uses` returns them."""
    doubts: set[Doubt] = field(default_factory=set)
    retired: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Ids that records in use refer to, each with one that does."""
    proven: int = 0
    """How many records and parts have a value that was found in a quote."""
    verifications: Counter[str] = field(default_factory=Counter)
    """How many facts are verified, and how many only transcribed."""
    unread: list[str] = field(default_factory=list)
    """Records whose ids are not known, for they are not valid."""

    def take(self, record_id: str, checked: Checked) -> None:
        """Take what the check of the next record gives."""
        if not checked.valid:
            self.unread.append(record_id)
        self.problems += checked.problems
        self.doubts |= checked.doubts
        self.retired += (each.id for each in checked.identities if each.retired)
        self.references |= checked.references
        for document, lines in dump_uses(checked.uses).items():
            self.uses[document] = self.uses.get(document, b"") + lines
        self.proven += len({use.user for use in checked.uses if use.by_value})
        for state, count in checked.verifications.items():
            self.verifications[state] += count
        self.unique += (key_digest(key) for key, _ in checked.unique)

    def packed(self) -> bytes:
        """Return it as bytes: these are cheap to hand to another process."""
        head = {
            "problems": self.problems,
            "tables": list(self.tables),
            "unique": self.unique,
            "uses": list(self.uses),
            "doubts": list(self.doubts),
            "retired": self.retired,
            "references": self.references,
            "proven": self.proven,
            "verifications": self.verifications,
            "unread": self.unread,
        }
        return pack(head, [*self.tables.values(), *self.uses.values(), self.entries])

    @staticmethod
    def unpacked(packed: bytes) -> ChunkResult:
        """Return the result that was packed."""
        head, blobs = unpack(packed)
        tables, uses = head.pop("tables"), head.pop("uses")
        problems = [Problem(**each) for each in head.pop("problems")]
        doubts = {(document, paragraph) for document, paragraph in head.pop("doubts")}
        counted = Counter(head.pop("verifications"))
        lines = dict(zip(uses, blobs[len(tables) : -1], strict=True))
        rows = dict(zip(tables, blobs[: len(tables)], strict=True))
        return ChunkResult(problems, rows, blobs[-1], uses=lines, doubts=doubts, verifications=counted, **head)
