"""The wheel of this repository, and environments in which it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Set
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

BUILD_WHEEL = "import sys; from hatchling import build; print(build.build_{0}(sys.argv[1]))"


def built(what: str, source: Path, folder: Path, path: str | None = None) -> tuple[Path, str]:
    """Build a `wheel`, `editable` or `sdist` of a source tree, perhaps with another PATH; return it and the errors."""
    env = {**os.environ, "npm_config_prefer_offline": "true", **({"PATH": path} if path is not None else {})}
    command = [sys.executable, "-c", BUILD_WHEEL.format(what), str(folder)]
    done = subprocess.run(command, cwd=source, env=env, capture_output=True, encoding="utf-8", check=False)
    return folder / (done.stdout.splitlines() or ["nothing"])[-1], done.stderr


def needed(of: Distribution, extras: Set[str], seen: dict[str, Set[str]]) -> dict[str, Set[str]]:
    """Return the names of all that a distribution needs with extras, each with what is asked of it, added to `seen`."""
    for requirement in map(Requirement, of.requires or ()):
        name, asked = requirement.name, {"", *requirement.extras}
        wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": each}) for each in extras)
        if wanted and not asked <= seen.get(name, set()):
            seen[name] = asked | seen.get(name, set())
            needed(distribution(name), asked, seen)
    return seen


def files_of(name: str) -> Iterator[Path]:
    """Yield what a distribution has at the top of its folder of packages."""
    found = distribution(name)
    tops = {path.parts[0] for path in found.files or () if path.parts[0] not in ("..", "__pycache__")}
    yield from (Path(str(found.locate_file(top))) for top in sorted(tops))


def environment(wheel: Path, folder: Path, *extras: str) -> Path:
    """Return the programs of a new environment: the wheel, and links to the libraries that it asks for with extras."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], check=True)
    (itself,) = distributions(path=[str(wheel)])
    for path in (path for name in needed(itself, {"", *extras}, {}) for path in files_of(name)):
        if not (packages / path.name).exists():
            (packages / path.name).symlink_to(path)
    return folder / "bin"


def said(command: list[Path | str], folder: Path) -> str:
    """Return what a program prints that runs in a folder, with nothing of this environment; it must succeed."""
    env = {"PATH": os.defpath, "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
