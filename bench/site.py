"""How much `factpack site` costs: for the real data, and for corpora of so many records.

`python bench/site.py 10000` copies the real data and makes a corpus, each into a temporary folder, builds them, and
makes the site of each three times with one worker and with two; it prints a line for each. Each making in an empty
folder is followed by one after a record has changed, and by one after nothing has. `--earlier CHECKOUT` makes
those of an earlier checkout in turn, each of its own real data and of a corpus by its own generator; `git worktree add
CHECKOUT REVISION` makes one, and in it there must be `make site`, which installs it and makes the bundle. `--out FILE`
keeps the table.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from race import keep
from runs import Run, run

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
HEADS = (
    *("Program", "Records", "Pages", "Files", "Workers", "Site, s", "CPU, ms a page", "× earlier"),
    *("HTML, kB a page", "× earlier", "gzip, kB a page", "× earlier", "Peak, MiB"),
    *("One record changed", "Nothing changed"),
)


class Checkout(NamedTuple):
    """A checkout of the program, and the folder of what it runs with."""

    name: str
    root: Path
    programs: Path


class Size(NamedTuple):
    """The files of a site, its pages, and their bytes as they are and compressed."""

    files: int
    pages: int
    plain: int
    compressed: int


class Made(NamedTuple):
    """A site that was made some times: by what, of how many records, its size, and each time."""

    name: str
    records: int
    size: Size
    runs: Sequence[Run]
    again: Sequence[tuple[float, float]] = ()
    """The share of each time that making it again took, after one record had changed and after nothing had."""

    @property
    def a_page(self) -> tuple[float, float, float]:
        """Milliseconds of all cores, and kB as they are and compressed, for each page."""
        pages = self.size.pages
        cpu = median(each.cpu for each in self.runs)
        return 1000 * cpu / pages, self.size.plain / 1000 / pages, self.size.compressed / 1000 / pages


def fill(checkout: Checkout, records: int, project: Path) -> None:
    """Put a corpus of so many records into a folder, of 0 the real data."""
    if records:
        generator = checkout.root / "bench" / "generate.py"
        run([[str(checkout.programs / "python"), str(generator), str(records), str(project)]], checkout.root)
    else:
        for name in ("schemas", "sources"):
            shutil.copytree(checkout.root / name, project / name)


def factpack(checkout: Checkout, project: Path, *args: str) -> Run:
    """Run the program of a checkout on a project."""
    return run([[str(checkout.programs / "factpack"), "--root", str(project), *args]], project)


def make(checkout: Checkout, project: Path, workers: int) -> Run:
    """Make the site of a project anew, with nothing left of an earlier one."""
    for left in (project / "dist", project / ".factpack"):
        shutil.rmtree(left, ignore_errors=True)
    factpack(checkout, project, "build")
    return factpack(checkout, project, "site", "--workers", str(workers))


def make_again(checkout: Checkout, project: Path, workers: int, whole: Run) -> tuple[float, float]:
    """Return the share of the CPU of a whole making that one takes after a record has changed, and after nothing."""
    changed = min((project / "sources" / "indicators").glob("*.yaml"))
    changed.write_text(re.sub(r"(?m)^(  en: )(?=\w)", r"\1A ", changed.read_text("utf-8"), count=1), "utf-8")
    factpack(checkout, project, "build")
    one, none = (factpack(checkout, project, "site", "--workers", str(workers)).cpu / whole.cpu for _ in range(2))
    return one, none


def size(site: Path) -> Size:
    """Return how much there is of a site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [path.read_bytes() for path in files if path.suffix == ".html"]
    return Size(len(files), len(pages), sum(map(len, pages)), sum(len(gzip.compress(each, 6)) for each in pages))


def measure(checkouts: Sequence[Checkout], records: int, workers: int, rounds: int) -> list[Made]:
    """Make the sites of checkouts in turn."""
    folder = Path(tempfile.mkdtemp(prefix="site-"))
    try:
        projects = [folder / each.name for each in checkouts]
        for checkout, project in zip(checkouts, projects, strict=True):
            fill(checkout, records, project)
        turns, again = [], []
        for _ in range(rounds):
            turns.append([make(*pair, workers) for pair in zip(checkouts, projects, strict=True)])
            again.append(make_again(checkouts[0], projects[0], workers, turns[-1][0]))
        counts = [len(list((project / "sources").glob("*/*.yaml"))) for project in projects]
        sizes = [size(project / "dist" / "site") for project in projects]
    finally:
        shutil.rmtree(folder)
    names = [each.name for each in checkouts]
    made = [Made(*each) for each in zip(names, counts, sizes, zip(*turns, strict=True), strict=True)]
    return [made[0]._replace(again=again), *made[1:]]


def ratios(made: Made, earlier: Made) -> list[float]:
    """Return what a page costs in ratio to what it cost: the median of each turn's CPU, and its bytes."""
    pages = made.size.pages / earlier.size.pages
    cpu = median(one.cpu / other.cpu / pages for one, other in zip(made.runs, earlier.runs, strict=True))
    return [cpu, *(one / other for one, other in zip(made.a_page[1:], earlier.a_page[1:], strict=True))]


def line(made: Made, earlier: Made | None, workers: int) -> str:
    """Return a line of the table, in ratio to an earlier program if there is one."""
    times = [f"{each:.2f}" for each in ratios(made, earlier)] if earlier else ["–"] * 3
    page = [f"{each:.1f}" for each in made.a_page]
    peak = max(each.peak or 0 for each in made.runs)
    counts = [f"{each:,}" for each in (made.records, made.size.pages, made.size.files, workers)]
    columns = [made.name, *counts, f"{median(each.seconds for each in made.runs):.1f}"]
    columns += [each for pair in zip(page, times, strict=True) for each in pair]
    again = [f"{median(each):.2f}" for each in zip(*made.again, strict=True)] or ["–"] * 2
    return f"| {' | '.join([*columns, f'{peak / 2**20:.0f}' if peak else '–', *again])} |"


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="*", default=[10_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="W")
    parser.add_argument("--earlier", type=Path, metavar="CHECKOUT", help="an earlier checkout, to compare with")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    checkouts = [Checkout("this", ROOT, Path(sys.executable).parent)]
    if chosen.earlier:
        earlier = chosen.earlier.resolve()
        checkouts.append(Checkout("earlier", earlier, earlier / ".venv" / "bin"))
    lines = [f"| {' | '.join(HEADS)} |", "|---|" + "--:|" * (len(HEADS) - 1)]
    print(*lines, sep="\n", flush=True)
    for records in (0, *chosen.records):
        for workers in chosen.workers:
            made = measure(checkouts, records, workers, chosen.rounds)
            beside = [*made[1:], None]  # this one is compared with the earlier one, which is compared with none
            lines += [line(each, other, workers) for each, other in zip(made, beside, strict=True)]
            print(*lines[-len(made) :], sep="\n", flush=True)
    if chosen.out:
        about = (
            f"{chosen.rounds} runs of the whole command, after a build; the first lines are the real data. Seconds are "
            "the median; CPU is that of all processes, and its ratio the median of those of the turns. Pages are HTML. "
            "Making it again is given as a share of the CPU of making it."
        )
        keep(chosen.out, "The site", lines, about)


if __name__ == "__main__":
    main()
