"""Texts in Markdown: of what a stranger wrote, nothing is markup."""

from __future__ import annotations

import re


def code(value: str) -> str:
    """Return a text as a Markdown code span that nothing in it can end."""
    fence = "`" * (1 + max(map(len, re.findall("`+", value)), default=0))
    pad = " " if "`" in value[:1] + value[-1:] else ""
    return f"{fence}{pad}{value}{pad}{fence}"


_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&@#]|(?<=:)/|(?<=www)[.]")


def escaped(value: str) -> str:
    """Return a text in which nothing is Markdown, HTML, a mention or a link."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", value)
