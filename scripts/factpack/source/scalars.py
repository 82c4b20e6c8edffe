"""Plain scalars: the value of a text without quotes, and which texts YAML 1.1 and 1.2 read differently."""

from __future__ import annotations

import re
from decimal import Decimal

import yaml

_INT = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"(?!-0\.0*\Z)-?(?:0|[1-9][0-9]*)\.[0-9]+")
_OTHERWISE = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?"  # numbers in YAML 1.2
    r"|[-+]?[0-9][0-9_,]*(?:\.[0-9_,]*)?|[-+]?0[box][0-9a-f_,]*"  # digits in groups, other bases
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # sexagesimal
    r"|-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9]{1,2}:.*)?"  # dates and times
    r"|[-+]?\.(?:inf|nan)|[yn]|yes|no|on|off|true|false|null",
    re.IGNORECASE | re.ASCII,
)
"""Plain scalars that some reader of YAML 1.1 or 1.2 does not read as a text."""
_SUSPECT = re.compile(r"[-+.0-9~=<]|[yYnNtTfFoO]")
_RESOLVER = yaml.resolver.Resolver()
_NUMBER_LIMIT = 300
"""Characters; a longer number is 0 or infinite in 64 bits, as many readers keep it."""
_NULLS = ("", "~", "null")


def resolve(text: str) -> object:
    """Return the value of a plain scalar; Ellipsis if readers of YAML 1.1 and 1.2 disagree on it."""
    if not text or _SUSPECT.match(text):
        if text in _NULLS:
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INT.fullmatch(text):
            return int(text) if len(text) <= _NUMBER_LIMIT else Ellipsis
        if _DECIMAL.fullmatch(text):
            return Decimal(text) if len(text) <= _NUMBER_LIMIT else Ellipsis
        tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
        if tag != "tag:yaml.org,2002:str" or _OTHERWISE.fullmatch(text):
            return Ellipsis
    return text
