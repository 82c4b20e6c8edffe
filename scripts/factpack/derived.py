"""Derived columns: each is one small function of a `View`, named in a schema as `x-from: "@name"`.

They ask for roles, never for field names, so they serve every kind whose fields play those roles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from factpack import periods
from factpack.documents import Value
from factpack.lookups import Library, Record
from factpack.schemas import Shape
from factpack.tokens import Token, normal_form, relation, tokenise

FLIPPED = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}
"""Bounds of a number whose sign is turned round."""
_EXACT = Context(prec=60)
"""Digits enough for the product of any value and factor; the default of 28 rounds without a word."""


@dataclass(frozen=True, slots=True)
class View:
    """An item as its row sees it: the item, its record, the parts beside it, and the library."""

    item: Record
    shape: Shape
    record: Record
    record_shape: Shape
    siblings: Sequence[Record]
    library: Library

    def get(self, role: str) -> Any:
        """Return what plays a role in the item, else in its record, else None."""
        for item, shape in ((self.item, self.shape), (self.record, self.record_shape)):
            field = shape.role(role)
            if field and item.get(field) is not None:
                return item[field]
        return None

    def word(self, role: str, value: object) -> Mapping[str, str]:
        """Return the label of a value in the vocabulary of a role, by language."""
        for shape in (self.shape, self.record_shape):
            labels = shape.fields.get(shape.role(role) or "", {}).get("x-labels", {})
            if value in labels:
                found: Mapping[str, str] = labels[value]
                return found
        return {"zh": str(value), "en": str(value)}


Derivation = Callable[[View], Any]


def token_of(view: View) -> Token | None:
    """Return the token of the item's quotes that gives its value, or None."""
    value = view.get("value")
    for piece in view.get("evidence") or () if value is not None else ():
        for token in tokenise(normal_form(piece.get("quote", ""))):
            if relation(token)[0] == value:
                return token
    return None


def printed(view: View) -> str | None:
    """Return the number as printed, with its unit words."""
    token = token_of(view)
    return token.text if token else None


def plain_unit(view: View) -> str | None:
    """Return the id of the plain unit that the value converts to."""
    unit = view.get("unit")
    if unit is None or view.get("value") is None:
        return None
    return str(view.library.role(unit, "plain_unit") or unit)


def plain_value(view: View) -> Decimal | None:
    """Return value times factor, in the plain unit, by exact decimal arithmetic."""
    value, unit = view.get("value"), view.get("unit")
    if value is None or unit is None:
        return None
    factor = view.library.role(unit, "factor")
    return shortest(_EXACT.multiply(Decimal(value), Decimal(factor if isinstance(factor, (int, Decimal)) else 1)))


def shortest(number: Decimal) -> Decimal:
    """Return a number without exponent and without zeros after its last digit behind the point."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1), context=_EXACT) if whole == number else number.normalize(_EXACT)


def period_start(view: View) -> str | None:
    """Return the first day of the item's period."""
    text = view.get("period")
    return periods.parse(text).start.isoformat() if text else None


def period_end(view: View) -> str | None:
    """Return the last day of the item's period."""
    text = view.get("period")
    return periods.parse(text).end.isoformat() if text else None


def document(view: View) -> Record | None:
    """Return the document of the item's first evidence; a document's own record for its parts."""
    pieces = view.get("evidence")
    return view.library.record(pieces[0]["document"]) if pieces else view.record


def provisional(view: View) -> bool:
    """Say whether the document was delivered before the period ended, for what is no target."""
    source = document(view)
    delivered = view.library.role(str(source["id"]), "delivered") if source else None
    end = period_end(view)
    return bool(delivered and end and str(delivered) <= end and view.get("status") != "target")


def section(view: View) -> Value:
    """Return the section of the document that the item's first quote lies in."""
    pieces, source = view.get("evidence"), document(view)
    paragraph = pieces[0].get("paragraph") if pieces else None
    sections = view.library.role(str(source["id"]), "sections") if source and paragraph else None
    for number, each in enumerate(sections if isinstance(sections, list) else (), 1):
        if isinstance(each, dict) and each["first"] <= paragraph <= each["last"]:  # type: ignore[operator]
            return {"id": f"{source['id']}.s{number}", **each}  # type: ignore[index]
    return None


def text(view: View) -> Mapping[str, object] | None:
    """Return how many paragraphs a document's text has, and its SHA-256."""
    found = view.library.text(str(view.record["id"]))
    return {"paragraphs": len(found.paragraphs), "sha256": found.sha256} if found else None


