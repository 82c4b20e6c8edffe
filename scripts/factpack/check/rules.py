"""Rules: what a schema cannot say of one record. Each is a small generator of problems, told by roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from factpack.check.cells import base_value_digits, early_date, no_address, no_version, unfit_cells
from factpack.check.over_time import (
    component_count,
    former_name_in_use,
    given_twice,
    other_document,
    unproven_former_name,
)
from factpack.check.results import two_results, unexplained_results
from factpack.check.revisions import no_earlier_target
from factpack.check.transcribed import locator_with_text, no_readings
from factpack.problems import Problem, labelled, listed, named
from factpack.record.evidence import evidence_of, is_transcribed
from factpack.record.ids import exists, part_ids, successors, version
from factpack.record.subject import Subject, scalars
from factpack.schema.model import Shape, kept
from factpack.source.marks import Path, Value
from factpack.words import LANGUAGES

Rule = Callable[[Subject], Iterator[Problem]]
PART_OF_LIMIT = 20
"""Steps up a chain of wholes before it is taken for endless."""


def unknown_reference(subject: Subject) -> Iterator[Problem]:
    """A reference names a record of the right kind whose file exists."""
    library = subject.library
    for asked, value, at in subject.scalars:
        if not asked.kind or not isinstance(value, str):
            continue
        kind = library.schemas.kinds[asked.kind]
        there = exists(value, library) if "." in value else library.exists(value)
        if library.schemas.kind_of(value) is not kind or not there:
            title = str(kind.shape.schema["x-title"]["zh"])
            values = {"found": value, "kind": kind.name, "kind_zh": title, "folder": kind.folder}
            yield subject.problem("unknown-reference", at, **values)


def bad_time(subject: Subject) -> Iterator[Problem]:
    """A period or date exists in the calendar, and an interval runs forward in one precision."""
    for asked, value, at in subject.scalars:
        if asked.time is None:
            continue
        try:
            asked.time(str(value))
        except ValueError:
            yield subject.problem("bad-period", at, found=str(value))


def duplicate_part(subject: Subject) -> Iterator[Problem]:
    """No two parts of a record have the same key: their ids are permanent addresses."""
    for shape, item, path in subject.items:
        for field, part in shape.parts.items():
            listed: Any = item.get(field) or ()
            if len(listed) < 2 or not part.key:
                continue
            ids = part_ids(subject.id, part, listed, subject.library.area) if path else subject.part_ids[field]
            seen: dict[str, int] = {}
            for index, key in enumerate(ids):
                if key in seen:
                    line = subject.document.marks.at((*path, field, seen[key]))[0]
                    yield subject.problem("duplicate-part", (*path, field, index), key=key, line=str(line))
                seen.setdefault(key, index)


def unknown_paragraph(subject: Subject) -> Iterator[Problem]:
    """A paragraph number is one that the document's text has."""
    for shape, item, path in subject.items:
        field = shape.role("evidence") or ""
        places: list[tuple[str, Value, Path]] = [
            (entry.document, entry.paragraph, (*path, field, index, "paragraph"))
            for index, entry in enumerate(subject.evidence[path])
        ]
        if path:
            numbers = (field for field in _paragraph_numbers(shape) if field in item)
            places += [(subject.id, item[field], (*path, field)) for field in numbers]
        for document, paragraph, at in places:
            text = subject.library.text(document)
            if text and isinstance(paragraph, int) and paragraph > len(text.paragraphs):
                values = {"found": str(paragraph), "document": document, "count": str(len(text.paragraphs))}
                yield subject.problem("unknown-paragraph", at, **values)


@kept
def _paragraph_numbers(shape: Shape) -> tuple[str, ...]:
    """Return the fields of a part that number paragraphs of the record's own text."""
    found = (shape.role(role) for role in ("paragraph", "first", "last"))
    return tuple(field for field in found if field)


def unfit_unit(subject: Subject) -> Iterator[Problem]:
    """The unit measures a quantity that suits the measure: a rank is in ranks, a share in per cent."""
    shape, library = subject.kind.shape, subject.library
    measure, unit = shape.role("measure"), shape.role("unit")
    if not measure or not unit:
        return
    fits = shape.fields[measure].get("x-quantities", {}).get(str(subject.record[measure]))
    for part, item, path in subject.items if fits else ():
        field = part.role("unit")
        value = item.get(field or "")
        quantity = library.role(str(value), "quantity") if value else None
        if field and quantity and quantity not in fits:
            at = (*path, field)
            values = {"unit": str(value), **_unfit(subject, measure, str(quantity), fits)}
            yield subject.problem("unfit-unit", at, **values)


def _unfit(subject: Subject, measure: str, quantity: str, fits: Sequence[str]) -> dict[str, str]:
    """Return, by their labels, a unit's quantity, the measure that it does not fit, and the quantities that would."""
    shape, schemas = subject.kind.shape, subject.library.schemas
    target = shape.fields[shape.role("unit") or ""].get("x-ref", "")
    unit = schemas.kinds[target].shape
    labels = unit.fields[unit.role("quantity") or ""].get("x-labels", {})
    allowed = {language: [labelled(each, labels, language) for each in fits] for language in LANGUAGES}
    return (
        named("quantity", quantity, labels)
        | named("measure", str(subject.record[measure]), shape.fields[measure].get("x-labels", {}))
        | listed("allowed", allowed)
    )


