"""Addresses on the web: the one form that is accepted in records, and that pages link to."""

from __future__ import annotations

import re

LIMIT = 2_000
"""Characters; longer ones do not work everywhere."""
_WEB = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]*)?"
)
"""A host with no user before it, and a path of ASCII of which some form escapes only `&` and `'`."""


def is_web(address: str) -> bool:
    """Say whether a text is an address of the web and nothing else."""
    return len(address) <= LIMIT and _WEB.fullmatch(address) is not None
