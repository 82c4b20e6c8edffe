"""factpack release: everything to publish, in one folder."""

from __future__ import annotations

import click

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath, given_or, shown
from factpack.cli.steps import (
    earlier_version,
    package_of,
    project_of,
    require_current_build,
    require_known,
    workspace_of,
)
from factpack.cli.words import message
from factpack.disk.below import DOCUMENT_LIMIT, read_below
from factpack.disk.files import OutputError
from factpack.disk.project import Project
from factpack.disk.publish import publish
from factpack.history.changes import Snapshot, compare, snapshot_of
from factpack.history.comparison import damage_problems, unknown_problem
from factpack.history.editions import Edition, published_before, unknown
from factpack.package.package import Package
from factpack.report import changes
from factpack.report.markup import escaped
from factpack.report.values import values_of
from factpack.run.snapshot import snapshot
from factpack.run.workspace import Workspace
from factpack.words import text_in

BESIDE = ("README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md")
"""Files of the repository that go into the archive where they are there, besides the schemas."""
LIBRARIES = ("pyarrow", "xlsxwriter")


@click.command("release", cls=Command)
@click.option("--out", metavar="DIR", type=GivenPath(file_okay=False))
@click.option("--since", metavar="REV")
@click.pass_context
def command(context: click.Context, out: str | None, since: str | None) -> None:
    try:  # heavy, and from an optional extra
        from factpack.release.cells import CellNotRepresentable
        from factpack.release.release import release
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise Misuse("no libraries", name=error.name) from error
    project = project_of(context)
    package = package_of(context, project)
    space = workspace_of(context, project)
    require_current_build(space)
    folders = [kind.folder for kind in space.schemas.prefixes.values()]
    then = _earlier(space, package, since)
    before = snapshot_of(then, folders) if then else None
    doubts = damage_problems(then, before.damage) if then and before else unknown_problem(unknown(project.root))
    require_known(context, list(doubts), strict=True)
    notes = "\n".join(_notes(space, package, before, language) for language in ("en", "zh"))
    beside = _beside(project)
    beside |= {f"schemas/{name}.schema.json": raw for name, raw in project.schemas().items()}
    try:
        files = release(package, beside, notes)
    except CellNotRepresentable as error:
        raise OutputError(str(error)) from error
    folder = given_or(out, project.root / "dist" / "release")
    count, size, _ = publish(project.root, folder, files.items())
    click.echo(message(context, "released", count=count, size=f"{size / 2**20:.1f}", folder=shown(folder)), err=True)


def _earlier(space: Workspace, package: Package, since: str | None) -> Edition | None:
    """Return the edition of a name, else the newest other version of the package; None where there is none."""
    if since is not None:
        return earlier_version(space, since)
    return next(published_before(space.project.root, package.name, package.version), None)


def _beside(project: Project) -> dict[str, bytes]:
    """Return the files beside the package that a release carries, by name; raises OutputError."""
    found = {}
    for name in BESIDE:
        try:
            found[name] = read_below(project.root, name, DOCUMENT_LIMIT)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise OutputError(f"{name}: {error.strerror or error}") from error
    return found


def _notes(space: Workspace, package: Package, before: Snapshot | None, language: str) -> str:
    """Return what is new since an edition, in a language, as Markdown."""
    new = text_in(language, "cli", "said", "first edition") + "\n"
    if before:
        labels, now = {kind.folder: kind.label for kind in space.schemas.kinds.values()}, snapshot(space)
        values = values_of(space.schemas, space.package, now, before)
        new = changes.markdown(compare(before, now, labels), values, language)
    return f"# {escaped(package.title[language])} {package.version}\n\n{new}"
