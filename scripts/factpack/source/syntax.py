"""Where the YAML parser stops: why, in words of our own, and which full-width signs in the file it could not read."""

from __future__ import annotations

from factpack.problems import Problem
from factpack.source.full_width import Sign, meant, sign_in_value, signs
from factpack.source.marks import Mark
from factpack.words import LANGUAGES, texts

_REACH = 2
"""Lines before the one where the parser stops that may have the sign which it did not understand."""


def syntax_problems(path: str, text: str, place: Mark, said: str) -> list[Problem]:
    """Return what is wrong with a file that cannot be read beyond a place, where its parser said something.

    A line that begins with a full-width sign is a cause by itself, wherever it is; near the place it explains the rest.
    """
    found = list(signs(text))
    near = sign_in_value(text, place[0]) if place[0] not in {sign.line for sign in found} else None
    found += [near] if near else []
    told = [_of_sign(path, sign) for sign in found]
    if any(place[0] - _REACH <= sign.line <= place[0] for sign in found):
        return told
    words = texts("source", "syntax")
    why = words.get(said) or words["other"]
    return [
        Problem(path, *place, "yaml-syntax", "", {f"words_{each}": why[each].format() for each in LANGUAGES}),
        *told,
    ]


def sign_problems(path: str, text: str) -> list[Problem]:
    """Return the full-width signs that lines of a file begin with."""
    return [_of_sign(path, sign) for sign in signs(text)]


def _of_sign(path: str, sign: Sign) -> Problem:
    return Problem(path, sign.line, sign.column, "full-width-sign", "", shown_sign(sign.found, sign.wanted))


def shown_sign(found: str, wanted: str) -> dict[str, str]:
    """Return a full-width sign and the one that is meant as values of a problem."""
    words = texts("source", "signs")
    told = words["space"] if wanted == " " else words["sign"]
    shown = f"U+{ord(found):04X}" if found.isspace() else found
    return {"found": shown, **{f"wanted_{each}": told[each].format(sign=wanted) for each in LANGUAGES}}


def sign_meant(text: str) -> dict[str, str] | None:
    """Return the full-width sign that makes a text out of something else, as values of a problem; None without."""
    sign = meant(text)
    return shown_sign(*sign) if sign else None


def quotes_meant(value: object) -> dict[str, str] | None:
    """Return the full-width quotation mark around a text that has another form without it; None without."""
    return sign_meant(value) if isinstance(value, str) and value.startswith(("“", "‘", "＂", "＇")) else None
