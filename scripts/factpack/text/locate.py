"""Finds the recorded paragraphs in a text, and says how the text differs from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from factpack.problems import echo
from factpack.text.text_record import Text, digest


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference at a recorded paragraph: it is changed or missing, or another is added after it."""

    paragraph: int
    kind: str
    found: str = ""
    """The beginning of the paragraph in the text, as it may be shown."""


def locate(
    known: Text, found: Sequence[str], furniture: Collection[int] = ()
) -> tuple[list[str | None], list[Difference]]:
    """Return the recorded paragraphs as the text has them, and the differences.

    The recorded paragraphs are looked for one after another; what is before and after them is ignored. So are changes
    of the paragraphs that are not part of the report (`furniture`, numbers from 1), such as a counter of visitors: for
    these the first list has None.
    """
    wanted, given = [each.sha256 for each in known.paragraphs], [digest(each) for each in found]
    kept = [number not in furniture for number in range(1, len(wanted) + 1)]
    body = [each for each, keep in zip(wanted, kept, strict=True) if keep]
    for start in range(len(given) - len(body) + 1):
        run = given[start : start + len(wanted)]
        if len(run) == len(wanted) and all(a == b for a, b, keep in zip(run, wanted, kept, strict=True) if keep):
            return [found[start + index] if keep else None for index, keep in enumerate(kept)], []
        if given[start : start + len(body)] == body:
            rest = iter(found[start : start + len(body)])
            return [next(rest) if keep else None for keep in kept], []
    blocks = SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes()
    if blocks and blocks[0][0] == "insert":
        blocks = blocks[1:]
    if blocks and blocks[-1][0] == "insert":
        blocks = blocks[:-1]
    differences = [each for block in blocks if block[0] != "equal" for each in _differences(block, found)]
    return [found[index] for _, _, _, low, high in blocks for index in range(low, high)], differences


def _differences(block: tuple[str, int, int, int, int], found: Sequence[str]) -> Iterator[Difference]:
    """Yield the differences of one block of `SequenceMatcher`: its tag, and the span in both sequences."""
    _, low, high, first, last = block
    for step in range(max(high - low, last - first)):
        new = echo(found[first + step][:30]) if first + step < last else ""
        if low + step >= high:
            yield Difference(high, "added", new)
        else:
            yield Difference(low + step + 1, "changed" if new else "missing", new)
