"""factpack site: the package as pages, in one folder."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath, given_or, shown
from factpack.cli.steps import (
    earlier_version,
    executor_of,
    executor_options,
    exit_with,
    open_with_cache,
    package_of,
    print_problems,
    project_of,
    require_current_build,
    require_known,
    workspace_of,
)
from factpack.cli.watching import answer_again, refuse_with_watch
from factpack.cli.words import message
from factpack.disk.cache import open_cache
from factpack.disk.files import read_file
from factpack.disk.listed import DESCRIPTOR
from factpack.disk.project import Project
from factpack.disk.publish import Earlier, publish, published
from factpack.disk.stage import staged
from factpack.edit.starter import client_bundle
from factpack.package.package import Package
from factpack.run.executor import open_executor
from factpack.run.memory import Memory
from factpack.run.pipeline import build_project

LIBRARIES = ("PIL", "jinja2", "markupsafe")
BUNDLED = ("site.js", "search.js", "missing.js", "style.css", "icon.svg", "licences.txt", "card.woff")
SPARE = "site"
"""The folder of `.factpack` with the site before the last one."""
MOST = 8
"""Processes that work unless others are asked for: one for each core, but no more than these."""


@click.command("site", cls=Command)
@click.option("--out", metavar="DIR", type=GivenPath(file_okay=False))
@click.option("--release", "released", metavar="DIR", type=GivenPath(file_okay=False))
@click.option("--watch", is_flag=True)
@click.option("--port", metavar="N", type=click.IntRange(1, 65535))
@executor_options
@click.pass_context
def command(context: click.Context, /, watch: bool, port: int | None, out: str | None, **given: Any) -> None:
    try:  # heavy, and from an optional extra
        import factpack.site.making.build  # noqa: F401 - whether it can be loaded is known before anything is done
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise Misuse("no site libraries", name=error.name) from error
    if context.get_parameter_source("workers") is ParameterSource.DEFAULT:
        given["workers"] = min(os.cpu_count() or 1, MOST)
    project = project_of(context)
    folder = given_or(out, project.root / "dist" / "site")
    if watch:
        _serve(context, project, folder, port or 0, **given)
    elif port is not None:
        raise Misuse("port alone")
    _make(context, project, folder, **given)


def _serve(context: click.Context, project: Project, folder: Path, port: int, **given: Any) -> NoReturn:
    """Serve the site, and build the package and the site anew after each change, until an interrupt."""
    from factpack.site.making.serve import serving  # only where it is asked for

    refuse_with_watch(release=given["released"] is not None)
    memory = Memory()
    with ExitStack() as stack:
        try:
            server = stack.enter_context(serving(folder, port))
        except OSError as error:
            raise Misuse("no port", port=port, reason=error.strerror or error) from error

        def answer() -> None:
            now = project.anew()
            _build(context, now, memory, **given)
            _make(context, now, folder, built=True, **given)
            server.renew()

        answer_again(context, project.root, answer, "serving", address=server.address)


def _build(
    context: click.Context, project: Project, memory: Memory, no_cache: bool, released: None, **work: Any
) -> None:
    """Build the package, as `factpack build` does; end with 1 where the records do not allow it."""
    with staged(project.root, finishing=True) as stage:
        space = open_with_cache(project, no_cache, memory)
        with executor_of(context, **work) as executor:
            outcome = build_project(space, stage, executor, earlier_version(space, None))
        print_problems(context, outcome.problems, outcome)
        exit_with(outcome.problems)
        stage.commit()


def _make(
    context: click.Context,
    project: Project,
    folder: Path,
    released: str | None,
    no_cache: bool,
    built: bool = False,
    **work: Any,
) -> None:
    """Make the site of the package, which was just `built`, or must be what the sources give."""
    from factpack.site.making import build, kept  # loaded already

    working, package = executor_of(context, **work), package_of(context, project)
    space = workspace_of(context, project).with_cache(None if no_cache else open_cache(project))
    assets = _assets()
    formats = _formats(Path(released), package) if released is not None else {}
    with working as executor:
        if not built:
            require_current_build(space, executor)
        site = build.open_site(package, space, formats)
        require_known(context, site.problems)
        executor.begin(len(site.catalogue.records))
        world, earlier = build.world(site), Earlier(folder)
        known = kept.kept(space.cache, world) if space.cache else None
        shared = build.shared(site, space)
        making = kept.Making(known, shared.context.answers, earlier)
        with open_executor(shared, executor) as mapped:
            made = build.site_files(site, shared.context, mapped, assets, formats, executor.advance, making)
            count, size, sums = publish(project.root, folder, made, earlier, SPARE if space.cache else "")
        if space.cache:
            making.keep(space.cache, world, sums)
    click.echo(message(context, "site made", count=count, size=f"{size / 2**20:.1f}", folder=shown(folder)), err=True)


def _assets() -> dict[str, bytes]:
    """Return what the pages load; raises Misuse where it has not been bundled."""
    folder = client_bundle()
    try:
        return {name: read_file(folder / name) for name in BUNDLED}
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
