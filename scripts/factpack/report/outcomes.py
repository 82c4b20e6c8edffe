"""What became of targets and milestones, as text, Markdown, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factpack.package.outcomes import OUTCOME, Promise, Promised
from factpack.package.table import Cell
from factpack.problems import MARKS, visible
from factpack.report.as_json import printable
from factpack.report.markup import code, escaped
from factpack.table.encode import cell, csv_lines, json_bytes
from factpack.words import LANGUAGES, Both, text_in, texts, texts_in

COLUMNS = (
    "column name",
    "column period",
    "column target",
    "column result",
    "column difference",
    "column reason",
    "column source",
)
"""The columns of a table of Markdown, as keys of words."""
DATA = {
    "table": "table",
    "id": "id",
    "name": "name",
    "kind": "kind",
    "period": "period",
    "outcome": "outcome",
    "outcome_reason": "reason",
    "target": "target",
    "result": "result",
    "outcome_id": "result_id",
    "outcome_period": "result_period",
    "outcome_difference": "difference",
    "outcome_difference_unit_id": "unit_id",
    "outcome_difference_unit": "unit",
    "moved_to": "moved_to",
    "reached_period": "reached_period",
    "verification": "verification",
    "document_id": "document",
    "paragraph": "paragraph",
    "outcome_document_id": "result_document",
    "outcome_paragraph": "result_paragraph",
}
"""What programs read of a promise: the name of each thing, and the field that holds it."""
TEXTS = ("name", "target", "result", "outcome_difference_unit")
"""Those of them that are texts in both languages."""


def outcome_word(outcome: str, labels: Mapping[str, Both], language: str) -> str:
    """Return an outcome as it is counted: `3 missed`; one that is not of this program by its label."""
    known = texts("report", "outcome words").get(outcome) or labels.get(outcome)
    return known[language] if known else outcome


def text(found: Sequence[Promised], period: str, language: str) -> str:
    """Return the promises of each table by outcome, two lines each, below how many have it."""
    lines = list[str]()
    for each in found:
        lines += [*_counts(each, period, language), ""]
        for outcome in each.outcomes:
            lines.append(_section(each, outcome, language))
            for one in each.promises:
                if one.outcome == outcome:
                    lines += [f"  {_said(one, language)}", f"      {_where(each, one, language)}"]
            lines.append("")
    return "".join(f"{visible(line)}\n" for line in lines[:-1]) or _none(language)


def markdown(found: Sequence[Promised], period: str, language: str) -> str:
    """Return the same as sections with a table each; nothing of the package is markup in it."""
    words, blocks = texts_in(language, "report", "outcomes"), []
    for each in found:
        first, *kinds = (escaped(visible(line.strip())) for line in _counts(each, period, language))
        blocks += [f"## {first}\n"] + ["".join(f"- {line}\n" for line in kinds)] * bool(kinds)
        head = "".join(f"| {words[name]} " for name in COLUMNS) + "|\n" + "|---" * len(COLUMNS) + "|\n"
        for outcome in each.outcomes:
            lines = "".join(_row(each, one, language) for one in each.promises if one.outcome == outcome)
            blocks.append(f"### {escaped(visible(_section(each, outcome, language)))}\n\n{head}{lines}")
    return "\n".join(blocks) or _none(language)


def as_csv(found: Sequence[Promised]) -> str:
    """Return all promises as one CSV, in both languages."""
    names = [name for key in DATA for name in ([f"{key}_{each}" for each in LANGUAGES] if key in TEXTS else [key])]
    rows = [_cells(one) for each in found for one in each.promises]
    return csv_lines([names, *rows]).decode("utf-8")


def _cells(one: Promise) -> list[str]:
    """Return the cells of a promise, a text as one for each language."""
    cells = list[object]()
    for value in _data(one).values():
        cells += [value[each] for each in LANGUAGES] if isinstance(value, Mapping) else [value]
    return [visible(cell(each)) for each in cells]


def as_json(found: Sequence[Promised], period: str) -> str:
    """Return `{"outcomes": […], "summary": {…}}`; the summary counts by table, outcome and kind."""
    listed = [_told(one) for each in found for one in each.promises]
    counts = {each.table: _summary(each) for each in found}
    made = json_bytes({"outcomes": listed, "summary": {"period": period or None, "tables": counts}}).decode()
    return "".join(f"{printable(line)}\n" for line in made.split("\n"))


def _told(one: Promise) -> dict[str, Any]:
    """Return a promise as an object of JSON, in which null is what it does not say."""
    nothing = ("", dict.fromkeys(LANGUAGES, ""))
    return {name: None if value in nothing else value for name, value in _data(one).items()}


def _summary(each: Promised) -> Mapping[str, Any]:
    kinds = {kind: {one: each.count(one, kind) for one in each.outcomes} for kind in each.kinds}
    outcomes = {one: each.count(one) for one in each.outcomes}
    return {"total": len(each.promises), "outcomes": outcomes, "kinds": kinds}


def _data(one: Promise) -> dict[str, Any]:
    """Return a promise by the names that programs read; a difference as it stands in the table."""
    return {name: getattr(one, field) for name, field in DATA.items()}


def _counts(each: Promised, period: str, language: str) -> list[str]:
    """Return how many promises have each outcome: all, and where they are of several kinds, those of each."""
    lines = [_counted(each, _title(each, period, language), "", language)]
    kinds = each.kinds if len(each.kinds) > 1 else []
    return lines + [f"  {_counted(each, each.labels['kind'][kind][language], kind, language)}" for kind in kinds]


def _counted(each: Promised, title: str, kind: str, language: str) -> str:
    counts = {outcome: each.count(outcome, kind) for outcome in each.outcomes}
    total = text_in(language, "report", "outcomes", "total", title=title, total=sum(counts.values()))
    return _with_list(total, [counts_in_words(counts, each.labels[OUTCOME], language)], language)


def counts_in_words(counts: Mapping[str, int], labels: Mapping[str, Both], language: str) -> str:
    """Return how many have each outcome, in the order of the schema: `5 met, 3 missed`."""
    order = [each for each in dict.fromkeys((*labels, *counts)) if counts.get(each)]
    said = texts_in(language, "report", "outcomes")["count"]
    return MARKS[language].join(
        said.format(count=counts[each], outcome=outcome_word(each, labels, language)) for each in order
    )


def _title(each: Promised, period: str, language: str) -> str:
    title = each.title[language]
    return text_in(language, "report", "outcomes", "due", title=title, period=period) if period else title


def _section(each: Promised, outcome: str, language: str) -> str:
    word = outcome_word(outcome, each.labels[OUTCOME], language)
    title = each.title[language]
    return text_in(language, "report", "outcomes", "section", title=title, outcome=word, count=each.count(outcome))


def _none(language: str) -> str:
    return text_in(language, "report", "outcomes", "none") + "\n"


def _said(one: Promise, language: str) -> str:
    """Return what was promised and what came of it, in a line."""
    words = texts_in(language, "report", "outcomes")
    promise = words["promise"].format(name=one.name[language], period=one.period, target=one.target[language])
    result = _result(one, language)
    return words["answered"].format(promise=promise, result=result) if result else promise


def _result(one: Promise, language: str) -> str:
    """Return what came of a promise: the result, its period where it is another, the difference, a new date."""
    less = one.difference_said[language]
    aside = [text_in(language, "report", "outcomes", "difference", difference=less)] if less else []
    return _with_list(one.result[language], [*_times(one, language), *aside], language)


def _with_list(said: str, aside: Sequence[str], language: str) -> str:
    listed = MARKS[language].join(each for each in aside if each)
    return (
        text_in(language, "report", "outcomes", "with list", text=said, list=listed)
        if said and listed
        else said or listed
    )


def _times(one: Promise, language: str) -> Iterator[str]:
    """Yield when a promise was answered, where that is not its own period, and the other periods that are given."""
    if one.result_period not in ("", one.period):
        yield one.result_period
    for key, period in (("moved", one.moved_to), ("reached", one.reached_period)):
        if period:
            yield text_in(language, "report", "outcomes", key, period=period)


def _where(each: Promised, one: Promise, language: str) -> str:
    """Return the ids of a promise and its result, each with where it is printed; the reason; what nobody verified."""
    words = texts_in(language, "report", "outcomes")
    told = [_place(one.id, one.document, one.paragraph, language)]
    told += [_place(one.result_id, one.result_document, one.result_paragraph, language)] * bool(one.result_id)
    said = words["arrow"].join(told)
    more = [each.labels[name][value][language] for name, value in _named(each, one)]
    return words["semicolon"].join([said, *more])


def _named(each: Promised, one: Promise) -> Iterator[tuple[str, str]]:
    """Yield what is said of a promise besides its outcome, as column and value: why, and whether it is transcribed."""
    for name, value in (("outcome_reason", one.reason), ("verification", one.verification)):
        if value in each.labels.get(name, {}) and value != "verified":
            yield name, value


def _place(row_id: str, document: str, paragraph: Cell, language: str) -> str:
    where = _printed(document, paragraph, language)
    return _with_list(row_id, [where] * bool(where), language)


def _printed(document: str, paragraph: Cell, language: str) -> str:
    """Return where something is printed."""
    told = text_in(language, "report", "outcomes", "paragraph", document=document, paragraph=paragraph)
    return told if paragraph else document


def _row(each: Promised, one: Promise, language: str) -> str:
    """Return a promise as a row of a table of Markdown."""
    reason = MARKS[language].join(each.labels[name][value][language] for name, value in _named(each, one))
    result = _with_list(one.result[language], [*_times(one, language)], language)
    said = (one.name[language], one.period, one.target[language], result, one.difference_said[language], reason)
    places = [(one.id, one.document, one.paragraph), (one.result_id, one.result_document, one.result_paragraph)]
    source = "<br>".join(
        f"{code(visible(own))} {escaped(visible(_printed(document, paragraph, language)))}"
        for own, document, paragraph in places
        if own
    )
    return "".join(f"| {escaped(visible(each))} " for each in said) + f"| {source} |\n"
