"""What all commands share: help and errors in both languages, the project, and how a command says things and ends."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import yaml

from factpack.cli.progress import told
from factpack.disk.cache import open_cache
from factpack.disk.files import OutputError
from factpack.disk.project import NotAProject, Project
from factpack.disk.stage import recover, staged
from factpack.history.editions import Edition, NoEdition, edition, latest
from factpack.package.package import NoPackage, Package, open_package
from factpack.problems import Problem
from factpack.report import as_text
from factpack.run.executor import ALONE, Hands
from factpack.run.outcome import Outcome
from factpack.run.pipeline import build_project, check_project
from factpack.run.workspace import PACKAGE_PATH, Workspace, open_workspace
from factpack.schema.model import PACKAGE

EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERNAL = 1, 2, 3

COMMANDS = ("check", "build", "new", "fmt", "diff", "verify", "coverage", "explain", "show", "cite", "release", "site")
"""In the order in which help lists them; each is the module of its name, imported when it is called."""


@cache
def words() -> Mapping[str, Any]:
    """Return what commands say, by section: `commands`, `options`, `errors`, `said`, `click`."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def locale_language() -> str:
    """Return the language of the locale: Chinese where it says so, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or locale.getlocale()[0]
    return "zh" if (name or "").lower().startswith("zh") else "en"


def language_of(context: click.Context | None) -> str:
    """Return the language that was asked for with `--lang`, else that of the locale."""
    chosen = context.find_root().params.get("lang") if context else None
    return str(chosen or locale_language())


def say(context: click.Context, which: str, /, **values: object) -> str:
    """Return one of the sentences under `said`, filled, in the language of the call."""
    return str(words()["said"][which][language_of(context)]).format_map(values)


class Misuse(click.UsageError):
    """A mistake of use that this program found itself; its text is under `errors`."""

    def __init__(self, which: str, /, **values: object) -> None:
        super().__init__(str(words()["errors"][which]["en"]).format_map(values))
        self.which, self.values = which, values

    def in_language(self, language: str) -> str:
        """Return the mistake in a language."""
        return str(words()["errors"][self.which][language]).format_map(self.values)


# ---- help


class Told:
    """A command whose help is in `words.yaml`, in both languages."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse arguments; a mistake among them knows its command, which the parser of options forgets."""
        with click.core.augment_usage_errors(context):
            rest: list[str] = super().parse_args(context, args)  # type: ignore[misc]
            return rest

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of what the command does, in English (completion shows it too)."""
        return _about(self.name or "", locale_language()).splitlines()[0]  # type: ignore[attr-defined]

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(context))  # type: ignore[attr-defined]
        formatter.write_usage(context.command_path, pieces, prefix=_term(context, "usage"))

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does; a blank line parts paragraphs."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_about(self.name or "", language_of(context)).replace("\n", "\n\n"))  # type: ignore[attr-defined]

    def format_arguments(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: the usage line and the text say what the arguments are."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each with its text."""
        listed = []
        for param in self.get_params(context):  # type: ignore[attr-defined]
            if isinstance(param, click.Option) and not param.hidden:
                param.help = option_help(self.name or "", param, language_of(context))  # type: ignore[attr-defined]
                record = param.get_help_record(context)
                listed += [record] if record else []
        with formatter.section(_term(context, "options")):
            formatter.write_dl(listed)
        if isinstance(self, click.Group):
            rows = [(name, _about(name, language_of(context)).splitlines()[0]) for name in COMMANDS]
            with formatter.section(_term(context, "commands")):
                formatter.write_dl(rows)


def _about(command: str, language: str) -> str:
    return str(words()["commands"][command][language]).strip()


def _term(context: click.Context | None, name: str) -> str:
    return str(words()["click"][name][language_of(context)])


def option_help(command: str, option: click.Option, language: str) -> str:
    """Return the help of an option: its command's own, else the common one of its name."""
    name = max(option.opts, key=len).lstrip("-")
    texts = words()["options"]
    found = texts.get(f"{command} {name}") or texts[name]
    return str(found[language])


class Command(Told, click.Command):
    """One command."""


class Commands(Told, click.Group):
    """The commands of the program; each is imported when it is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they are listed."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return a command, or None."""
        if name not in COMMANDS:
            return None
        found: click.Command = import_module(f"factpack.cli.{name}").command
        return found

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return what is called; a mistyped command is told with the nearest ones."""
        if args and args[0] not in COMMANDS and not context.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=context)
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: the options are followed by the commands."""


# ---- mistakes of use


def mistake(error: click.UsageError, language: str) -> str:
    """Return what a mistake of use is, in a language."""
    if isinstance(error, Misuse):
        return error.in_language(language)
    if language == "en":
        return error.format_message()
    known = words()["click"]
    match error:
        case click.MissingParameter():
            return str(known["missing"]["zh"]).format(name=_named(error))
        case click.BadParameter():
            return str(known["bad"]["zh"]).format(name=_named(error), why=_why(error))
        case click.BadOptionUsage():
            return str(known["no value"]["zh"]).format(name=error.option_name)
        case click.NoSuchOption():
            return str(known["no option"]["zh"]).format(name=error.option_name) + _near(error.possibilities)
        case click.exceptions.NoSuchCommand():
            return str(known["no command"]["zh"]).format(name=error.command_name) + _near(error.possibilities)
    return error.format_message()


