"""Why a mutant may pass: each reason says what the text leaves open, and tells from the text whether it applies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from factpack.text.token import normal_form
from laws.mutation.cases import Case, Facts, Record
from laws.mutation.mutants import Mutant


@dataclass(frozen=True, slots=True)
class Reason:
    """Why survivors of some operators may pass; `holds` looks at the published text, never at the proof."""

    name: str
    operators: tuple[str, ...]
    why: str
    holds: Callable[[Facts, Mutant], bool]


def reasons_of(facts: Facts, mutant: Mutant) -> tuple[Reason, ...]:
    """Return the reasons that explain a survivor, in the order in which they are listed."""
    return tuple(each for each in REASONS if mutant.operator in each.operators and each.holds(facts, mutant))


def quotes_of(item: Record) -> list[tuple[int, str]]:
    """Return the paragraphs and quotes of an item, in normal form."""
    return [(each["paragraph"], normal_form(each["quote"])) for each in item["evidence"] if "quote" in each]


def _any(_: Facts, __: Mutant) -> bool:
    return True


def _no_year(_: Facts, mutant: Mutant) -> bool:
    """Say whether no quote prints a year but the one that a growth is measured against, or two years are exchanged."""
    if len(mutant.cases) > 1:
        return mutant.cases[0].record["id"] == mutant.cases[1].record["id"]
    printed = {year for _, quote in mutant.case.quotes for year in re.findall("([0-9]{4})年", quote)}
    return printed <= {mutant.case.item.get("compared_to")}


def _printed_in_both(facts: Facts, mutant: Mutant) -> bool:
    new = mutant.item.get("unit") or mutant.records[0]["unit"]
    words = {token.unit for _, token in mutant.case.numbers}
    return words <= set(facts.printed[mutant.case.unit]) & set(facts.printed[new])


def _says(facts: Facts, mutant: Mutant, words: tuple[str, ...] = ()) -> bool:
    """Say whether the quotes carry a word of the mutant's claim (one of these words)."""
    field = mutant.case.kind.shape.parts["observations"].fields["claim"]
    listed = words or field["x-words"][mutant.item["claim"]]
    return any(word in quote for word in listed for _, quote in mutant.case.quotes)


BOTH = {
    *(("holds", each) for each in ("leads",)),
    *(("positive", each) for each in ("rises", "holds")),
    ("front_ranks", "holds"),
    *(("leads", each) for each in ("rises", "holds")),
    *(("other", each) for each in ("leads", "holds")),
    *((None, each) for each in ("rises", "falls", "leads", "front_ranks")),
    ("keeps_pace", "rises"),
}
"""Claims that one passage may make both, looked at one by one."""


def _says_both(facts: Facts, mutant: Mutant) -> bool:
    return (mutant.case.item.get("claim"), mutant.item["claim"]) in BOTH and _says(facts, mutant)


def _our_words(_: Facts, mutant: Mutant) -> bool:
    return mutant.item["claim"] == "other"


def _counts_years(_: Facts, mutant: Mutant) -> bool:
    numeral = "零一二三四五六七八九十"[mutant.item["claim_periods"]] if mutant.item["claim_periods"] <= 10 else "-"
    return any(f"连续{numeral}年" in quote for _, quote in mutant.case.quotes)


def _verbatim(facts: Facts, mutant: Mutant) -> bool:
    """Say whether each quote stands once in its paragraph and each number is wholly in one that was changed or kept."""
    pieces = quotes_of(mutant.item)
    if any(facts.lines[number - 1].count(quote) != 1 for number, quote in pieces):
        return False
    held = [(n, facts.lines[n - 1].index(quote), facts.lines[n - 1].index(quote) + len(quote)) for n, quote in pieces]
    wholly = [
        any(n == number and low <= token.reach_start and token.reach_end <= high for n, low, high in held)
        for number, token in mutant.case.numbers
    ]
    return any(wholly) or not wholly


def _same_number(facts: Facts, mutant: Mutant) -> bool:
    changed = set(quotes_of(mutant.item)) - set(mutant.case.quotes)
    return len(changed) == 1 and changed.pop()[0] in {n for n, _ in mutant.case.quotes} and _verbatim(facts, mutant)


def _stands_there_too(facts: Facts, mutant: Mutant) -> bool:
    moved = set(quotes_of(mutant.item)) - set(mutant.case.quotes)
    return all(facts.lines[number - 1].count(quote) == 1 for number, quote in moved) and _verbatim(facts, mutant)


