"""The published text that a command is given: a file, or the one of its document in a folder of texts."""

from __future__ import annotations

import os
from pathlib import Path

from factpack.cli.mistakes import Misuse
from factpack.disk.files import NotRegular, read_file
from factpack.text.page import PAGE_LIMIT, as_written, paragraphs
from factpack.text.saved import UnreadableText
from factpack.text.token import normal_form


def text_given(document: str, file: str | None) -> Path:
    """Return the file that was given, else the text of a document in the folder of texts; raises Misuse."""
    if file is not None:
        return Path(file)
    folder = os.environ.get("FACTPACK_TEXTS")
    if not folder:
        raise Misuse("no text named")
    return Path(folder) / f"{document}.txt"


def read_published(source: Path) -> tuple[list[str], dict[str, str]]:
    """Return the paragraphs of a text or saved page, and by these how they are written; raises Misuse."""
    try:
        raw = read_file(source, PAGE_LIMIT + 1)
    except NotRegular as error:
        raise Misuse("text not regular", path=source) from error
    except OSError as error:
        raise Misuse("no text", path=source, reason=error.strerror) from error
    if len(raw) > PAGE_LIMIT:
        raise Misuse("text large", path=source, limit=PAGE_LIMIT >> 20)
    try:
        return paragraphs(raw), {normal_form(each): each for each in as_written(raw)}
    except UnreadableText as error:
        raise Misuse(error.which, path=source, **error.values) from error
