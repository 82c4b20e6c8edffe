"""Proof: each value, name and claim of a record is in its quotes, and each quote is in its paragraph (DESIGN 5).

A quote is a window on the recorded tokens of its paragraph. Nothing here needs the published text. Besides problems,
the proof of a record yields the tokens that it uses; together they must account for every number of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.check.names import STREAKS, is_longer, neighbour, spans, stands_free
from factpack.check.rules import Subject, forms_of
from factpack.problems import Problem
from factpack.record.ids import part_ids
from factpack.record.library import Library, Record
from factpack.schema.dialect import Shape
from factpack.source.documents import Path
from factpack.text.text_record import Paragraph, Quote
from factpack.text.tokens import Token, normal_form, relation, tokens_of

QUOTE_LIMIT, LIST_LIMIT = 40, 60
"""Characters that a quote may have in normal form, and one that holds a list with 分别."""


class Use(NamedTuple):
    """A token that a record or part uses: by its value (or number of periods), else by its name or date."""

    document: str
    paragraph: int
    start: int
    user: str
    by_value: bool
    shared: bool
    path: str
    """The file of the record, and in it the path of what uses the token."""
    at: Path


class Window(NamedTuple):
    """A quote on its paragraph: its text, its tokens in its own offsets, and where it was verified."""

    document: str
    number: int
    at: Path
    text: str
    tokens: tuple[Token, ...]
    paragraph: Paragraph | None
    quote: Quote | None


class Claimant(NamedTuple):
    """An item with evidence: a record or one of its parts, seen through its quotes."""

    subject: Subject
    shape: Shape
    item: Record
    path: Path
    own: str
    windows: tuple[Window, ...]

    def get(self, role: str) -> Any:
        """Return what plays a role in the item, or None."""
        return self.item.get(self.shape.role(role) or "")

    def at(self, role: str) -> Path:
        """Return the path of the field that plays a role."""
        return (*self.path, self.shape.role(role) or "")

    @property
    def whole(self) -> bool:
        """Whether the item is the record itself."""
        return not self.path


def prove(subject: Subject) -> tuple[list[Problem], list[Use]]:
    """Return what a valid record fails to prove, and the tokens that it uses."""
    problems: list[Problem] = []
    uses: list[Use] = []
    for claimant in claimants(subject):
        for window in claimant.windows:
            problems += quote_problems(subject, window)
        proven, wrong = value_tokens(claimant)
        problems += [*name_problems(claimant, proven), *claim_problems(claimant, proven), *wrong]
        uses += _uses(claimant, proven)
    return problems, uses


def claimants(subject: Subject) -> Iterator[Claimant]:
    """Yield the record and its parts as far as they carry evidence and are not retired."""
    own = str(subject.record["id"])
    ids: dict[Path, str] = {(): own}
    for field, shape in subject.kind.shape.parts.items():
        listed: Any = subject.record.get(field) or ()
        if shape.key:
            ids |= {(field, i): each for i, each in enumerate(part_ids(own, shape, listed, subject.library))}
    for shape, item, path in subject.items:
        evidence, retired = shape.role("evidence"), shape.role("retired")
        if retired and item.get(retired):
            if not path:
                return
            continue
        if evidence and item.get(evidence):
            pieces: Any = item[evidence]
            windows = [
                _window(subject.library, piece, (*path, evidence, index))
                for index, piece in enumerate(pieces)
                if "quote" in piece
            ]
            yield Claimant(subject, shape, item, path, ids.get(path, own), tuple(windows))


def _window(library: Library, piece: Record, at: Path) -> Window:
    document, number, text = str(piece["document"]), piece["paragraph"], normal_form(str(piece["quote"]))
    assert isinstance(number, int)
    source = library.text(document)
    paragraph = source.paragraphs[number - 1] if source and number <= len(source.paragraphs) else None
    return Window(document, number, at, text, tokens_of(text), paragraph, paragraph.find(text) if paragraph else None)


# ---- quotes


def quote_problems(subject: Subject, window: Window) -> Iterator[Problem]:
    """Yield what is wrong with a quote itself: its length, its place, and what its ends cut."""
    at = (*window.at, "quote")
    limit = LIST_LIMIT if "分别" in window.text else QUOTE_LIMIT
    if len(window.text) > limit:
        yield subject.problem("quote-too-long", at, found=str(len(window.text)), limit=str(limit))
    if window.paragraph is None or window.quote is None:
        values = {"quote": window.text, "paragraph": str(window.number), "document": window.document}
        yield subject.problem("unverified-quote", at, **values)
        return
    if window.quote.count > 1:
        values = {"quote": window.text, "paragraph": str(window.number), "count": str(window.quote.count)}
        yield subject.problem("quote-not-unique", at, **values)
    if window.paragraph.is_sentence(window.quote):
        yield subject.problem("quote-is-sentence", at, quote=window.text)
    yield from _cuts(subject, window, window.paragraph, window.quote, at)


def _cuts(subject: Subject, window: Window, paragraph: Paragraph, quote: Quote, at: Path) -> Iterator[Problem]:
    """Yield the tokens that a quote's ends cut, or part from their bound word, fall verb or list."""
    inside, start, end = [], quote.start, quote.end
    for token in paragraph.tokens:
        if token.reach_start >= end or start >= token.reach_end:
            continue
        if start <= token.reach_start and token.reach_end <= end:
            inside.append(_meaning(token, start))
        else:
            yield subject.problem("cut-token", at, token=token.text, quote=window.text)
    alone = [_meaning(token, 0) for token in window.tokens]
    if inside != alone and not any(_crosses(token, quote) for token in paragraph.tokens):
        differing = next((each[0] for each in [*inside, *alone] if not (each in inside and each in alone)), "")
        yield subject.problem("cut-token", at, token=differing, quote=window.text)