def _forms(record: Record) -> set[str]:
    return {normal_form(each) for each in (record["name"]["zh"], *record.get("aliases", ()))}


def _names_other(facts: Facts, mutant: Mutant) -> bool:
    """Say whether the quotes carry a name of the other record, which is of another type."""
    others = [each for each in facts.named if mutant.what == f"→ {each.record['name']['zh']}"]
    aliases = {normal_form(each) for each in mutant.records[0]["aliases"]}
    quoted = any(form in quote for form in aliases for _, quote in mutant.case.quotes)
    return quoted and any(each.kind is not mutant.case.kind for each in others)


def _borrowed_from(facts: Facts, mutant: Mutant) -> Case:
    return next(each for each in facts.observations if each.own == mutant.what.removeprefix("of "))


def _of_both(facts: Facts, mutant: Mutant) -> bool:
    lender = _borrowed_from(facts, mutant)
    shared = not lender.numbers or bool(lender.item.get("shared"))
    return shared and any(form in quote for form in _forms(mutant.case.record) for _, quote in lender.quotes)


def _one_form(facts: Facts, mutant: Mutant) -> bool:
    """Say whether the quotes carry a form of the other indicator, of the same concept, of another measure or quantity.

    Of two that exchanged their values it must be a form of both.
    """
    own = mutant.case.record
    if len(mutant.cases) > 1:
        other = mutant.cases[1].record
        forms = _forms(own) & _forms(other)
    else:
        other = next(each.record for each in facts.indicators if mutant.what == f"→ {each.record['name']['zh']}")
        forms = _forms(other)
    quoted = any(form in quote for form in forms for _, quote in mutant.case.quotes)
    told = own["measure"] != other["measure"] or _quantity(facts, own) != _quantity(facts, other)
    return quoted and own["concept"] == other["concept"] and told


def _quantity(facts: Facts, record: Record) -> str:
    return facts.quantity(record["unit"]) if "unit" in record else ""


REASONS: tuple[Reason, ...] = (
    Reason(
        "status is not proven",
        ("status",),
        "预计, 力争 and the tense govern whole sentences and sections; what a clause repeats of them is a reading.",
        _any,
    ),
    Reason(
        "the year is not printed in the quote",
        ("period", "period with status", "values exchanged"),
        "It is told by the heading (period_basis: heading, inferred). A printed one is proven: its date must be used; "
        "that it is the year of the number beside it is not. OPEN where two years of one indicator have both quotes.",
        _no_year,
    ),
    Reason(
        "a unit word of two units",
        ("unit", "unit with measure"),
        "位 counts persons and things, 万户 households and registered entities: the text has one word for both.",
        _printed_in_both,
    ),
    Reason(
        "a claim in our words",
        ("claim",),
        "The claim `other` has a statement in our words in place of a list of words; a person compares it.",
        _our_words,
    ),
    Reason(
        "one passage makes both claims",
        ("claim",),
        "稳居第一 holds and leads, 保持正增长 is positive, holds and rises; what grows by 5% rises.",
        _says_both,
    ),
    Reason(
        "a streak of the same quote",
        ("claim_periods",),
        "连续三年突破70%、校校都有600分: the text does not say whether 连续三年 governs the second clause too.",
        _counts_years,
    ),
    Reason(
        "the quote stands there too",
        ("paragraph", "paragraph of a name"),
        "The words stand in that paragraph as well, and the number, if there is one, is proven by another quote.",
        _stands_there_too,
    ),
    Reason(
        "another quote of the same number or name",
        ("quote", "quote of a name"),
        "A shorter or longer passage that holds the whole number with its bound and subject, or the name, proves it.",
        _same_number,
    ),
    Reason(
        "two types of record have one name",
        ("name",),
        "沙湖 is a place and stands in the name of a project: the passage names both, one record of each type.",
        _names_other,
    ),
    Reason(
        "one sentence says it of both",
        ("all but the subject",),
        "刑事警情、违法犯罪警情实现“五连降”, 两项核心指标: both subjects are in the very quote, and it speaks of both.",
        _of_both,
    ),
    Reason(
        "one form, two measures",
        ("subject, name anew", "values exchanged"),
        "地区生产总值 names level, growth and rank, 新改建道路 a number and a length: unit and measure say which.",
        _one_form,
    ),
)
"""Every survivor has one of these reasons."""
