"""The release: everything that is published of a package, in all forms, reproducible to the byte."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from factpack.columnar import parquet
from factpack.database import database
from factpack.for_excel import for_excel
from factpack.output import DESCRIPTOR, SUMS
from factpack.package import Package
from factpack.workbook import workbook

NOTES = "RELEASE-NOTES.md"


def release(package: Package, beside: Mapping[str, bytes], notes: str) -> dict[str, bytes]:
    """Return the files of a release by path: archive, workbook, database, CSV for Excel, Parquet, notes, sums.

    `beside` are the files of the repository that go into the archive with the package (README, licence, schemas);
    `notes` say what is new. Raises Unfit where a form cannot hold a cell.
    """
    stem = f"{package.name}-{package.version}"
    own = {DESCRIPTOR: package.raw, **package.files, **beside}
    files = {
        f"{stem}.zip": archive(package, stem, own),
        f"{stem}.xlsx": workbook(package),
        f"{stem}.sqlite": database(package),
        **{f"csv-excel/{name}.csv": for_excel(table) for name, table in package.tables.items()},
        **{f"parquet/{name}.parquet": parquet(package, table) for name, table in package.tables.items()},
        NOTES: notes.encode("utf-8"),
    }
    return {**files, SUMS: sums(files)}


def archive(package: Package, stem: str, files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP in a folder of their own, in the order of their paths, dated as the package is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{stem}/{path}", package.created.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, whatever the system
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, files[path])
    return made.getvalue()


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of files as `sha256sum --check` reads them."""
    return "".join(f"{hashlib.sha256(raw).hexdigest()}  {path}\n" for path, raw in sorted(files.items())).encode()
