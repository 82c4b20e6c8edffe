"""Changes as people and programs read them: text, JSON, and Markdown for a changelog or a pull request.

An edition may come from a stranger: of all that it says, nothing drives what shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from factpack.history.changes import Change, Changes
from factpack.problems import Problem, echo, visible
from factpack.record.ids import Identity
from factpack.report.as_json import listed, printable
from factpack.report.limit import MORE, fitting, size
from factpack.report.values import Values
from factpack.table.encode import json_bytes
from factpack.words import LANGUAGES, Count, texts_in

HOW = ("added", "changed", "retired", "removed")
SIGNS = {"added": "+", "changed": "~", "retired": "-", "removed": "!"}


def text(found: Changes, values: Values, language: str) -> str:
    """Return changes as lines: `+` added, `~` changed with its fields below, `-` retired, `!` removed."""
    words, lines = texts_in(language, "report", "changes"), []
    for change in found.records:
        retired = f" ({_retirement(change.retired[0], words)})" if change.how == "retired" else ""
        lines.append(f"{SIGNS[change.how]} {visible(change.id)}  {_name(change.name)}{retired}")
        lines += [f"    {line}" for line in _fields(change, values, language)]
    lines += [f"* {visible(each)}" for each in found.columns]
    return "".join(f"{line}\n" for line in lines)


def closing(found: Changes, language: str) -> str:
    """Return the totals, and which version the changes ask for, as one line."""
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
    needed = words["needed"].format(needed=found.needed, level=found.level.upper(), current=found.current)
    return words["closing"].format(total=total, needed=needed) + "\n"


def _unread(found: Changes, words: Mapping[str, str]) -> str:
    """Return a line that names what was not compared, for it has problems, or nothing."""
    names = ", ".join(visible(each) for each in sorted(found.unread))
    return words["unread"].format(records=names) + "\n" if names else ""


def as_json(found: Changes, compared: Mapping[str, str | None], problems: Sequence[Problem], language: str) -> str:
    """Return `{"changes": […], "columns": […], "problems": […], "summary": {…}}`; problems are those of editions.

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
    told = {"changes": changes, "columns": found.columns, "problems": listed(problems, language), "summary": summary}
    made = json_bytes(told).decode()
    return "".join(f"{printable(line)}\n" for line in made.split("\n"))


def markdown(found: Changes, values: Values, language: str, limit: int = 0, problems: Sequence[Problem] = ()) -> str:
    """Return changes as the section of a changelog; what contributors wrote is shown as code or escaped.

    Problems of editions come first. With a limit in bytes it ends with how many changes found no room.
    """
    words = texts_in(language, "report", "changes")
    parts = [each for how in HOW for each in _titled(words[how], _records(found, how, values, language))]
    parts += _titled(words["columns"], [f"- {code(visible(each))}\n" for each in found.columns])
    head = escaped(closing(found, language)) + "".join(f"\n{escaped(each.message(language))}\n" for each in problems)
    kept = fitting(parts, limit - size(head) - MORE) if limit else parts
    more = Count(sum(each.startswith("- ") for each in parts[len(kept) :]))
    return head + "".join(kept) + (f"\n{words['more'].format(more=more)}\n" if more else "")


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


def code(value: str) -> str:
    """Return a text as a Markdown code span that nothing in it can end."""
    fence = "`" * (1 + max(map(len, re.findall("`+", value)), default=0))
    pad = " " if "`" in value[:1] + value[-1:] else ""
    return f"{fence}{pad}{value}{pad}{fence}"


_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&@#]|(?<=:)/|(?<=www)[.]")


def escaped(value: str) -> str:
    """Return a text in which nothing is Markdown, HTML, a mention or a link."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", value)
