"""The real project with one record retired, so that its site has a page of every type, and the site itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

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


def factpack(root: Path, *arguments: str) -> None:
    """Run the tool on a project; what it complains of fails the test."""
    command = [FACTPACK, "--lang", "en", "--root", root, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr or done.stdout
