"""How long `factpack check --watch` and `site --watch` take from a save to their answer, on the real data.

In a copy of the real data, one record is saved so many times, for `check` right and wrong in turn, and each time the
line is waited for that says that the command waits again. `python bench/watch.py` prints medians, ranges and CPU;
`--site` adds the site, which needs the bundle that `make site` makes, and `--out FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from race import keep

ROOT = Path(__file__).resolve().parent.parent
RECORD = "sources/indicators/ind-gdp.yaml"
SAVES = 15
ABOUT = (
    "The answer is complete when the command waits again. No save is answered before 0.05 s have passed without "
    "another. CPU is that of the command and of what it starts, such as Git."
)
READY = "Ctrl-C"
"""What the line ends with that says that the command waits."""


def measure(project: Path, command: str, saves: int) -> str:
    """Save a record so many times while a command watches; return a line of the table."""
    record = project / RECORD
    right = record.read_bytes()
    program = [Path(sys.executable).parent / "factpack", "--root", project, "--lang", "en", command, "--watch"]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            answered(process)
            before, took = processor_seconds(process.pid), list[float]()
            for number in range(saves):
                start = time.perf_counter()
                record.write_bytes(right + (b"more: 1\n" if command == "check" and number % 2 else b"# %d\n" % number))
                answered(process)
                took.append(time.perf_counter() - start)
            spent = processor_seconds(process.pid) - before
        finally:
            process.terminate()
            record.write_bytes(right)
    low, high = min(took), max(took)
    columns = [f"`{command} --watch`", str(saves), f"{statistics.median(took):.2f}", f"{low:.2f}–{high:.2f}"]
    return f"| {' | '.join([*columns, f'{spent / saves:.2f}'])} |"


def answered(process: subprocess.Popen[str]) -> None:
    """Read what the command says until it waits again."""
    assert process.stderr
    for line in process.stderr:
        if READY in line:
            return
    raise SystemExit(f"the command ended with {process.wait()}")


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and of those that it started and that have ended (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=SAVES)
    parser.add_argument("--site", action="store_true", help="the site, too")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table goes too")
    chosen = parser.parse_args()
    lines = ["| Command | Saves | Save to answer, s | Range | CPU a save, s |", "|---|--:|--:|--:|--:|"]
    print(*lines, sep="\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="watch-") as folder:
        for name in ("schemas", "sources"):
            shutil.copytree(ROOT / name, Path(folder, name))
        for command in ("check", "site") if chosen.site else ("check",):
            lines.append(measure(Path(folder), command, chosen.saves))
            print(lines[-1], flush=True)
    if chosen.out:
        keep(chosen.out, "From a save to its answer", lines, ABOUT)


if __name__ == "__main__":
    main()
