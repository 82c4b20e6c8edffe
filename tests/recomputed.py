"""What `preferred` and `outcome` must be, from the tables alone and after docs/data.md, by nothing of the program."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

KEY = ["indicator_id", "period", "area_id", "compared_to"]
NAMES = ("observations", "targets", "documents", "indicators", "units")
CHANGES = ("growth", "average_growth", "change")
JUST, WITHOUT_END = Decimal("1e-9"), Decimal("Infinity")


def recompute(folder: Path) -> tuple[dict[str, bool], dict[str, str]]:
    """Return whether each result is preferred, and the outcome of each target."""
    table = {name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False) for name in NAMES}
    units, documents, rows = table["units"].set_index("id"), table["documents"].set_index("id"), table["observations"]
    rows["concept"] = rows["indicator_id"].map(table["indicators"].set_index("id")["concept"])
    rows["number"] = [Decimal(text) if text else None for text in rows["plain_value"]]
    times = (rows["measure"] == "growth") & (rows["unit_id"].map(units["quantity"]) == "multiple")
    rows.loc[times, "number"] = rows.loc[times, "number"] * 100

    def span(row: Any, printed: bool = False) -> tuple[Decimal, Decimal]:
        """The least and the greatest that a value may be; of a printed one the ends of its rounding."""
        v, unit = row.number, units.loc[row.unit_id]
        around = Decimal("0.5") if unit.quantity in ("ratio", "difference") else abs(v) * 2 / 100
        half = Decimal(5).scaleb(Decimal(row.value).as_tuple().exponent - 1) * Decimal(unit.factor or 1) * printed
        spans = {"exact": (v - half, v + half), "about": (v - around, v + around), "nearly": (v - around, v - JUST)}
        least = row.plain_value_high or row.bound in ("over", "at_least")
        return (v, Decimal(row.plain_value_high or "Infinity")) if least else spans.get(row.bound, (-WITHOUT_END, v))

    def holds(outer: Any, inner: Any) -> bool:
        number = inner.bound == "exact" and not inner.plain_value_high
        (a, b), (c, d) = span(outer, True), (inner.number, inner.number) if number else span(inner)
        return bool(a <= c and d <= b)

    def agree(one: Any, other: Any) -> bool:
        numbers = one.plain_value and other.plain_value
        return holds(one, other) or holds(other, one) if numbers else bool(one.claim == other.claim)

    def rank(row: Any) -> tuple[Any, ...]:
        accounts = documents.series[row.document_id] in ("final_accounts", "bulletin")
        return row.vintage > row.period_end, accounts, row.vintage, row.reading == "clear"

    def choose(group: pd.DataFrame) -> tuple[Any, list[Any]]:
        """The preferred result of a key, if there is one, and those that judge its target."""
        every = list(group.itertuples())
        top = [row for row in every if rank(row) == max(map(rank, every))]
        if not all(agree(one, other) for one in top for other in top):
            return None, top
        same = [row for row in every if all(agree(row, each) for each in top)]
        width = {row.id: span(row, True)[1] - span(row, True)[0] if row.plain_value else 0 for row in same}
        found = max((row for row in same if width[row.id] == min(width.values())), key=rank)
        return found, [found]

    results = rows[rows["status"] != "target"]
    chosen = {key: choose(group) for key, group in results.groupby(KEY)}
    preferred = {each.id for each, _ in chosen.values() if each is not None}

    def limit(target: Any, down: bool) -> tuple[Decimal, Decimal] | None:
        """The value below which a floor is missed, or above which a ceiling, and the value from which it is met."""
        if target.plain_value:
            low, high = span(target) if target.bound in ("about", "nearly") else (target.number, target.number)
            high = Decimal(target.plain_value_high or high)
            return (high, target.number if target.bound == "about" else high) if down else (low, target.number)
        if target.claim in ("keeps_pace", "outpaces"):
            other = chosen.get((target.claim_indicator_id, *(getattr(target, each) for each in KEY[1:])), (None,))[0]
            return span(other) if other is not None and other.plain_value else None
        known = target.baseline_plain_value if target.measure not in CHANGES else "0"
        at = {"rises": known, "falls": known, "not_below": known, "positive": "0", "cleared": "0"}
        at |= {"full_coverage": "100"} if target.measure == "share" else {}
        return (Decimal(at[target.claim]),) * 2 if at.get(target.claim) else None

    def judge(target: Any, row: Any) -> str:
        """What one result says of a target."""
        down = target.aim == "ceiling" or (target.claim == "cleared" and not target.plain_value)
        ends = limit(target, down)
        if row.claim == "withdrawn" or not row.plain_value or ends is None:
            return "not_judged" if row.claim == "withdrawn" else "unclear"
        if (row.number, row.bound, row.plain_value_high) == (target.number, target.bound, target.plain_value_high):
            return "met"
        low, high = span(row)
        if {row.measure, target.measure} == {"growth", "multiple"}:
            low, high = ((x / 100 + 1 if row.measure == "growth" else (x - 1) * 100) for x in (low, high))
        if target.aim == "point":
            least, most = span(target)
            return "met" if least <= low and high <= most else "missed" if high < least or low > most else "unclear"
        low, high, missed, met = (-high, -low, -ends[0], -ends[1]) if down else (low, high, *ends)
        strictly = JUST if target.claim in ("positive", "rises", "falls", "outpaces") and not target.plain_value else 0
        return "met" if low >= met + strictly else "missed" if high < missed + strictly else "unclear"

    def outcome(target: Any) -> str:
        shared = ["concept", "period", "area_id"]
        about = results[(results[shared] == target[shared]).all(axis=1)]
        given = chosen.get(tuple(target[KEY]), (None, []))[1] or [
            row for row in about.itertuples()
            if {row.measure, target.measure} == {"growth", "multiple"} and row.compared_to == target.compared_to
        ]  # fmt: skip
        verdicts = {judge(target, row) for row in given} or ({"unclear"} if len(about) else set())
        if target.aim == "none" or verdicts:
            return "not_judged" if target.aim == "none" else verdicts.pop() if len(verdicts) == 1 else "unclear"
        own, last = documents.loc[target.document_id], target.period_end[:4]
        whole = (documents["coverage"] != "partial") & (documents["text_sha256"] != "")
        same = (documents["series"] == own.series) & (documents["publisher_zh"] == own.publisher_zh)
        return "not_reported" if (whole & same & documents["reviews"].str.contains(last)).any() else "pending"

    targets = rows[rows["status"] == "target"].merge(table["targets"][["id", "aim", "baseline_plain_value"]], on="id")
    return {each: each in preferred for each in results["id"]}, {row.id: outcome(row) for _, row in targets.iterrows()}
