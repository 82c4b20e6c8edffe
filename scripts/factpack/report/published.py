"""A published text as a curator reads it: paragraphs, numbers with who uses them, and what its record may say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from factpack.check.coverage import Number
from factpack.draft.outline import Section
from factpack.edit.layout import style
from factpack.problems import echo, visible
from factpack.report.as_json import json_lines
from factpack.report.coverage import covered
from factpack.schema.model import Kind, Shape, is_text
from factpack.text.token import plain
from factpack.words import LANGUAGES, Both, text_in, texts, texts_in


@dataclass(frozen=True, slots=True)
class Published:
    """A text, or some paragraphs of it, with what is proposed for the record of its document."""

    document: str
    recorded: bool
    """Whether fingerprints of it are kept."""
    paragraphs: Mapping[int, str | None]
    """Those to be shown, as they are written, by number; None for one of the page that has changed."""
    numbers: Sequence[Number]
    """Their numbers, each once for each of its users."""
    totals: Mapping[str, int]
    """How many numbers the whole text has by use."""
    sections: Sequence[Section] = ()
    furniture: Mapping[int, Both] | None = None
    """Paragraphs that are not of the text, each with what it is."""
    page_numbers: Sequence[tuple[int, str, int]] = ()
    """Open numbers of these: paragraph, number, and which of that wording it is."""


def published_text(found: Published, kind: Kind, reasons: Mapping[str, str], language: str) -> str:
    """Return a text as lines; `kind` is that of documents, `reasons` are the labels of what excludes a number."""
    words, lines = texts_in(language, "report", "published"), []
    listed = {at: list(group) for at, group in groupby(found.numbers, key=lambda each: each.paragraph)}
    for at, text in found.paragraphs.items():
        lines.append(f"[{at}] {words['gone'] if text is None else visible(text)}")
        for _, group in groupby(listed.get(at, ()), key=lambda each: each.token.start):
            users = list(group)
            use = words["list"].join(_use(each, reasons, words) for each in users)
            lines.append(words["number"].format(token=echo(users[0].token.text), use=use))
    proposed = list(_proposal(found, kind, language))
    lines += ["", f"# {words['proposed']}", *proposed] if proposed else []
    return "".join(line + "\n" for line in [*lines, "", covered(found.totals, language)])


def _use(number: Number, reasons: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return who uses a number, or why nobody does."""
    if number.user:
        return number.user
    reason = reasons.get(number.reason or "", "")
    if number.use == "waived":
        return words["excluded"].format(reason=reason)
    return words["later"].format(reason=reason) if reason else words["open"]


def published_json(found: Published) -> str:
    """Return the same for programs; texts and offsets of numbers are those of the normal form."""
    listed = {at: list(group) for at, group in groupby(found.numbers, key=lambda each: each.paragraph)}
    return json_lines(
        {
            "document": found.document,
            "recorded": found.recorded,
            "paragraphs": [
                {"paragraph": at, "text": text, "numbers": list(_numbers(listed.get(at, ())))}
                for at, text in found.paragraphs.items()
            ],
            "totals": dict(found.totals),
            "sections": [_section(each) for each in found.sections],
            "furniture": [{"paragraph": at, "what": dict(what)} for at, what in (found.furniture or {}).items()],
        }
    )


def _section(section: Section) -> dict[str, Any]:
    heading = section.heading
    told = {"level": heading.level, "heading": heading.words} if heading else {"level": None, "heading": None}
    return {"first": section.first, "last": section.last, **told, "what": section.what or None}


def _numbers(listed: Sequence[Number]) -> Iterator[dict[str, Any]]:
    for _, group in groupby(listed, key=lambda each: each.token.start):
        users = list(group)
        token = users[0].token
        yield {
            "token": token.text,
            "start": token.start,
            "end": token.end,
            "kind": token.kind,
            "value": None if token.value is None else plain(token.value),
            "unit": token.unit,
            "bound": token.bound,
            "sign": token.sign,
            "period": token.period,
            "use": users[0].use,
            "users": [each.user for each in users if each.user],
            "reason": users[0].reason,
        }


# ---- what may be pasted into the record


def _proposal(found: Published, kind: Kind, language: str) -> Iterator[str]:
    """Yield YAML for the record of the document: sections, what is not of the text, and the numbers in that."""
    if found.sections and (name := kind.shape.role("sections")):
        yield f"{name}:"
        for section in found.sections:
            yield from _section_lines(section, kind.shape.parts[name], language)
    if found.furniture and (name := kind.shape.role("furniture")):
        shape = kind.shape.parts[name]
        yield f"{name}:"
        for at, what in found.furniture.items():
            yield f"  - {shape.role('paragraph')}: {at}"
            yield f"    {_text_field(shape)}:"
            yield from (f"      {each}: {_written(what[each])}" for each in LANGUAGES)
    if found.page_numbers and (name := kind.shape.role("waivers")):
        roles = kind.shape.parts[name].roles
        yield f"{name}:"
        for at, token, nth in found.page_numbers:
            yield f"  - {roles['paragraph']}: {at}"
            yield f"    {roles['quote']}: {_written(token)}"
            yield from [f"    {roles['occurrence']}: {nth}"] * (nth > 1)
            yield f"    {roles['reason']}: page"


def _section_lines(section: Section, shape: Shape, language: str) -> Iterator[str]:
    heading = section.heading
    if heading:
        told = {"level": heading.level, "paragraph": heading.paragraph, "words": echo(heading.words)}
        yield f"  # {text_in(language, 'report', 'published', 'heading', **told)}"
    named = texts("report", "proposed sections")["page" if section.what == "page" else "opening"]
    label: Both = {} if heading else named
    yield f"  - {shape.role('name')}:"
    yield from (f"      {each}: {_written(label.get(each, ''))}".rstrip() for each in LANGUAGES)
    yield f"    {shape.role('first')}: {section.first}"
    yield f"    {shape.role('last')}: {section.last}"


def _text_field(shape: Shape) -> str:
    """Return the field of a part that is a text in both languages."""
    return next(name for name, field in shape.fields.items() if is_text(field))


def _written(text: str) -> str:
    return f"'{text}'" if text and style(text) else text
