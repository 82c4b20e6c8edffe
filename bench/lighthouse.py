"""How fast pages are on a telephone, as Lighthouse simulates one: home, a record, and a list.

`python bench/lighthouse.py` serves `dist/site` (`make site`), lets Lighthouse judge each page five times after one run
of it that is left out, and prints a line for each: the median score and its range, and the medians of what the score
is made of. It ends with 1 where a median is below 95. Lighthouse reckons from the time that this machine takes, so
nothing else may run. `npm ci --ignore-scripts --prefix tests` and Chromium must be there; `--out FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from race import keep

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("index.html", "id/ind-gdp/index.html", "list/indicators/index.html")
ROUNDS = 5
ENOUGH = 95
PARTS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def judged(site: Path, rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Return what Lighthouse says of each page, a run at a time; the first, which warms the browser up, is left out."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if node is None or chromium is None:
        sys.exit("Node.js and Chromium are needed (apt-get install nodejs chromium)")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked = {
            "chromium": chromium,
            "base": f"http://127.0.0.1:{server.server_port}/",
            "paths": PAGES,
            "categories": ["performance"],
            "runs": rounds + 1,
        }
        command = [node, str(ROOT / "tests" / "browser" / "lighthouse.mjs"), json.dumps(asked)]
        done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        server.shutdown()
    if done.returncode:
        sys.exit("Lighthouse did not run; `npm ci --ignore-scripts --prefix tests` installs it")
    told: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    if wrong := next((run["error"] for runs in told.values() for run in runs if run["error"]), ""):
        sys.exit(f"Lighthouse could not judge a page: {wrong}")
    return {path: runs[1:] for path, runs in told.items()}


def line(path: str, runs: list[dict[str, Any]]) -> tuple[float, str]:
    """Return the median score of a page and its line of the table."""
    scores = [100 * run["scores"]["performance"] for run in runs]
    middle = [statistics.median(run["values"][each] for run in runs) for each in PARTS]
    times = [f"{each / 1000:.2f}" for each in middle[:3]]
    columns = [f"`{path}`", f"{statistics.median(scores):.0f}", f"{min(scores):.0f}–{max(scores):.0f}", *times]
    return statistics.median(scores), f"| {' | '.join([*columns, f'{middle[3]:.3f}'])} |"


def main() -> int:
    """Read the command line, print the table, and say whether each page is fast enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    site = ROOT / "dist" / "site"
    if not (site / "index.html").is_file():
        sys.exit("dist/site is not there; `make site` makes it")
    told = judged(site, chosen.rounds)
    found = [line(path, runs) for path, runs in told.items()]
    heads = ["Page", "Score, median", "Range", "First paint, s", "Largest paint, s", "Blocking, s", "Shift"]
    lines = [f"| {' | '.join(heads)} |", "|---|--:|--:|--:|--:|--:|--:|", *(each for _, each in found)]
    print(*lines, sep="\n")
    if chosen.out:
        index = statistics.median(run["machine"] for runs in told.values() for run in runs)
        about = (
            f"Lighthouse's performance score as on a telephone (slow 4G, a processor four times slower than this one), "
            f"{chosen.rounds} runs a page. By its own benchmark this machine has {index:.0f} points. In what does not "
            "depend on time (accessibility, best practices, SEO), `tests/browser/test_browser.py` asks for 95."
        )
        keep(chosen.out, "Pages in a browser", lines, about)
    return int(min(score for score, _ in found) < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
