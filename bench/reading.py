"""How long it takes to read the numbers of texts, in ratio to an earlier checkout; both take turns in one process.

`python bench/reading.py EARLIER TEXT...` reads each paragraph of the texts so many times (`--rounds`) with either, and
takes the shortest time of each paragraph, so that other work on the machine falls out. `git worktree add EARLIER
REVISION` makes an earlier checkout. `--out FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from race import keep

ROOT = Path(__file__).resolve().parent.parent
Reader = Callable[[str], Sequence[Any]]


def reader(checkout: Path) -> tuple[Reader, float, float]:
    """Return what reads the numbers of a paragraph in a checkout, and the seconds of its import and first call."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "factpack"]:
        del sys.modules[name]
    sys.path.insert(0, str(checkout / "scripts"))
    try:
        start = time.perf_counter()
        tokenise: Reader = importlib.import_module("factpack.text.tokens").tokenise
        imported = time.perf_counter()
        tokenise("新增3个")
        return tokenise, imported - start, time.perf_counter() - imported
    finally:
        sys.path.pop(0)


def paragraphs(texts: Sequence[Path]) -> list[str]:
    """Return the paragraphs of texts, in normal form."""
    split: Callable[[str], list[str]] = importlib.import_module("factpack.text.text_record").split
    return [paragraph for text in texts for paragraph in split(text.read_text("utf-8"))]


def taken(readers: Sequence[Reader], listed: Sequence[str], rounds: int) -> list[float]:
    """Return the seconds of each reader for all paragraphs, of each paragraph the shortest of all rounds."""
    best = [[float("inf")] * len(listed) for _ in readers]
    for _ in range(rounds):
        for at, paragraph in enumerate(listed):
            for tokenise, shortest in zip(readers, best, strict=True):
                start = time.perf_counter()
                tokenise(paragraph)
                shortest[at] = min(shortest[at], time.perf_counter() - start)
    return [sum(each) for each in best]


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    found = [reader(checkout) for checkout in (chosen.earlier, ROOT)]
    listed = paragraphs(chosen.texts)
    seconds = taken([tokenise for tokenise, *_ in found], listed, chosen.rounds)
    counts = [sum(len(tokenise(paragraph)) for paragraph in listed) for tokenise, *_ in found]
    lines = [
        "| Checkout | Import, ms | First call, ms | Numbers | All paragraphs, ms | Ratio |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, (_, *starts), count, each in zip(("earlier", "this"), found, counts, seconds, strict=True):
        shown = " | ".join(f"{1000 * value:.1f}" for value in starts)
        lines.append(f"| {name} | {shown} | {count:,} | {1000 * each:.1f} | {each / seconds[0]:.2f} |")
    print(*lines, sep="\n")
    if chosen.out:
        about = f"{len(listed):,} paragraphs, {sum(map(len, listed)):,} characters; {chosen.rounds} rounds."
        keep(chosen.out, "Reading numbers", lines, about)


if __name__ == "__main__":
    main()
