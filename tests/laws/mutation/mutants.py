"""Mutants of the records: each a wrong record, made in memory from a right one, with the quote made to match.

An operator yields the mutants of one observation (of one record, for the operators of names). Where a mutant quotes
something else, the judge in `judge.py` verifies that quote against the published text, as a maintainer would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from factpack.text.token import Token, normal_form, relation
from factpack.text.tokens import tokenise
from laws.mutation.cases import Case, Facts, Record

BOUNDS = ("exact", "over", "at_least", "about", "nearly", "at_most", "under")
TURNED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}
STATUSES = ("estimate", "actual", "target")
PERIODS = ("2020", "2021", "2024", "2025", "2026", "2027", "2030", "2025-12", "2021/2025", "2026/2030")
FRESH = "（变异）"
"""Put behind a name so that it is no other record's: `duplicate-value` shall not hide what the proof would miss."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong item, or two that exchanged something, in place of the right ones; `what` tells the change."""

    operator: str
    what: str
    cases: tuple[Case, ...]
    records: tuple[Record, ...]

    @property
    def case(self) -> Case:
        """What was right."""
        return self.cases[0]

    @property
    def item(self) -> Record:
        """What is wrong now."""
        return replace(self.case, record=self.records[0]).item


def evidence(facts: Facts, *quotes: tuple[int, str]) -> list[Record]:
    """Return pieces of evidence of paragraphs and quotes."""
    return [{"document": facts.document, "paragraph": number, "quote": quote} for number, quote in quotes]


def fitted(facts: Facts, case: Case, unit: str, **fields: Any) -> Record:
    """Return a record in another unit whose measure fits it, so that only the proof can tell."""
    record = case.having(unit=unit if unit != case.record.get("unit") else None, **fields)
    fits = case.kind.shape.fields["measure"]["x-quantities"]
    if facts.quantity(unit) in fits.get(record["measure"], (facts.quantity(unit),)):
        return record
    record["measure"] = next((each for each, listed in fits.items() if facts.quantity(unit) in listed), "level")
    for field, measure in (("timing", "level"), ("whole", "share"), ("among", "rank")):
        record.pop(field, None)
        if record["measure"] == measure:
            record[field] = "stock" if field == "timing" else {"zh": "未说明", "en": "not stated"}
    record.pop("among_place", None)
    record["observations"] = [{"compared_to": "2020", **each} for each in record["observations"]]
    return record


Operator = Callable[[Facts, Case], Iterator[Mutant]]


def _one(operator: str, case: Case, what: str, record: Record) -> Mutant:
    return Mutant(operator, what, (case,), (record,))


# ---- one field


