"""The catalogue entry: DCAT 3 with the DCAT-AP profile, as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factpack.package.package import Package
from factpack.release.json_files import json_file, tagged
from factpack.release.released import ReleasedFile

DCAT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGE_CODES = "http://publications.europa.eu/resource/authority/language/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def dcat(package: Package, files: Sequence[ReleasedFile]) -> bytes:
    """Return a release as a data set of DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) with a distribution a file."""
    made = {
        "@context": DCAT,
        "@id": "./",
        "@type": "dcat:Dataset",
        "dct:identifier": package.name,
        "dct:title": tagged(package.title),
        "dct:description": tagged(package.description),
        "dct:issued": _day(package),
        "dct:license": {"@id": package.licence["path"]},
        "dct:language": [{"@id": f"{LANGUAGE_CODES}{each}"} for each in ("ZHO", "ENG")],
        "dct:creator": [_agent(name, zh) for name, zh in package.named_authors],
        **({"dcat:landingPage": {"@id": package.homepage}} if package.homepage else {}),
        "dct:source": [{"@id": each["path"]} for each in package.descriptor["sources"] if "path" in each],
        "dcat:version": package.version,
        "dcat:keyword": list(package.descriptor["keywords"]),
        "dcat:distribution": [_distribution(each, package) for each in files],
    }
    return json_file(made)


def _agent(name: str, chinese: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": tagged({"en": name, "zh": chinese}) if chinese else name}


def _distribution(file: ReleasedFile, package: Package) -> dict[str, Any]:
    return {
        "@id": f"{file.path}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": tagged(file.title),
        "dct:license": {"@id": package.licence["path"]},
        "dct:issued": _day(package),
        "dcat:accessURL": {"@id": file.path},
        "dcat:downloadURL": {"@id": file.path},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{file.media_type}"},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _day(package: Package) -> dict[str, str]:
    return {"@value": package.issued.isoformat(), "@type": "xsd:date"}
