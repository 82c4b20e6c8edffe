"""Templating: Jinja2 as the pages use it, with everything escaped, nothing undefined, and no link but to the web."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

LANGUAGES = ("zh", "en")
TAGS = {"zh": "zh-CN", "en": "en"}
"""Languages as HTML names them."""
HERE = Path(__file__).parent


@cache
def words(language: str) -> Mapping[str, str]:
    """Return what the pages say in a language."""
    with (HERE / "words.yaml").open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=yaml.CSafeLoader)
    return {key: str(each[language]) for key, each in found.items()}


@cache
def environment() -> Environment:
    """Return the environment of the templates."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.filters["web"] = web
    return made


def web(address: object) -> str:
    """Return an address of the web as it is, and nothing for one of another kind."""
    text = str(address or "")
    return text if text.startswith(("https://", "http://")) else ""


def rendered(template: str, language: str, depth: int, **values: Any) -> bytes:
    """Return a page of a language that lies so many folders below the root of its language."""
    up = "../" * depth
    root = up if language == LANGUAGES[0] else f"../{up}"
    said = words(language)
    made = environment().get_template(f"{template}.html.j2")
    return made.render(
        t=said, language=language, tag=TAGS[language], home=up or "./", root=root or "./", **values
    ).encode("utf-8")
