"""A value: exactly one number of a quote gives it, with its unit, bound and sign, and it belongs to the record."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from factpack.check.names import STREAKS
from factpack.check.subjects import subjects_of
from factpack.check.windows import EvidencedItem, Proven, Window, leads
from factpack.problems import ECHO_LIMIT, LIST_LIMIT, Problem, joined, listed
from factpack.text.ranges import is_range
from factpack.text.ratios import as_quantity, members
from factpack.text.token import Token, plain, relation
from factpack.words import LANGUAGES

NOT_VALUES = {"date": {"en": "a date", "zh": "日期"}, "label": {"en": "part of a name", "zh": "名称的一部分"}}
"""What numbers are that have no value, by kind."""
RATIO = {"en": "a ratio of {}", "zh": "比：{}"}


def value_tokens(evidenced: EvidencedItem) -> tuple[Proven, list[Problem]]:
    """Return the tokens that give the item's value and number of periods, and why they do not where they do not."""
    proven: Proven = []
    problems: list[Problem] = []
    if evidenced.get("value") is not None:
        proven, problems = _value_proof(evidenced)
    count = evidenced.get("claim_periods")
    if count is not None:
        found = [
            (window, token)
            for window in evidenced.windows
            for token in window.tokens
            if token.value == count and token.unit in STREAKS
        ]
        if not found:
            shown = {"found_en": str(count), "found_zh": str(count), **shown_tokens(evidenced)}
            problems.append(evidenced.subject.problem("value-not-in-quote", evidenced.at("claim_periods"), **shown))
        proven += [(window, token, False) for window, token in found]
    return proven, problems


def _value_proof(evidenced: EvidencedItem) -> tuple[Proven, list[Problem]]:
    """Return the tokens that give the value: one in each quote that has any, at least one in all.

    A unit that cannot be read is a problem of its own and hides no value's: any token may give it.
    """
    unit = _unit(evidenced)
    if unit and evidenced.subject.library.record(unit) is None:
        return [(window, token, False) for window in evidenced.windows for token in window.tokens], []
    expected = ExpectedNumber.of(evidenced, unit)
    proven: Proven = []
    problems: list[Problem] = []
    for window, matches in _matches(evidenced, expected):
        if len(matches) > 1:
            texts = [token.text for token in matches]
            shown = {**expected.shown(evidenced), **listed("tokens", dict.fromkeys(LANGUAGES, texts), LIST_LIMIT)}
            problems.append(evidenced.subject.problem("ambiguous-quote", (*window.at, "quote"), **shown))
        proven += [(window, token, True) for token in matches]
        ends = [end for token in matches for end in other_ends(window.tokens, token)]
        proven += [(window, end, True) for end in ends]
        found = [_misplaced(evidenced, window, token) for token in matches]
        found += [_wrong_end(evidenced, expected, window, token) for token in matches]
        problems += [problem for problem in found if problem]
    if not proven:
        problems.append(_why_not(evidenced, expected))
    return proven, problems


def _matches(evidenced: EvidencedItem, expected: ExpectedNumber) -> list[tuple[Window, list[Token]]]:
    """Return the tokens of each quote that give the value.

    What one document promises, another may say again without 左右 or 以上: that is the same promise.
    """
    found = [(window, _giving(expected, window)) for window in evidenced.windows]
    promised = {window.document for window, matches in found if matches and evidenced.get("status") == "target"}
    plain_words = expected._replace(bound="exact")
    return [
        (window, matches or (_giving(plain_words, window) if promised - {window.document} else []))
        for window, matches in found
    ]


def _giving(expected: ExpectedNumber, window: Window) -> list[Token]:
    return [token for token in window.tokens if expected.mismatch(token) is None]


def _unit(evidenced: EvidencedItem) -> Any:
    """Return the unit of an item, its own or that of its record."""
    return evidenced.get("unit") or evidenced.subject.record.get(evidenced.subject.kind.shape.role("unit") or "")


def expected_of(evidenced: EvidencedItem) -> ExpectedNumber:
    """Return what a number must be to give an item's value."""
    return ExpectedNumber.of(evidenced, _unit(evidenced))


def member_used(evidenced: EvidencedItem, token: Token) -> int:
    """Return which number of a ratio an item uses, from 1; 0 if it uses the token as a whole."""
    if token.kind != "ratio":
        return 0
    forms, member = expected_of(evidenced).forms or (), evidenced.get("member") or 0
    return 0 if as_quantity(token, forms, member).unit == "倍" else member


def other_ends(tokens: Sequence[Token], token: Token) -> list[Token]:
    """Return the other end of the range that a token is an end of, if it is one."""
    at = tokens.index(token)
    pairs = ((tokens[low], tokens[low + 1]) for low in (at - 1, at) if 0 <= low < len(tokens) - 1)
    return [high if token is low else low for low, high in pairs if is_range(low, high)]


def _wrong_end(evidenced: EvidencedItem, expected: ExpectedNumber, window: Window, token: Token) -> Problem | None:
    """Return a problem where an item gives one end of a range without the other, or another upper end."""
    ends, high = other_ends(window.tokens, token), evidenced.get("value_high")
    if high is None and not ends:
        return None
    if high is None:
        low, high = sorted(relation(each)[0] for each in (token, *ends))
        shown = {"token": token.text, "low": plain(low), "high": plain(high)}
        return evidenced.subject.problem("range-end", evidenced.at("value"), **shown)
    upper = expected._replace(value=high, bound=OTHER_END.get(str(expected.bound), expected.bound))
    codes = [upper.mismatch(end) for end in ends] or ["value-not-in-quote"]
    if None in codes:
        return None
    shown = {**upper.shown(evidenced), **shown_tokens(evidenced)}
    return evidenced.subject.problem(str(codes[0]), evidenced.at("value_high"), **shown)


