"""factpack site: the package as pages, in one folder."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath, given_or, shown
from factpack.cli.steps import (
    executor_of,
    executor_options,
    package_of,
    project_of,
    require_current_build,
    require_known,
    workspace_of,
)
from factpack.cli.words import message
from factpack.disk.cache import open_cache
from factpack.disk.files import read_file
from factpack.disk.listed import DESCRIPTOR
from factpack.disk.publish import publish, published
from factpack.edit.starter import client_bundle
from factpack.package.package import Package
from factpack.run.executor import open_executor

LIBRARIES = ("PIL", "jinja2", "markupsafe")
BUNDLED = ("site.js", "search.js", "missing.js", "style.css", "icon.svg", "licences.txt")
FONT = "card.woff"
MOST = 8
"""Processes that work unless others are asked for: one for each core, but no more than these."""


@click.command("site", cls=Command)
@click.option("--out", metavar="DIR", type=GivenPath(file_okay=False))
@click.option("--release", "released", metavar="DIR", type=GivenPath(file_okay=False))
@executor_options
@click.pass_context
def command(context: click.Context, /, out: str | None, released: str | None, no_cache: bool, **work: Any) -> None:
    try:  # heavy, and from an optional extra
        from factpack.site import build
        from factpack.site.card import cards
        from factpack.words import LANGUAGES
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise Misuse("no site libraries", name=error.name) from error
    if context.get_parameter_source("workers") is ParameterSource.DEFAULT:
        work["workers"] = min(os.cpu_count() or 1, MOST)
    project, working = project_of(context), executor_of(context, **work)
    package = package_of(context, project)
    space = workspace_of(context, project).with_cache(None if no_cache else open_cache(project))
    folder = given_or(out, project.root / "dist" / "site")
    assets = _assets()
    formats = _formats(Path(released), package) if released is not None else {}
    with working as executor:
        require_current_build(space, executor)
        site = build.open_site(package, space, formats)
        require_known(context, site.problems)
        for language in LANGUAGES:
            assets |= dict(cards(site, language, assets[FONT]))
        del assets[FONT]
        executor.begin(len(site.catalogue.records))
        with open_executor(build.shared(site, space), executor) as mapped:
            made = build.site_files(site, mapped, assets, formats, executor.advance)
            count, size = publish(project.root, folder, made)
    click.echo(message(context, "site made", count=count, size=f"{size / 2**20:.1f}", folder=shown(folder)), err=True)


def _assets() -> dict[str, bytes]:
    """Return what the pages load; raises Misuse where it has not been bundled."""
    folder = client_bundle()
    try:
        return {name: read_file(folder / name) for name in (*BUNDLED, FONT)}
    except OSError as error:
        raise Misuse("no bundle", folder=folder.parent) from error


def _formats(folder: Path, package: Package) -> dict[str, bytes]:
    """Return the files of a release of the package that readers download, by name; raises Misuse without one."""
    stem = f"{package.name}-{package.version}"
    try:
        found = published(folder)
        with zipfile.ZipFile(io.BytesIO(found[f"{stem}.zip"])) as archive:
            packed = archive.getinfo(f"{stem}/{DESCRIPTOR}")
            same = packed.file_size == len(package.raw) and archive.read(packed) == package.raw
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Misuse("no release", folder=shown(folder)) from error
    if not same:
        raise Misuse("no release", folder=shown(folder))
    return found
