"""RO-Crate: what is in the archive, as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.package.package import Package
from factpack.release.released import Released
from factpack.table.encode import json_bytes

CRATE = "https://w3id.org/ro/crate/1.2"


def crate(package: Package, files: Sequence[Released]) -> bytes:
    """Return the metadata of an RO-Crate, `ro-crate-metadata.json`, for a folder that holds files."""
    licence = package.licence
    authors = [
        {"@id": f"#author-{at}", "@type": "Organization", "name": name} for at, name in enumerate(package.authors, 1)
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": package.title["en"],
        "alternateName": package.title["zh"],
        "description": f"{package.description['en']} {package.description['zh']}",
        "datePublished": package.issued.isoformat(),
        "version": package.version,
        "identifier": package.name,
        "keywords": list(package.descriptor["keywords"]),
        "license": {"@id": licence["path"]},
        "author": [{"@id": each["@id"]} for each in authors],
        "hasPart": [{"@id": each.path} for each in files],
    }
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": CRATE},
            "about": {"@id": "./"},
        },
        root,
        {"@id": licence["path"], "@type": "CreativeWork", "name": licence.get("title", licence["name"])},
        *authors,
        *(
            {
                "@id": each.path,
                "@type": "File",
                "name": f"{each.title['en']} / {each.title['zh']}",
                "encodingFormat": each.media_type,
                "contentSize": str(each.size),
                "sha256": each.sha256,
            }
            for each in files
        ),
    ]
    return json_bytes({"@context": f"{CRATE}/context", "@graph": graph}) + b"\n"
