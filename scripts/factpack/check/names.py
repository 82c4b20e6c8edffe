"""Names in a passage: where they stand, which are only parts of longer ones, and to which a number belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from factpack.text.tokens import Token

STREAKS = ("年", "连降", "连增", "连升", "个月", "季度", "个季度")
"""Units in which the periods of a claim are counted: 连续四年, 五连降."""


def spans(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text: start, end."""
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def is_longer(name: str, form: str) -> bool:
    """Say whether a name holds a form and more; quotation marks around the whole make no other name."""
    return form in name and name.strip("“”‘’《》") != form.strip("“”‘’《》")


def stands_free(form: str, text: str, longer: Sequence[str]) -> bool:
    """Say whether a form stands in a text otherwise than inside one of the longer names."""
    if not longer:
        return form in text
    covered = [span for name in longer for span in spans(name, text)]
    return any(not any(low <= start and end <= high for low, high in covered) for start, end in spans(form, text))


def neighbour(text: str, token: Token, tokens: Sequence[Token], forms: Collection[str], others: Collection[str]) -> str:
    """Return the name that a number belongs to by its place where it is another's, else nothing.

    A number belongs to the name right behind it (14个街道), else to the one that ends last before it, else to the first
    one behind it; a name inside a longer one does not count. Where the longer name has a number of its own between, its
    parts count again: in 高考一本上线率突破70%、校校都有600分 the 600 may be of 高考.
    """
    found = {span for name in {*forms, *others} for span in spans(name, text)}
    outer = [a for a in found if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in found)]
    first = token.reach_start if token.series else token.start
    behind = min((span for span in outer if span[0] >= token.start), default=None)
    before = max((span for span in outer if span[1] <= first), key=lambda span: span[1], default=None)
    nearest = behind if behind and behind[0] == token.end else before or behind
    name = text[slice(*nearest)] if nearest else ""
    if not nearest or name in forms:
        return ""
    between = (each for each in tokens if each.value is not None and each.unit not in STREAKS)
    apart = any(nearest[1] <= each.start and each.end <= first for each in between)
    return "" if apart and any(form in name for form in forms) else name