def _named(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else ""


def _why(error: click.BadParameter) -> str:
    kind, known = getattr(error.param, "type", None), words()["click"]
    if isinstance(kind, click.Choice):
        return str(known["choose"]["zh"]).format(choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return str(known["range"]["zh"]).format(low=kind.min, high=kind.max or "")
    if isinstance(kind, click.Path):
        return str(known["path"]["zh"])
    return error.message


def _near(possibilities: Sequence[str] | None) -> str:
    return str(words()["click"]["near"]["zh"]).format(names="、".join(possibilities)) if possibilities else ""


def usage_text(error: click.UsageError) -> str:
    """Return what to print for a mistake of use: usage line, where help is, and the mistake."""
    context = error.ctx
    language, lines = language_of(context), []
    if context is not None:
        hint = str(words()["click"]["try"][language]).format(command=context.command_path)
        lines = [context.get_usage(), hint, ""]
    return "\n".join([*lines, words()["click"]["error"][language] + mistake(error, language)])


# ---- steps of commands


def project_of(context: click.Context) -> Project:
    """Return the project at `--root`, or the nearest one above the working directory; raises Misuse."""
    root = context.find_root().params.get("root")
    if root is None:
        try:
            return Project.find(Path.cwd())
        except NotAProject as error:
            raise Misuse("no project above", folder=Path.cwd()) from error
    if (Path(root) / "sources" / "package.yaml").is_file():
        return Project(Path(root).resolve())
    raise Misuse("no project", folder=root)


def workspace_of(context: click.Context, project: Project) -> Workspace:
    """Return the project opened; where its schemas are broken, tell that and end with 1."""
    space = open_workspace(project)
    if space.schemas.problems:
        outcome = check_project(space)
        show(context, outcome.problems, outcome)
        leave(outcome.problems)
    return space


def package_of(project: Project) -> Package:
    """Return the package that is built; raises Misuse where there is none, or where it is not whole."""
    recover(project.root)
    try:
        return open_package(project.root)
    except NoPackage as error:
        raise Misuse("no package", what=error) from error


def demand_built(space: Workspace, hands: Hands = ALONE) -> None:
    """Make sure that what is built is what the sources give; raises Misuse where it is not."""
    with staged(space.project.root) as stage:
        if build_project(space, stage, hands, may_shrink=True).problems or stage.differences():
            raise Misuse("stale package")


def no_such_id(package: Package, own: str) -> Misuse:
    """Return the mistake that nothing has an id, with those that are like it."""
    import difflib  # only for a mistake, as the next one

    from factpack.package.citation import ids_of

    near = difflib.get_close_matches(own, ids_of(package), 3, 0.5)
    return Misuse("no such id", id=own, near=", ".join(near) or "-")


def chosen(project: Project, space: Workspace, paths: Sequence[str]) -> dict[str, str]:
    """Return the source files among paths and in the folders among them, each with the name of its schema.

    Raises Misuse for a path outside the project.
    """
    known = {PACKAGE_PATH: PACKAGE}
    for kind in space.schemas.kinds.values():
        known |= {kind.path(record): kind.name for record in space.ids.get(kind.name, ())}
    files: dict[str, str] = {}
    for each in paths:
        try:
            inside = Path(each).resolve().relative_to(project.root.resolve()).as_posix()
        except ValueError as error:
            raise Misuse("outside", path=each, folder=project.root) from error
        files |= {
            path: name
            for path, name in known.items()
            if path == inside or path.startswith(inside + "/") or inside == "."
        }
    return files


def against_of(project: Project, name: str | None) -> Edition:
    """Return the edition that `--against` names, else the one that a project is compared with; raises Misuse."""
    try:
        return edition(project.root, name) if name is not None else latest(project.root)
    except NoEdition as error:
        raise Misuse("no edition", name=name) from error


def append_to(path: Path, text: str) -> None:
    """Add a text to a file that another program keeps, such as the summary of a step; raises OutputError."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def show(context: click.Context, problems: Sequence[Problem], outcome: Outcome) -> None:
    """Print problems as text, and what was looked at on stderr."""
    language = language_of(context)
    sys.stdout.write(as_text.text(problems, language))
    sys.stderr.write(as_text.closing(problems, outcome.counts, language, outcome.titles))


def leave(problems: Sequence[Problem], strict: bool = False) -> None:
    """End with 1 where problems block."""
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(EXIT_PROBLEMS)


def hands_options(command: Any) -> Any:
    """Add the options that say who does the work, and `--no-cache`; `hands_of` and `opened` read them."""
    for add in (
        click.option("--no-cache", is_flag=True),
        click.option("--scheduler", metavar="ADDRESS"),
        click.option("--executor", type=click.Choice(("processes", "dask")), default="processes"),
        click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=False),
    ):
        command = add(command)
    return command


def hands_of(context: click.Context, workers: int, executor: str, scheduler: str | None) -> Any:
    """Return the context in which the work is done, which gives the hands that do it; raises Misuse."""
    if (executor == "dask") is not bool(scheduler):
        raise Misuse("no scheduler" if executor == "dask" else "no dask asked")
    if scheduler and find_spec("distributed") is None:
        raise Misuse("no distributed")
    return told(sys.stderr, say(context, "progress"), workers, scheduler or "")


def opened(project: Project, no_cache: bool) -> Workspace:
    """Return a project opened, with its cache unless that is not wanted."""
    space = open_workspace(project)
    space.cache = None if no_cache else open_cache(project)
    return space
