"""factpack check: the sources against YAML, schemas, rules and proof."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import GivenPath
from factpack.cli.steps import (
    earlier_version,
    executor_of,
    executor_options,
    exit_with,
    files_under,
    open_with_cache,
    project_of,
    tell_broken_off,
    tell_compared,
)
from factpack.cli.watching import answer_again, refuse_with_watch
from factpack.cli.words import language_of
from factpack.disk.files import append_to
from factpack.disk.project import Project
from factpack.problems import Problem, first
from factpack.report import as_json, as_text, github
from factpack.run.memory import Memory
from factpack.run.outcome import Outcome, once_each
from factpack.run.pipeline import check_project

FORMATS = ("text", "json", "github", "sarif", "junit")


class Output(NamedTuple):
    """How problems are printed: in one of `FORMATS`, how many at most (0: all), and whether warnings are failures."""

    format: str
    language: str
    limit: int = 0
    strict: bool = False


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=GivenPath(exists=True))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("--max-problems", "limit", type=click.IntRange(0), metavar="N", default=0)
@click.option("--summary", metavar="FILE", type=GivenPath(dir_okay=False))
@click.option("--strict", is_flag=True)
@click.option("--pull-request", is_flag=True)
@click.option("--against", metavar="REV")
@click.option("--texts-verified", "labels", metavar="LABELS", default="")
@click.option("--watch", is_flag=True)
@executor_options
@click.pass_context
def command(context: click.Context, /, form: str, limit: int, watch: bool, **given: Any) -> None:
    if limit and form not in ("text", "json"):
        raise Misuse("cut form", form=form)
    project, output = project_of(context), Output(form, language_of(context), limit, given.pop("strict"))
    if watch:
        elsewhere = given["executor"] != "processes"
        summary, workers = given["summary"] is not None, given["workers"] > 1
        refuse_with_watch(format=form != "text", summary=summary, workers=workers, executor=elsewhere)
        memory = Memory()
        answer_again(context, project.root, lambda: _check(context, project.anew(), output, memory, **given))
    _check(context, project, output, None, **given)


def _check(
    context: click.Context,
    project: Project,
    output: Output,
    memory: Memory | None,
    paths: tuple[str, ...],
    summary: str | None,
    pull_request: bool,
    against: str | None,
    labels: str,
    no_cache: bool,
    **work: Any,
) -> None:
    """Check the project, print what is found, and end with 1 where it blocks."""
    form, language, limit, strict = output
    working = executor_of(context, **work)
    tell_broken_off(context, project.root)
    space = open_with_cache(project, no_cache or bool(paths), memory)
    files, then = files_under(project, space, paths or (str(project.root),)), earlier_version(space, against)
    with working as executor:
        outcome = check_project(space, frozenset(files) if paths else None, executor, then)
    if against is not None and not paths and not space.schemas.problems:
        from factpack.history.texts import text_problems  # only where an edition is named

        verified = {each.strip() for each in labels.split(",")}
        package = str(space.package.get("name", ""))
        outcome.problems = once_each([*outcome.problems, *text_problems(then, project, package, verified)])
    lenient = "unverified-quote" if pull_request else ""
    problems = [each.as_warning() if each.code == lenient else each for each in outcome.problems]
    sys.stdout.write(in_format(output, problems, outcome, list(files)))
    if form in ("text", "github"):
        if not paths and not space.schemas.problems:
            tell_compared(context, then)
        sys.stderr.write(as_text.closing(problems, outcome.counts, language, outcome.titles, limit))
    if summary is not None:
        from factpack.history.files import changed_files  # only where one is asked for, as the next two
        from factpack.report.files import files_markdown
        from factpack.report.summary import summary_markdown

        folders = {kind.folder for kind in space.schemas.kinds.values()}
        others = files_markdown(changed_files(then, folders), language) if against is not None else ""
        text = summary_markdown(problems, outcome.counts, outcome.totals, language, outcome.titles, others)
        append_to(Path(summary), text)
    exit_with(problems, strict)


def in_format(output: Output, problems: Sequence[Problem], outcome: Outcome, files: Sequence[str]) -> str:
    """Return problems in a format; `files` are those that were looked at."""
    shown, language = first(problems, output.limit), output.language
    match output.format:
        case "json":
            return as_json.as_json(problems, outcome.counts, language, output.limit)
        case "github":
            return github.github(shown, language)
        case "sarif":
            from factpack.report.sarif import sarif  # only where it is asked for

            return sarif(shown, outcome.counts, language)
        case "junit":
            from factpack.report.junit import junit  # only where it is asked for

            return junit(shown, files, language, output.strict)
    return as_text.text(shown, language)
