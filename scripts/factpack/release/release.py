"""The release: everything that is published of a package, in all formats, reproducible to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from factpack.disk.listed import DESCRIPTOR
from factpack.package.package import Package
from factpack.release.archive import archive
from factpack.release.citation_files import cff, zenodo
from factpack.release.croissant import dataset
from factpack.release.csv_for_excel import for_excel
from factpack.release.csvw import csvw
from factpack.release.datasette import settings
from factpack.release.dcat import dcat
from factpack.release.parquet import parquet
from factpack.release.released import ReleasedFile
from factpack.release.rocrate import crate
from factpack.release.skos import skos
from factpack.release.sqlite import database
from factpack.release.xlsx import workbook
from factpack.words import LANGUAGES, texts

NOTES = "RELEASE-NOTES.md"
MEDIA_TYPES = {
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".ttl": "text/turtle",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def release(package: Package, beside: Mapping[str, bytes], notes: str) -> dict[str, bytes]:
    """Return the files of a release by path: archive, workbook, database, CSV for Excel, Parquet, descriptions.

    `beside` are the files of the repository that go into the archive with the package (README, licence, schemas);
    `notes` say what is new. Raises CellNotRepresentable if a format cannot contain a cell.
    """
    stem = f"{package.name}-{package.version}"
    described = {"CITATION.cff": cff(package), ".zenodo.json": zenodo(package), "glossary.ttl": skos(package)}
    archived = {DESCRIPTOR: package.raw, **package.files, **beside, **described}
    archived["csv-metadata.json"] = csvw(package)
    archived["dataset.jsonld"] = dataset(
        package, [_released(path, raw, package) for path, raw in package.files.items()]
    )
    listed = [_released(path, raw, package) for path, raw in sorted(archived.items())]
    archived["ro-crate-metadata.json"] = crate(package, listed)
    files = {
        f"{stem}.zip": archive(package, stem, archived),
        f"{stem}.xlsx": workbook(package),
        f"{stem}.sqlite": database(package),
        **{f"csv-excel/{name}.csv": for_excel(table) for name, table in package.tables.items()},
        **{f"parquet/{name}.parquet": parquet(package, table) for name, table in package.tables.items()},
        "glossary.ttl": described["glossary.ttl"],
    }
    catalogue = dcat(package, [_released(path, raw, package) for path, raw in files.items()])
    files |= {f"datasette-{language}.json": settings(package, stem, language) for language in LANGUAGES}
    files |= {**described, "dcat.jsonld": catalogue, NOTES: notes.encode("utf-8")}
    return files


def _released(path: str, raw: bytes, package: Package) -> ReleasedFile:
    """Return what descriptions say of a file."""
    suffix, table = PurePosixPath(path).suffix, package.tables.get(PurePosixPath(path).stem)
    title = table.title if table else package.title
    pattern = texts("release", "formats").get(suffix) if path not in package.files else None
    if pattern:
        title = {each: pattern[each].format(title=title[each]) for each in LANGUAGES}
    media_type = MEDIA_TYPES.get(suffix, "text/plain")
    return ReleasedFile(path, media_type, len(raw), hashlib.sha256(raw).hexdigest(), title)
