"""Linked data of the site: what each page is about, as JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from factpack.package.package import Package
from factpack.package.table import Row, Table
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.cells import cell_text
from factpack.site.marks import marks
from factpack.site.templating import web
from factpack.words import TAGS, other

CONTEXT = "https://schema.org"
TYPES = {
    "documents": "CreativeWork",
    "glossary": "DefinedTerm",
    "indicators": "StatisticalVariable",
    "places": "Place",
    "projects": "Project",
    "units": "DefinedTerm",
}
"""Types of schema.org by the table of a kind; of others `Thing`."""
ENDS = {"over": "minValue", "at_least": "minValue", "under": "maxValue", "at_most": "maxValue", "nearly": "maxValue"}
"""Which end of a value its number is, by bound; of others it is the value itself."""


def _address(package: Package, record_id: str) -> str:
    """Return the address of a record or part, relative to its own page where the site has none."""
    return package.address(record_id) if package.base_url else f"#{record_id}" if "." in record_id else ""


def web_page(package: Package, title: str, language: str, summary: str, kind: str = "WebPage") -> dict[str, Any]:
    """Return what a page is."""
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": title,
        "description": summary,
        "inLanguage": TAGS[language],
        "isPartOf": collection(package, language),
    }


def collection(package: Package, language: str) -> dict[str, Any]:
    """Return the package as what records belong to."""
    address = {"@id": package.base_url, "url": package.base_url} if package.base_url else {}
    return {
        "@type": "Dataset",
        "name": package.title[language],
        "description": package.description[language],
        "license": package.licence["path"],
        **address,
    }


def dataset(package: Package, language: str, files: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the package as a data set with its files: path and media type."""
    return {
        "@context": CONTEXT,
        **collection(package, language),
        "alternateName": package.title[other(language)],
        "version": package.version,
        "datePublished": package.issued.isoformat(),
        "inLanguage": list(TAGS.values()),
        "isAccessibleForFree": True,
        "keywords": list(package.descriptor["keywords"]),
        "creator": [{"@type": "Organization", "name": name} for name in package.authors_in(language)],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{package.base_url}{path}", "encodingFormat": media}
            for path, media in files
        ],
    }


def record(catalogue: Catalogue, entry: Entry, language: str, summary: str) -> dict[str, Any]:
    """Return what a record is: its kind of thing, its names, what it is a part of, and its values."""
    package, row = catalogue.package, entry.row
    address = _address(package, entry.id)
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": TYPES.get(entry.table.name, "Thing"),
        **({"@id": address, "url": address} if address else {}),
        "identifier": entry.id,
        "name": entry.name(language),
        "alternateName": entry.name(other(language)),
        "description": summary,
    }
    above = catalogue.entries.get(str(row.get("part_of_id")))
    if made["@type"] == "Place" and above:
        made["containedInPlace"] = {"@type": "Place", "identifier": above.id, "name": above.name(language)}
    if made["@type"] == "DefinedTerm":
        made["inDefinedTermSet"] = package.title[language]
    if made["@type"] == "CreativeWork":
        made |= {"url": web(row["url"])} if web(row.get("url")) else {}
    values = [
        _said(catalogue, package.tables[name], each, language)
        for name, rows in entry.parts.items()
        for each in rows
        if "value" in each
    ]
    if values:
        made["subjectOf"] = values
    return made


def _said(catalogue: Catalogue, table: Table, row: Row, language: str) -> Mapping[str, Any]:
    """Return a value: its period, the number with its unit, and how it is said.

    Only a result is an observation. A target is a property with a value: nobody has observed it.
    """
    package = catalogue.package
    address = _address(package, str(row["id"]))
    qualifiers = list(_qualifiers(table, row, language))
    told = {
        **({"@id": address} if address else {}),
        "identifier": str(row["id"]),
        "name": str(row.get(f"display_{language}") or ""),
    }
    if row["status"] == "target":
        when = {"description": f"{', '.join(qualifiers)}, {row['period']}"}
        return {"@type": "PropertyValue", **told, "propertyID": "target", **when, **_ends(row)}
    value = quantity(row)
    return {
        "@type": "Observation",
        **told,
        "observationPeriod": str(row["period"]),
        **({"measurementQualifier": qualifiers} if qualifiers else {}),
        **({"value": value} if value else {}),
    }


def _qualifiers(table: Table, row: Row, language: str) -> Iterator[str]:
    """Yield what limits a value: its bound, that it is a target, and what is uncertain in it."""
    fields = {each.name: each for each in table.fields}
    if row.get("value") is not None and row.get("bound") not in (None, "exact"):
        yield cell_text(fields["bound"], row["bound"], language)
    if row["status"] == "target":
        yield cell_text(fields["status"], row["status"], language).lower()
    yield from (each.text for each in marks(row, language))


def quantity(row: Row) -> Mapping[str, Any] | None:
    """Return the number of a row in base units, as one end or both if the value lies on a side; None without one."""
    ends = _ends(row)
    return {"@type": "QuantitativeValue", **ends} if ends else None


def _ends(row: Row) -> dict[str, Any]:
    number: Any = row.get("plain_value")
    high = row.get("plain_value_high")
    if number is None:
        return {}
    unit = {"unitText": str(row.get("plain_unit_en") or "")}
    if high is not None:
        return {"minValue": _number(number), "maxValue": _number(high), **unit}
    bound = str(row.get("bound"))
    below_zero = bound == "nearly" and number < 0  # a fall of nearly as much is a smaller one
    return {"minValue" if below_zero else ENDS.get(bound, "value"): _number(number), **unit}


def _number(value: Any) -> int | float:
    """Return a number as JSON has it; sources hold no more digits than a double keeps."""
    return int(value) if value == value.to_integral_value() else float(value)
