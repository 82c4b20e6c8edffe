"""What all commands share: help and errors in both languages, the project, and how a command says things and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factpack.cli.mistakes import Misuse
from factpack.cli.progress import with_progress
from factpack.cli.words import EXIT_PROBLEMS, language_of, message
from factpack.disk.project import PACKAGE_PATH, SEARCH_PATH, NotAProject, Project
from factpack.disk.stage import broken_off, staged
from factpack.history.editions import Edition, NoEdition, edition, latest
from factpack.problems import Problem, blocks, echo, errors, visible
from factpack.report import as_text
from factpack.run.executor import IN_PROCESS, Executor
from factpack.run.memory import Memory
from factpack.run.outcome import Outcome
from factpack.run.pipeline import build_project, check_project
from factpack.run.workspace import Workspace, open_cached, open_workspace
from factpack.schema.model import PACKAGE, SEARCH

if TYPE_CHECKING:
    from factpack.package.package import Package


def project_of(context: click.Context) -> Project:
    """Return the project at `--root`, or the nearest one above the working directory; raises Misuse."""
    root = context.find_root().params.get("root")
    if root is None:
        try:
            return Project.find(Path.cwd())
        except NotAProject as error:
            raise Misuse("no project above", folder=Path.cwd()) from error
    try:
        return Project.at(Path(root))
    except NotAProject as error:
        raise Misuse("no project", folder=root) from error


def workspace_of(context: click.Context, project: Project) -> Workspace:
    """Return the project opened; where it brings results or its schemas are broken, tell that and end with 1."""
    space = open_workspace(project)
    if space.brings_results or space.schemas.problems:
        outcome = check_project(space)
        print_problems(context, outcome.problems, outcome)
        exit_with(outcome.problems)
    return space


def tell_broken_off(context: click.Context, folder: Path) -> None:
    """Say on stderr that a build of a folder broke off, where one did: only the next build puts it in place."""
    if broken_off(folder):
        click.echo(message(context, "broken off"), err=True)


def package_of(context: click.Context, project: Project) -> Package:
    """Return the package that is built; raises Misuse where there is none, or where it is not whole."""
    from factpack.package.package import NoPackage, open_package  # only for commands that read what is built

    tell_broken_off(context, project.root)
    try:
        return open_package(project.root)
    except NoPackage as error:
        raise Misuse("no package", what=error) from error


def require_current_build(space: Workspace, executor: Executor = IN_PROCESS) -> None:
    """Make sure that what is built is what the sources give; raises Misuse where it is not."""
    with staged(space.project.root) as stage:
        if errors(build_project(space, stage, executor, may_shrink=True).problems) or stage.differences():
            raise Misuse("stale package")


def no_such_id(package: Package, record_id: str) -> Misuse:
    """Return the mistake that nothing has an id: that it is a name, or was one, and of what; else what is like it."""
    import difflib  # only for a mistake, as the next one

    from factpack.package.citation import citable_ids

    named = package.named(record_id)
    if named:
        return Misuse("a name", name=record_id, records=named)
    return Misuse("no such id", id=record_id, near=difflib.get_close_matches(record_id, citable_ids(package), 3, 0.5))


def tell_position(context: click.Context, package: Package, row_id: str) -> str:
    """Return the permanent id to cite for an id, and say so on stderr where it is another: that of a position."""
    from factpack.package.citation import permanent_id

    owner = permanent_id(package, row_id)
    if owner != row_id:
        click.echo(message(context, "position", id=row_id, owner=owner), err=True)
    return owner


def files_under(project: Project, space: Workspace, paths: Sequence[str]) -> dict[str, str]:
    """Return the source files among paths and in the folders among them, each with the name of its schema.

    Raises Misuse for a path outside the project.
    """
    known = {PACKAGE_PATH: PACKAGE}
    if SEARCH in space.schemas.sources and project.stamp(SEARCH_PATH):
        known[SEARCH_PATH] = SEARCH
    for kind in space.schemas.kinds.values():
        known |= {kind.path(record): kind.name for record in space.ids.get(kind.name, ())}
    files: dict[str, str] = {}
    for each in paths:
        try:
            inside = project.inside(Path(each))
        except ValueError as error:
            raise Misuse("outside", path=each, folder=project.root) from error
        files |= {
            path: name
            for path, name in known.items()
            if path == inside or path.startswith(inside + "/") or inside == "."
        }
    return files


def typed(text: str) -> str:
    """Return a text as it was typed, in UTF-8, in a locale of other characters, too; raises Misuse for other bytes."""
    if not any("\udc80" <= each <= "\udcff" for each in text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Misuse("not utf-8", text=echo(text)) from error


def earlier_version(space: Workspace, name: str | None) -> Edition:
    """Return the edition of a name, else the one that a package is compared with; raises Misuse, GitFailed."""
    root = space.project.root
    try:
        return edition(root, name) if name is not None else latest(root, str(space.package.get("name", "")))
    except NoEdition as error:
        raise Misuse("no edition", name=name) from error


def require_known(context: click.Context, problems: Sequence[Problem], strict: bool = False) -> None:
    """Tell what of earlier versions is not known or damaged, and end with 1 where that blocks."""
    sys.stderr.write(as_text.text(problems, language_of(context)))
    exit_with(problems, strict)


def tell_compared(context: click.Context, then: Edition, now: Edition | None = None) -> None:
    """Say on stderr which edition is compared, and with which other one if it is not the sources."""
    key = "nothing compared" if not then.published else "compared with" if now is None else "compared"
    values = {name: _called(context, each) for name, each in (("then", then), ("now", now)) if each is not None}
    click.echo(message(context, key, **values), err=True)


def _called(context: click.Context, each: Edition) -> str:
    """Return what an edition is called, with its version where its name does not say it."""
    if not each.version or each.version in each.name:
        return visible(each.name)
    return message(context, "edition", name=visible(each.name), version=each.version)


def print_problems(context: click.Context, problems: Sequence[Problem], outcome: Outcome) -> None:
    """Print problems as text, and what was looked at on stderr."""
    language = language_of(context)
    sys.stdout.write(as_text.text(problems, language))
    sys.stderr.write(as_text.closing(problems, outcome.counts, language, outcome.titles))


def exit_with(problems: Sequence[Problem], strict: bool = False) -> None:
    """End with 1 where problems block."""
    if any(blocks(problem, strict) for problem in problems):
        sys.exit(EXIT_PROBLEMS)


def executor_options(command: Any) -> Any:
    """Add the options that say who does the work, and `--no-cache`; `executor_of` and `open_with_cache` read them."""
    for add in (
        click.option("--no-cache", is_flag=True),
        click.option("--scheduler", metavar="ADDRESS"),
        click.option("--executor", type=click.Choice(("processes", "dask")), default="processes"),
        click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=False),
    ):
        command = add(command)
    return command


def executor_of(context: click.Context, workers: int, executor: str, scheduler: str | None) -> Any:
    """Return the context in which the work is done, which gives the executor; raises Misuse."""
    if (executor == "dask") is not bool(scheduler):
        raise Misuse("no scheduler" if executor == "dask" else "no dask asked")
    if scheduler and find_spec("distributed") is None:
        raise Misuse("no distributed")
    return with_progress(sys.stderr, message(context, "progress"), workers, scheduler or "")


def open_with_cache(project: Project, no_cache: bool, memory: Memory | None = None) -> Workspace:
    """Return a project opened, with its cache unless that is not wanted or came with a branch."""
    return open_workspace(project, memory=memory) if no_cache else open_cached(project, memory)
