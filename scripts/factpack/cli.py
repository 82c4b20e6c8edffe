"""The command line: it parses, wires, prints and exits; every decision is made elsewhere."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from factpack import __version__, report
from factpack.output import OutputError, recover, staged, write_file
from factpack.pipeline import Outcome, Workspace, build_project, check_project, open_workspace
from factpack.problems import LANGUAGES, Problem, codes
from factpack.project import NotAProject, Project
from factpack.texts import encode

EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERNAL = 1, 2, 3
Command = TypeVar("Command", bound=Callable[..., object])


def _language() -> str:
    """Return the language of the locale: Chinese where it says so, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "zh" if (name or "").lower().startswith("zh") else "en"


def _project(root: str | None) -> Project:
    """Return the project at `--root`, or the nearest one above the working directory."""
    try:
        if root is None:
            return Project.find(Path.cwd())
        if (Path(root) / "sources" / "package.yaml").is_file():
            return Project(Path(root).resolve())
        raise NotAProject(f"no sources/package.yaml in {root}")
    except NotAProject as error:
        raise click.UsageError(str(error)) from error


def workers_option(command: Command) -> Command:
    """Add `--workers`."""
    return click.option(
        "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to work in."
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", metavar="DIR", help="The project; default: the nearest parent with sources/package.yaml.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; default: from the locale.")
@click.version_option(__version__, prog_name="factpack")
@click.pass_context
def cli(context: click.Context, root: str | None, lang: str | None) -> None:
    """Validate hand-curated facts, prove them against their document, and compile them to a data package."""
    context.obj = (root, lang or _language())


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@click.option("--pull-request", is_flag=True, help="Take quotes that no maintainer has verified yet as warnings.")
@workers_option
@click.pass_context
def check(
    context: click.Context, paths: tuple[str, ...], form: str, strict: bool, pull_request: bool, workers: int
) -> None:
    """Check the sources: YAML, schemas, rules and proof. With PATHs, only the records in these files and folders."""
    root, language = context.obj
    project = _project(root)
    recover(project.root) if (project.root / ".factpack").is_dir() else None
    space = open_workspace(project)
    only = _chosen(project, space, paths) if paths else None
    outcome = check_project(space, only, workers)
    problems = [_lenient(each) for each in outcome.problems] if pull_request else outcome.problems
    _show(problems, outcome, form, language)
    _leave(problems, strict)


def _lenient(problem: Problem) -> Problem:
    """Return a problem as a pull request is judged: its quotes are verified by a maintainer before it is merged."""
    return replace(problem, severity="warning") if problem.code == "unverified-quote" else problem


def _chosen(project: Project, space: Workspace, paths: tuple[str, ...]) -> frozenset[str]:
    """Return the record files among paths and in the folders among them."""
    files: set[str] = set()
    for each in paths:
        try:
            inside = Path(each).resolve().relative_to(project.root.resolve()).as_posix()
        except ValueError as error:
            raise click.UsageError(f"{each} is outside the project {project.root}") from error
        for kind in space.schemas.kinds.values():
            for record in space.ids.get(kind.name, ()):
                path = f"sources/{kind.folder}/{record}.yaml"
                if path == inside or path.startswith(inside + "/") or inside == ".":
                    files.add(path)
    return frozenset(files)


def _show(problems: list[Problem], outcome: Outcome, form: str, language: str) -> None:
    if form == "json":
        sys.stdout.write(report.as_json(problems, outcome.counts, language))
        return
    sys.stdout.write(report.github(problems, language) if form == "github" else report.text(problems, language))
    sys.stderr.write(report.closing(problems, outcome.counts, language, outcome.titles))


def _leave(problems: list[Problem], strict: bool = False) -> None:
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(EXIT_PROBLEMS)


@cli.command()
@click.option("--check", "compare", is_flag=True, help="Write nothing; name the files on disk that differ.")
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False), help="Folder of the package; default: the root."
)
@workers_option
@click.pass_context
def build(context: click.Context, compare: bool, out: str | None, workers: int) -> None:
    """Compile the sources to build/ and datapackage.json, as a whole or not at all."""
    root, language = context.obj
    project = _project(root)
    folder = Path(out) if out else project.root
    with staged(folder) as stage:
        outcome = build_project(open_workspace(project), stage, workers)
        _show(outcome.problems, outcome, "text", language)
        _leave(outcome.problems)
        if compare:
            differences = stage.differences()
            for path, how in differences:
                click.echo(f"{path}: {how}")
            sys.exit(EXIT_PROBLEMS if differences else 0)
        stage.commit()


