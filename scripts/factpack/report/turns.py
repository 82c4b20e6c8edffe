"""What became of promises, figures, dates and names since an earlier edition, in words: each in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from factpack.history.changes import Changes
from factpack.history.turns import MOVED, Turn
from factpack.problems import echo, visible
from factpack.report.outcomes import counts_in_words, outcome_word
from factpack.report.values import Values
from factpack.words import Count, text_in

ORDER = ("turned", "corrected", "final", "undecided", "moved", "renamed")
"""What is told below the outcomes that came, in this order."""
Mark = Callable[[str], str]
"""How a text is shown: as it is, or so that nothing in it is markup."""


class Line(NamedTuple):
    """What became of one thing: what it is, what it was and is now, and the ids that say so."""

    subject: str
    change: str
    ids: Sequence[str]

    def shown(self, language: str, mark: Mark = visible, named: Mark | None = None) -> str:
        """Return it in one line; `named` shows an id where that is not shown as any other text."""
        ids = _arrow([(named or mark)(each) for each in self.ids], language)
        key = "line" if self.subject else "line of a name"
        said = {"subject": mark(self.subject), "change": mark(self.change), "ids": ids}
        return text_in(language, "report", "turns", key, **said)


class Told(NamedTuple):
    """A heading, and a line for each thing that is told below it."""

    key: str
    said: Mapping[str, str | Count]
    lines: Sequence[Line]

    def heading(self, language: str, mark: Mark = visible) -> str:
        """Return its heading: how many things of which kind, and of outcomes which."""
        said = {name: mark(each) if isinstance(each, str) else each for name, each in self.said.items()}
        return text_in(language, "report", "turns", self.key, **said)


def told(found: Changes, values: Values, language: str) -> list[Told]:
    """Return what became of promises by table and period, then of figures, dates and names."""
    parts = [*_came(found, values, language)]
    for how in ORDER:
        lines = [_line(each, values, language) for each in found.turns if each.how == how]
        if lines:
            parts.append(Told(how, {"count": Count(len(lines))}, lines))
    return parts


def silent(found: Changes, language: str) -> list[str]:
    """Return a sentence for each edition that says nothing of outcomes, where another one does."""
    return [text_in(language, "report", "turns", "no outcomes", version=visible(each)) for each in found.unjudged]


def _came(found: Changes, values: Values, language: str) -> Iterator[Told]:
    """Yield `11 targets of 2026 have an outcome: 5 met, …` for each table and period, with a line for each of them."""
    groups: dict[tuple[str, str], list[Turn]] = {}
    for each in found.turns:
        if each.how == "came":
            groups.setdefault((each.table, each.row.get("period", "")), []).append(each)
    tables = [table for table, _ in groups]
    for (table, period), came in sorted(groups.items(), key=lambda each: (tables.index(each[0][0]), each[0][1])):
        counts = counts_in_words(Counter(each.now for each in came), values.labels(table, "outcome"), language)
        said: dict[str, str | Count] = {"count": Count(len(came)), "period": echo(period), "list": counts}
        yield Told(_came_key(came), said, [_line(each, values, language) for each in came if each.now != MOVED])


def _came_key(came: Sequence[Turn]) -> str:
    """Return the key of the sentence that says how many promises have an outcome; a milestone is told by its stage."""
    if "stage" in came[0].row:
        return "milestones came" if len(came) > 1 else "milestones came one"
    return "targets came" if len(came) > 1 else "targets came one"


def _line(turn: Turn, values: Values, language: str) -> Line:
    ids = dict.fromkeys(visible(each) for each in (turn.id, turn.by) if each)
    comma = text_in(language, "report", "turns", "comma")
    subject, change = (comma.join(part(turn, values, language)) for part in (_subject, _change))
    return Line(subject, change, tuple(ids))


def _subject(turn: Turn, values: Values, language: str) -> Iterator[str]:
    """Yield what a line is about: the name of the record, a stage, and the period that it is told of."""
    if turn.how == "renamed":
        return
    yield echo(values.name(turn.id.partition(".")[0])[language])
    stage = turn.row.get("stage", "")
    if stage:
        label = values.labels(turn.table, "stage").get(stage)
        yield echo(label[language] if label else stage)
    if turn.how != MOVED:
        yield echo(turn.row.get("period", ""))


def _change(turn: Turn, values: Values, language: str) -> Iterator[str]:
    """Yield what was and is: the figures, dates or names, then the outcome, of one that turned with what it was."""
    none = text_in(language, "report", "turns", "none preferred") if turn.how == "undecided" else ""
    pair = (turn.was, turn.now) if turn.how == MOVED else (turn.before[language], turn.after[language] or none)
    yield from [_arrow([echo(each) for each in pair if each], language)] * any(pair)
    if turn.how in ("came", "turned"):
        labels, known = values.labels(turn.table, "outcome"), [turn.was, turn.now][turn.how == "came" :]
        yield _arrow([echo(outcome_word(each or "pending", labels, language)) for each in known], language)
        reason = values.labels(turn.table, "outcome_reason").get(turn.row.get("outcome_reason", ""))
        yield from [echo(reason[language][:1].lower() + reason[language][1:])] if reason else []


def _arrow(texts: Sequence[str], language: str) -> str:
    return text_in(language, "report", "turns", "arrow").join(texts)


def as_data(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return what became of promises, figures, dates and names as objects of JSON."""
    return [
        {
            "turn": each.how,
            "table": each.table,
            "id": each.id,
            "by": each.by or None,
            "period": each.row.get("period") or None,
            "was": each.was or None,
            "now": each.now or None,
            "before": dict(each.before) if any(each.before.values()) else None,
            "after": dict(each.after) if any(each.after.values()) else None,
        }
        for each in turns
    ]