def _same_measure(view: View, other: Record) -> bool:
    """Say whether another part has the unit and area of this one."""
    fields = [view.shape.role("unit"), view.shape.role("area")]
    return all(view.item.get(field or "") == other.get(field or "") for field in fields)


def _results(view: View) -> list[tuple[periods.Period, int, Record]]:
    """Return the comparable results beside a target: (period, 1 if actual, part)."""
    status, period = view.shape.role("status") or "", view.shape.role("period") or ""
    found = [
        (periods.parse(str(other[period])), int(other[status] == "actual"), other)
        for other in view.siblings
        if other[status] in ("actual", "estimate") and _same_measure(view, other)
    ]
    shape = periods.parse(view.get("period")).shape
    return [each for each in found if each[0].shape == shape]


def baseline(view: View) -> Record | None:
    """Return the latest comparable result before the target's period, actual before estimate."""
    start = periods.parse(view.get("period")).start
    earlier = [each for each in _results(view) if each[0].end < start]
    return max(earlier, key=lambda each: each[:2])[2] if earlier else None


def outcome(view: View) -> Record | None:
    """Return the comparable result of the target's own period, actual before estimate."""
    own = periods.parse(view.get("period"))
    found = [each for each in _results(view) if each[0] == own]
    return max(found, key=lambda each: each[:2])[2] if found else None


def verdict(view: View) -> str:
    """Return met, missed, unclear or pending: how the outcome's interval lies to the target's."""
    result = outcome(view)
    if result is None:
        return "pending"
    value, bound = view.shape.role("value") or "", view.shape.role("bound") or ""
    aim, got = (
        _interval(view.item.get(value), view.item.get(bound)),
        _interval(result.get(value), result.get(bound)),
    )
    if aim is None or got is None:
        return "unclear"
    if _inside(got, aim):
        return "met"
    return "missed" if _apart(got, aim) else "unclear"


Interval = tuple[Decimal, bool, Decimal, bool]
"""Low end, whether it belongs, high end, whether it belongs."""
_INFINITE = Decimal("Infinity")


def _interval(value: Value, bound: Value) -> Interval | None:
    """Return the numbers that a value with its bound allows; None for about and for no value."""
    if not isinstance(value, (int, Decimal)):
        return None
    number = Decimal(value)
    return {
        "exact": (number, True, number, True),
        "over": (number, False, _INFINITE, False),
        "at_least": (number, True, _INFINITE, False),
        "under": (-_INFINITE, False, number, False),
        "at_most": (-_INFINITE, False, number, True),
    }.get(str(bound))


def _inside(inner: Interval, outer: Interval) -> bool:
    low = inner[0] > outer[0] or (inner[0] == outer[0] and (outer[1] or not inner[1]))
    high = inner[2] < outer[2] or (inner[2] == outer[2] and (outer[3] or not inner[3]))
    return low and high


def _apart(one: Interval, other: Interval) -> bool:
    def below(a: Interval, b: Interval) -> bool:
        return a[2] < b[0] or (a[2] == b[0] and not (a[3] and b[1]))

    return below(one, other) or below(other, one)


def _stages(view: View, status: str) -> list[tuple[periods.Period, int, Record]]:
    """Return a project's milestones of a status: (period, place of the stage in its life, milestone)."""
    field, part = next(((f, p) for f, p in view.shape.parts.items() if p.role("stage")), ("", view.shape))
    stage, state, period = (part.role(role) or "" for role in ("stage", "status", "period"))
    order = list(part.fields[stage]["enum"])
    milestones: Any = view.item.get(field) or []
    return [
        (periods.parse(str(each[period])), order.index(each[stage]), each)
        for each in milestones
        if each[state] == status
    ]


def _by_end(each: tuple[periods.Period, int, Record]) -> tuple[object, ...]:
    return each[0].end, each[0].start, each[1]


def latest(view: View) -> Record | None:
    """Return the latest actual milestone; of several in a period the later stage."""
    return max(_stages(view, "actual"), key=_by_end, default=(None, 0, None))[2]


def next_(view: View) -> Record | None:
    """Return the earliest target after the latest actual milestone; of several in a period the later stage."""
    reached = max((each[0].end for each in _stages(view, "actual")), default=None)
    ahead = [each for each in _stages(view, "target") if reached is None or each[0].end > reached]
    return min(ahead, key=lambda each: (each[0].end, -each[1]), default=(None, 0, None))[2]


def display(view: View) -> dict[str, str]:
    """Return the value or claim as a reader should see it, in both languages."""
    pieces = {"zh": _number_zh(view), "en": _number_en(view)}
    claim = _claim(view)
    status = view.word("status", view.get("status"))
    shown = {}
    for language, join, pattern in (("zh", "，", "（{}）"), ("en", ", ", " ({})")):
        said = join.join(each for each in (pieces[language], claim[language]) if each)
        mark = "" if view.get("status") == "actual" else pattern.format(status[language].lower())
        shown[language] = said + mark
    return shown


