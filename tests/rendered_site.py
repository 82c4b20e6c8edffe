"""The site of a project as files in memory; what the bundle brings is empty, so that no test of it needs Node."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from factpack.disk.project import Project
from factpack.package.package import open_package
from factpack.run.executor import Executor, open_executor
from factpack.run.workspace import open_workspace
from factpack.site.making import build

ASSETS = ("site.js", "search.js", "missing.js", "style.css", "icon.svg", "card-zh.png", "card-en.png")
"""What the bundle brings."""


def rendered(root: Path, workers: int = 1, **descriptor: Any) -> dict[str, bytes]:
    """Return the files of the site of a project by path, with other metadata in its descriptor; the bundle is empty."""
    package, space = open_package(root), open_workspace(Project(root))
    package = dataclasses.replace(package, descriptor={**package.descriptor, **descriptor})
    site = build.open_site(package, space, {})
    shared = build.shared(site, space)
    with open_executor(shared, Executor(workers)) as mapped:
        made = build.site_files(site, shared.context, mapped, dict.fromkeys(ASSETS, b""), {}, lambda _: None)
        return {path: raw for path, raw in made if raw is not None}
