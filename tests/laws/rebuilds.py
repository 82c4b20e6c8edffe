"""A package built again and again, each time in other surroundings: every build must give the same bytes.

`python -m laws.rebuilds --builds 48 --seed 1`, from the folder `tests`, builds that of the repository and prints how
many digests there were; `--pythons` adds every other Python that is found, each with what requirements/program.txt
lists in a virtual environment of its own. It ends with 1 where there was more than one digest.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from projects import ROOT

FACTPACK = Path(sys.executable).parent / "factpack"

CHOICES: dict[str, tuple[Any, ...]] = {
    "hash seed": ("0", "1", "2", "3", "random"),
    "zone": ("", "UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Apia"),
    "locale": (
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "zh_CN.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"LANG": "C"},
        {"LANG": "zh_CN.GB18030", "LC_NUMERIC": "de_DE.UTF-8"},
        {},
    ),
    "python": (
        {},
        {"PYTHONUTF8": "0"},
        {"PYTHONUTF8": "1"},
        {"PYTHONDONTWRITEBYTECODE": "1"},
        {"PYTHONOPTIMIZE": "2"},
        {"PYTHONIOENCODING": "ascii"},
    ),
    "umask": (0o000, 0o022, 0o077),
    "copy": ("as listed", "shuffled", "shuffled again", "名 with space"),
    "folder": (".", "sources/indicators", ".."),
    "root": ("absolute", "relative", "link", "found"),
    "workers": (1, 2, 3),
    "out": (True, False),
}
"""What surrounds a build, and what each may be."""


@dataclass(frozen=True)
class Rebuild:
    """One build: what surrounds it, and the program that does it."""

    choice: dict[str, Any]
    program: Path = FACTPACK

    def run(self, projects: dict[str, Path], folder: Path) -> Path:
        """Build in an empty folder; return where the package lies. Raises RuntimeError where there is none."""
        root = projects[self.choice["copy"]]
        inside = root / self.choice["folder"]
        out = folder / "out" if self.choice["out"] else root
        arguments = [*self._root(root, inside, folder), "build", "--workers", str(self.choice["workers"])]
        done = subprocess.run(
            [self.program, *arguments, *(("--out", out) if out != root else ())],
            cwd=inside,
            env=self._environment(),
            umask=self.choice["umask"],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{self.choice}: {(done.stdout + done.stderr).decode('utf-8', 'replace')}")
        return out

    def _environment(self) -> dict[str, str]:
        kept = ("PATH", "PYTHONPATH") if self.program == FACTPACK else ("PATH",)
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PYTHONHASHSEED": self.choice["hash seed"],
            **({"TZ": self.choice["zone"]} if self.choice["zone"] else {}),
            **self.choice["locale"],
            **self.choice["python"],
        }

    def _root(self, root: Path, inside: Path, folder: Path) -> list[str]:
        match self.choice["root"]:
            case "relative":
                return ["--root", os.path.relpath(root, inside)]
            case "link":
                (folder / "link").symlink_to(root)
                return ["--root", str(folder / "link")]
            case "found" if inside.resolve().is_relative_to(root):
                return []
        return ["--root", str(root)]


def rebuilds(builds: int, seed: int) -> Iterator[Rebuild]:
    """Yield so many builds, which take the choices of each thing in turn, in orders of their own."""
    chance = random.Random(seed)
    orders = {name: chance.sample(choices, len(choices)) for name, choices in CHOICES.items()}
    for number in range(builds):
        yield Rebuild({name: order[number % len(order)] for name, order in orders.items()})


def copies(folder: Path, project: Path) -> dict[str, Path]:
    """Return a project copied in different orders and places, at different times."""
    copied = {}
    for number, name in enumerate(CHOICES["copy"]):
        root = (folder / name).resolve()
        found = [path for part in ("schemas", "sources") for path in sorted((project / part).rglob("*"))]
        files = [path for path in found if path.is_file()]
        random.Random(number).shuffle(files) if number else None
        for path in files:
            target = root / path.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (number * 4e8, number * 5e8 + len(path.name)))
        copied[name] = root
    return copied


def digest(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of a package's files."""
    found = hashlib.sha256()
    for path in sorted([folder / "datapackage.json", *(folder / "build").rglob("*")]):
        if path.is_file():
            data = path.read_bytes()
            found.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode())
            found.update(data)
    return found.hexdigest()


def survey(folder: Path, project: Path, listed: list[Rebuild]) -> dict[str, list[Rebuild]]:
    """Return the builds of a project by digest of what they made."""
    projects = copies(folder / "projects", project)
    found: dict[str, list[Rebuild]] = {}
    for number, rebuild in enumerate(listed):
        own = folder / str(number)
        own.mkdir()
        found.setdefault(digest(rebuild.run(projects, own)), []).append(rebuild)
        shutil.rmtree(own)
    return found


def pythons() -> dict[str, Path]:
    """Return the interpreters that are found besides the one that runs, by version: on the path, and those of pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    names = (shutil.which(f"python3.{minor}") for minor in range(11, 30))
    found = {}
    for path in (*(Path(name) for name in names if name), *sorted(pyenv.glob("3.*/bin/python"))):
        command = [path, "-c", "import sys; print('.'.join(map(str, sys.version_info[:2])))"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        version = tuple(map(int, done.stdout.split("."))) if done.returncode == 0 else ()
        if version >= (3, 11) and version != sys.version_info[:2]:
            found.setdefault(done.stdout.strip(), path)
    return found


def installed(python: Path, folder: Path) -> Path:
    """Return the program installed for an interpreter, with what requirements/program.txt lists."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", ROOT / "requirements" / "program.txt"], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
    return folder / "bin" / "factpack"


def others(folder: Path) -> Iterator[tuple[str, Rebuild]]:
    """Yield a few builds by each other Python, with its version."""
    for version, python in pythons().items():
        program = installed(python, folder / f"python{version}")
        for rebuild in rebuilds(3, 1):
            yield version, Rebuild(rebuild.choice, program)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--builds", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pythons", action="store_true", help="build with every other Python that is found, too")
    options = parser.parse_args()
    start = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        more = list(others(Path(folder))) if options.pythons else []
        listed = [*rebuilds(options.builds, options.seed), *(rebuild for _, rebuild in more)]
        found = survey(Path(folder), ROOT, listed)
    own = ".".join(map(str, sys.version_info[:2]))
    counts = Counter({own: options.builds}) + Counter(version for version, _ in more)
    print(f"{len(listed)} builds (by Python: {', '.join(f'{name} {n}' for name, n in counts.items())})")
    print(f"{len(found)} distinct digests")
    for name, made in sorted(found.items(), key=lambda each: -len(each[1])):
        print(f"  {name}: {len(made)}")
        for rebuild in made if len(made) < len(listed) / 2 else ():
            print(f"    {rebuild.program}: {rebuild.choice}")
    print(f"{perf_counter() - start:.0f} s", file=sys.stderr)
    sys.exit(len(found) != 1)


if __name__ == "__main__":
    main()
