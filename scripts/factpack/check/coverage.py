"""Coverage: every number token of every text is used by a record or waived with a reason. The join over all records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from factpack.check.sound import has_evidence, leaves_evidence
from factpack.check.use import Use
from factpack.problems import Problem
from factpack.record.evidence import cited
from factpack.schema.model import Kind
from factpack.source.documents import Document
from factpack.source.marks import Record

if TYPE_CHECKING:
    from factpack.text.text_record import Text
    from factpack.text.token import Token

LATER = "later"
"""The reason of a waiver that waives nothing: the number is data, and stays open until a record uses it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A token of a text with one of its users: what it is used for, by whom, or why it is waived or still open."""

    document: str
    paragraph: int
    token: Token
    use: str
    user: str | None = None
    reason: str | None = None

    def row(self) -> Record:
        """Return the number as an item of the table of numbers."""
        number_id = f"{self.document}.p{self.paragraph}.{self.token.start}"
        return {
            "id": f"{number_id}.{self.user}" if self.user else number_id,
            "document": self.document,
            "paragraph": self.paragraph,
            "start": self.token.start,
            "end": self.token.end,
            "token": self.token.text,
            "use": self.use,
            "part": self.user,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver of a document: which token of which paragraph, and where the waiver stands."""

    index: int
    paragraph: int
    token: str
    occurrence: int
    reason: str


def waivers(kind: Kind, document: Document) -> list[Waiver]:
    """Return the waivers that a document's record gives."""
    field = kind.shape.role("waivers")
    listed: Any = (document.data or {}).get(field or "") or ()
    if not field:
        return []
    roles = kind.shape.parts[field].roles
    return [
        Waiver(
            index,
            each[roles["paragraph"]],
            each[roles["quote"]],
            each.get(roles["occurrence"], 1),
            each[roles["reason"]],
        )
        for index, each in enumerate(listed)
    ]


def reason_labels(kind: Kind, language: str) -> dict[str, str]:
    """Return what the reasons for which a number may be excluded are called, by code."""
    field = kind.shape.role("waivers")
    if not field:
        return {}
    part = kind.shape.parts[field]
    labels = part.fields[part.roles["reason"]].get("x-labels", {})
    return {code: str(each[language]) for code, each in labels.items()}


def numbers(text: Text, uses: Iterable[Use], waived: Iterable[Waiver]) -> Iterator[Number]:
    """Yield every token of a text, once for each of its users, in the order of the text."""
    users: dict[tuple[int, int], list[Use]] = {}
    for use in sorted(set(uses)):
        users.setdefault((use.paragraph, use.start), []).append(use)
    reasons = {(each.paragraph, each.token, each.occurrence): each.reason for each in waived}
    for paragraph, token, occurrence in occurrences(text):
        taken = users.get((paragraph, token.start), [])
        reason = reasons.get((paragraph, token.text, occurrence))
        if taken:
            for user, by_value in sorted({use.user: use.by_value for use in taken}.items()):
                kind = "observation" if by_value and "." in user else "record"
                yield Number(text.document, paragraph, token, kind, user)
        elif reason and reason != LATER:
            yield Number(text.document, paragraph, token, "waived", reason=reason)
        else:
            yield Number(text.document, paragraph, token, "unclaimed", reason=reason)


def occurrences(text: Text) -> Iterator[tuple[int, Token, int]]:
    """Yield (paragraph, token, which of the paragraph's tokens of that wording it is, from 1)."""
    for number, paragraph in enumerate(text.paragraphs, 1):
        seen: dict[str, int] = {}
        for token in paragraph.tokens:
            seen[token.text] = seen.get(token.text, 0) + 1
            yield number, token, seen[token.text]


def unknown_units(text: Text) -> Iterator[tuple[int, Token]]:
    """Yield (paragraph, token) for each number of a text that has a word behind it which is no known unit."""
    for number, paragraph in enumerate(text.paragraphs, 1):
        yield from ((number, token) for token in paragraph.tokens if token.unknown)


Doubt = tuple[str, int]
"""A document and paragraph that a record with problems of its own cites."""
EVERYWHERE: Doubt = ("", 0)
PLACED = frozenset(
    ("value-not-in-quote", "unit-mismatch", "sign-mismatch", "bound-mismatch", "ambiguous-quote", "list-order")
)
"""Problems of a record that leave no doubt where in the text its facts stand."""


def doubts(kind: Kind, record: Record | None, found: Iterable[Problem]) -> set[Doubt]:
    """Return the paragraphs whose numbers may belong to a record with problems: those it cites, or all.

    `record` is the data of the record, None where it cannot be read.
    """
    if not has_evidence(kind):
        return set()
    if record is None or not all(problem.code in PLACED or leaves_evidence(kind, problem) for problem in found):
        return {EVERYWHERE}
    entries = cited(kind.shape, record)
    return {(each.document, each.paragraph) for each in entries if each.paragraph is not None}


