"""Linked data of the site: what each page is about, as JSON-LD in the words of schema.org."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from factpack.package.package import Package
from factpack.package.table import Row
from factpack.site.catalogue import Catalogue, Entry
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
        _observation(package, each, language) for rows in entry.parts.values() for each in rows if "value" in each
    ]
    if values:
        made["subjectOf"] = values
    return made


def _observation(package: Package, row: Row, language: str) -> Mapping[str, Any]:
    """Return a value as an observation: its period, the number with its unit, and how it is said."""
    address = _address(package, str(row["id"]))
    value = quantity(row)
    return {
        "@type": "Observation",
        **({"@id": address} if address else {}),
        "identifier": str(row["id"]),
        "name": str(row.get(f"display_{language}") or ""),
        "observationPeriod": str(row["period"]),
        **({"value": value} if value else {}),
    }


def quantity(row: Row) -> Mapping[str, Any] | None:
    """Return the number of a row in base units, or both ends of a range; None without one."""
    number, high = row.get("plain_value"), row.get("plain_value_high")
    if number is None:
        return None
    ends = {"value": _number(number)} if high is None else {"minValue": _number(number), "maxValue": _number(high)}
    return {"@type": "QuantitativeValue", **ends, "unitText": str(row.get("plain_unit_en") or "")}


def _number(value: Any) -> int | float:
    """Return a number as JSON has it; sources hold no more digits than a double keeps."""
    return int(value) if value == value.to_integral_value() else float(value)
