"""Display: a value or claim as a reader should see it, in Chinese and English."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from factpack.record.intervals import EXACT
from factpack.table.view import View, in_plain_unit, plain_unit, printed_number, shortest, token_of
from factpack.text.token import NEGATED
from factpack.words import LANGUAGES, text_in, texts_in

VERBS = {"growth": ("增长", "下降"), "average_growth": ("年均增长", "年均下降"), "change": ("增加", "减少")}
"""What a number does, by its measure: as it rises, and as it falls."""
ENGLISH = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
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
    values, shown = {"zh": _number_zh(view), "en": _number_en(view)}, dict[str, str]()
    for language in LANGUAGES:
        text = _with_claim(view, language, values[language])
        shown[language] = f"−{text[1:]}" if text.startswith("-") else text  # as printed; "-" would begin a formula
    return shown


def _words(language: str, key: str, **values: object) -> str:
    return text_in(language, "table", "display", key, **values)


def _with_claim(view: View, language: str, value: str) -> str:
    """Return a value in words, if it has one, with what is claimed of it: a statement, a streak, or the claim."""
    claim, statement, count = view.get("claim"), view.get("statement"), view.get("claim_periods")
    if claim is None:
        return value
    if statement:
        said = within(statement[language]) if value else statement[language]
    elif count:
        said = _streak(view, language, claim, count)
    else:
        of_value = _said_of_value(view, language, claim, value) if value else ""
        if of_value:
            return of_value
        said = _said(view, language, claim)
    return _words(language, "claim", value=value, claim=said) if value else said


def _said(view: View, language: str, claim: str) -> str:
    """Return a claim in words: of a target what is to be, of all else what was; else its label."""
    aimed = texts_in(language, "table", "claims aimed at") if view.get("status") == "target" else {}
    known = {**texts_in(language, "table", "claims"), **aimed}
    return (
        known[claim].format(subject=_subject(view, language)) if claim in known else view.word("claim", claim)[language]
    )


def _subject(view: View, language: str) -> str:
    """Return the name of what a claim compares with, if it does, as it stands within a sentence."""
    other = view.get("claim_subject")
    name: Any = (view.whole.role(other, "name") if other else None) or {"zh": other, "en": other}
    return within(name[language]) if other else ""


def _said_of_value(view: View, language: str, claim: str, value: str) -> str:
    """Return a value with a claim that is said in one phrase with it, else nothing."""
    aimed = texts_in(language, "table", "claims of a value aimed at") if view.get("status") == "target" else {}
    known = {**texts_in(language, "table", "claims of a value"), **aimed}
    if view.get("measure") in VERBS:
        known = {**known, **texts_in(language, "table", "claims of a change")}
    return known[claim].format(value=value, subject=_subject(view, language)) if claim in known else ""


def _streak(view: View, language: str, claim: str, count: int) -> str:
    """Return a claim that holds for several periods in a row; of what is aimed at and of a value in other words."""
    known = texts_in(language, "table", "streaks")
    if view.get("value") is not None:
        known = {**known, **texts_in(language, "table", "streaks of a value")}
    is_target = view.get("status") == "target" and claim != "record_high"
    pattern = known["any"] if is_target else known.get(claim, known["any"])
    return pattern.format(count=spelled(count, language), claim=_said(view, language, claim))


def spelled(count: int, language: str) -> str:
    """Return a number of periods as a text has it: in English up to ten as a word."""
    return ENGLISH[count] if language == "en" and 0 < count < len(ENGLISH) else str(count)


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
    if _is_doubling(view):
        return _words("zh", "doubled")
    word = VERBS[measure][falls] if measure in VERBS else ""
    label = "" if bound == "exact" else view.word("bound", bound)["zh"]
    shown = f"{word}{label}{numbers}{_unit_zh(view)}"
    return _as_result(view, shown, "zh") if _in_multiples(view) else shown


def _is_doubling(view: View) -> bool:
    """Say whether something doubled: a multiple of two that is printed, but not as a ratio (2:1)."""
    found = printed_number(view)
    return (
        view.get("measure") == "multiple"
        and (view.get("value"), view.get("value_high"), view.get("bound")) == (2, None, "exact")
        and found is not None
        and ":" not in found[0]
    )


def _in_multiples(view: View) -> bool:
    """Say whether a growth is given in multiples of the old value: 增长近5倍."""
    quantity = view.whole.role(plain_unit(view) or "", "quantity")
    return bool(view.get("measure") == "growth" and quantity == "multiple")


def _as_result(view: View, growth: str, language: str) -> str:
    """Return a growth that is given in multiples of the old value with the new value: nearly 6 times as much."""
    ends = [in_plain_unit(view, end) for end in (view.get("value"), view.get("value_high")) if end is not None]
    bound = view.get("bound")
    is_plain = bound == "exact" or (len(ends) > 1 and bound == "at_least")
    label = "" if is_plain else view.word("bound", bound)[language]
    between, space = ("至", "") if language == "zh" else ("–", " ")
    numbers = between.join(plain(shortest(end + 1)) for end in ends if end is not None)
    return _words(language, "growth in multiples", growth=growth, result=f"{label}{space}{numbers}".strip())


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
    """Return the word by which things are counted as printed, where it belongs to the unit, else the unit's symbol."""
    token, unit = token_of(view), view.get("unit")
    is_counted = view.whole.role(unit, "quantity") == "count"
    forms: Any = (view.whole.role(unit, "printed_forms") if is_counted else None) or ()
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
    if _is_doubling(view):
        return _words("en", "doubled aimed at" if view.get("status") == "target" else "doubled")
    label = "" if bound == "exact" else view.word("bound", bound)["en"] + " "
    is_plain = plain_unit(view) == view.get("unit")  # then all digits are shown as they are given: 5.0%
    quantity = label + _quantity_en(view, ends if is_plain else [in_plain_unit(view, end) for end in ends])
    if measure == "average_growth":
        return f"{'fall of ' if falls else ''}{quantity} a year on average"
    if measure in ("growth", "change"):
        quantity = f"{'fall' if falls else 'growth' if measure == 'growth' else 'increase'} of {quantity}"
    return _as_result(view, quantity, "en") if _in_multiples(view) else quantity


def _quantity_en(view: View, numbers: list[Any]) -> str:
    """Return a number in the plain unit, of a growth in multiples in per cent, or both ends of a range."""
    unit = plain_unit(view) or ""
    symbol: Any = view.whole.role(unit, "symbol") or {"en": ""}
    if _in_multiples(view):
        return f"{_range_en([shortest(Decimal(100 * each)) for each in numbers])}%"
    word = singular(symbol["en"]) if numbers == [1] else symbol["en"]
    pattern = str(view.whole.role(unit, "pattern") or f"{{}} {word}")
    return pattern.replace("{}", _range_en(numbers)).strip()


def _range_en(numbers: list[Any]) -> str:
    """Return a number with English scale words, or both ends of a range: 3–3.5 billion."""
    *low, high = map(scaled, numbers)
    _, _, scale = high.partition(" ")
    between = "–" if numbers[0] >= 0 else " to "
    return between.join([*(each.removesuffix(f" {scale}") if scale else each for each in low), high])


def singular(symbol: str) -> str:
    """Return the symbol of a unit as it is of one: an English word without its s, an abbreviation as it is."""
    is_word = symbol.islower() and symbol.replace(" ", "").replace("-", "").isalpha()
    return symbol.removesuffix("s") if is_word else symbol


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