def problems(
    kind: Kind, document: Document, text: Text, uses: list[Use], doubted: Collection[Doubt] = ()
) -> Iterator[Problem]:
    """Yield the numbers of a text that nothing accounts for, and the waivers that waive nothing.

    In a document that is curated in part an open number is a warning; a number that is to be recorded `LATER` is open,
    too. One cause, one problem: a number of a paragraph that a wrong record cites is left out until the record is
    right.
    """
    field = kind.shape.role("waivers") or ""
    waived = waivers(kind, document)
    partial = (document.data or {}).get(kind.shape.role("coverage") or "") == "partial"
    used = _accounted(text, uses)
    needed = {
        (number, token.text, nth) for number, token, nth in occurrences(text) if (number, token.start) not in used
    }
    for each in waived:
        if (each.paragraph, each.token, each.occurrence) not in needed:
            shown = {"token": each.token, "paragraph": str(each.paragraph), "occurrence": str(each.occurrence)}
            yield document.problem("unused-waiver", (field, each.index), **shown)
    missing = needed - {(each.paragraph, each.token, each.occurrence) for each in waived if each.reason != LATER}
    noted = {(each.paragraph, each.token, each.occurrence): each.index for each in waived if each.reason == LATER}
    for number, token, nth in occurrences(text):
        doubtful = EVERYWHERE in doubted or (text.document, number) in doubted
        if (number, token.text, nth) in missing and not doubtful:
            shown = {"token": token.text, "paragraph": str(number), "occurrence": str(nth), "start": str(token.start)}
            index = noted.get((number, token.text, nth))
            line, column = document.marks.at((field,) if index is None else (field, index))
            pointer = f"/{field}#{number}.{token.start}"
            problem = Problem(document.path, line, column, "uncovered-number", pointer, shown)
            yield problem.as_warning() if partial else problem


def _accounted(text: Text, uses: Iterable[Use]) -> set[tuple[int, int]]:
    """Return paragraph and offset of each token that records use: of a ratio all its numbers, or it as a whole."""
    from factpack.text.ratios import members  # costs start-up time, and a run of kept results never needs it

    found: dict[tuple[int, int], set[int]] = {}
    for use in uses:
        found.setdefault((use.paragraph, use.start), set()).add(use.member)
    for at, used in [(at, used) for at, used in found.items() if 0 not in used]:
        token = next((each for each in text.paragraphs[at[0] - 1].tokens if each.start == at[1]), None)
        if token and len(used) < len(members(token.text)):
            del found[at]
    return set(found)


SharedUses = dict[str, tuple[Use, bool]]
"""Of each part that says `shared`: one of its uses, and whether another part uses one of its numbers too."""


def used_twice(uses: Iterable[Use], reread: Callable[[str], Document], shared: SharedUses) -> Iterator[Problem]:
    """Yield parts that use a number which another part uses too without saying so; note in `shared` what others say.

    `reread` gives the document of a file, for the place of what is wrong.
    """
    by_value = sorted(use for use in set(uses) if use.by_value)
    for _, group in groupby(by_value, key=lambda use: (use.document, use.paragraph, use.start)):
        same = list(group)
        for use in same:
            others = ", ".join(sorted({each.user for each in same if each.user != use.user and _overlap(use, each)}))
            if use.shared:
                shared[use.user] = use, bool(others) or shared.get(use.user, (use, False))[1]
            elif others:
                values = {"paragraph": str(use.paragraph), "start": str(use.start), "other": others}
                yield reread(use.path).problem("token-used-twice", use.at, **values)


def _overlap(one: Use, other: Use) -> bool:
    """Say whether two uses of a token are of the same number: those of different members of a ratio are not."""
    return one.member == other.member or 0 in (one.member, other.member)


def not_shared(
    shared: SharedUses, reread: Callable[[str], Document], doubted: Collection[Doubt] = ()
) -> Iterator[Problem]:
    """Yield parts that say `shared` without need; a record that is wrong may be what they share a number with."""
    for user, (use, shares) in shared.items():
        if not shares and EVERYWHERE not in doubted and (use.document, use.paragraph) not in doubted:
            yield reread(use.path).problem("not-shared", use.at, part=user)


def totals(found: Iterable[Number]) -> Mapping[str, int]:
    """Return how many tokens there are by use, and waived ones by reason (`waived: date`)."""
    seen: dict[tuple[int, int, str], str] = {}
    for each in found:
        seen[(each.paragraph, each.token.start, each.document)] = (
            f"waived: {each.reason}" if each.use == "waived" else each.use
        )
    counts: dict[str, int] = {}
    for use in seen.values():
        counts[use] = counts.get(use, 0) + 1
    return dict(sorted(counts.items()))
