"""What `preferred` and `outcome` must be, from the tables alone.

Written after docs/data.md by somebody who had not seen the program; only what the docs say better since was changed.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

INFINITE, EDGE, FINAL = Decimal("Infinity"), Decimal("1e-9"), ("final_accounts", "bulletin", "yearbook")
MOVES, AT = ("positive", "rises", "falls", "not_below", "holds"), {"full_coverage": 100, "cleared": 0, "leads": 1}
REVIEWED_BY = {"plan": ["plan_execution"], "budget": ["final_accounts"], "half_year": ["plan_execution", "gwr"]}
Rows = list[Any]


def span(row: Any) -> list[Decimal]:
    """Where the true value may be, the number itself, and all that rounds to it; multiples become growth."""
    low, high, last = (
        Decimal(each or 0) for each in (row.plain_value, row.plain_value_high or row.plain_value, row.value)
    )
    near, far = (
        Decimal("0.5") if row.plain_unit_id.startswith("unt-percent") else abs(each) / 50 for each in (low, high)
    )
    above = 0 if row.plain_value_high else INFINITE
    nearly = (near, -EDGE) if high >= 0 else (-EDGE, far)
    below = {"about": near, "nearly": nearly[0], "under": INFINITE, "at_most": INFINITE, "": INFINITE}
    beyond = {"about": far, "nearly": nearly[1], "over": INFINITE, "at_least": above, "": INFINITE}
    half = (
        (low / last if low else 1) * Decimal(5).scaleb(int(last.as_tuple().exponent) - 1) if row.bound == "exact" else 0
    )
    start, stop = low - below.get(row.bound, 0), high + beyond.get(row.bound, 0)
    ends = start, stop, low, high, start - half, stop + half
    less, times = row.measure == "multiple", 100 if row.plain_unit_id == "unt-multiple" else 1
    return [(each - less) * times for each in ends]


def agree(rows: Rows) -> bool:
    pairs = [(one, two) for one in rows for two in rows]
    return all(holds(one, two) or holds(two, one) for one, two in pairs)


def holds(one: Any, two: Any) -> bool:
    return bool(one.least <= two.low and two.high <= one.most)


def finer(one: Any, two: Any) -> bool:
    """Whether a number that another one holds is narrower: 1375000万元 beside 137.5亿元 is."""
    return not holds(one, two) or bool(one.low == two.low and one.most - one.least < two.most - two.least)


def first(rows: Rows) -> Rows:
    rank = {
        row.Index: (row.provisional == "false", row.series in FINAL, row.vintage, row.reading == "clear")
        for row in rows
    }
    return [row for row in rows if rank[row.Index] == max(rank.values())]


def settle(frame: pd.DataFrame) -> Rows:
    """The preferred one of several results, or all those between which nothing decides."""
    rows = list(frame.itertuples())
    rows = [row for row in rows if row.value] or first(rows)[:1]
    pool = [each for each in rows if all(agree([each, top]) for top in first(rows))]
    pool = [each for each in pool if each.low == each.high] or pool
    finest = first([one for one in pool if not any(holds(one, two) and finer(two, one) for two in pool)] or rows)
    return first(rows) if not agree(first(rows)) else finest[:1] if agree(finest) else finest


def judge(goal: Any, result: Any, words: tuple[Any, Any]) -> str:
    """What one result says of a target; `words` is the span that a target without a number compares it with."""
    low, high, sure, most = (goal.low, goal.high, goal.number, goal.top) if goal.value else (*words, *words[::-1])
    falls = goal.claim in ("falls", "cleared")
    down = goal.aim == "ceiling" if goal.value or goal.claim == "holds" else falls != (result.measure == "rank")
    worst, best = (-result.high, -result.low) if down else (result.low, result.high)
    sure, may = (-most, -high) if down else (sure, low)
    if goal.value and goal.aim == "point":
        return (
            "met"
            if low <= result.low and result.high <= high
            else "missed"
            if best < low or worst > high
            else "unclear"
        )
    edge = EDGE if goal.claim in ("positive", "rises", "outpaces", "falls") and not goal.value else 0
    same = goal.value and (goal.bound, goal.low, goal.high) == (result.bound, result.low, result.high)
    return "met" if same or worst >= sure + edge else "missed" if best < may + edge else "unclear"


def recompute(folder: Path) -> tuple[dict[str, bool], dict[str, str]]:
    """Return whether each result is preferred, and the outcome of each target."""
    names = ("documents", "observations", "observations_may_mean", "indicators", "targets")
    table = {name: pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, index_col=0) for name in names}
    rows: Any
    papers, mean, fate = table["documents"], table["observations_may_mean"].indicator_id, {}
    read = papers[(papers.coverage != "partial") & (papers.text_sha256 != "")]
    rows = table["observations"].join(papers[["series", "publisher_zh"]], on="document_id")
    rows = rows.join(table["indicators"].concept, on="indicator_id").join(table["targets"][["aim", "baseline_id"]])
    rows["key"] = list(zip(rows.period_start, rows.period_end, rows.area_id, rows.compared_to, strict=True))
    rows[["low", "high", "number", "top", "least", "most"]] = [span(each) for each in rows.itertuples()]
    results = rows[rows.status != "target"]
    found: dict[Any, Rows] = {key: settle(each) for key, each in results.groupby(["indicator_id", "key"])}
    best = {each[0].Index: each[0] for each in found.values() if len(each) == 1}
    given_again = results[results.restates_id != ""].groupby("restates_id").vintage.max()
    goal: Any
    for goal in rows[rows.status == "target"].itertuples():

        def late(row: Any, goal: Any = goal) -> bool:
            return bool(row.provisional == "false" or max(row.vintage, given_again.get(row.Index, "")) > goal.vintage)

        def of(indicator: str, goal: Any = goal) -> Rows:
            return [row for row in found.get((indicator, goal.key), []) if late(row)]

        named = [of(each) for each in mean[mean.index == goal.Index]]
        same = [
            row for row in best.values() if row.concept == goal.concept and row.key[:3] == goal.key[:3] and late(row)
        ]
        kin = [row for row in same if row.indicator_id != goal.indicator_id and not named]
        pair = [row for row in kin if {row.measure, goal.measure} == {"growth", "multiple"} and row.key == goal.key]
        own = of(goal.indicator_id) + [row for each in named for row in each] or pair * (len(pair) == 1)
        moves = goal.claim in MOVES
        day = str((pd.Timestamp(goal.period_start) - pd.Timedelta(days=1)).date())
        at = [
            row
            for each in found.values()
            for row in each
            if (row.indicator_id, row.area_id, row.period_end) == (goal.indicator_id, goal.area_id, day)
        ]
        at = at or [best[row] for row in best if row == goal.baseline_id and goal.claim != "not_below"]
        other = (
            found.get((goal.claim_indicator_id, goal.key), [])
            if goal.claim in ("keeps_pace", "outpaces")
            else at * moves
        )
        other = other if moves or len(other) == 1 else []
        words = [(each.low, each.high) for each in other if each.measure != "multiple"] or [(-INFINITE, INFINITE)]
        words = [(0, 0)] if moves and goal.compared_to else words
        words = [(-INFINITE, INFINITE)] if goal.claim == "holds" and goal.compared_to else words
        none_left = goal.claim == "cleared" and (goal.timing == "stock" or all(row.number == 0 for row in own))
        sure = {"full_coverage": goal.measure == "share", "cleared": none_left, "leads": goal.measure == "rank"}
        words = [(AT[goal.claim],) * 2] if sure.get(goal.claim) else words
        given = {judge(goal, each, one) for each in own for one in words}
        by = read[
            (read.publisher_zh == goal.publisher_zh)
            & read.series.isin([goal.series, *REVIEWED_BY.get(goal.series, [])])
            & (read.delivered_on > goal.vintage)
        ]
        said = set(results[results.concept == goal.concept].document_id)
        silent = bool(set(by[by.reviews.str.contains(goal.period_end[:4])].index) - said)
        fate[goal.Index] = "not_reported" if silent else "pending"
        fate[goal.Index] = (
            (given.pop() if len(given) == 1 and all(named) else "unclear") if given or kin else fate[goal.Index]
        )
        if goal.aim == "none" or "withdrawn" in {each.claim for each in own}:
            fate[goal.Index] = "not_judged"
    return {each: each in best for each in results.index}, fate
