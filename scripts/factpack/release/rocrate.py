"""RO-Crate: what is in the archive, as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factpack.package.package import Package
from factpack.release.json_files import joined, json_file
from factpack.release.released import ReleasedFile

CRATE = "https://w3id.org/ro/crate/1.2"


def crate(package: Package, files: Sequence[ReleasedFile]) -> bytes:
    """Return the metadata of an RO-Crate, `ro-crate-metadata.json`, for a folder with these files."""
    licence = package.licence
    authors = [
        {"@id": f"#author-{at}", "@type": "Organization", "name": name, **({"alternateName": zh} if zh else {})}
        for at, (name, zh) in enumerate(package.named_authors, 1)
    ]
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": CRATE},
            "about": {"@id": "./"},
        },
        _data_set(package, authors, files),
        {"@id": licence["path"], "@type": "CreativeWork", "name": licence.get("title", licence["name"])},
        *authors,
        *map(_file, files),
    ]
    return json_file({"@context": f"{CRATE}/context", "@graph": graph})


def _data_set(package: Package, authors: Sequence[dict[str, str]], files: Sequence[ReleasedFile]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": package.title["en"],
        "alternateName": package.title["zh"],
        "description": f"{package.description['en']} {package.description['zh']}",
        "datePublished": package.issued.isoformat(),
        "version": package.version,
        "identifier": package.name,
        **({"url": package.homepage} if package.homepage else {}),
        "keywords": list(package.descriptor["keywords"]),
        "license": {"@id": package.licence["path"]},
        "author": [{"@id": each["@id"]} for each in authors],
        "hasPart": [{"@id": each.path} for each in files],
    }


def _file(file: ReleasedFile) -> dict[str, str]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": joined(file.title),
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }
