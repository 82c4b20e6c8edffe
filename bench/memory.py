"""Corpora that grow, and what `factpack build` takes for each: memory should stay flat, time grow with the rows.

`python bench/memory.py 100000 300000 1000000` builds one corpus for each number of observations, one after the other,
in a temporary folder, and prints a line for each; `--out FILE` keeps the table. The largest takes long to generate
and some GiB of disk.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from pathlib import Path

from generate import FILES, generate
from race import keep
from runs import run

MEAN = 8
"""Observations an indicator: as many as the generator can give."""
INDICATORS = 240
"""Indicators of a full district: all pairs of a topic and a noun."""
SHARE = INDICATORS * 7.2 / FILES
"""Observations for each record file: of a mean of eight, what lies above eight is cut."""


def measure(observations: int, workers: int) -> str:
    """Build a corpus of about so many observations; return a line of the table."""
    folder = Path(tempfile.mkdtemp(prefix="memory-"))
    try:
        project, records = folder / "project", max(100, round(observations / SHARE))
        generate(records, project, MEAN)
        command = [str(Path(sys.executable).parent / "factpack"), "--root", str(project), "build"]
        built = run([[*command, "--workers", str(workers)]], project)
        with (project / "build" / "csv" / "observations.csv").open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
    finally:
        shutil.rmtree(folder)
    peak = f"{built.peak / 2**20:.0f}" if built.peak else "–"
    columns = [f"{records:,}", f"{rows:,}", f"{built.seconds:.1f}", f"{1000 * built.seconds / records:.3f}", peak]
    return f"| {' | '.join(columns)} |"


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("observations", type=int, nargs="*", default=[100_000, 300_000, 1_000_000], metavar="N")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    lines = ["| Record files | Observations | Build, s | ms a record | Peak, MiB |", "|--:|--:|--:|--:|--:|"]
    print(*lines, sep="\n", flush=True)
    for observations in chosen.observations:
        lines.append(measure(observations, chosen.workers))
        print(lines[-1], flush=True)
    if chosen.out:
        about = "The peak is of all processes together, shared pages by share (PSS), looked at ten times a second."
        keep(chosen.out, "Memory", lines, about)


if __name__ == "__main__":
    main()
