"""A race over one generated corpus: factpack beside what else could read, validate or compile it, in one run.

`python bench/race.py` makes the corpus in a temporary folder, lets all contestants run in turn, round by round, and
writes the medians and their ratios with a description of the machine to bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

from generate import generate
from runs import Run, run

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
AJV = HERE.parent / "tests" / "node_modules" / "ajv-cli"
BATCH = 5000
"""Files on one command line: systems limit its length."""

Commands = list[list[str]]


@dataclass(frozen=True, slots=True)
class Contestant:
    """One line of the table: what is run, in which folder, and what is done before, which is not timed."""

    group: str
    name: str
    does: str
    commands: Commands
    cwd: Path
    before: Callable[[], None] = lambda: None
    slow: bool = False


def kinds(project: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the schema of each kind that has records, and these, as seen from the folder of the schemas."""
    for path in sorted((project / "schemas").glob("*.schema.json")):
        folder = json.loads(path.read_bytes()).get("x-folder")
        if folder:
            names = sorted(each.name for each in (project / "sources" / folder).iterdir())
            if names:
                yield path.name, [f"../sources/{folder}/{name}" for name in names]


def plain(project: Path) -> Iterator[Contestant]:
    """Yield the two scripts."""
    floor = [sys.executable, str(HERE / "floor.py"), str(project)]
    yield Contestant("floor", "PyYAML CSafeLoader", "parses, no more", [floor], project)
    careful = [sys.executable, str(HERE / "careful.py"), str(project), str(project.parent / "careful")]
    does = "parses, validates, writes CSV and JSON"
    yield Contestant("careful", "PyYAML + jsonschema + csv + json", does, [careful], project, slow=True)


def judges(project: Path) -> Iterator[Contestant]:
    """Yield the tools that validate records against schemas."""
    schemas = project / "schemas"
    base = [str(BIN / "check-jsonschema"), "--quiet", "--schemafile"]
    commands = [
        [*base, kind, *files[start : start + BATCH]]
        for kind, files in kinds(project)
        for start in range(0, len(files), BATCH)
    ]
    name, does = f"check-jsonschema {version('check-jsonschema')}", "parses, validates"
    yield Contestant("check-jsonschema", name, does, commands, schemas, slow=True)
    if AJV.is_dir():
        base = ["node", str(AJV / "dist" / "index.js"), "validate", "--spec=draft2020", "--strict=false"]
        base += ["-m", "dialect.schema.json", "-r", "defs.schema.json"]
        folders = [(kind, files[0].rpartition("/")[0]) for kind, files in kinds(project)]
        commands = [[*base, "-s", kind, "-d", f"{folder}/*.yaml"] for kind, folder in folders]
        name = f"ajv-cli {json.loads((AJV / 'package.json').read_bytes())['version']}"
        yield Contestant("ajv", name, does, commands, schemas, slow=True)


def ours(project: Path) -> Iterator[Contestant]:
    """Yield the runs of factpack: each leaves the project as the next one wants it."""

    def clear() -> None:
        for name in (".factpack", "build"):
            shutil.rmtree(project / name, ignore_errors=True)
        (project / "datapackage.json").unlink(missing_ok=True)

    def forget() -> None:
        shutil.rmtree(project / ".factpack", ignore_errors=True)

    def change() -> None:
        path = min((project / "sources" / "indicators").iterdir())
        text = path.read_text("utf-8")
        old, new = ("left out", "not counted") if "left out" in text else ("not counted", "left out")
        path.write_text(text.replace(old, new), "utf-8")

    def built() -> None:
        clear()
        run([[str(BIN / "factpack"), "--root", str(project), "build"]], project)

    def contestant(words: str, does: str, before: Callable[[], None] = lambda: None) -> Contestant:
        command = [str(BIN / "factpack"), "--root", str(project), *words.split(" ")[1:]]
        return Contestant("factpack", words, does, [command], project, before)

    command = [sys.executable, str(HERE / "valid.py"), str(project)]
    yield Contestant("factpack", VALID, "parses, validates, no more, as ajv-cli does", [command], project, forget)
    full = "all checks and proofs, CSV, JSON, descriptor"
    yield contestant("factpack build", f"{full}; nothing kept from before", clear)
    yield contestant("factpack build --workers 2", f"{full}; nothing kept from before", clear)
    for workers in ("", " --workers 2"):
        yield contestant(f"factpack build{workers}", "again, nothing changed")
        yield contestant(f"factpack build{workers}", "again, one file changed", change)
    yield contestant("factpack check", "all checks and proofs; nothing kept from before", forget)
    yield contestant("factpack check", "again, nothing changed")
    yield contestant("factpack check", "after a build, nothing else kept", built)


