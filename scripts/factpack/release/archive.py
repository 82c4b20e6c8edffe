"""The archive: files as one ZIP, the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from factpack.disk.below import plain
from factpack.package.package import Package


def archive(package: Package, stem: str, files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP in a folder of their own, in the order of their paths, dated as the package is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for path in sorted(files):
            entry = zipfile.ZipInfo(plain(f"{stem}/{path}"), package.created.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, whatever the system
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, files[path])
    return made.getvalue()
