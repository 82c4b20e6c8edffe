"""What every form of a release can hold: rules for the texts, numbers, dates and addresses of a record.

A release is made whole or not at all, so what one of its forms would refuse is refused here, at its line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Context, Decimal

from factpack.problems import Problem
from factpack.record.ids import VERSION
from factpack.record.periods import Period
from factpack.record.subject import Subject
from factpack.schema.breaches import form_like
from factpack.schema.model import Shape, kept
from factpack.source.addresses import is_web
from factpack.source.cells import DIGITS, FIRST_DAY, digits, leaves, surely_fit, text_faults, texts_in
from factpack.source.documents import Document
from factpack.source.marks import Path

EXPONENTS = range(-300, 300)
"""Powers of ten between which a double keeps its 15 digits."""
_EXACT = Context(prec=1_000)


def unfit_values(document: Document) -> Iterator[Problem]:
    """Yield why a text of a file cannot be a cell of every form."""
    if surely_fit(texts_in(document.data)):
        return
    for at, value in leaves(document.data):
        for code, values in text_faults(value) if isinstance(value, str) else ():
            yield document.problem(code, at, **values)


def unfit_cells(subject: Subject) -> Iterator[Problem]:
    """Every text of a record can be a cell of every form."""
    return unfit_values(subject.document)


def early_date(subject: Subject) -> Iterator[Problem]:
    """A period or date is one that Excel has: from 1 March 1900."""
    for asked, value, at in subject.scalars:
        time = asked.time(str(value)) if asked.time else None
        first = time.start if isinstance(time, Period) else time
        if isinstance(first, datetime.date) and not isinstance(first, datetime.datetime) and first < FIRST_DAY:
            yield subject.problem("early-date", at, found=str(value), first=FIRST_DAY.isoformat())


def base_value_digits(subject: Subject) -> Iterator[Problem]:
    """A value in base units has no more digits than a spreadsheet keeps."""
    own = subject.record.get(subject.kind.shape.role("unit") or "")
    for shape, item, path in subject.items:
        field = shape.role("value") or ""
        value, unit = item.get(field), item.get(shape.role("unit") or "") or own
        factor = subject.library.role(str(unit), "factor") if unit else None
        if isinstance(value, (int, Decimal)) and isinstance(factor, (int, Decimal)):
            made = _EXACT.multiply(Decimal(value), Decimal(factor))
            if digits(made) > DIGITS or (made and made.adjusted() not in EXPONENTS):
                values = {"value": f"{Decimal(value):f}", "factor": f"{Decimal(factor):f}", "limit": str(DIGITS)}
                yield subject.problem("base-value-digits", (*path, field), **values)


def no_address(subject: Subject) -> Iterator[Problem]:
    """An address leads to the web and to nothing else."""
    for shape, item, path in subject.items:
        for field in _addresses(shape):
            yield from address_problems(subject.document, (*path, field), item.get(field))


def address_problems(document: Document, at: Path, value: object) -> Iterator[Problem]:
    """Yield that a value of a file is no address of the web, where there is a value."""
    if value is not None and not is_web(str(value)):
        yield wrong_form(document, at, value, "https://example.org/report.html")


@kept
def _addresses(shape: Shape) -> tuple[str, ...]:
    """Return the fields of a shape that hold addresses."""
    return tuple(
        field
        for field, schema in shape.fields.items()
        if schema.get("format") == "uri" or schema.get("x-role") == "url"
    )


def no_version(subject: Subject) -> Iterator[Problem]:
    """The version since when something is retired is a version."""
    for retired, at in subject.retirements:
        if not VERSION.fullmatch(retired.since):
            yield wrong_form(subject.document, (*at, "since"), retired.since, "0.1.0")


def wrong_form(document: Document, at: Path, value: object, example: str) -> Problem:
    """Return the problem of a value that is not written like an example."""
    return document.problem("wrong-form", at, field=str(at[-1]), found=str(value), **form_like(example))
