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
    known: Text, texts: Sequence[str], furniture: Collection[int] = ()
) -> tuple[list[str | None], list[Difference]]:
    """Return the recorded paragraphs as the text has them, and the differences.

    The recorded paragraphs are looked for one after another; what is before and after them is ignored. So are changes
    of the paragraphs that are not part of the report (`furniture`, numbers from 1), such as a counter of visitors: for
    these the first list has None.
    """
    recorded, hashes = [each.sha256 for each in known.paragraphs], [digest(each) for each in texts]
    kept = [number not in furniture for number in range(1, len(recorded) + 1)]
    body = [each for each, keep in zip(recorded, kept, strict=True) if keep]
    for start in range(len(hashes) - len(body) + 1):
        run = hashes[start : start + len(recorded)]
        if len(run) == len(recorded) and all(a == b for a, b, keep in zip(run, recorded, kept, strict=True) if keep):
            return [texts[start + index] if keep else None for index, keep in enumerate(kept)], []
        if hashes[start : start + len(body)] == body:
            rest = iter(texts[start : start + len(body)])
            return [next(rest) if keep else None for keep in kept], []
    blocks = SequenceMatcher(None, recorded, hashes, autojunk=False).get_opcodes()
    if blocks and blocks[0][0] == "insert":
        blocks = blocks[1:]
    if blocks and blocks[-1][0] == "insert":
        blocks = blocks[:-1]
    differences = [each for block in blocks if block[0] != "equal" for each in _differences(block, texts)]
    return [texts[index] for _, _, _, low, high in blocks for index in range(low, high)], differences


def _differences(block: tuple[str, int, int, int, int], texts: Sequence[str]) -> Iterator[Difference]:
    """Yield the differences of one block of `SequenceMatcher`: its tag, and the span in both sequences."""
    _, low, high, first, last = block
    for step in range(max(high - low, last - first)):
        new = echo(texts[first + step][:30]) if first + step < last else ""
        if low + step >= high:
            yield Difference(high, "added", new)
        else:
            yield Difference(low + step + 1, "changed" if new else "missing", new)