def outside(project: Path) -> Iterator[Contestant]:
    """Yield the judge of the built package."""
    command = [str(BIN / "frictionless"), "validate", "datapackage.json"]
    name, does = f"frictionless {version('frictionless')}", "validates the built package, not the records"
    yield Contestant("frictionless", name, does, [command], project, slow=True)


GROUPS = ("floor", "careful", "check-jsonschema", "ajv", "factpack", "frictionless")
FIRST = "factpack build"
"""The name of what all others are compared with, besides the floor; the first line with this name."""
VALID = "factpack, validation alone"
AGAINST = {VALID: "ajv-cli", FIRST: "PyYAML + jsonschema"}
"""What does the same work, by the beginning of its name, for the pairs below the table."""


def race(contestants: Sequence[Contestant], rounds: int, slow_rounds: int) -> list[list[Run]]:
    """Return the runs of each contestant; they take turns, so that a slow minute of the machine hits all."""
    runs: list[list[Run]] = [[] for _ in contestants]
    for number in range(max(rounds, slow_rounds)):
        for contestant, its in zip(contestants, runs, strict=True):
            if number < (slow_rounds if contestant.slow else rounds):
                contestant.before()
                its.append(run(contestant.commands, contestant.cwd))
                said = f"round {number + 1}: {its[-1].seconds:8.2f} s  {contestant.name}: {contestant.does}"
                print(said, file=sys.stderr)
    return runs


def table(contestants: Sequence[Contestant], runs: Sequence[Sequence[Run]], records: int) -> str:
    """Return the results as a table in Markdown."""
    seconds = [median(each.seconds for each in its) for its in runs]
    named = [contestant.name for contestant in contestants]
    bases = [seconds[0] if contestants[0].group == "floor" else None]
    bases.append(seconds[named.index(FIRST)] if FIRST in named else None)
    lines = [
        "| Contestant | What it does | Rounds | Median, s | CPU, s | ms a record | × the floor"
        f" | × `{FIRST}` | Peak, MiB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for contestant, its, taken in zip(contestants, runs, seconds, strict=True):
        ratios = [f"{taken / base:.2f}" if base else "–" for base in bases]
        peaks = [each.peak for each in its if each.peak]
        peak = f"{max(peaks) / 2**20:.0f}" if peaks else "–"
        cpu = median(each.cpu for each in its)
        columns = [contestant.name, contestant.does, str(len(its)), f"{taken:.2f}", f"{cpu:.2f}"]
        columns.append(f"{1000 * taken / records:.3f}")
        lines.append(f"| {' | '.join([*columns, *ratios, peak])} |")
    return "\n".join(lines)


def pairs(contestants: Sequence[Contestant], runs: Sequence[Sequence[Run]]) -> Iterator[str]:
    """Yield the ratios of what does the same work, round by round: of the CPU, then of the clock."""
    for own, begins in AGAINST.items():
        ours_ = next((its for each, its in zip(contestants, runs, strict=True) if each.name == own), ())
        theirs = next((its for each, its in zip(contestants, runs, strict=True) if each.name.startswith(begins)), ())
        both = list(zip(ours_, theirs, strict=False))
        if both:
            cpu, clock = ([getattr(a, of) / getattr(b, of) for a, b in both] for of in ("cpu", "seconds"))
            told = (f"{median(each):.2f} ({min(each):.2f}–{max(each):.2f})" for each in (cpu, clock))
            yield f"{own} × {begins}, {len(both)} pairs: CPU {', clock '.join(told)}."


def compiled() -> None:
    """Compile the program, so that no run does it: short commands would show little else."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(HERE.parent / "scripts" / "factpack", quiet=1)


def machine() -> str:
    """Return the processor, cores, memory, system and Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{models[0] if models else platform.processor() or platform.machine()}, {os.cpu_count()} cores,"
        f" {memory:.0f} GiB of memory, {platform.system()} {platform.release()}, {python},"
        f" PyYAML {version('PyYAML')}, jsonschema {version('jsonschema')}"
    )


