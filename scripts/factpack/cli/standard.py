"""factpack new --standard: what a new record takes from the standard indicators, and the units that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factpack.cli.mistakes import Misuse
from factpack.draft.standard import StandardIndicator, near, standard_indicator
from factpack.edit.standard_units import missing_units, units_meant
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind


def chosen(kind: Kind, word: str) -> StandardIndicator:
    """Return the standard indicator that a word means; raises Misuse where it means none or several."""
    if not kind.shape.role("measure"):
        raise Misuse("no standard kind", kind=kind.name)
    found = standard_indicator(word)
    if found is None:
        several = [each.slug for each in near(word)]
        raise Misuse("standard unclear" if several else "no standard indicator", word=word, known=several)
    return found


def values(kind: Kind, indicator: StandardIndicator, quote: str) -> Iterator[tuple[str, str]]:
    """Yield the values of a standard indicator by their paths, with those of its printed forms that a quote has."""
    for field, value in indicator.fields().items():
        if isinstance(value, Mapping):
            yield from ((f"{field}.{key}", str(each)) for key, each in value.items())
        else:
            yield field, str(value)
    aliases = kind.shape.role("aliases")
    if aliases and indicator.name["zh"] not in quote:
        yield from ((aliases, form) for form in _longest(each for each in indicator.aliases if each in quote))


def _longest(forms: Iterator[str]) -> list[str]:
    """Return the forms that are not within another one of them."""
    found = list(forms)
    return [form for form in found if not any(form != each and form in each for each in found)]


def printed_alike(kind: Kind, names: list[str]) -> list[str]:
    """Return the slugs of the standard indicators that a new record may be, by the names that it was given."""
    if not kind.shape.role("measure"):
        return []
    found = (each for name in names for each in near(name) if name in (*each.forms, *each.name.values()))
    return list(dict.fromkeys(each.slug for each in found))


def units_of(space: Workspace, kind: Kind, given: list[tuple[str, str]]) -> dict[str, bytes]:
    """Return the files of the standard units that a new record names and the project does not have, by path."""
    field = kind.shape.role("unit") or ""
    of = space.schemas.kinds.get(str(kind.shape.fields.get(field, {}).get("x-ref", "")))
    unit = dict(given).get(field)
    return _files(space, of, unit) if of and unit else {}


def unit_asked(space: Workspace, kind: Kind, word: str) -> dict[str, bytes]:
    """Return the files of the standard unit that a word means and of its base unit, by path.

    Raises Misuse where the word means none, several, or one that the project has.
    """
    meant = units_meant(word)
    if len(meant) != 1:
        raise Misuse("standard unclear" if meant else "no standard", word=word, known=meant)
    if meant[0] in space.ids[kind.name]:
        raise Misuse("standard there", id=meant[0])
    return _files(space, kind, meant[0])


def _files(space: Workspace, kind: Kind, unit: str) -> dict[str, bytes]:
    return {kind.path(name): raw for name, raw in missing_units(unit, space.ids[kind.name]).items()}
