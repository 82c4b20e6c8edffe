"""factpack new: the draft of a record."""

from __future__ import annotations

import sys

import click

from factpack.cli.help import Command
from factpack.cli.mistakes import Misuse
from factpack.cli.steps import exit_with, project_of, workspace_of
from factpack.cli.words import language_of, message
from factpack.disk.files import write_file
from factpack.edit.blank import UnknownPath, draft, questions, refusal, shortcuts, suggest
from factpack.edit.fields import Question
from factpack.history.editions import latest
from factpack.report import as_text
from factpack.run.workspace import Workspace
from factpack.schema.model import Kind

Given = list[tuple[str, str]]


@click.command("new", cls=Command)
@click.argument("kind")
@click.argument("record", required=False, metavar="[ID]")
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
    values: tuple[str, ...],
    plain: bool,
    stdout: bool,
    **short: str | None,
) -> None:
    project, language = project_of(context), language_of(context)
    space = workspace_of(context, project)
    if kind not in space.schemas.kinds:
        raise Misuse("no kind", kind=kind, known=", ".join(space.schemas.kinds))
    of = space.schemas.kinds[kind]
    known = shortcuts(of, space.schemas)
    given: Given = [(known[name], text) for name, text in short.items() if text is not None and name in known]
    given += [_pair(each) for each in values]
    asks = sys.stdin.isatty() and not stdout
    own = record or _id(context, of, dict(given).get(known["en"], ""), asks)
    taken = {*(each for ids in space.ids.values() for each in ids), *(each.id for each in latest(project.root).ids())}
    if reason := refusal(of, own, taken, language):
        raise Misuse("bad id", reason=reason)
    try:
        if asks:
            _ask(context, space, of, own, given)
        made = draft(of, own, given, space.schemas, language, explain=not plain)
    except UnknownPath as error:
        raise Misuse("no path", reason=error.message(language)) from error
    sys.stdout.write(as_text.text(made.problems, language))
    exit_with(made.problems)
    if stdout:
        sys.stdout.write(made.raw.decode("utf-8"))
        return
    path = of.path(own)
    write_file(project.root / path, made.raw)
    click.echo(path)
    click.echo(message(context, "drafted", path=path), err=True)


def _pair(text: str) -> tuple[str, str]:
    path, sign, value = text.partition("=")
    if not sign or not path:
        raise Misuse("no pair", text=text)
    return path, value


def _id(context: click.Context, kind: Kind, name: str, asks: bool) -> str:
    """Return the id of a new record: made of its English name, or what the user says; raises Misuse without either."""
    made = suggest(kind, name) if name else ""
    if asks:
        return str(click.prompt(message(context, "ask id"), default=made or f"{kind.prefix}-", err=True))
    if not made:
        raise Misuse("no id", prefix=kind.prefix)
    return made


def _ask(context: click.Context, space: Workspace, kind: Kind, record: str, given: Given) -> None:
    """Ask for what a draft still needs; what is left empty stays empty in the draft."""
    asked: set[str] = set()
    while True:
        left = questions(kind, record, given, space.schemas, language_of(context))
        following = next((each for each in left if each.path not in asked), None)
        if following is None:
            return
        asked.add(following.path)
        answer = _prompt(context, following)
        parts = answer.split(",") if following.is_list else [answer]
        given += [(following.path, part.strip()) for part in parts if part.strip()]


def _prompt(context: click.Context, question: Question) -> str:
    click.echo(
        f"\n{question.title}\n  {question.description}" + (f" ({question.form})" if question.form else ""), err=True
    )
    for value, label in question.choices.items():
        click.echo(f"    {value}  {label}", err=True)
    if question.is_list:
        click.echo("  " + message(context, "ask several"), err=True)
    return str(click.prompt(question.path, default=question.default, show_default=bool(question.default), err=True))
