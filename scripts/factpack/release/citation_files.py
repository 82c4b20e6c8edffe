"""Files that say how to cite the package where they lie: CITATION.cff for GitHub, .zenodo.json for Zenodo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

import yaml

from factpack.package.package import Package
from factpack.release.json_files import json_file

TYPES = {
    "report": "government-document",
    "plan": "government-document",
    "policy": "government-document",
    "law": "statute",
    "yearbook": "book",
    "standard": "standard",
    "news": "newspaper-article",
    "web_page": "website",
}
"""What the Citation File Format calls the types of documents."""


def cff(package: Package) -> bytes:
    """Return `CITATION.cff` (Citation File Format 1.2)."""
    made = {
        "cff-version": "1.2.0",
        "message": "If you use this data set, please cite it as below, with the id of each record that you rely on.",
        "type": "dataset",
        "title": package.title["en"],
        "abstract": f"{package.description['en']} {package.title['zh']}：{package.description['zh']}",
        "version": package.version,
        "date-released": package.issued.isoformat(),
        "license": package.licence["name"],
        "authors": [{"name": name, **({"alias": zh} if zh else {})} for name, zh in package.named_authors],
        "keywords": list(package.descriptor["keywords"]),
        "references": list(_references(package)),
    }
    if package.homepage:
        made["url"] = package.homepage
    text = yaml.dump(made, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    return f"# Made by factpack from the package's metadata.\n{text}".encode()


def _references(package: Package) -> list[dict[str, Any]]:
    """Return the documents that records rest on, as far as they have an address."""
    found = []
    for row in package.tables["documents"].items():
        if row["url"]:
            authors = [{"name": f"{row['publisher_zh']} ({row['publisher_en']})"}]
            title = f"{row['title_zh']} ({row['title_en']})"
            published = published_day(row)
            found.append(
                {
                    "type": TYPES.get(str(row["type"]), "generic"),
                    "title": title,
                    "authors": authors,
                    **({"date-published": published} if published else {}),
                    "languages": [str(row["language"]).partition("-")[0]],
                    "url": row["url"],
                }
            )
    return found


def published_day(row: Mapping[str, object]) -> str:
    """Return the day on which a document was published, else delivered; a day that is only a first limit is neither."""
    delivered = None if row["delivered_basis"] == "not_before" else row["delivered_on"]
    return str(row["published_at"] or row["published_on"] or delivered or "")[:10]


def zenodo(package: Package) -> bytes:
    """Return `.zenodo.json`, the metadata of a deposit (https://developers.zenodo.org). Its description is HTML."""
    described = package.description["en"], f"{package.title['zh']}：{package.description['zh']}"
    made = {
        "title": package.title["en"],
        "upload_type": "dataset",
        "description": "".join(f"<p>{escape(each)}</p>" for each in described),
        "creators": [{"name": name} for name in package.authors],
        "license": package.licence["name"].lower(),
        "access_right": "open",
        "version": package.version,
        "publication_date": package.issued.isoformat(),
        "language": "zho",
        "keywords": list(package.descriptor["keywords"]),
        "related_identifiers": [
            {"identifier": each["path"], "relation": "isDerivedFrom"}
            for each in package.descriptor["sources"]
            if "path" in each
        ],
    }
    return json_file(made)