def _claim(view: View) -> Mapping[str, str]:
    """Return the words of a claim: its own statement, else its label, with periods and what it keeps pace with."""
    claim, said = view.get("claim"), view.get("statement")
    if claim is None:
        return {"zh": "", "en": ""}
    if said:
        en = str(said["en"])
        inside = view.get("value") is not None and en[1:2].islower()
        return {"zh": said["zh"], "en": en[0].lower() + en[1:] if inside else en}
    label, count, other = view.word("claim", claim), view.get("claim_periods"), view.get("claim_subject")
    zh, en = label["zh"], label["en"]
    if other:
        name: Any = view.library.role(other, "name") or {"zh": other, "en": other}
        return {"zh": f"与{name['zh']}{zh}", "en": f"{en} with {name['en']}"}
    if count and claim == "record_high":  # 创近三年新高 is one high, not three of them
        return {"zh": f"创近{count}年新高", "en": f"highest in {count} years"}
    if count:
        return {"zh": f"连续{count}年{zh}", "en": f"{en} ({count} years)"}
    return {"zh": zh, "en": en}


def _number_zh(view: View) -> str:
    value, measure = view.get("value"), view.get("measure")
    if value is None:
        return ""
    if measure == "rank":
        return f"前{plain(value)}名" if view.get("bound") == "at_most" else f"第{plain(value)}名"
    magnitude, bound = _magnitude(value, view.get("bound"), measure)
    verb = {
        "growth": ("增长", "下降"),
        "average_growth": ("年均增长", "年均下降"),
        "change": ("增加", "减少"),
    }
    word = verb[measure][value < 0] if measure in verb else ""
    label = "" if bound == "exact" else view.word("bound", bound)["zh"]
    return f"{word}{label}{plain(magnitude)}{_unit_zh(view)}"


def _unit_zh(view: View) -> str:
    """Return the unit words as printed where they belong to the unit, else the unit's symbol."""
    token, unit = token_of(view), view.get("unit")
    forms: Any = view.library.role(unit, "printed_forms") or ()
    symbol: Any = view.library.role(unit, "symbol") or {"zh": ""}
    return token.unit if token and token.unit in forms else str(symbol["zh"])


def _magnitude(value: Any, bound: str, measure: str) -> tuple[Any, str]:
    """Return a fall as its size with the bound turned round; everything else as it is."""
    if value < 0 and measure in ("growth", "average_growth", "change"):
        return -value, FLIPPED.get(bound, bound)
    return value, bound


def _number_en(view: View) -> str:
    value, measure = view.get("value"), view.get("measure")
    if value is None:
        return ""
    if measure == "rank":
        return f"top {plain(value)}" if view.get("bound") == "at_most" else f"rank {plain(value)}"
    magnitude, bound = _magnitude(value, view.get("bound"), measure)
    label = "" if bound == "exact" else view.word("bound", bound)["en"] + " "
    quantity = label + _quantity_en(view, abs(plain_value(view) or 0) if magnitude != value else plain_value(view))
    if measure == "average_growth":
        return f"{'fall of ' if value < 0 else ''}{quantity} a year on average"
    if measure in ("growth", "change"):
        return f"{'fall' if value < 0 else 'growth' if measure == 'growth' else 'increase'} of {quantity}"
    return quantity


def _quantity_en(view: View, number: Any) -> str:
    """Return a number in the plain unit with English scale words."""
    unit = plain_unit(view) or ""
    symbol: Any = view.library.role(unit, "symbol") or {"en": ""}
    pattern = str(view.library.role(unit, "pattern") or f"{{}} {symbol['en']}")
    return pattern.replace("{}", scaled(number)).strip()


def scaled(number: Any) -> str:
    """Return a number in English: 210 billion, 82.35 million, 28,000."""
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(number) >= size:
            return f"{plain(shortest(_EXACT.divide(Decimal(number), Decimal(size))))} {word}"
    return f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"


def plain(number: Any) -> str:
    """Return a number in digits, without exponent."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


DERIVATIONS: Mapping[str, Derivation] = {
    "display": display,
    "plain_value": plain_value,
    "plain_unit": plain_unit,
    "printed": printed,
    "period_start": period_start,
    "period_end": period_end,
    "provisional": provisional,
    "section": section,
    "document": document,
    "text": text,
    "baseline": baseline,
    "outcome": outcome,
    "verdict": verdict,
    "latest": latest,
    "next": next_,
}
