"""Texts and values as they were typed on the command line."""

from __future__ import annotations

import os

from factpack.cli.mistakes import Misuse
from factpack.problems import echo


def typed(text: str) -> str:
    """Return a text as it was typed, in UTF-8, in a locale of other characters, too; raises Misuse for other bytes."""
    if not any("\udc80" <= each <= "\udcff" for each in text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Misuse("not utf-8", text=echo(text)) from error


def pair(text: str) -> tuple[str, str]:
    """Return path and value of PATH=VALUE; raises Misuse."""
    path, sign, value = text.partition("=")
    if not sign or not path:
        raise Misuse("no pair", text=text)
    return path, value
