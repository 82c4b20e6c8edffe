"""How long `factpack site` takes: for the real data, and for corpora of so many records.

`python bench/site.py 10000` copies the real data and makes a corpus, each into a temporary folder, builds them, and
makes the site of each three times with one worker and with two; it prints a line for each. Each making in an empty
folder is followed by one after a record has changed, and by one after nothing has: their ratio is the median over the
pairs, by the seconds of all cores. `--out FILE` keeps the table. The bundle must be there: `make site` makes it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from generate import generate
from race import keep
from runs import Run, run

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
        made = [_round(project, workers) for _ in range(rounds)]
        count = len(list((project / "sources").glob("*/*.yaml")))
        files = sum(1 for path in (project / "dist" / "site").rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder)
    whole = [each[0] for each in made]
    seconds, cpu = (statistics.median(each) for each in zip(*((run.seconds, run.cpu) for run in whole), strict=True))
    one, none = (statistics.median(each[at].cpu / each[0].cpu for each in made) for at in (1, 2))
    peak = max(each.peak or 0 for each in whole)
    columns = [f"{count:,}", f"{files:,}", str(workers), f"{seconds:.1f}", f"{1000 * cpu / count:.1f}"]
    columns += [f"{one:.2f}", f"{none:.2f}", f"{peak / 2**20:.0f}" if peak else "–"]
    return f"| {' | '.join(columns)} |"


def _round(project: Path, workers: int) -> tuple[Run, Run, Run]:
    """Make the site in an empty folder, again after one record has changed, and once more after nothing has."""
    factpack = [str(Path(sys.executable).parent / "factpack"), "--root", str(project)]
    site = [*factpack, "site", "--workers", str(workers)]
    for left in (project / "dist", project / ".factpack"):
        shutil.rmtree(left, ignore_errors=True)
    run([[*factpack, "build"]], project)
    whole = run([site], project)
    changed = min((project / "sources" / "indicators").glob("*.yaml"))
    changed.write_text(re.sub(r"(?m)^(  en: )(?=\w)", r"\1A ", changed.read_text("utf-8"), count=1), "utf-8")
    run([[*factpack, "build"]], project)
    return whole, run([site], project), run([site], project)


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="*", default=[10_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    heads = [
        "Records",
        "Files",
        "Workers",
        "Site, s",
        "CPU, ms a record",
        "One record changed",
        "Nothing changed",
        "Peak, MiB",
    ]
    lines = [f"| {' | '.join(heads)} |", f"|{'--:|' * len(heads)}"]
    print(*lines, sep="\n", flush=True)
    for records in (0, *chosen.records):
        for workers in (1, 2):
            lines.append(measure(records, workers, chosen.rounds))
            print(lines[-1], flush=True)
    if chosen.out:
        about = (
            f"Medians of {chosen.rounds} rounds of the whole command, after a build; the first line is the real data."
        )
        keep(chosen.out, "The site", lines, about)


if __name__ == "__main__":
    main()