def _crosses(token: Token, quote: Quote) -> bool:
    """Say whether an end of the quote lies inside the reach of a token."""
    return any(token.reach_start < end < token.reach_end for end in (quote.start, quote.end))


def _meaning(token: Token, origin: int) -> tuple[str, object, object, object, object, object]:
    return token.text, token.start - origin, token.value, token.unit, token.bound, token.sign


# ---- names and subjects

Proven = list[tuple[Window, Token, bool]]
"""Tokens that an item uses, and whether by its value."""


def name_problems(claimant: Claimant, proven: Proven) -> Iterator[Problem]:
    """Yield a record whose name is in none of its quotes, and a part whose number is not its subject's."""
    forms = claimant.subject.forms
    if not claimant.windows or not forms:
        return
    if claimant.whole:
        if not any(names_stand_in(claimant, window, forms) for window in claimant.windows):
            yield _unnamed(claimant, "name-not-in-quote", claimant.at("evidence"), forms[:1], claimant.windows)
        return
    valued = [window for window, _, by_value in proven if by_value]
    stated = claimant.get("value") is not None or claimant.get("claim") is not None
    if stated and not any(form in window.text for window in valued or claimant.windows for form in forms):
        yield _unnamed(
            claimant, "subject-not-in-quote", claimant.at("evidence"), forms, valued or list(claimant.windows)
        )
        return
    for window, token, by_value in proven:
        if not by_value or _leads(window, token):
            continue
        names = known_names(claimant, window)
        if names and (other := neighbour(window.text, token, window.tokens, forms, names)):
            shown = {"token": token.text, "other": other, "name": " / ".join(forms)}
            yield claimant.subject.problem("nearer-subject", (*window.at, "quote"), **shown)


def _unnamed(claimant: Claimant, code: str, at: Path, forms: Sequence[str], windows: Iterable[Window]) -> Problem:
    """Return the problem that none of the forms is in the quotes of windows."""
    shown = {"name": " / ".join(forms), "quotes": " | ".join(window.text for window in windows)}
    return claimant.subject.problem(code, at, **shown)


def known_names(claimant: Claimant, window: Window) -> list[str]:
    """Return the names and aliases of other records of the item's kind that stand in a quote."""
    kind, kind_of = claimant.subject.kind, claimant.subject.library.schemas.kind_of
    return [name for name, record in _others(claimant, window) if kind_of(record) is kind]


def _others(claimant: Claimant, window: Window) -> list[tuple[str, str]]:
    """Return the names of other records that stand in a quote, each with its record."""
    own, names = str(claimant.subject.record["id"]), claimant.subject.library.names
    return [each for each in names.standing_in(window.text, window.document) if each[1] != own]


def names_stand_in(claimant: Claimant, window: Window, forms: Iterable[str]) -> bool:
    """Say whether one of the forms stands in a quote, and not only inside a longer known name of another record."""
    standing = [form for form in forms if form in window.text]
    names = [name for name, _ in _others(claimant, window)] if standing else []
    return any(_stands_free(form, window, names) for form in standing)


def _stands_free(form: str, window: Window, names: Iterable[str]) -> bool:
    """Say whether a form stands in a quote otherwise than inside a longer one of the names."""
    return stands_free(form, window.text, [name for name in names if is_longer(name, form)])


# ---- claims


