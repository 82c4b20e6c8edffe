"""The check of one record by itself, from its data to everything that the other checks and the build need of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from factpack.check.coverage import Doubt, doubts
from factpack.check.proof import prove
from factpack.check.rules import check
from factpack.check.sound import apart, sound_parts
from factpack.check.transcribed import verifications
from factpack.check.use import Use
from factpack.problems import Problem, errors
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
    verifications: Mapping[str, int] = field(default_factory=dict)
    """How many of its facts are verified, and how many only transcribed."""


def check_record(
    kind: Kind, document: Document, problems: Sequence[Problem], library: Library, *, proof: bool = True
) -> Checked:
    """Check a record: what it breaks of the rules, and its values and names against their quotes.

    `problems` says what it breaks of YAML, of its name and of its schema. Parts with a problem are looked at no
    further, all others are: a fault hides nothing but what rests on it. Without `proof` no quote is looked at.
    """
    if problems or document.data is None:
        sound = sound_parts(kind, document, problems) if document.data is not None else None
        more = _told(Subject(kind, sound, library), proof)[0] if sound else []
        return Checked([*problems, *apart(kind, more, problems)], frozenset(doubts(kind, document.data, problems)))
    subject = Subject(kind, document, library)
    found, uses = _told(subject, proof)
    wrong = errors(found)
    return Checked(
        found,
        frozenset(doubts(kind, subject.record, wrong) if wrong else ()),
        True,
        identities(kind, subject.record, library),
        references(subject),
        uses,
        unique_keys(kind, document),
        verifications(subject),
    )


def _told(subject: Subject, proof: bool) -> tuple[list[Problem], list[Use]]:
    """Return what a record breaks and fails to prove, and, if it keeps the rules, the numbers that it uses."""
    found = check(subject)
    if not proof:
        return found, []
    unproven, uses = prove(subject)
    wrong = errors(found)
    return [*found, *apart(subject.kind, unproven, wrong)], [] if wrong else uses
