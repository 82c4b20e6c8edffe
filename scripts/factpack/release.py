"""The release: everything that is published of a package, in all forms, reproducible to the byte.

`release` makes the bytes; `publish` puts them into a folder as a whole or not at all.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from factpack.columnar import parquet
from factpack.database import database
from factpack.disk import exchange, remove
from factpack.for_excel import for_excel
from factpack.output import DESCRIPTOR, OutputError, locked, write_file
from factpack.package import Package
from factpack.workbook import workbook

SUMS, NOTES = "SHA256SUMS", "RELEASE-NOTES.md"


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


def publish(root: Path, out: Path, files: Mapping[str, bytes]) -> None:
    """Put the files of a release into a folder, where they take the place of an earlier release.

    Raises OutputError where that cannot be done, or where the folder holds what no release has made.
    """
    with locked(root):
        if out.exists() and (strange := next(_strangers(out), None)):
            raise OutputError(f"{out}: {strange} is no file of a release; name another folder")
        made, before = root / ".factpack" / "release", root / ".factpack" / "release-before"
        try:
            for left in (made, before):
                remove(left)
            for path, raw in files.items():
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                write_file(made / path, raw)
            out.parent.mkdir(parents=True, exist_ok=True)
            exchange(made, out, before)
        finally:
            for left in (made, before):
                remove(left)


def _strangers(out: Path) -> Iterator[str]:
    """Yield what lies in a folder besides the files that its list of sums names."""
    if out.is_symlink() or not out.is_dir():
        yield out.name
        return
    listed = out / SUMS
    lines = listed.read_text("utf-8", errors="replace").splitlines() if listed.is_file() else []
    known = {SUMS, *(line.partition("  ")[2] for line in lines)}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_symlink() or not (path.is_dir() or name in known):
            yield name