OTHER_END = {"at_least": "at_most"}
"""The bound of the upper end of a range by that of its lower end, where it is another."""


class ExpectedNumber(NamedTuple):
    """What a token must give: value, unit words, whether it is a rank, bound on the number line, place in a ratio."""

    value: Any
    forms: tuple[str, ...] | None
    rank: bool
    bound: str | None
    member: int | None

    @staticmethod
    def of(evidenced: EvidencedItem, unit: Any) -> ExpectedNumber:
        """Return what an item's value, unit and bound demand; a value without unit is just its digits."""
        library = evidenced.subject.library
        printed: Any = library.role(unit, "printed_forms") if unit else None
        rank = bool(unit) and library.role(unit, "quantity") == "rank"
        forms = tuple(printed) if printed else None
        return ExpectedNumber(evidenced.get("value"), forms, rank, evidenced.get("bound"), evidenced.get("member"))

    def shown(self, evidenced: EvidencedItem) -> dict[str, str]:
        """Return the value as a message shows it in each language."""
        plain = f"{self.value}{f' {self.forms[0]}' if self.forms else ''}"
        return {f"found_{each}": plain + _aside(evidenced, self.bound, each) for each in LANGUAGES}

    def mismatch(self, token: Token) -> str | None:
        """Return the code that says how a token fails to give what is expected, or None where it gives it."""
        if self.forms is None:
            return None if token.text == str(self.value) else "value-not-in-quote"
        if self.member and token.kind != "ratio":
            return "value-not-in-quote"
        token = as_quantity(token, self.forms, self.member)
        value, bound = relation(token)
        if token.value is None or abs(value) != abs(Decimal(self.value)):
            return "value-not-in-quote"
        if token.unit not in self.forms or (token.kind == "rank") is not self.rank:
            return "unit-mismatch"
        if value != self.value:
            return "sign-mismatch"
        return None if self.bound is None or bound == self.bound else "bound-mismatch"


def _why_not(evidenced: EvidencedItem, expected: ExpectedNumber) -> Problem:
    """Return the problem that tells best why no token gives the value: the one that fails last."""
    order = ("value-not-in-quote", "unit-mismatch", "sign-mismatch", "bound-mismatch")
    tokens = [token for window in evidenced.windows for token in window.tokens]
    if problem := _wrong_member(evidenced, expected, [token for token in tokens if token.kind == "ratio"]):
        return problem
    code = max((expected.mismatch(token) or "" for token in tokens), key=order.index, default=order[0])
    role = {"unit-mismatch": "unit", "bound-mismatch": "bound"}.get(code, "value")
    at = evidenced.at(role) if evidenced.get(role) is not None else evidenced.at("value")
    return evidenced.subject.problem(code, at, **expected.shown(evidenced), **shown_tokens(evidenced))


def _wrong_member(evidenced: EvidencedItem, expected: ExpectedNumber, ratios: Sequence[Token]) -> Problem | None:
    """Return a problem where an item is to be a number of a ratio and is none, or is one and does not say so."""
    if expected.member:
        if any(expected.member <= len(members(token.text)) for token in ratios):
            return None
        shown = {"member": str(expected.member), **shown_tokens(evidenced)}
        return evidenced.subject.problem("no-such-member", evidenced.at("member"), **shown)
    for token in ratios:
        for place, number in enumerate(members(token.text), 1):
            if expected._replace(member=place).mismatch(token) is None:
                shown = {"token": token.text, "number": plain(number), "member": str(place)}
                return evidenced.subject.problem("member-missing", evidenced.at("value"), **shown)
    return None


def shown_tokens(evidenced: EvidencedItem) -> dict[str, str]:
    """Return the numbers of the quotes as a hint shows them in each language: value, unit and qualifier."""
    tokens = [token for window in evidenced.windows for token in window.tokens]
    items = {each: [f"{token.text} = {_meaning(evidenced, token, each)}" for token in tokens] for each in LANGUAGES}
    return listed("tokens", items, LIST_LIMIT)


def _meaning(evidenced: EvidencedItem, token: Token, language: str) -> str:
    if token.kind == "ratio":
        return RATIO[language].format(", ".join(map(plain, members(token.text))))
    if token.value is None:
        return NOT_VALUES[token.kind][language]
    value, bound = relation(token)
    return f"{plain(value)} {token.unit}" + _aside(evidenced, bound, language)


def _aside(evidenced: EvidencedItem, bound: str | None, language: str) -> str:
    """Return a qualifier in brackets, by its label."""
    labels = evidenced.shape.fields.get(evidenced.shape.role("bound") or "", {}).get("x-labels", {})
    label = labels.get(bound, {}).get(language, bound)
    return ("（{}）" if language == "zh" else " ({})").format(label) if label else ""


def _misplaced(evidenced: EvidencedItem, window: Window, token: Token) -> Problem | None:
    """Return a problem where the k-th number of a list or ratio does not belong to the item's subject."""
    forms, place = evidenced.forms_in(window), member_used(evidenced, token) or (token.series or (0, 0))[0]
    listed = subjects_of(window, token) if place else []
    if not listed and not leads(window, token):
        return None
    own = listed[place - 1] if listed else ()
    if any(form in each or each in form for form in forms for each in own):
        return None
    shown = {
        "token": plain(members(token.text)[place - 1]) if token.kind == "ratio" else token.text,
        "place": str(place),
        "subject": next(iter(own), "-"),
        "name": joined(forms, " / ", ECHO_LIMIT - 4),
    }
    return evidenced.subject.problem("list-order", (*window.at, "quote"), **shown)
