"""Changes as people and programs read them: text, JSON, and Markdown for a changelog or a pull request.

An edition may come from a stranger: of all that it says, nothing drives what shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from factpack.history.changes import Change, Changes
from factpack.problems import Problem, echo, visible
from factpack.record.ids import Identity
from factpack.report import turns
from factpack.report.as_json import listed, printable
from factpack.report.limit import MORE, fitting, size
from factpack.report.markup import code, escaped
from factpack.report.values import Values
from factpack.table.encode import json_bytes
from factpack.words import LANGUAGES, Count, texts_in

HOW = ("added", "changed", "retired", "removed")
SIGNS = {"added": "+", "changed": "~", "retired": "-", "removed": "!"}


def text(found: Changes, values: Values, language: str) -> str:
    """Return changes as lines: `=` what became of promises and figures, with a line each below.

    Then `+` added, `~` changed with its fields below, `-` retired, `!` removed, `*` columns.
    """
    words, lines = texts_in(language, "report", "changes"), list[str]()
    for each in turns.told(found, values, language):
        lines += [f"= {each.heading(language)}", *(f"    {line.shown(language)}" for line in each.lines)]
    for change in found.records:
        retired = f" ({_retirement(change.retired[0], words)})" if change.how == "retired" else ""
        lines.append(f"{SIGNS[change.how]} {visible(change.id)}  {_name(change.name)}{retired}")
        lines += [f"    {line}" for line in _fields(change, values, language)]
    lines += [f"* {visible(column)}" for column in found.columns]
    return "".join(f"{line}\n" for line in lines)


def closing(found: Changes, language: str) -> str:
    """Return the totals, and which version the changes ask for, as a line; then what was not compared."""
    return _totals(found, language) + "".join(f"{each}\n" for each in turns.silent(found, language))


def _totals(found: Changes, language: str) -> str:
    words = texts_in(language, "report", "changes")
    counts = {how: found.count(how) for how in HOW}
    total = words["first" if found.first else "total"].format(was=found.was, **counts)
    if found.partial:
        return words["partial"].format(total=total) + "\n" + _unread(found, words)
    if found.other:
        was, now = map(echo, found.packages)
        return words["other"].format(total=total, was=was, now=now) + "\n"
    if found.first:
        return total + "\n"
    if not found.level:
        return words["none"].format(was=found.was) + "\n"
    if not found.needed:
        key = "publication unknown" if found.unknown else "unpublished"
        return words[key].format(total=total, was=found.was, current=found.current) + "\n"
    needed = words["needed"].format(needed=found.needed, level=found.level.upper(), current=found.current)
    return words["closing"].format(total=total, needed=needed) + "\n"


def _unread(found: Changes, words: Mapping[str, str]) -> str:
    """Return a line that names what was not compared, for it has problems, or nothing."""
    names = ", ".join(visible(each) for each in sorted(found.unread))
    return words["unread"].format(records=names) + "\n" if names else ""


def as_json(found: Changes, compared: Mapping[str, str | None], problems: Sequence[Problem], language: str) -> str:
    """Return `{"turns": […], "changes": […], "columns": […], "problems": […], "summary": {…}}`.

    Problems are those of editions.

    `compared` names the editions: `from`, and `to`, which is None for the sources.
    """
    changes = [
        {
            "id": change.id,
            "folder": change.folder,
            "change": change.how,
            "name": dict(change.name),
            "fields": [{"path": each.path, "before": each.before, "after": each.after} for each in change.fields],
            "retired": [each.row() for each in change.retired],
        }
        for change in found.records
    ]
    needed = {"level": found.level or None, "needed": found.needed or None}
    versions = {"from": found.was or None, "to": found.current, **needed}
    counts = {how: found.count(how) for how in HOW}
    summary = {**counts, "compared": compared, "not_compared": sorted(found.unread), "version": versions}
    summary |= {"without_outcomes": list(found.unjudged)}
    became = turns.as_data(found.turns)
    told = {"turns": became, "changes": changes, "columns": found.columns}
    told |= {"problems": listed(problems, language), "summary": summary}
    made = json_bytes(told).decode()
    return "".join(f"{printable(line)}\n" for line in made.split("\n"))


def markdown(found: Changes, values: Values, language: str, limit: int = 0, problems: Sequence[Problem] = ()) -> str:
    """Return changes as the section of a changelog; what contributors wrote is shown as code or escaped.

    Problems of editions come first. With a limit in bytes it ends with how many changes found no room.
    """
    words = texts_in(language, "report", "changes")
    parts = [line for each in turns.told(found, values, language) for line in _became(each, language)]
    parts += [each for how in HOW for each in _titled(words[how], _records(found, how, values, language))]
    parts += _titled(words["columns"], [f"- {code(visible(each))}\n" for each in found.columns])
    head = escaped(closing(found, language)) + "".join(f"\n{escaped(each.message(language))}\n" for each in problems)
    kept = fitting(parts, limit - size(head) - MORE) if limit else parts
    more = Count(sum(each.startswith("- ") for each in parts[len(kept) :]))
    return head + "".join(kept) + (f"\n{words['more'].format(more=more)}\n" if more else "")


def _became(told: turns.Told, language: str) -> list[str]:
    """Return what became of promises or figures as a section with a list, if there is something to list."""
    lines = [f"- {each.shown(language, escaped)}\n" for each in told.lines]
    return [f"\n### {told.heading(language, escaped)}\n\n", *lines]


def _titled(title: str, items: Sequence[str]) -> list[str]:
    """Return items of a list below their title, or nothing where there are none."""
    return [f"\n### {title}\n\n", *items] if items else []


def _records(found: Changes, how: str, values: Values, language: str) -> list[str]:
    """Return the records that were added, changed, retired or removed as items of a list, each with its fields."""
    items, words = list[str](), texts_in(language, "report", "changes")
    for change in found.records:
        if change.how == how:
            retired = f" ({escaped(_retirement(change.retired[0], words))})" if how == "retired" else ""
            fields = "".join(f"  - {line}\n" for line in _fields(change, values, language, code))
            items.append(f"- {code(visible(change.id))} {escaped(_name(change.name))}{retired}\n{fields}")
    return items


def _name(name: Mapping[str, str]) -> str:
    return " / ".join(echo(name[language]) for language in LANGUAGES if name.get(language))


def _retirement(identity: Identity, words: Mapping[str, str]) -> str:
    by = words["by"].format(by=echo(identity.replaced_by)) if identity.replaced_by else ""
    return words["since"].format(since=echo(identity.since)) + by


def _fields(change: Change, values: Values, language: str, mark: Callable[[str], str] = str) -> Iterator[str]:
    """Yield what changed in a record, a line each: a part that came or went by what it says, all else by its path."""
    words, retired = texts_in(language, "report", "changes"), {each.id: each for each in change.retired}
    plain = str if mark is str else escaped
    if change.formerly:
        yield words["renamed"].format(before=plain(_name(change.formerly)), after=plain(_name(change.name)))
    for each in change.fields:
        if change.tells_rename(each):
            continue
        identity = retired.get(each.item)
        if identity and each.after is None:
            yield f"{mark(visible(each.path))}{words['join']}{plain(_retirement(identity, words))}"
            continue
        come, gone = (values.part(change, each.path, value, language) for value in (each.after, each.before))
        if bool(come) is not bool(gone):
            sign, how = (SIGNS["added"], "part added") if come else (SIGNS["removed"], "part removed")
            begins = f"{sign} " if mark is str else f"{words[how]}{words['join']}"
            yield f"{begins}{plain(visible(come or gone))}"
            continue
        before, after = (
            words["nothing"] if value is None else mark(visible(values.words(change, each.path, value, language)))
            for value in (each.before, each.after)
        )
        yield f"{mark(visible(each.path))}{words['join']}{before} → {after}"
