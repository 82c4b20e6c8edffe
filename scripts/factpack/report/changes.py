"""Changes as people and programs read them: text, JSON, and Markdown for a changelog or a pull request."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from factpack.history.changes import Change, Changes
from factpack.problems import echo
from factpack.record.ids import Identity
from factpack.table.encode import cell, json_bytes

HOW = ("added", "changed", "retired", "removed")
SIGNS = {"added": "+", "changed": "~", "retired": "-", "removed": "!"}
WORDS = {
    "en": {
        "added": "Added",
        "changed": "Changed",
        "retired": "Retired",
        "removed": "Removed without being retired",
        "columns": "Columns added, removed or moved",
        "since": "retired since {since}",
        "by": ", replaced by {by}",
        "none": "no changes since {was}",
        "total": "{added} added, {changed} changed, {retired} retired, {removed} removed since version {was}",
        "needed": "this asks for version {needed} ({level}); it is {current}",
        "unread": "not compared, for they have problems: {records}",
        "nothing": "nothing",
        "join": ": ",
    },
    "zh": {
        "added": "新增",
        "changed": "修改",
        "retired": "停用",
        "removed": "未停用即删除",
        "columns": "增加、删除或移动的列",
        "since": "自 {since} 停用",
        "by": "，由 {by} 替代",
        "none": "自 {was} 以来没有变化",
        "total": "自版本 {was} 以来：新增 {added}，修改 {changed}，停用 {retired}，删除 {removed}",
        "needed": "应为版本 {needed}（{level}），现为 {current}",
        "unread": "有问题而未比较的记录：{records}",
        "nothing": "无",
        "join": "：",
    },
}


def text(found: Changes, language: str) -> str:
    """Return changes as lines: `+` added, `~` changed with its fields below, `-` retired, `!` removed."""
    words, lines = WORDS[language], []
    for change in found.records:
        gone = f" ({_retirement(change.retired[0], words)})" if change.how == "retired" else ""
        lines.append(f"{SIGNS[change.how]} {change.id}  {_called(change.name)}{gone}")
        lines += [f"    {line}" for line in _fields(change, words)]
    lines += [f"* {each}" for each in found.columns]
    return "".join(f"{line}\n" for line in lines)


def closing(found: Changes, language: str) -> str:
    """Return the totals, and which version the changes ask for, as one line."""
    words = WORDS[language]
    if not found.level:
        return words["none"].format(was=found.was) + "\n"
    total = words["total"].format(was=found.was, **{how: found.count(how) for how in HOW})
    return f"{total}; {_needed(found, words)}\n" if language == "en" else f"{total}；{_needed(found, words)}\n"


def unread(records: Collection[str], language: str) -> str:
    """Return a line that names the records of which nothing is said, for they have problems."""
    return WORDS[language]["unread"].format(records=", ".join(sorted(records))) + "\n"


def _needed(found: Changes, words: Mapping[str, str]) -> str:
    return words["needed"].format(needed=found.needed, level=found.level.upper(), current=found.current)


def as_json(found: Changes) -> str:
    """Return `{"changes": […], "columns": […], "summary": {…}}`."""
    listed = [
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
    versions = {"from": found.was, "to": found.current, "level": found.level or None, "needed": found.needed}
    summary = {**{how: found.count(how) for how in HOW}, "version": versions}
    return json_bytes({"changes": listed, "columns": found.columns, "summary": summary}).decode() + "\n"


def markdown(found: Changes, language: str) -> str:
    """Return changes as the section of a changelog; what contributors wrote is shown as code or escaped."""
    words = WORDS[language]
    lines = [closing(found, language).strip(), ""]
    for how in HOW:
        changes = [each for each in found.records if each.how == how]
        if changes:
            lines += [f"### {words[how]}", ""]
            for change in changes:
                gone = f" ({_retirement(change.retired[0], words)})" if how == "retired" else ""
                lines.append(f"- {code(change.id)} {escaped(_called(change.name))}{gone}")
                lines += [f"  - {line}" for line in _fields(change, words, code)]
            lines.append("")
    if found.columns:
        lines += [f"### {words['columns']}", "", *(f"- {code(each)}" for each in found.columns), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _called(name: Mapping[str, str]) -> str:
    return " / ".join(echo(name[language]) for language in ("zh", "en") if name.get(language))


def _retirement(gone: Identity, words: Mapping[str, str]) -> str:
    by = words["by"].format(by=gone.replaced_by) if gone.replaced_by else ""
    return words["since"].format(since=gone.since) + by


def _fields(change: Change, words: Mapping[str, str], mark: Any = str) -> Iterator[str]:
    retired = {each.id: each for each in change.retired}
    for each in change.fields:
        gone = retired.get(each.item)
        if gone and each.after is None:
            yield f"{mark(each.path)}{words['join']}{_retirement(gone, words)}"
        else:
            before, after = (
                words["nothing"] if value is None else mark(echo(_compact(value)))
                for value in (each.before, each.after)
            )
            yield f"{mark(each.path)}{words['join']}{before} → {after}"


def _compact(value: Any) -> str:
    """Return a value on one line: a text as it is, everything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        return " ".join(line.strip() for line in json_bytes(value).decode().split("\n"))
    return cell(value)


def code(value: str) -> str:
    """Return a text as a Markdown code span that nothing in it can end."""
    fence = "`" * (1 + max(map(len, re.findall("`+", value)), default=0))
    pad = " " if "`" in value[:1] + value[-1:] else ""
    return f"{fence}{pad}{value}{pad}{fence}"


_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&@#]|(?<=:)/|(?<=www)[.]")


def escaped(value: str) -> str:
    """Return a text in which nothing is Markdown, HTML, a mention or a link."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", value)