def claim_problems(claimant: Claimant, proven: Proven) -> Iterator[Problem]:
    """Yield a claim none of whose words is in a quote of its subject or number; 增加 in 增加值 is no word."""
    claim, forms = claimant.get("claim"), claimant.subject.forms
    words = claimant.shape.fields[claimant.shape.role("claim") or ""].get("x-words", {}).get(claim, ()) if claim else ()
    if not words:
        return
    holders = [window for window in claimant.windows if _says(claimant, window, words, forms)]
    at = claimant.at("claim")
    if not holders:
        shown = {"claim": str(claim), "words": ", ".join(words)}
        yield claimant.subject.problem("claim-not-in-quote", at, **shown)
        return
    if other := _unnamed_other(claimant, holders):
        yield _unnamed(claimant, "subject-not-in-quote", claimant.at("claim_subject"), other, holders)
        return
    places = {window.at for window, _, by_value in proven if by_value}
    places |= {window.at for window in claimant.windows if any(form in window.text for form in forms)}
    if places and not any(window.at in places for window in holders):
        yield _unnamed(claimant, "subject-not-in-quote", at, forms, holders)


def _unnamed_other(claimant: Claimant, holders: Iterable[Window]) -> list[str]:
    """Return the names of what a claim compares its subject with, where none of them is in a quote of the claim."""
    other = claimant.get("claim_subject")
    kind = claimant.subject.library.schemas.kind_of(str(other))
    record = claimant.subject.library.record(str(other)) if other else None
    forms = forms_of(kind.shape, record) if kind and record else []
    return [] if any(form in window.text for window in holders for form in forms) else forms


def _says(claimant: Claimant, window: Window, words: Iterable[str], forms: Sequence[str]) -> bool:
    """Say whether a quote carries one of a claim's words outside the names that stand in it."""
    said = [word for word in words if word in window.text]
    names = [*forms, *known_names(claimant, window)] if said else []
    return any(_stands_free(word, window, names) for word in said)


# ---- values


def value_tokens(claimant: Claimant) -> tuple[Proven, list[Problem]]:
    """Return the tokens that give the item's value and number of periods, and why they do not where they do not."""
    proven: Proven = []
    problems: list[Problem] = []
    if claimant.get("value") is not None:
        proven, problems = _value_proof(claimant)
    count = claimant.get("claim_periods")
    if count is not None:
        found = [
            (window, token)
            for window in claimant.windows
            for token in window.tokens
            if token.value == count and token.unit in STREAKS
        ]
        if not found:
            shown = {"found": str(count), "tokens": shown_tokens(claimant.windows)}
            problems.append(claimant.subject.problem("value-not-in-quote", claimant.at("claim_periods"), **shown))
        proven += [(window, token, False) for window, token in found]
    return proven, problems


def _value_proof(claimant: Claimant) -> tuple[Proven, list[Problem]]:
    """Return the tokens that give the value: one in each quote that has any, at least one in all.

    A unit that cannot be read is a problem of its own and hides no value's: any token may give it.
    """
    unit: Any = claimant.get("unit") or claimant.subject.record.get(claimant.subject.kind.shape.role("unit") or "")
    if unit and claimant.subject.library.record(unit) is None:
        return [(window, token, False) for window in claimant.windows for token in window.tokens], []
    wanted = Wanted.of(claimant, unit)
    proven: Proven = []
    problems: list[Problem] = []
    for window in claimant.windows:
        matches = [token for token in window.tokens if wanted.fault(token) is None]
        if len(matches) > 1:
            shown = {"found": wanted.shown, "tokens": ", ".join(token.text for token in matches)}
            problems.append(claimant.subject.problem("ambiguous-quote", (*window.at, "quote"), **shown))
        proven += [(window, token, True) for token in matches]
        problems += [problem for token in matches if token.series and (problem := _misplaced(claimant, window, token))]
    if not proven:
        problems.append(_why_not(claimant, wanted))
    return proven, problems


