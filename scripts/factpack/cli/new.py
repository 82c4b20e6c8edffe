"""factpack new: the draft of a record."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from factpack.cli.given import pair
from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.paths import shown
from factpack.cli.standard import chosen, printed_alike, unit_asked, units_of
from factpack.cli.standard import values as values_of
from factpack.cli.steps import exit_with, project_of, require_known, typed, workspace_of
from factpack.cli.words import language_of, message
from factpack.disk.below import write_below
from factpack.edit.blank import UnknownPath, draft, questions, refusal, shortcuts, suggest
from factpack.edit.fields import Question
from factpack.history.comparison import damage_problems
from factpack.history.editions import is_other, latest
from factpack.problems import MARKS
from factpack.report import as_text
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind

Given = list[tuple[str, str]]
"""Values of fields by their paths, such as `("name.en", "Shahu Lake")`."""


@click.command("new", cls=Command)
@click.argument("kind")
@click.argument("record", required=False, metavar="[ID]")
@click.option("--standard", metavar="NAME")
@click.option("--zh", metavar="NAME")
@click.option("--en", metavar="NAME")
@click.option("--document", metavar="ID")
@click.option("--paragraph", metavar="N")
@click.option("--quote", metavar="TEXT")
@click.option("--set", "values", metavar="PATH=VALUE", multiple=True)
@click.option("--plain", is_flag=True)
@click.option("--stdout", is_flag=True)
@click.pass_context
def command(
    context: click.Context,
    /,
    kind: str,
    record: str | None,
    standard: str | None,
    values: tuple[str, ...],
    plain: bool,
    stdout: bool,
    **short: str | None,
) -> None:
    project, language = project_of(context), language_of(context)
    space = workspace_of(context, project)
    if kind not in space.schemas.kinds:
        raise Misuse("no kind", kind=kind, known=list(space.schemas.kinds))
    of = space.schemas.kinds[kind]
    if standard is not None and of.shape.role("printed_forms"):
        _write(project.root, unit_asked(space, of, standard))
        return
    known = shortcuts(of, space.schemas)
    given: Given = [(known[name], typed(text)) for name, text in short.items() if text is not None and name in known]
    given += [pair(typed(each)) for each in values]
    asks = sys.stdin.isatty() and not stdout
    if standard is not None:
        found = chosen(of, standard)
        own = {path for path, _ in given}
        given += [each for each in values_of(of, found, dict(given).get(known["quote"], "")) if each[0] not in own]
        record = record or f"{of.prefix}-{found.slug}"
    elif alike := printed_alike(of, [name for path, name in given if path in (known["zh"], known["en"])]):
        click.echo(message(context, "standard", known=MARKS[language].join(alike)), err=True)
    record_id = record or _id(context, of, dict(given).get(known["en"], ""), asks)
    if reason := refusal(of, record_id, _taken(context, space), language):
        raise Misuse("bad id", reason=reason)
    try:
        if asks:
            _ask(context, space, of, record_id, given)
        drafted = draft(of, record_id, given, space.schemas, language, explain=not plain)
    except UnknownPath as error:
        raise Misuse("no path", reason=error.message(language)) from error
    sys.stdout.write(as_text.text(drafted.problems, language))
    exit_with(drafted.problems)
    if stdout:
        sys.stdout.write(drafted.raw.decode("utf-8"))
        return
    path = of.path(record_id)
    _write(project.root, {path: drafted.raw, **units_of(space, of, given)})
    click.echo(message(context, "drafted", command=_check_of(context, project.root / path)), err=True)


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files that are not there yet, and print their paths."""
    for path, raw in files.items():
        write_below(root, path, raw)
        click.echo(path)


def _check_of(context: click.Context, draft: Path) -> str:
    """Return the command that checks a draft, as it works where `new` was called."""
    root = context.find_root().params["root"]
    return shlex.join(["factpack", *(("--root", root) if root else ()), "check", shown(draft)])


def _taken(context: click.Context, space: Workspace) -> set[str]:
    """Return the ids that a new record cannot have: those in use, and those of the version before.

    Ends the program where these are not all known: one of them could be given again. Ids of another package are free.
    """
    package = str(space.package.get("name", ""))
    before = latest(space.project.root, package)
    earlier, damage = before.ids() if not is_other(before, package) else ([], [])
    require_known(context, list(damage_problems(before, damage)))
    return {record_id for ids in space.ids.values() for record_id in ids} | {each.id for each in earlier}


def _id(context: click.Context, kind: Kind, name: str, asks: bool) -> str:
    """Return the id of a new record: made of its English name, or what the user says; raises Misuse without either."""
    suggested = suggest(kind, name) if name else ""
    if asks:
        return str(click.prompt(message(context, "ask id"), default=suggested or f"{kind.prefix}-", err=True))
    if not suggested:
        raise Misuse("no id", prefix=kind.prefix)
    return suggested


def _ask(context: click.Context, space: Workspace, kind: Kind, record: str, given: Given) -> None:
    """Ask for what a draft still needs, and add the answers to `given`; what is left empty stays empty."""
    asked: set[str] = set()
    while True:
        left = questions(kind, record, given, space.schemas, language_of(context))
        question = next((each for each in left if each.path not in asked), None)
        if question is None:
            return
        asked.add(question.path)
        answer = _prompt(context, question)
        parts = answer.split(",") if question.is_list else [answer]
        given += [(question.path, part.strip()) for part in parts if part.strip()]


def _prompt(context: click.Context, question: Question) -> str:
    click.echo(
        f"\n{question.title}\n  {question.description}" + (f" ({question.form})" if question.form else ""), err=True
    )
    if question.is_long:
        click.echo("  " + message(context, "ask of many", count=len(question.choices)), err=True)
    else:
        for value, label in question.choices.items():
            click.echo(f"    {value}  {label}", err=True)
    if question.is_list:
        click.echo("  " + message(context, "ask several"), err=True)
    return str(click.prompt(question.path, default=question.default, show_default=bool(question.default), err=True))
