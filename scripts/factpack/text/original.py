"""From the normal form of a paragraph back to the words as they are written: full-width marks, and spaces in names."""

from __future__ import annotations

from factpack.text.token import normal_form


def original(written: str, start: int, end: int) -> str:
    """Return what stands in a written paragraph between two offsets of its normal form.

    Digits and letters have their normal form, as records write them; white space within is one space. Where no
    character stands for each offset, it is the normal form.
    """
    normal = normal_form(written)
    signs = [normal_form(each) for each in written]
    if "".join(signs) == normal:
        places = [at for at, each in enumerate(signs) for _ in each]
        first, last = places[start], places[end - 1] + 1
        kept = zip(written[first:last], signs[first:last], strict=True)
        found = " ".join("".join(sign if sign.isalnum() else each for each, sign in kept).split())
        if normal_form(found) == normal[start:end]:
            return found
    return normal[start:end]
