"""A token as the cases write it: its reach, itself in brackets, and its reading, `突破[2100亿元] = over 2100 亿元`."""

from __future__ import annotations

from factpack.text.ratios import members
from factpack.text.token import Token, plain
from factpack.text.tokens import tokenise


def reading(paragraph: str, token: Token) -> str:
    """Write a token as the cases do."""
    before, after = paragraph[token.reach_start : token.start], paragraph[token.end : token.reach_end]
    words = ["fall"] * (token.sign < 0) + [token.bound] * (token.bound != "exact")
    if token.kind == "quantity":
        words += [plain(token.value), token.unit]
    elif token.kind == "rank":
        words += ["rank", f"{token.value}"]
    elif token.kind == "ratio":
        words += ["ratio", ":".join(map(plain, members(token.text)))]
    else:
        words += [token.kind, token.period or ""]
    words += [f"#{token.series[0]}/{token.series[1]}"] if token.series else []
    return f"{before}[{token.text}]{after} = {' '.join(filter(None, words))}"


def all_readings(paragraph: str) -> list[str]:
    return [reading(paragraph, token) for token in tokenise(paragraph)]
