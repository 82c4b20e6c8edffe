"""Croissant: the package as a schema.org Dataset for search engines and machine learning, as JSON-LD.

Addresses are relative to the file, since a package without a home page has none of its own. Nothing has to be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from factpack.package.package import Package
from factpack.package.table import Field, Table
from factpack.release.json_files import joined, json_file
from factpack.release.released import ReleasedFile
from factpack.words import LANGUAGES

CROISSANT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification of Croissant requires."""
DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def dataset(package: Package, files: Sequence[ReleasedFile]) -> bytes:
    """Return a package as a schema.org Dataset that is Croissant 1.1 too; `files` are those of the package."""
    made = {
        "@context": CROISSANT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": package.title["en"],
        "alternateName": [package.title["zh"], package.name],
        "description": package.description["en"],
        "license": package.licence["path"],
        "version": package.version,
        "dateCreated": package.issued.isoformat(),
        "datePublished": package.issued.isoformat(),
        "inLanguage": list(LANGUAGES),
        "keywords": list(package.descriptor["keywords"]),
        "creator": [
            {"@type": "sc:Organization", "name": name, **({"alternateName": zh} if zh else {})}
            for name, zh in package.named_authors
        ],
        **_coverage(package),
        "isBasedOn": [_work(each) for each in package.descriptor["sources"]],
        "isAccessibleForFree": True,
        "isLiveDataset": False,
        "url": package.homepage or "./",
        "citeAs": f"{'; '.join(package.authors)}. {package.title['en']}. Version {package.version}.",
        "distribution": [_file_object(each) for each in files],
        "recordSet": [_record_set(each, package) for each in package.tables.values()],
    }
    return json_file(made)


def _coverage(package: Package) -> dict[str, str]:
    """Return the span of days that results are about, by the columns `period_start` and `period_end` of any table.

    A target is a statement of today about a later year, so it makes no span longer.
    """
    days = [
        str(row[name])
        for rows in package.rows.values()
        for row in rows
        for name in ("period_start", "period_end")
        if row.get(name) is not None and row.get("status") != "target"
    ]
    return {"temporalCoverage": f"{min(days)}/{max(days)}"} if days else {}


def _work(source: Mapping[str, str]) -> dict[str, str]:
    """Return a source of the descriptor; one without an address has its title."""
    address = {"url": source["path"]} if "path" in source else {}
    return {"@type": "sc:CreativeWork", "name": source["title"], **address}


def _file_object(file: ReleasedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": joined(file.title),
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _record_set(table: Table, package: Package) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": joined(table.description),
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_croissant_field(each, table) for each in table.fields],
    }


def _croissant_field(field: Field, table: Table) -> dict[str, Any]:
    link = next((each for each in table.links if each.field == field.name and each.table != table.name), None)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": joined(field.description),
        "dataType": "sc:URL" if field.format == "uri" else DATA_TYPES[field.type],
        "source": {"fileObject": {"@id": table.path}, "extract": {"column": field.name}},
        **({"references": {"field": {"@id": f"{link.table}/{link.target}"}}} if link else {}),
    }