@cli.command()
@click.argument("document")
@click.argument("file", type=click.Path(exists=True, dir_okay=False), required=False)
@click.option("--accept", is_flag=True, help="Take a text that differs from the recorded one.")
@click.option(
    "--check", "compare", is_flag=True, help="Write nothing; only say whether the record is what the text gives."
)
@click.pass_context
def verify(context: click.Context, document: str, file: str | None, accept: bool, compare: bool) -> None:
    """Verify the quotes of all records against a DOCUMENT's published text, and record its numbers.

    FILE is the text or a saved page; without it, <DOCUMENT>.txt in the folder that FACTPACK_TEXTS names. The text is
    not kept: sources/texts/<DOCUMENT>.json holds digests, numbers and offsets only.
    """
    from factpack.verify import UnreadableText, paragraphs, verify_text  # the HTML parser costs start-up time

    root, language = context.obj
    project = _project(root)
    space = open_workspace(project)
    if space.library.record(document) is None:
        raise click.UsageError(f"there is no valid document record '{document}' in sources/documents")
    source = Path(file) if file else _text_file(document)
    try:
        text, differences = verify_text(space, document, paragraphs(source.read_bytes()))
    except UnreadableText as error:
        raise click.UsageError(f"{source}: {error}") from error
    for each in differences:
        click.echo(f"{document} paragraph {each.paragraph}: {each.kind}" + (f": {each.found}…" if each.found else ""))
    if differences and not accept:
        click.echo("the text differs from the recorded one; nothing was written (--accept takes it)", err=True)
        sys.exit(EXIT_PROBLEMS)
    target = project.root / "sources" / "texts" / f"{document}.json"
    data = encode(text)
    if compare:
        same = target.is_file() and target.read_bytes() == data
        click.echo(
            "the record is what the text gives" if same else f"{target.name} is not what the text gives", err=True
        )
        sys.exit(0 if same else EXIT_PROBLEMS)
    target.parent.mkdir(exist_ok=True)
    write_file(target, data)
    outcome = check_project(open_workspace(project))
    wrong = [problem for problem in outcome.problems if problem.code in ("unverified-quote", "quote-not-unique")]
    tokens, found = (
        sum(len(each) for each in sets) for sets in zip(*((p.tokens, p.quotes) for p in text.paragraphs), strict=True)
    )
    sys.stdout.write(report.text(wrong, language))
    click.echo(
        f"{len(text.paragraphs)} paragraphs, {tokens} numbers, {found} quotes verified, {len(wrong)} not", err=True
    )
    sys.exit(EXIT_PROBLEMS if wrong else 0)


def _text_file(document: str) -> Path:
    """Return the text of a document in the folder that FACTPACK_TEXTS names."""
    folder = os.environ.get("FACTPACK_TEXTS")
    if not folder:
        raise click.UsageError("name the FILE, or set FACTPACK_TEXTS to the folder that holds <DOCUMENT>.txt")
    path = Path(folder) / f"{document}.txt"
    if not path.is_file():
        raise click.UsageError(f"{path} does not exist")
    return path


@cli.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def coverage(context: click.Context, form: str) -> None:
    """Show how the numbers of each text are accounted for: used, waived or unclaimed, paragraph by paragraph."""
    root, language = context.obj
    space = open_workspace(_project(root))
    outcome = check_project(space)
    if space.schemas.problems:
        _show(outcome.problems, outcome, "text", language)
        _leave(outcome.problems)
    words = {name: space.library.text(name) for name in space.ids.get(space.schemas.documents.name, ())}
    if form == "json":
        sys.stdout.write(report.coverage_json(outcome.numbers, words))
    else:
        sys.stdout.write(report.coverage_text(outcome.numbers, words, language))
    sys.exit(EXIT_PROBLEMS if any(each.use == "unclaimed" for each in outcome.numbers) else 0)


@cli.command()
@click.argument("code", required=False)
@click.pass_context
def explain(context: click.Context, code: str | None) -> None:
    """Say why a problem code exists and what to do; without CODE, list all codes."""
    _, language = context.obj
    if code is None:
        for name in sorted(codes()):
            click.echo(name)
    elif code in codes():
        click.echo(report.explanation(code, language), nl=False)
    else:
        import difflib  # only for a mistyped code

        near = difflib.get_close_matches(code, codes(), 3)
        raise click.UsageError(f"no such code: {code}" + (f" (did you mean {', '.join(near)}?)" if near else ""))


def main() -> None:
    """Run the command line; a bug ends with status 3 and its traceback, never with half an output."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        cli()
    except OutputError as error:
        click.echo(f"factpack: {error}", err=True)
        sys.exit(EXIT_PROBLEMS)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_PROBLEMS)
    except Exception:
        import traceback  # only for a bug

        traceback.print_exc()
        click.echo("factpack: this is a bug in factpack; please report it with the lines above", err=True)
        sys.exit(EXIT_INTERNAL)
