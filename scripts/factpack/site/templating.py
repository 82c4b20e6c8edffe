"""Templating: Jinja2 as the pages use it, with everything escaped, nothing undefined, and no link but to the web."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

LANGUAGES = ("zh", "en")
TAGS = {"zh": "zh-CN", "en": "en"}
"""Languages as HTML names them."""
HERE = Path(__file__).parent
_ESCAPED = re.compile("[&<>'\"]").search
"""Finds what is never printed as it is."""
_WORD = re.compile(r'\{\{ t\["([^"]+)"\] \}\}')


def other(language: str) -> str:
    """Return the other language."""
    return next(each for each in LANGUAGES if each != language)


@cache
def words(language: str) -> Mapping[str, str]:
    """Return what the pages say in a language."""
    with (HERE / "words.yaml").open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=yaml.CSafeLoader)
    return {key: str(each[language]) for key, each in found.items()}


class Spoken(FileSystemLoader):
    """Loads templates with the words of a language set into them: quicker than to look each up on each page."""

    def __init__(self, language: str) -> None:
        super().__init__(HERE / "templates")
        self.said = words(language)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's source, its file, and whether it is still the same."""
        source, path, current = super().get_source(environment, template)
        return _WORD.sub(lambda match: str(escape(self.said[match[1]])), source), path, current


class Escaping(CodeGenerator):
    """Compiles templates to print by `printed` what Jinja2 has escaped: a page has hundreds of texts to escape."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


def printed(value: Any) -> str:
    """Return what a page prints of a value: escaped as ever, but what escaping would not change is no new object."""
    kind = type(value)
    if kind is str:
        text: str = value
        return escape(text) if _ESCAPED(text) else text
    return str(value) if kind is Markup or kind is int or kind is float else escape(value)


class Pages(Environment):
    """An environment whose templates escape all that they print."""

    code_generator_class = Escaping
    printed = staticmethod(printed)


@cache
def environment(language: str) -> Environment:
    """Return the environment of the templates of a language."""
    made = Pages(
        loader=Spoken(language),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=_kept(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.filters |= {"web": web, "linked": linked, "paragraph": partial(paragraph, language)}
    made.globals |= {"t": words(language), "language": language, "tag": TAGS[language]}
    return made


def _kept() -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept: a folder for temporary files that is the user's own, else nowhere.

    It is never the project's, for what is kept is run.
    """
    try:
        return FileSystemBytecodeCache(pattern="__factpack_%s.cache")
    except (OSError, RuntimeError):
        return None


def web(address: object) -> str:
    """Return an address of the web as it is, and nothing for one of another kind."""
    text = str(address or "")
    return text if text.startswith(("https://", "http://")) else ""


def linked(link: tuple[str, str], home: str) -> Markup:
    """Return a text as a link to an id, of no id as it is; `home` leads to the root of a language."""
    text, own = link
    return _linked(text, own, home) if own else escape(text)


@lru_cache(maxsize=2**12, typed=True)  # units, areas and documents are linked again and again
def _linked(text: str, own: str, home: str) -> Markup:
    record, dot, _ = own.partition(".")
    anchor = f"#{own}" if dot else ""
    return Markup(f'<a href="{home}id/{printed(record)}/index.html{printed(anchor)}">{printed(text)}</a>')


def paragraph(language: str, number: int, document: str, home: str) -> Markup:
    """Return a link to a paragraph of a document."""
    said = words(language)["paragraph n"].format(number=number)
    return Markup(f'<a href="{home}id/{printed(document)}/index.html#p{number}">{printed(said)}</a>')


def rendered(template: str, language: str, depth: int, **values: Any) -> str:
    """Return what a template gives for a page that lies so many folders below the root of its language."""
    up = Markup("../" * depth)
    root = up if language == LANGUAGES[0] else Markup(f"../{up}")
    return environment(language).get_template(f"{template}.html.j2").render(home=up, root=root, **values)
