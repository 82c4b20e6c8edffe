"""Addresses on the web: the one form that is accepted in records, and that pages link to."""

from __future__ import annotations

import re

LIMIT = 2_000
"""Characters; longer ones do not work everywhere."""
_WEB = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?"
)
"""A host with no user before it, and a path of ASCII of which some form escapes only `&` and `'`."""
_MAIL = re.compile(r"[A-Za-z0-9](?:[._+-]?[A-Za-z0-9])*@(?:[A-Za-z0-9](?:-*[A-Za-z0-9])*\.)+[A-Za-z]{2,}")


_TYPED = re.compile(r"(https?://)([^/?#@:]+)((?::[0-9]+)?(?:[/?#][^\s<>\"{}|\\^`]*)?)")
"""An address as browsers show it: a host, and a path with letters of any language."""


def encoded(address: str) -> str:
    """Return an address with letters of other languages as programs take it (RFC 3986), or an empty text."""
    from urllib.parse import quote

    typed = _TYPED.fullmatch(address)
    if not typed or address.isascii() or len(address) > LIMIT:
        return ""
    scheme, host, rest = typed.groups()
    try:
        return scheme + host.encode("idna").decode() + quote(rest, safe="!#$%&'()*+,/:;=?@~")
    except UnicodeError:
        return ""


def is_web(address: str) -> bool:
    """Say whether a text is an address of the web and nothing else."""
    return len(address) <= LIMIT and _WEB.fullmatch(address) is not None


def is_mail(address: str) -> bool:
    """Say whether a text is the address of a mailbox and nothing else."""
    return len(address) <= LIMIT and _MAIL.fullmatch(address) is not None
