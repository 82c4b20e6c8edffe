"""How good pages are on a telephone, as Lighthouse simulates one: one of each type of page.

`python bench/lighthouse.py` serves `dist/site` (`make site`) compressed, as hosts do, lets Lighthouse judge each page
five times after one run of it that is left out, and prints a line for each: the median of its scores, the range of that
for speed, and the medians of what this one is made of. It ends with 1 where a median is below 95. Lighthouse reckons
speed from the time that this machine takes, so nothing else may run. `npm ci --ignore-scripts --prefix tests` and
Chromium must be there; `--out FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import sys
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from race import keep

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    *("index.html", "id/ind-gdp/index.html", "list/indicators/index.html", "targets/index.html"),
    *("theme/economy/index.html", "list/observations/index.html", "board/index.html"),
)
SPEED = "performance"
JUDGED = {SPEED: "Speed", "accessibility": "Accessibility", "best-practices": "Best practices", "seo": "SEO"}
"""What Lighthouse judges, and the headings of its scores."""
ROUNDS = 5
ENOUGH = 95
PARTS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


class Host(SimpleHTTPRequestHandler):
    """Serves a folder as hosts do, its files compressed, and says nothing."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            super().do_GET()
            return
        sent = gzip.compress(path.read_bytes(), 6)
        self.send_response(HTTPStatus.OK)
        heads = {"Type": self.guess_type(path), "Encoding": "gzip", "Length": str(len(sent))}
        for name, value in heads.items():
            self.send_header(f"Content-{name}", value)
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def judged(site: Path, rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Return what Lighthouse says of each page, a run at a time; the first, which warms the browser up, is left out."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if node is None or chromium is None:
        sys.exit("Node.js and Chromium are needed (apt-get install nodejs chromium)")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked = {
            "chromium": chromium,
            "base": f"http://127.0.0.1:{server.server_port}/",
            "paths": PAGES,
            "categories": [*JUDGED],
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
    """Return the lowest of the median scores of a page, and its line of the table."""
    scores = {name: [100 * run["scores"][name] for run in runs] for name in JUDGED}
    medians = [statistics.median(each) for each in scores.values()]
    middle = [statistics.median(run["values"][each] for run in runs) for each in PARTS]
    times = [f"{each / 1000:.2f}" for each in middle[:3]]
    columns = [f"`{path}`", *(f"{each:.0f}" for each in medians)]
    columns += [f"{min(scores[SPEED]):.0f}–{max(scores[SPEED]):.0f}", *times, f"{middle[3]:.3f}"]
    return min(medians), f"| {' | '.join(columns)} |"


def main() -> int:
    """Read the command line, print the table, and say whether each page is good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    site = ROOT / "dist" / "site"
    if not (site / "index.html").is_file():
        sys.exit("dist/site is not there; `make site` makes it")
    told = judged(site, chosen.rounds)
    found = [line(path, runs) for path, runs in told.items()]
    heads = ["Page", *JUDGED.values(), "Range of speed", "First paint, s", "Largest paint, s", "Blocking, s", "Shift"]
    lines = [f"| {' | '.join(heads)} |", "|---|" + "--:|" * (len(heads) - 1), *(each for _, each in found)]
    print(*lines, sep="\n")
    if chosen.out:
        index = statistics.median(run["machine"] for runs in told.values() for run in runs)
        about = (
            "Lighthouse's scores as on a telephone (slow 4G, a processor four times slower than this one) from a host "
            f"that compresses, medians of {chosen.rounds} runs a page. By its own benchmark this machine has "
            f"{index:.0f} points. What does not depend on time `tests/browser/test_browser.py` asks for too."
        )
        keep(chosen.out, "Pages in a browser", lines, about)
    return int(min(score for score, _ in found) < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