class Wanted(NamedTuple):
    """What a token must give: value, unit words, whether it is a rank, and bound on the number line."""

    value: Any
    forms: tuple[str, ...] | None
    rank: bool
    bound: str | None

    @staticmethod
    def of(claimant: Claimant, unit: Any) -> Wanted:
        """Return what an item's value, unit and bound demand; a value without unit is just its digits."""
        library = claimant.subject.library
        printed: Any = library.role(unit, "printed_forms") if unit else None
        rank = bool(unit) and library.role(unit, "quantity") == "rank"
        return Wanted(claimant.get("value"), tuple(printed) if printed else None, rank, claimant.get("bound"))

    @property
    def shown(self) -> str:
        """The value as a message shows it."""
        return f"{self.value}{f' {self.forms[0]}' if self.forms else ''}{f' ({self.bound})' if self.bound else ''}"

    def fault(self, token: Token) -> str | None:
        """Return the code that says how a token fails to give what is wanted, or None where it gives it."""
        if self.forms is None:
            return None if token.text == str(self.value) else "value-not-in-quote"
        value, bound = relation(token)
        if value.is_nan() or abs(value) != abs(Decimal(self.value)):
            return "value-not-in-quote"
        if token.unit not in self.forms or (token.kind == "rank") is not self.rank:
            return "unit-mismatch"
        if value != self.value:
            return "sign-mismatch"
        return None if self.bound is None or bound == self.bound else "bound-mismatch"


def _why_not(claimant: Claimant, wanted: Wanted) -> Problem:
    """Return the problem that tells best why no token gives the value: the one that fails last."""
    order = ("value-not-in-quote", "unit-mismatch", "sign-mismatch", "bound-mismatch")
    tokens = [token for window in claimant.windows for token in window.tokens]
    code = max((wanted.fault(token) or "" for token in tokens), key=order.index, default=order[0])
    role = {"unit-mismatch": "unit", "bound-mismatch": "bound"}.get(code, "value")
    at = claimant.at(role) if claimant.get(role) is not None else claimant.at("value")
    return claimant.subject.problem(code, at, found=wanted.shown, tokens=shown_tokens(claimant.windows))


def shown_tokens(windows: Iterable[Window]) -> str:
    """Return the tokens of windows as a hint shows them: value, unit, bound."""
    shown = []
    for window in windows:
        for token in window.tokens:
            value, bound = relation(token)
            said = f"{value:f} {token.unit} ({bound})" if token.value is not None else token.kind
            shown.append(f"{token.text} = {said}")
    return "; ".join(shown) or "-"


def _leads(window: Window, token: Token) -> bool:
    """Say whether a token is in a list that 分别 leads or ends: its place in it tells its subject."""
    ends = window.text[token.reach_start :].startswith("分别")
    return bool(token.series) and (ends or "分别" in window.text[token.reach_start : token.start])


def _misplaced(claimant: Claimant, window: Window, token: Token) -> Problem | None:
    """Return a problem where the k-th value of a list with 分别 does not belong to the item's subject."""
    if not token.series or not _leads(window, token):
        return None
    place, count = token.series
    subjects = _listed_subjects(window.text[: token.reach_start], count)
    forms = claimant.subject.forms
    wanted = subjects[place - 1] if len(subjects) == count else ""
    if any(form in wanted or (wanted and wanted in form) for form in forms):
        return None
    shown = {"token": token.text, "place": str(place), "subject": wanted or "-", "name": " / ".join(forms)}
    return claimant.subject.problem("list-order", (*window.at, "quote"), **shown)


def _listed_subjects(before: str, count: int) -> list[str]:
    """Return the subjects of a list with 分别: what stands before it in its clause, split to `count` items."""
    clause = re.split("[,。;:]", before)[-1]
    for marks in ("、", "、|和|与|及|以及"):
        found = [each for each in re.split(marks, clause) if each]
        if len(found) >= count:
            return found[-count:]
    return []


# ---- what is used


def _uses(claimant: Claimant, proven: Proven) -> Iterator[Use]:
    """Yield the tokens that an item accounts for, as far as its quotes are verified."""
    taken = {(window.at, token.start) for window, token, _ in proven}
    named = [
        (window, token, False)
        for window in claimant.windows
        for token in window.tokens
        if (window.at, token.start) not in taken and _belongs(claimant, window, token)
    ]
    shared, path = bool(claimant.get("shared")), claimant.subject.document.path
    for window, token, by_value in (*proven, *named):
        if window.quote:
            start, at = window.quote.start + token.start, claimant.at("value" if by_value else "evidence")
            yield Use(window.document, window.number, start, claimant.own, by_value, shared, path, at)


def _belongs(claimant: Claimant, window: Window, token: Token) -> bool:
    """Say whether a token is the item's own period (of one from a year to another, both print), or in its name."""
    period = claimant.get("period")
    if token.kind == "date" and period is not None:
        ends = str(period).split("/")
        return token.period in ends and {each.period for each in window.tokens}.issuperset(ends)
    label: Any = claimant.get("label") or {}
    words = claimant.subject.forms if claimant.whole else [normal_form(str(label.get("zh", "")))]
    return any(
        start <= token.start and token.end <= end for word in words if word for start, end in spans(word, window.text)
    )