def commit() -> str:
    """Return the commit that is measured."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(HERE), *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "../scripts", "../schemas", ".")
    return (git("rev-parse", "--short", "HEAD") or "none") + (" with changes" if changed else "")


def keep(path: Path, title: str, lines: Sequence[str], about: str) -> None:
    """Write a table to a file: what made it, on which machine, the table, and what is to be known of it."""
    words = ["CHECKOUT" if before == "--earlier" else word for before, word in pairwise(sys.argv)]
    made = f"Made by `{shlex.join(['python', f'bench/{Path(sys.argv[0]).name}', *words])}`, commit {commit()}."
    path.write_text("\n".join([f"# {title}", "", made, f"Machine: {machine()}.", "", *lines, "", about, ""]), "utf-8")


def results(chosen: argparse.Namespace, words: Sequence[str], lines: str, notes: Sequence[str]) -> str:
    """Return the file of results."""
    return "\n".join(
        [
            "# Results",
            "",
            f"Made by `{shlex.join(['python', 'bench/race.py', *words])}` on {chosen.date}, commit {commit()}.",
            f"Machine: {machine()}; load at the end {os.getloadavg()[0]:.1f}.",
            f"Corpus: {chosen.records} record files of `bench/generate.py`, {chosen.observations} observations an"
            " indicator on average; the same files for all.",
            "",
            lines,
            "",
            "A time is that of the whole command, its start included; the CPU's is that of all its processes, and far"
            " less than the clock's where others used the machine. Ratios are of the clock. Memory is that of all"
            " processes together, shared pages by share (PSS), looked at ten times a second. The program was compiled"
            " before. ajv-cli and check-jsonschema prove nothing and write nothing; frictionless sees the"
            " tables, not the records; no other contestant refuses duplicate keys, odd characters or wrong file names.",
            "",
            *notes,
            "",
        ]
    )


def arguments(words: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000, metavar="N", help="record files (default 10000)")
    parser.add_argument("--observations", type=int, default=4, metavar="M", help="an indicator has (default 4)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds of floor and factpack (default 3)")
    parser.add_argument("--slow-rounds", type=int, default=1, metavar="N", help="rounds of all others (default 1)")
    parser.add_argument("--only", default=",".join(GROUPS), metavar="NAMES", help="of " + ",".join(GROUPS))
    parser.add_argument("--date", default=datetime.datetime.now(datetime.UTC).date().isoformat(), help="to print")
    parser.add_argument("--out", type=Path, default=HERE / "RESULTS.md", metavar="FILE", help="where the table goes")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder and name it")
    chosen = parser.parse_args(words)
    chosen.only = chosen.only.split(",")
    if unknown := set(chosen.only) - set(GROUPS):
        parser.error(f"no contestant: {', '.join(sorted(unknown))}")
    return chosen


def main(words: Sequence[str]) -> None:
    """Make the corpus, run the race, print and write the table."""
    chosen = arguments(words)
    compiled()
    folder = Path(tempfile.mkdtemp(prefix="race-"))
    try:
        project, notes = folder / "project", []
        generate(chosen.records, project, chosen.observations)
        if "ajv" in chosen.only and not AJV.is_dir():
            notes.append("ajv-cli did not run: `npm ci --ignore-scripts --prefix tests` installs it.")
        everyone = [*plain(project), *judges(project), *ours(project), *outside(project)]
        # Not timed: the package that frictionless judges, and files that the system has read once for all.
        run([[str(BIN / "factpack"), "--root", str(project), "build"]], project)
        contestants = [each for each in everyone if each.group in chosen.only]
        runs = race(contestants, chosen.rounds, chosen.slow_rounds)
        lines, notes = table(contestants, runs, chosen.records), [*notes, *pairs(contestants, runs)]
        print(lines, *notes, sep="\n")
        chosen.out.write_text(results(chosen, words, lines, notes), "utf-8")
    finally:
        if chosen.keep:
            print(f"kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
