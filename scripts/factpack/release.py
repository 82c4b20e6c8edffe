"""The release: everything that is published of a package, in all forms, reproducible to the byte.

`release` makes the bytes; `publish` puts them into a folder as a whole or not at all.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from factpack.citation_file import cff, zenodo
from factpack.columnar import parquet
from factpack.crate import crate
from factpack.csvw import csvw
from factpack.database import database
from factpack.dcat import dcat
from factpack.disk import exchange, remove
from factpack.for_excel import for_excel
from factpack.jsonld import dataset
from factpack.output import DESCRIPTOR, OutputError, locked, write_file
from factpack.package import Both, Package, Released
from factpack.skos import skos
from factpack.workbook import workbook

SUMS, NOTES = "SHA256SUMS", "RELEASE-NOTES.md"
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
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
TITLES: Mapping[str, Both] = {
    ".csv": {"zh": "供 Excel 打开的 CSV（带 BOM）：{title}", "en": "CSV with byte order mark, for Excel: {title}"},
    ".parquet": {"zh": "Parquet：{title}", "en": "Parquet: {title}"},
    ".sqlite": {"zh": "SQLite 数据库", "en": "SQLite database"},
    ".ttl": {"zh": "术语表（SKOS）", "en": "Glossary (SKOS)"},
    ".xlsx": {"zh": "Excel 工作簿", "en": "Excel workbook"},
    ".zip": {"zh": "数据包", "en": "The data package"},
}


def release(package: Package, beside: Mapping[str, bytes], notes: str) -> dict[str, bytes]:
    """Return the files of a release by path.

    `beside` are the files of the repository that go into the archive with the package (README, licence, schemas);
    `notes` say what is new. Raises Unfit where a form cannot hold a cell.
    """
    stem = f"{package.name}-{package.version}"
    described = {"CITATION.cff": cff(package), ".zenodo.json": zenodo(package)}
    own = {DESCRIPTOR: package.raw, **package.files, **beside, **described}
    own["csv-metadata.json"] = csvw(package)
    own["dataset.jsonld"] = dataset(package, [_released(path, raw, package) for path, raw in package.files.items()])
    own["ro-crate-metadata.json"] = crate(package, [_released(path, raw, package) for path, raw in own.items()])
    files = {
        f"{stem}.zip": archive(package, stem, own),
        f"{stem}.xlsx": workbook(package),
        f"{stem}.sqlite": database(package),
        **{f"csv-excel/{name}.csv": for_excel(table) for name, table in package.tables.items()},
        **{f"parquet/{name}.parquet": parquet(package, table) for name, table in package.tables.items()},
        "glossary.ttl": skos(package),
    }
    files["dcat.jsonld"] = dcat(package, [_released(path, raw, package) for path, raw in files.items()])
    files |= {"csv-metadata.json": own["csv-metadata.json"], "dataset.jsonld": own["dataset.jsonld"], **described}
    files[NOTES] = notes.encode("utf-8")
    files[SUMS] = sums(files)
    return files


def _released(path: str, raw: bytes, package: Package) -> Released:
    """Return what descriptions say of a file."""
    suffix = Path(path).suffix
    table = package.tables.get(Path(path).stem)
    about = table.title if table else package.title
    pattern = TITLES.get(suffix) if path not in package.files else None
    title = {each: pattern[each].format(title=about[each]) for each in ("zh", "en")} if pattern else about
    media_type = MEDIA_TYPES.get(suffix, "text/plain")
    return Released(path, media_type, len(raw), hashlib.sha256(raw).hexdigest(), title)


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
    lines = (f"{hashlib.sha256(raw).hexdigest()}  {path}\n" for path, raw in sorted(files.items()))
    return "".join(lines).encode()


def publish(root: Path, out: Path, files: Mapping[str, bytes]) -> None:
    """Put the files of a release into a folder that takes the place of an earlier release.

    Raises OutputError where that cannot be done, or where the folder holds what no release has made.
    """
    if out.exists() and (strange := next(_strangers(out), None)):
        raise OutputError(f"{out}: holds {strange}, which is no file of a release; name another folder")
    with locked(root):
        made = root / ".factpack" / "release"
        remove(made)
        try:
            for path, raw in files.items():
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                write_file(made / path, raw)
            out.parent.mkdir(parents=True, exist_ok=True)
            exchange(made, out, root / ".factpack" / "release-old")
        finally:
            for left in ("release", "release-old"):
                remove(root / ".factpack" / left)


def _strangers(out: Path) -> Iterator[str]:
    """Yield what lies in a folder besides the files that its list of sums names."""
    if not out.is_dir() or out.is_symlink():
        yield out.name
        return
    listed = out / SUMS
    lines = listed.read_text("utf-8", errors="replace").splitlines() if listed.is_file() else []
    known = {SUMS, *(line.partition("  ")[2] for line in lines)}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_symlink() or not path.is_dir() and name not in known:
            yield name
