"""How fast the search is in a browser, on this machine and with a processor four times slower, as in a telephone.

`python bench/search.py` opens the search page of `dist/site` (`make site`) five times for each and searches for some of
the everyday words of the project. The first search of a page also makes it ready; nothing is made ready beforehand.
It prints the medians over the five, and ends with 1 where one is above its bound. `npm ci --ignore-scripts --prefix
tests` and Chromium must be there; `--out FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from race import keep

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
QUERIES = 60
"""Everyday words that are searched for, from all of them at equal distances."""
LANGUAGES = {"zh": "", "en": "en/"}
BOUNDS = {1: (150, 20), 4: (600, 80)}
"""Milliseconds of the first search and of each later one, by how much slower the processor is."""
HEAVIEST = 120_000
"""Bytes of the data of a language, compressed."""


def everyday(site: Path, home: str) -> list[str]:
    """Return some of the everyday words that the search of a language knows."""
    script = (site / home / "search" / "data.js").read_text("utf-8")
    known = json.loads(script.removeprefix("window.known = ").removesuffix(";\n"))
    found = [word for words, *_ in known["everyday"] for word in words]
    return found[:: max(len(found) // QUERIES, 1)][:QUERIES]


def weight(site: Path, home: str) -> int:
    """Return the bytes of the data of a language, compressed."""
    return len(gzip.compress((site / home / "search" / "data.js").read_bytes()))


def measured(site: Path, home: str, queries: list[str]) -> list[dict[str, Any]]:
    """Return the milliseconds of every search, for each rate."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if node is None or chromium is None:
        sys.exit("Node.js and Chromium are needed (apt-get install nodejs chromium)")
    base = f"{site.as_uri()}/"
    asked = {"chromium": chromium, "base": base, "homes": [home], "rates": list(BOUNDS), "queries": queries}
    program = ROOT / "tests" / "browser" / "speed.mjs"
    command = [node, str(program), json.dumps(asked)]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit("The search did not run; `npm ci --ignore-scripts --prefix tests` installs what it needs")
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def line(language: str, rate: int, rounds: list[list[float]], size: int) -> tuple[bool, str]:
    """Return whether the search of a language keeps its bounds, and its line of the table."""
    first = statistics.median(each[0] for each in rounds)
    later = [statistics.median(times) for times in zip(*(each[1:] for each in rounds), strict=True)]
    columns = [language, f"{rate}×", f"{first:.0f}", f"{statistics.median(later):.1f}", f"{max(later):.0f}"]
    fits = first <= BOUNDS[rate][0] and max(later) <= BOUNDS[rate][1] and size <= HEAVIEST
    return fits, f"| {' | '.join([*columns, f'{size / 1000:.0f}'])} |"


def main() -> int:
    """Read the command line, print the table, and say whether the search is fast enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "dist" / "site", metavar="DIR", help="the site to search")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    site = chosen.site.resolve()
    if not (site / "index.html").is_file():
        sys.exit(f"{chosen.site} is no site; `make site` makes one")
    found = []
    for language, home in LANGUAGES.items():
        queries = everyday(site, home) or ["2025"]
        rounds = [measured(site, home, queries) for _ in range(chosen.rounds)]
        for rate in BOUNDS:
            times = [told["times"] for each in rounds for told in each if told["rate"] == rate]
            found.append(line(language, rate, times, weight(site, home)))
    heads = ["Language", "Processor slower", "First, ms", "Later, median, ms", "Later, slowest, ms", "Data, kB gzip"]
    lines = [f"| {' | '.join(heads)} |", "|---|--:|--:|--:|--:|--:|", *(each for _, each in found)]
    print(*lines, sep="\n")
    if chosen.out:
        about = (
            f"Medians of {chosen.rounds} openings of the page, in each of which {QUERIES} everyday words of "
            "`sources/search.yaml` are searched for, with results and layout. Bounds: 150 ms for the first search and "
            "20 ms for each later one; four times slower 600 and 80 ms; 120 kB of data."
        )
        keep(chosen.out, "The search", lines, about)
    return int(not all(fits for fits, _ in found))


if __name__ == "__main__":
    sys.exit(main())
