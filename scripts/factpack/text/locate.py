"""Where the recorded paragraphs are in a text, and how the text differs from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from factpack.problems import echo
from factpack.text.text_record import Text, digest


@dataclass(frozen=True, slots=True)
class Difference:
    """A recorded paragraph that is not in the text as recorded: changed, missing, or added after it."""

    paragraph: int
    kind: str
    found: str = ""
    """How the paragraph begins in the text, as it may be shown."""


def locate(
    known: Text, found: Sequence[str], furniture: Collection[int] = ()
) -> tuple[list[str | None], list[Difference]]:
    """Return the recorded text's paragraphs among those found, and how they differ.

    The recorded paragraphs are looked for as an ordered run; what stands before and after it is ignored. So is what
    has become of the page's furniture (numbers of paragraphs from 1), such as a counter of readings: None stands for
    a paragraph that is taken as it was recorded.
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
    differences = [each for block in blocks if block[0] != "equal" for each in _told(block, found)]
    return [found[index] for _, _, _, low, high in blocks for index in range(low, high)], differences


def _told(block: tuple[str, int, int, int, int], found: Sequence[str]) -> Iterator[Difference]:
    _, low, high, first, last = block
    for step in range(max(high - low, last - first)):
        new = echo(found[first + step][:30]) if first + step < last else ""
        if low + step >= high:
            yield Difference(high, "added", new)
        else:
            yield Difference(low + step + 1, "changed" if new else "missing", new)
