"""Tells what a file is by its first bytes, and returns the characters of a text or of a page as browsers save it.

A page is saved alone, with its pictures beside it, or as one file with all parts (MHTML); as bytes of the site, or in
UTF-8. What is neither a text nor a page is refused by name.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage

_KINDS: tuple[tuple[str, bytes], ...] = (
    ("pdf", rb"\A.{0,1024}?%PDF-"),
    ("webarchive", rb"\Abplist00|\A.{0,1024}?<!DOCTYPE plist"),
    ("word", rb"\A\{\\rtf|\A\xd0\xcf\x11\xe0|\APK\x03\x04.{0,65536}?(?:word|ppt|xl|Object)/|\APK\x03\x04.{26}mimetype"),
    ("packed", rb"\APK[\x03\x05\x07]|\A\x1f\x8b|\ABZh|\A\xfd7zXZ|\A7z\xbc\xaf|\ARar!|\A\x28\xb5\x2f\xfd"),
    (
        "picture",
        rb"\A\x89PNG|\A\xff\xd8\xff|\AGIF8|\ARIFF.{4}WEBP|\AII\*\x00|\AMM\x00\*|\A.{4}ftyp(?:avif|hei|mif)|\A<svg",
    ),
)
"""Kinds of files that are neither text nor page, with how they begin."""
_COMPILED = [(kind, re.compile(begins, re.DOTALL)) for kind, begins in _KINDS]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAIL = re.compile(rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_PARTS = re.compile(
    rb"^Content-Type:\s*(?:multipart/related|multipart/mixed|text/html)\b", re.IGNORECASE | re.MULTILINE
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE
)
_CODECS = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
"""Codings that a page may declare besides UTF-8 and GB18030, which holds GB 2312 and GBK."""
_FIELD = re.compile(r"^ *(?:- )?[a-z][a-z0-9_]*:(?: |$)", re.MULTILINE)
_COLUMNS = re.compile(r"\A[a-z][a-z0-9_]*(?:[,\t][a-z][a-z0-9_]*){2,}\r?$", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_WITHIN = re.compile(rb"^Content-Type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_WITHIN_LIMIT, _PARTS_LIMIT = 20, 2_000
"""Parts made of parts, and parts, that a page saved as one file may have; reading parts within parts takes time that
grows with the square of their number."""


class UnreadableText(Exception):
    """The file has no text that a record can be verified against; its reason has a text under `errors` of the room."""

    def __init__(self, which: str, /, **values: object) -> None:
        super().__init__(which, values)
        self.which, self.values = which, values


def characters(raw: bytes) -> str:
    """Return the characters of a text or page; raises UnreadableText for what is neither."""
    for kind, begins in _COMPILED:
        if begins.match(raw):
            raise UnreadableText(f"text {kind}")
    text = _decoded(*_main_part(raw)) if _is_mail(raw) else _decoded(raw)
    if "\0" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise UnreadableText("text binary")
    if _is_data(text):
        raise UnreadableText("text data")
    return text


def _is_mail(raw: bytes) -> bool:
    head = _MAIL.match(raw[:65_536])
    return head is not None and _PARTS.search(head[0]) is not None


def _main_part(raw: bytes) -> tuple[bytes, str]:
    """Return the page among the parts of a file, and its coding; raises UnreadableText."""
    from email import message_from_bytes, policy

    if len(_WITHIN.findall(raw)) > _WITHIN_LIMIT:
        raise UnreadableText("text mhtml")
    try:
        message: EmailMessage = message_from_bytes(raw, policy=policy.default)
        for part in _pages(message):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content, str(part.get_content_charset() or "")
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableText("text mhtml") from error
    raise UnreadableText("text mhtml")


def _pages(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the pages of a message: the one that its header names, then the others in order."""
    parts = [part for part, _ in zip(message.walk(), range(_PARTS_LIMIT), strict=False)]
    pages = [each for each in parts if each.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start", "")
    yield from (each for each in pages if start and str(each.get("Content-ID", "")).strip() == str(start).strip())
    yield from pages


def _decoded(raw: bytes, declared: str = "") -> str:
    """Return the characters of bytes: by their mark, in UTF-8, as declared, or in GB18030; raises UnreadableText."""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    found = _CHARSET.search(raw[:4096])
    named = (declared or (found[1].decode() if found else "")).lower()
    if not marked and b"\0" in raw and not named.startswith("utf-16"):
        raise UnreadableText("text binary")
    for coding in (marked,) if marked else ("utf-8", _CODECS.get(named, "gb18030")):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            pass
    raise UnreadableText("text coding")


def _is_data(text: str) -> bool:
    """Say whether a text is JSON, a table, or a record in YAML, as this project itself has them."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return isinstance(json.loads(text), (dict, list))
        except (ValueError, RecursionError):
            return False
    lines = text[:4096].split("\n")
    return _COLUMNS.match(text) is not None or (
        len(lines) > 2 and 2 * len(_FIELD.findall(text[:4096])) > sum(bool(line.strip()) for line in lines)
    )