def value(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The value: its neighbours, a digit less, ten times, and each other number of its quotes' paragraphs."""
    right = case.item.get("value")
    if right is None:
        return
    digits = str(abs(right))
    others = {right + 1, right - 1, right * 10, Decimal(right) / 10, right + Decimal("0.1"), Decimal(0)}
    others |= {Decimal(each) for each in (digits[1:], digits[:-1], digits[::-1]) if each.strip(".")}
    others |= {sign * relation(token)[0] for _, token in _neighbours(facts, case) for sign in (1, -1)}
    for other in sorted({_plain(each) for each in others} - {_plain(right), _plain(-right)}):
        yield _one("value", case, f"{right} → {other}", case.having(value=other))


def _neighbours(facts: Facts, case: Case) -> Iterator[tuple[int, Token]]:
    """Yield the numbers of the paragraphs that an item quotes."""
    for number in sorted({number for number, _ in case.quotes}):
        for token in facts.text.paragraphs[number - 1].tokens:
            if token.value is not None:
                yield number, token


def _plain(number: Decimal | int) -> Decimal | int:
    """Return a number as a source would give it: whole ones as int, no zeros at the end."""
    number = Decimal(number)
    return int(number) if number == number.to_integral_value() else number.normalize()


def bound(_: Facts, case: Case) -> Iterator[Mutant]:
    """The bound: each other one."""
    for other in BOUNDS if "bound" in case.item else ():
        if other != case.item["bound"]:
            yield _one("bound", case, f"{case.item['bound']} → {other}", case.having(bound=other))


def sign(_: Facts, case: Case) -> Iterator[Mutant]:
    """The sign, alone and with the bound turned round to match."""
    if case.item.get("value"):
        right, turned = case.item["value"], TURNED.get(case.item["bound"])
        yield _one("sign", case, f"{right} → {-right}", case.having(value=-right))
        if turned:
            yield _one(
                "sign with bound", case, f"{right} → {-right}, {turned}", case.having(value=-right, bound=turned)
            )


def unit(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The unit: each other one, alone and with a measure that fits it."""
    for other in facts.printed if case.item.get("value") is not None else ():
        if other != case.unit:
            yield _one("unit", case, f"{case.unit} → {other}", case.having(unit=other))
            yield _one("unit with measure", case, f"{case.unit} → {other}", fitted(facts, case, other))


def status(_: Facts, case: Case) -> Iterator[Mutant]:
    """The status: each other one."""
    for other in STATUSES:
        if other != case.item["status"]:
            yield _one("status", case, f"{case.item['status']} → {other}", case.having(status=other))


def period(_: Facts, case: Case) -> Iterator[Mutant]:
    """The period: other years, spans and a month, alone and with each other status."""
    for other in PERIODS:
        if other != case.item["period"]:
            what = f"{case.item['period']} → {other}"
            yield _one("period", case, what, case.having(period=other))
            for said in STATUSES:
                if said != case.item["status"]:
                    record = case.having(period=other, status=said)
                    yield _one("period with status", case, f"{what}, {case.item['status']} → {said}", record)


def claim(_: Facts, case: Case) -> Iterator[Mutant]:
    """The claim: each other one, and each one where there was none."""
    for other in case.kind.shape.parts["observations"].fields["claim"]["enum"]:
        if other != case.item.get("claim"):
            said = {
                "statement": {"zh": "另有表述", "en": "Something else"} if other == "other" else None,
                "claim_indicator": "ind-gdp" if other == "keeps_pace" else None,
            }
            yield _one("claim", case, f"{case.item.get('claim')} → {other}", case.having(claim=other, **said))


def claim_periods(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The number of periods of a claim: its neighbours and each number of its paragraphs, also where there was none."""
    if "claim" not in case.item:
        return
    right = case.item.get("claim_periods")
    others = {int(token.value) for _, token in _neighbours(facts, case) if token.value and 0 < token.value <= 100}
    for other in sorted(({right + 1, right - 1, 1} if right else {1, 2, 3, 5}) | others):
        if other != right:
            yield _one("claim_periods", case, f"{right} → {other}", case.having(claim_periods=other))


def claim_indicator(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The indicator that a claim compares with: each other one."""
    for other in facts.indicators if "claim_indicator" in case.item else ():
        name = other.record["id"]
        if name not in (case.item["claim_indicator"], case.record["id"]):
            yield _one("claim_indicator", case, name, case.having(claim_indicator=name))


# ---- the place and the quote


def paragraph(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The paragraph of each piece of evidence: the ones beside it, and each other one that holds the quote."""
    pieces = case.item["evidence"]
    for index, piece in enumerate(pieces):
        right, quote = piece.get("paragraph"), normal_form(piece.get("quote", ""))
        if right is not None and piece["document"] == facts.document:
            holders = {number for number, line in enumerate(facts.lines, 1) if quote in line}
            for other in sorted((holders | {right - 1, right + 1}) - {right, 0, len(facts.lines) + 1}):
                moved = [*pieces[:index], {**piece, "paragraph": other}, *pieces[index + 1 :]]
                yield _one("paragraph", case, f"{quote} ¶{right} → ¶{other}", case.having(evidence=moved))


def quote(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The quote of each piece of evidence: cut at every place from either end, and grown by up to six characters."""
    pieces = case.item["evidence"]
    for index, (number, right) in enumerate(case.quotes):
        line, length = facts.lines[number - 1], len(right)
        start = line.index(right)
        spans = {(start + cut, start + length) for cut in range(1, length)}
        spans |= {(start, start + length - cut) for cut in range(1, length)}
        spans |= {(max(0, start - more), start + length) for more in range(1, 7)}
        spans |= {(start, start + length + more) for more in range(1, 7)}
        for other in sorted({line[low:high] for low, high in spans} - {right}):
            changed = [*pieces[:index], *evidence(facts, (number, other)), *pieces[index + 1 :]]
            yield _one("quote", case, f"{right} → {other}", case.having(evidence=changed))


# ---- jointly: the quote and what is read from it


def cut_quote(facts: Facts, case: Case) -> Iterator[Mutant]:
    """Each part of a quote that alone reads otherwise, with value, bound and unit set to what it reads.

    Cut at a digit, before the bound word or the fall, or in the unit words; with the whole quote behind it for the
    subject, too.
    """
    for number, right in case.quotes:
        for start in range(len(right)):
            for end in range(start + 1, len(right) + 1):
                for token in tokenise(right[start:end]):
                    if not _reads(case, number, right, start, token):
                        yield from _cut(facts, case, (number, right[start:end]), (number, right), token)


def _reads(case: Case, number: int, right: str, start: int, token: Token) -> bool:
    """Say whether a part of a quote reads one of the numbers of the whole as the whole does."""
    whole = tokenise(right)
    return token.value is None or any(
        token.start + start == each.start and relation(each) == relation(token) and each.unit == token.unit
        for each in whole
    )


def _cut(facts: Facts, case: Case, part: tuple[int, str], whole: tuple[int, str], token: Token) -> Iterator[Mutant]:
    said, word = relation(token)
    same = {relation(each) for each in tokenise(whole[1])}
    how = "digit" if said not in {each for each, _ in same} else "bound word" if (said, word) not in same else "unit"
    for other in facts.units_of(token)[:1]:
        fields = {"value": _plain(said), "bound": word}
        for quotes in ([part], [part, whole]):
            record = fitted(facts, case, other, evidence=evidence(facts, *quotes), **fields)
            told = f"{whole[1]} → {part[1]} = {said:f} {token.unit} ({word})" + " + whole" * (len(quotes) - 1)
            yield _one(f"quote cut at its {how}", case, told, record)


def moved(facts: Facts, case: Case) -> Iterator[Mutant]:
    """A quote of each other number, with its value, bound and unit; the true quotes stay, for the subject."""
    own = {(number, token.start) for number, token in case.numbers}
    near = {number for number, _ in case.quotes}
    tokens = [(number, token) for number, each in enumerate(facts.text.paragraphs, 1) for token in each.tokens]
    for at, (number, token) in enumerate(tokens):
        if (number, token.start) not in own and (number in near or at % facts.stride == 0):
            for other in facts.units_of(token)[:1]:
                said, word = relation(token)
                piece = number, window(facts.lines[number - 1], token, facts.text.paragraphs[number - 1].tokens)
                pieces = evidence(facts, piece, *case.quotes)
                record = fitted(facts, case, other, value=_plain(said), bound=word, evidence=pieces)
                yield _one("number moved", case, f"to {token.text} in ¶{number}", record)


def window(line: str, token: Token, tokens: Sequence[Token]) -> str:
    """Return the shortest part of a paragraph that holds a token with its reach, once, and cuts no other."""
    start, end = token.reach_start, token.reach_end
    for more in range(30):
        for left in range(more + 1):
            low, high = max(0, start - left), min(len(line), end + more - left)
            cuts = any(each.reach_start < at < each.reach_end for each in tokens for at in (low, high))
            if line.count(line[low:high]) == 1 and not cuts:
                return line[low:high]
    return line[start:end]


def _others(facts: Facts, case: Case, cases: Sequence[Case]) -> Iterator[Case]:
    """Yield the cases of other records: all that its quotes name or that share a paragraph, and some of the rest."""
    near = {number for number, _ in case.quotes}
    for at, other in enumerate(cases):
        named = any(form in quote for form in other.forms for _, quote in case.quotes)
        tried = named or at % facts.stride == 0 or near & {number for number, _ in other.quotes}
        if tried and other.record["id"] != case.record["id"]:
            yield other


def borrowed(facts: Facts, case: Case) -> Iterator[Mutant]:
    """All of another observation but its subject: its quotes, value, bound, unit and claim."""
    kept = ("period", "status", "compared_to", "area")
    for other in _others(facts, case, facts.observations):
        item = {key: each for key, each in case.item.items() if key in kept}
        item |= {key: each for key, each in other.item.items() if key not in (*kept, "unit")}
        if item.get("claim_indicator") == case.record["id"]:
            item["claim_indicator"] = "ind-gdp"
        bare = replace(case, record={**case.record, "observations": [item]})
        record = fitted(facts, bare, other.unit) if other.unit else bare.having(unit=None)
        yield _one("all but the subject", case, f"of {other.own}", record)


def subject(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The indicator's name and aliases: those of another indicator, and those as aliases of a new name."""
    for other in _others(facts, case, facts.indicators):
        what = f"→ {other.record['name']['zh']}"
        yield _one("subject", case, what, _renamed(case.record, other, ""))
        yield _one("subject, name anew", case, what, _renamed(case.record, other, FRESH))


def _renamed(record: Record, other: Case, mark: str) -> Record:
    """Return a record under another's forms, its own name that of the other with a mark behind it."""
    name = {language: each + mark for language, each in other.record["name"].items()}
    name |= {"en": "Mutant"} if mark else {}
    aliases = [*([other.record["name"]["zh"]] if mark else ()), *other.record.get("aliases", ())]
    return {key: each for key, each in {**record, "name": name, "aliases": aliases}.items() if each != []}


def exchanged(facts: Facts, case: Case) -> Iterator[Mutant]:
    """Value, bound and unit exchanged with each later observation of its paragraphs; both keep all quotes of both."""
    for other in _later(facts, case):
        if {number for number, _ in case.quotes} & {number for number, _ in other.quotes}:
            records = []
            for one, given in ((case, other), (other, case)):
                quotes = evidence(facts, *dict.fromkeys([*given.quotes, *one.quotes]))
                fields = {"value": given.item["value"], "bound": given.item["bound"], "evidence": quotes}
                records.append(fitted(facts, one, given.unit, **fields))
            yield Mutant("values exchanged", f"with {other.own}", (case, other), tuple(records))


def _later(facts: Facts, case: Case) -> Iterator[Case]:
    """Yield the observations behind one that have a number and another value, bound or unit."""
    said = _said(case)
    for other in facts.observations[facts.observations.index(case) + 1 :]:
        if case.numbers and other.numbers and _said(other) != said and other.numbers != case.numbers:
            yield other


def _said(case: Case) -> tuple[Any, ...]:
    return case.item.get("value"), case.item.get("bound"), case.unit


def listed(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The values of a list, or of one quote, exchanged with each later observation that has the same unit."""
    for other in _later(facts, case):
        same = {quote for _, quote in case.quotes} & {quote for _, quote in other.quotes}
        lists = any(
            number == its and token.series and token.reach_start == mate.reach_start
            for number, token in case.numbers
            for its, mate in other.numbers
        )
        if (same or lists) and case.unit == other.unit:
            records = [
                one.having(value=given.item["value"], bound=given.item["bound"])
                for one, given in ((case, other), (other, case))
            ]
            yield Mutant("list values exchanged", f"with {other.own}", (case, other), tuple(records))


# ---- records that stand for what they name


def name(facts: Facts, case: Case) -> Iterator[Mutant]:
    """The name and aliases of a project, place or term: those of each other record of the same paragraphs."""
    for other in facts.named:
        if other is not case and {number for number, _ in case.quotes} & {number for number, _ in other.quotes}:
            yield _one("name", case, f"→ {other.record['name']['zh']}", _renamed(case.record, other, FRESH))


OPERATORS: tuple[Operator, ...] = (
    value, bound, sign, unit, status, period, claim, claim_periods, claim_indicator, paragraph, quote,
    cut_quote, moved, borrowed, subject, listed, exchanged,
)  # fmt: skip
"""What is done to each observation, in the order of the table."""
NAMED: tuple[Operator, ...] = (name, paragraph, quote)
"""What is done to each other record that has quotes."""


def mutants(facts: Facts) -> Iterator[Mutant]:
    """Yield every mutant of every observation, then of every other record that has quotes."""
    for cases, operators in ((facts.observations, OPERATORS), (facts.named, NAMED)):
        for operator in operators:
            for case in cases:
                for mutant in operator(facts, case):
                    yield mutant if cases is facts.observations else replace(mutant, operator=_of_name(mutant))


def _of_name(mutant: Mutant) -> str:
    return mutant.operator if mutant.operator == "name" else f"{mutant.operator} of a name"
