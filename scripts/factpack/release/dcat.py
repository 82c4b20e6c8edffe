"""The catalogue entry: DCAT 3 with the DCAT-AP profile, as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence

from factpack.package.package import Package
from factpack.release.csvw import both
from factpack.release.released import Released
from factpack.table.encode import json_bytes

DCAT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGES = {
    "zh": "http://publications.europa.eu/resource/authority/language/ZHO",
    "en": "http://publications.europa.eu/resource/authority/language/ENG",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def dcat(package: Package, files: Sequence[Released]) -> bytes:
    """Return a release as a data set of DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) with a distribution a file."""
    licence = {"@id": package.licence["path"]}
    made = {
        "@context": DCAT,
        "@id": "./",
        "@type": "dcat:Dataset",
        "dct:identifier": package.name,
        "dct:title": both(package.title),
        "dct:description": both(package.description),
        "dct:issued": _day(package),
        "dct:license": licence,
        "dct:language": [{"@id": each} for each in LANGUAGES.values()],
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": name} for name in package.authors],
        "dct:source": [{"@id": each["path"]} for each in package.descriptor["sources"] if "path" in each],
        "dcat:version": package.version,
        "dcat:keyword": list(package.descriptor["keywords"]),
        "dcat:distribution": [
            {
                "@id": f"{each.path}#distribution",
                "@type": "dcat:Distribution",
                "dct:title": both(each.title),
                "dct:license": licence,
                "dct:issued": _day(package),
                "dcat:accessURL": {"@id": each.path},
                "dcat:downloadURL": {"@id": each.path},
                "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{each.media_type}"},
                "dcat:byteSize": {"@value": str(each.size), "@type": "xsd:nonNegativeInteger"},
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": {"@value": each.sha256, "@type": "xsd:hexBinary"},
                },
            }
            for each in files
        ],
    }
    return json_bytes(made) + b"\n"


def _day(package: Package) -> dict[str, str]:
    return {"@value": package.issued.isoformat(), "@type": "xsd:date"}
