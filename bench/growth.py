"""How the cost grows with the work: more and more records, built cold, again unchanged, and after one change.

`python bench/growth.py 1000 10000 100000 300000` makes one corpus after the other in a temporary folder, builds each
with two workers as `bench/race.py` does, and prints a line for each: seconds of all cores for a record, memory, and
how fast each grows from line to line (1.00 where cost grows as the records do). `--out FILE` keeps the table. The
largest takes some GiB of disk.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from math import log
from pathlib import Path

from generate import generate
from race import compiled, keep, ours
from runs import Run, run

SIZES = [1000, 10_000, 100_000, 300_000]
STEPS = {"cold": "nothing kept", "warm": "nothing changed", "one": "one file changed"}


def measure(records: int, rounds: int) -> list[Run]:
    """Return the run of each step for a corpus of so many records, of some rounds that with the median CPU."""
    folder = Path(tempfile.mkdtemp(prefix="growth-"))
    try:
        generate(records, folder / "project", 4)
        two = [each for each in ours(folder / "project") if each.name == "factpack build --workers 2"]
        made: list[list[Run]] = [[] for _ in two]
        for _ in range(rounds):
            for each, its in zip(two, made, strict=True):
                each.before()
                its.append(run(each.commands, each.cwd))
    finally:
        shutil.rmtree(folder)
    return [sorted(its, key=lambda each: each.cpu)[len(its) // 2] for its in made]


def power(one: float, other: float, less: int, more: int) -> str:
    """Return the power of the number of records with which a cost grows between two corpora."""
    return f"{log(other / one) / log(more / less):.2f}"


def table(sizes: Sequence[int], found: Sequence[Sequence[Run]]) -> list[str]:
    """Return the lines of the table."""
    heads = ["Records"]
    for step in STEPS.values():
        heads += [f"{step}, s", "CPU, ms a record", "power", "peak, MiB"]
    lines = [f"| {' | '.join(heads)} |", f"|{'--:|' * len(heads)}"]
    for at, (size, runs) in enumerate(zip(sizes, found, strict=True)):
        columns = [f"{size:,}"]
        for step, each in enumerate(runs):
            grown = power(found[at - 1][step].cpu, each.cpu, sizes[at - 1], size) if at else "–"
            columns += [f"{each.seconds:.2f}", f"{1000 * each.cpu / size:.3f}", grown]
            columns.append(f"{each.peak / 2**20:.0f}" if each.peak else "–")
        lines.append(f"| {' | '.join(columns)} |")
    return lines


def main() -> None:
    """Read the command line, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="*", default=SIZES, metavar="N")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    compiled()
    found: list[list[Run]] = []
    for records in chosen.records:
        found.append(measure(records, chosen.rounds))
        print(f"{records}: {sum(each.seconds for each in found[-1]):.1f} s", file=sys.stderr, flush=True)
    lines = table(chosen.records, found)
    print(*lines, sep="\n")
    if chosen.out:
        about = (
            "With two workers. Seconds are of the clock, CPU that of all processes. A power of 1 says that the cost "
            "grows as the records do; below it, what is done once for all weighs less and less. The peak is of all "
            "processes together, shared pages by share (PSS)."
        )
        keep(chosen.out, "Growth", lines, about)


if __name__ == "__main__":
    main()
