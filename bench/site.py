"""How long `factpack site` takes: for the real data, and for corpora of so many records.

`python bench/site.py 10000` copies the real data and makes a corpus, each into a temporary folder, builds them, and
makes the site of each three times with one worker and with two; it prints a line for each. `--out FILE` keeps the
table. The bundle must be there: `make site` makes it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from generate import generate
from race import keep
from runs import run

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def measure(records: int, workers: int, rounds: int) -> str:
    """Make the site of a corpus of so many records, of 0 that of the real data; return a line of the table."""
    folder = Path(tempfile.mkdtemp(prefix="site-"))
    try:
        project = folder / "project"
        if records:
            generate(records, project)
        else:
            for name in ("schemas", "sources"):
                shutil.copytree(ROOT / name, project / name)
        factpack = [str(Path(sys.executable).parent / "factpack"), "--root", str(project)]
        run([[*factpack, "build"]], project)
        made = [run([[*factpack, "site", "--workers", str(workers)]], project) for _ in range(rounds)]
        count = len(list((project / "sources").glob("*/*.yaml")))
        files = sum(1 for path in (project / "dist" / "site").rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder)
    seconds, peak = statistics.median(each.seconds for each in made), max(each.peak or 0 for each in made)
    columns = [f"{count:,}", f"{files:,}", str(workers), f"{seconds:.1f}", f"{1000 * seconds / count:.1f}"]
    return f"| {' | '.join([*columns, f'{peak / 2**20:.0f}' if peak else '–'])} |"


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="*", default=[10_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    lines = ["| Records | Files | Workers | Site, s | ms a record | Peak, MiB |", "|--:|--:|--:|--:|--:|--:|"]
    print(*lines, sep="\n", flush=True)
    for records in (0, *chosen.records):
        for workers in (1, 2):
            lines.append(measure(records, workers, chosen.rounds))
            print(lines[-1], flush=True)
    if chosen.out:
        about = f"Median of {chosen.rounds} runs of the whole command, after a build; the first line is the real data."
        keep(chosen.out, "The site", lines, about)


if __name__ == "__main__":
    main()
