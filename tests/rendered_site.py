"""Sites for tests: their files in memory, and the real project with a retired record, for a page of every type."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import ROOT
from factpack.disk.project import Project
from factpack.package.package import open_package
from factpack.run.executor import Executor, open_executor
from factpack.run.workspace import open_workspace
from factpack.site import build

ASSETS = ("site.js", "search.js", "style.css", "icon.svg", "card-zh.png", "card-en.png")
"""What the bundle brings; here the files are empty, so that no test of them needs Node."""
FACTPACK = Path(sys.executable).parent / "factpack"
RETIRED = "prj-changjiang-tianji"
"""A record that nothing refers to and whose passages no other record needs."""
RETIREMENT = """retired:
  since: 0.1.0
  replaced_by: prj-yueliangwan-substation
  reason:
    zh: 试验。
    en: A trial.
"""


def project(root: Path) -> Path:
    """Make a copy of the real project in which one record is retired, built; return its root."""
    for name in ("schemas", "sources", "build"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "datapackage.json", root)
    path = root / "sources" / "projects" / f"{RETIRED}.yaml"
    path.write_text(path.read_text("utf-8") + RETIREMENT, "utf-8")
    factpack(root, "build")
    return root


def made(root: Path, workers: int = 1, **descriptor: Any) -> dict[str, bytes]:
    """Return the files of the site of a project by path, with other metadata in its descriptor; the bundle is empty."""
    package, space = open_package(root), open_workspace(Project(root))
    package = dataclasses.replace(package, descriptor={**package.descriptor, **descriptor})
    site = build.site_of(package, space, {})
    with open_executor(build.shared(site, space), Executor(workers)) as mapped:
        return dict(build.files(site, mapped, dict.fromkeys(ASSETS, b""), {}, lambda _: None))


def factpack(root: Path, *arguments: str) -> None:
    """Run the tool on a project; what it complains of fails the test."""
    command = [FACTPACK, "--lang", "en", "--root", root, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr or done.stdout