def trailing_zero(subject: Subject) -> Iterator[Problem]:
    """A number ends in zeros behind the point only where the text prints them: they claim a precision.

    Of a transcribed number only who read it knows how it is printed.
    """
    suspects = {at for _, value, at in subject.scalars if isinstance(value, Decimal) and f"{value:f}".endswith("0")}
    for shape, item, path in subject.items if suspects else ():
        printed = "\n".join(entry.quote or "" for entry in evidence_of(shape, item))
        read = is_transcribed(shape, item)
        for asked, value, at in scalars(shape, item, path):
            if at in suspects and (asked.whole or not (read or f"{value:f}".lstrip("-") in printed)):
                yield subject.problem("trailing-zero", at, found=f"{value:f}")


def range_order(subject: Subject) -> Iterator[Problem]:
    """The upper end of a range is greater than the lower."""
    for shape, item, path in subject.items:
        field = shape.role("value_high") or ""
        low, high = item.get(shape.role("value") or ""), item.get(field)
        if isinstance(low, (int, Decimal)) and isinstance(high, (int, Decimal)) and high <= low:
            yield subject.problem("range-order", (*path, field), low=str(low), high=str(high))


def part_of_itself(subject: Subject) -> Iterator[Problem]:
    """Following what a record is part of never leads back to it."""
    field = subject.kind.shape.role("part_of")
    if not field:
        return
    start, seen = str(subject.record["id"]), list[str]()
    above = subject.record.get(field)
    while isinstance(above, str) and above != start and len(seen) < PART_OF_LIMIT and above not in seen:
        seen.append(above)
        above = subject.library.role(above, "part_of")
    if above == start:
        yield subject.problem("part-of-itself", (field,), chain=" → ".join([start, *seen, start]))


def broken_sections(subject: Subject) -> Iterator[Problem]:
    """A recorded text has sections, which follow each other without gap or overlap, from its first paragraph on."""
    field = subject.kind.shape.role("sections") or ""
    listed: Any = subject.record.get(field)
    if not listed:
        if field and subject.library.text(str(subject.record["id"])):
            what = subject.kind.shape.fields[field]["x-description"]
            yield subject.problem("missing-field", (), field=field, what_en=what["en"], what_zh=what["zh"])
        return
    roles, expected = subject.kind.shape.parts[field].roles, 1
    for index, section in enumerate(listed):
        first, last = section[roles["first"]], section[roles["last"]]
        if first != expected or last < first:
            at = (field, index, roles["first" if first != expected else "last"])
            yield subject.problem("broken-sections", at, found=f"{first}-{last}", expected=str(expected))
            return
        expected = last + 1
    text = subject.library.text(str(subject.record["id"]))
    if text and expected != len(text.paragraphs) + 1:
        at = (field, len(listed) - 1, roles["last"])
        yield subject.problem("broken-sections", at, found=f"…-{expected - 1}", expected=str(len(text.paragraphs)))


_HAN = re.compile("[\u4e00-\u9fff]")


def untranslated(subject: Subject) -> Iterator[Problem]:
    """An English name holds no Chinese characters; descriptions and notes may cite the text."""
    for shape, item, path in subject.items:
        field = shape.role("name") or shape.role("component") or ""
        name = item.get(field)
        if isinstance(name, dict) and _HAN.search(str(name["en"])):
            yield subject.problem("untranslated", (*path, field, "en"), found=str(name["en"]))
    former: Any = subject.record.get(subject.kind.shape.role("former_names") or "") or ()
    for index, each in enumerate(former):
        if _HAN.search(str(each["en"])):
            at = (subject.kind.shape.role("former_names") or "", index, "en")
            yield subject.problem("untranslated", at, found=str(each["en"]))


def unknown_replacement(subject: Subject) -> Iterator[Problem]:
    """What replaces a retired record or part exists."""
    for retired, at in subject.retirements:
        if retired.replaced_by is not None and not exists(retired.replaced_by, subject.library):
            yield subject.problem("unknown-replacement", (*at, "replaced_by"), found=retired.replaced_by)


def replacement_cycle(subject: Subject) -> Iterator[Problem]:
    """Following what replaces a retired record or part ends, and never leads back."""
    for retired, at in subject.retirements:
        chain = successors(retired, subject.library)
        if len(chain) > len(set(chain)):
            yield subject.problem("replacement-cycle", (*at, "replaced_by"), chain=" → ".join(chain))


def retired_ahead(subject: Subject) -> Iterator[Problem]:
    """A record or part was retired in this version of the data or an earlier one."""
    current = str(subject.library.package.get("version", ""))
    for retired, at in subject.retirements:
        if current and version(retired.since) > version(current):
            yield subject.problem("retired-ahead", (*at, "since"), found=retired.since, current=current)


FIRST: tuple[Rule, ...] = (bad_time, trailing_zero, no_version)
"""Rules on times, whole numbers and versions, which some of the others read."""
RULES: tuple[Rule, ...] = (
    unknown_reference,
    duplicate_part,
    two_results,
    unexplained_results,
    no_earlier_target,
    unknown_paragraph,
    locator_with_text,
    no_readings,
    unfit_unit,
    component_count,
    former_name_in_use,
    unproven_former_name,
    given_twice,
    other_document,
    range_order,
    part_of_itself,
    broken_sections,
    untranslated,
    unknown_replacement,
    replacement_cycle,
    retired_ahead,
    unfit_cells,
    early_date,
    base_value_digits,
    no_address,
)


READERS: tuple[Rule, ...] = (early_date, retired_ahead, two_results, unexplained_results)
"""Rules that read times and versions."""


def check(subject: Subject) -> list[Problem]:
    """Return what a record breaks of the rules; of those that read times and versions only where these are right."""
    found = [problem for rule in FIRST for problem in rule(subject)]
    return found + [problem for rule in RULES if not (found and rule in READERS) for problem in rule(subject)]
