"""Display: a value or claim as a reader should see it, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from factpack.record.intervals import EXACT
from factpack.table.view import View, in_plain_unit, plain_unit, shortest, token_of
from factpack.text.token import NEGATED
from factpack.words import LANGUAGES, text_in

VERBS = {"growth": ("增长", "下降"), "average_growth": ("年均增长", "年均下降"), "change": ("增加", "减少")}
"""What a number does, by its measure: as it rises, and as it falls."""
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def display(view: View) -> dict[str, str]:
    """Return the value or claim as a reader should see it, in both languages."""
    shown, status = value_or_claim(view), view.get("status")
    if status == "actual":
        return shown
    label = view.word("status", status)
    return {each: _words(each, "status", text=text, status=label[each].lower()) for each, text in shown.items()}


def value_or_claim(view: View) -> dict[str, str]:
    """Return the value, the claim or both in words, in both languages, whatever their status; empty where none is."""
    values, claim, shown = {"zh": _number_zh(view), "en": _number_en(view)}, _claim(view), dict[str, str]()
    for language in LANGUAGES:
        text = values[language] or claim[language]
        if values[language] and claim[language]:
            text = _words(language, "claim", value=values[language], claim=claim[language])
        shown[language] = f"−{text[1:]}" if text.startswith("-") else text  # as printed; "-" would begin a formula
    return shown


def _words(language: str, key: str, **values: object) -> str:
    return text_in(language, "table", "display", key, **values)


def _claim(view: View) -> Mapping[str, str]:
    """Return the words of a claim: its own statement, else its label, with periods and what it keeps pace with."""
    claim, statement = view.get("claim"), view.get("statement")
    if claim is None:
        return {"zh": "", "en": ""}
    if statement:
        en = statement["en"] if view.get("value") is None else within(statement["en"])
        return {"zh": statement["zh"], "en": en}
    label, count, other = view.word("claim", claim), view.get("claim_periods"), view.get("claim_subject")
    if other:
        name: Any = view.whole.role(other, "name") or {"zh": other, "en": other}
        subject = {"zh": name["zh"], "en": within(name["en"])}
        key = "ahead of subject" if claim == "outpaces" else "with subject"
        return {each: _words(each, key, subject=subject[each], claim=label[each]) for each in LANGUAGES}
    if count:
        key = "record high" if claim == "record_high" else "periods"
        return {each: _words(each, key, count=count, claim=label[each]) for each in LANGUAGES}
    return label


def within(text: str) -> str:
    """Return an English text as it stands within a sentence: its first letter small, unless it is an abbreviation."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _number_zh(view: View) -> str:
    value, measure = view.get("value"), view.get("measure")
    if value is None:
        return ""
    ends, bound, falls = _ends(view)
    numbers = "至".join(map(plain, ends))
    if measure == "rank":
        return f"前{numbers}名" if bound == "at_most" else f"第{numbers}名"
    word = VERBS[measure][falls] if measure in VERBS else ""
    label = "" if bound == "exact" else view.word("bound", bound)["zh"]
    return f"{word}{label}{numbers}{_unit_zh(view)}"


def _ends(view: View) -> tuple[list[Any], str, bool]:
    """Return the value, or both ends of a range, its bound, and whether it is a fall, of which they are the size.

    A range that is at least its lower end needs no word for it.
    """
    value, high, bound, measure = (view.get(role) for role in ("value", "value_high", "bound", "measure"))
    falls = measure in VERBS and value < 0 and (high is None or high <= 0)
    ends = [end for end in (value, high) if end is not None]
    if high is None:
        bound = NEGATED.get(bound, bound) if falls else bound
    elif bound == "at_least":
        bound = "exact"
    return [-end for end in reversed(ends)] if falls else ends, bound, falls


def _unit_zh(view: View) -> str:
    """Return the unit words as printed where they belong to the unit, else the unit's symbol."""
    token, unit = token_of(view), view.get("unit")
    forms: Any = view.whole.role(unit, "printed_forms") or ()
    symbol: Any = view.whole.role(unit, "symbol") or {"zh": ""}
    return token.unit if token and token.unit in forms else str(symbol["zh"])


def _number_en(view: View) -> str:
    value, measure = view.get("value"), view.get("measure")
    if value is None:
        return ""
    ends, bound, falls = _ends(view)
    if measure == "rank":
        numbers = "–".join(map(plain, ends))
        return f"top {numbers}" if bound == "at_most" else f"rank {numbers}"
    label = "" if bound == "exact" else view.word("bound", bound)["en"] + " "
    quantity = label + _quantity_en(view, [in_plain_unit(view, end) for end in ends])
    if measure == "average_growth":
        return f"{'fall of ' if falls else ''}{quantity} a year on average"
    if measure in ("growth", "change"):
        return f"{'fall' if falls else 'growth' if measure == 'growth' else 'increase'} of {quantity}"
    return quantity


def _quantity_en(view: View, numbers: list[Any]) -> str:
    """Return a number in the plain unit with English scale words, or both ends of a range: 3–3.5 billion."""
    unit = plain_unit(view) or ""
    symbol: Any = view.whole.role(unit, "symbol") or {"en": ""}
    pattern = str(view.whole.role(unit, "pattern") or f"{{}} {symbol['en']}")
    *low, high = map(scaled, numbers)
    _, _, scale = high.partition(" ")
    shown = ("–" if numbers[0] >= 0 else " to ").join(
        [*(each.removesuffix(f" {scale}") if scale else each for each in low), high]
    )
    return pattern.replace("{}", shown).strip()


def scaled(number: Any) -> str:
    """Return a number in English: 210 billion, 82.35 million, 28,000."""
    amount = abs(number)
    for size, word in SCALES if amount >= 10**6 else ():
        if amount >= size:
            return f"{plain(shortest(EXACT.divide(Decimal(number), Decimal(size))))} {word}"
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def plain(number: Any) -> str:
    """Return a number in digits, without exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)
