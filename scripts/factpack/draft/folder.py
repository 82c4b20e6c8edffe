"""The folder of drafts: the name of each, how one that a person has edited is told, and what is to become of each.

Drafts lie in `drafts/<document>/`, named for their paragraph and offset. The second line of a draft is a digest of all
others: where it does not fit them, somebody has edited the file, and it is theirs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from factpack.draft.drafted import Draft

FOLDER = "drafts"
_NAME = re.compile("([0-9]{3,})-([0-9]{4,})(?:[.]([1-9]))?[.]yaml")
_MARK = re.compile(rb"^# factpack: ([0-9a-f]{16})\n", re.MULTILINE)


class Key(NamedTuple):
    """The number that a draft is of: paragraph from 1, offset, and which number of a ratio from 1, else 0."""

    paragraph: int
    offset: int
    member: int = 0

    def path(self, document: str) -> str:
        """Return where the draft of this number lies."""
        member = f".{self.member}" if self.member else ""
        return f"{FOLDER}/{document}/{self.paragraph:03}-{self.offset:04}{member}.yaml"


def key_of(draft: Draft) -> Key:
    """Return the number that a draft is of."""
    return Key(draft.paragraph, draft.offset, draft.member)


def key_at(path: str, document: str) -> Key | None:
    """Return the number that a path of a draft names, or None for a path that names none."""
    name = _NAME.fullmatch(path.rpartition("/")[2])
    key = Key(int(name[1]), int(name[2]), int(name[3] or 0)) if name else None
    return key if key and key.path(document) == path else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of the drafts of a document, by their paths in order."""

    write: Mapping[str, bytes]
    """Those that are new, and those that nobody has edited and that would be drafted otherwise now."""
    same: Sequence[str]
    """Those that are there as they would be drafted now."""
    edited: Sequence[str]
    """Those that somebody has edited: they stay as they are."""
    gone: Sequence[str]
    """Those that nobody has edited, of numbers that have been claimed since: they are deleted."""
    claimed: Sequence[str]
    """Those that somebody has edited, of numbers that have been claimed since: they stay, and are told."""


def planned(made: Mapping[str, bytes], there: Mapping[str, bytes]) -> Plan:
    """Return what is to become of the drafts that are `there`, where those of all open numbers are `made` anew."""
    edited = {path for path, raw in there.items() if is_edited(raw)}
    same = {path for path, raw in made.items() if path in there and _lines(there[path]) == raw}
    return Plan(
        {path: made[path] for path in sorted(made.keys() - edited - same)},
        sorted(same),
        sorted(edited & made.keys()),
        sorted(there.keys() - made.keys() - edited),
        sorted(edited - made.keys()),
    )


def marked(raw: bytes) -> bytes:
    """Return a file with the digest of all that it holds as its second line."""
    first, _, rest = raw.partition(b"\n")
    return b"\n".join((first, b"# factpack: " + _digest(raw), rest))


def is_edited(raw: bytes) -> bool:
    """Say whether somebody has edited a draft, so that it is no more what was drafted; line ends do not count."""
    raw = _lines(raw)
    mark = _MARK.search(raw)
    return mark is None or mark[1] != _digest(raw[: mark.start()] + raw[mark.end() :])


def _lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")


def _digest(raw: bytes) -> bytes:
    return hashlib.sha256(raw).hexdigest()[:16].encode("ascii")
