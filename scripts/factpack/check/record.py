"""The check of one record by itself, from its data to everything that the other checks and the build need of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factpack.check.coverage import Doubt, doubts
from factpack.check.proof import prove
from factpack.check.rules import check
from factpack.check.windows import Use
from factpack.problems import Problem
from factpack.record.ids import Identity, identities
from factpack.record.library import Library
from factpack.record.subject import Subject, references
from factpack.record.unique import Holder, UniqueKey, unique_keys
from factpack.schema.model import Kind
from factpack.source.documents import Document


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one record gives. One that is not `valid` for its schema gives problems and doubts only."""

    problems: Sequence[Problem]
    doubts: frozenset[Doubt] = frozenset()
    """Paragraphs whose numbers may belong to it once it is right."""
    valid: bool = False
    identities: Sequence[Identity] = ()
    """Its id and those of its parts, retired ones too."""
    references: Mapping[str, str] = field(default_factory=dict)
    """The ids that it refers to, each with its own id."""
    uses: Sequence[Use] = ()
    """The numbers of texts that it uses."""
    unique: Sequence[tuple[UniqueKey, Holder]] = ()
    """Its values that no other record may have."""


def check_record(
    kind: Kind, document: Document, problems: Sequence[Problem], library: Library, *, proof: bool = True
) -> Checked:
    """Check a record: its rules if it is valid for its schema, and its values and names against their quotes if it
    keeps the rules.

    `problems` says what it breaks of YAML, of its name and of its schema. Without `proof` no quote is looked at.
    """
    if problems or document.data is None:
        return Checked(problems, frozenset(doubts(kind, document.data, problems)))
    subject, uses = Subject(kind, document, library), list[Use]()
    found = check(subject)
    if proof and not found:
        found, uses = prove(subject)
    return Checked(
        found,
        frozenset(doubts(kind, subject.record, found) if found else ()),
        True,
        identities(kind, subject.record, library),
        references(subject),
        uses,
        unique_keys(kind, document),
    )
