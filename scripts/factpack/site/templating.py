"""Jinja2 as the pages use it: everything is escaped, nothing is undefined, and links lead to the web or the site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from factpack.source.addresses import is_web
from factpack.words import TAGS, texts_in

ROOT_LANGUAGE = "zh"
"""The language of the pages at the root of the site; those of the other language are in a folder of its name."""
TEMPLATES = Path(__file__).parent / "templates"


class Compiled(BytecodeCache):
    """Templates as they were compiled, once for all languages."""

    def __init__(self) -> None:
        self.known: dict[str, CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from what is known."""
        bucket.code = self.known.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.known[bucket.key] = bucket.code


COMPILED = Compiled()


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the texts of the pages in a language."""
    return texts_in(language, "site")


@cache
def environment(language: str) -> Environment:
    """Return the environment of the templates of a language."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    found.filters |= {"web": web, "linked": linked, "paragraph": partial(paragraph, language)}
    found.globals |= {"t": words(language), "language": language, "tag": TAGS[language]}
    return found


def web(address: object) -> str:
    """Return an address of the web as it is, and an empty text for any other."""
    text = str(address or "")
    return text if is_web(text) else ""


def linked(link: tuple[str, str], home: str) -> Markup:
    """Return a text as a link to an id, or to a path if it holds a slash; without either as it is.

    `home` leads to the root of a language.
    """
    text, record_id = link
    return _linked(text, record_id, home) if record_id else escape(text)


@lru_cache(maxsize=2**12, typed=True)  # units, areas and documents are linked again and again
def _linked(text: str, part_id: str, home: str) -> Markup:
    record, dot, _ = part_id.partition(".")
    anchor = f"#{part_id}" if dot else ""
    address = f"{home}{escape(part_id if '/' in part_id else f'id/{record}/index.html{anchor}')}"
    return Markup(f'<a href="{address}">{escape(text)}</a>')  # noqa: S704 - escaped; `home` is ours


def paragraph(language: str, number: int, document: str, home: str) -> Markup:
    """Return a link to a paragraph of a document."""
    text = words(language)["paragraph n"].format(number=number)
    address = f"{home}id/{escape(document)}/index.html#p{number}"
    return Markup(f'<a href="{address}">{escape(text)}</a>')  # noqa: S704 - escaped; `home` is ours


def render_template(template: str, language: str, depth: int, at: str = "", **values: Any) -> str:
    """Return a page by its template; `depth` counts the folders between it and the root of its language.

    `at` is the path of the site on its host, for a page that hosts show at any address.
    """
    up = Markup("../" * depth)  # noqa: S704 - ours
    root = escape(at) if at else up if language == ROOT_LANGUAGE else Markup(f"../{up}")  # noqa: S704 - ours
    home = home_of(language, root) if at else up
    return environment(language).get_template(f"{template}.html.j2").render(home=home, root=root, **values)


def home_of(language: str, root: Markup) -> Markup:
    """Return the way to the root of a language by the way to that of the site."""
    return root if language == ROOT_LANGUAGE else Markup(f"{root}{language}/")  # noqa: S704 - ours
