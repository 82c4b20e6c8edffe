"""The search of the site, run in Node without a page."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any

from projects import ROOT

NODE = shutil.which("node")
PROGRAM = ROOT / "tests" / "browser" / "engine.mjs"
LIBRARY = ROOT / "scripts" / "factpack" / "site" / "client" / "node_modules" / "minisearch"


def lacking() -> str:
    """Return what the search needs and is not here."""
    if NODE is None:
        return "needs Node.js"
    return "" if LIBRARY.is_dir() else "needs what the bundle of the site is made of (make site)"


def searched(*queries: str, known: Mapping[str, Any], language: str = "en") -> list[dict[str, Any]]:
    """Return what each query finds in what a search knows."""
    asked = json.dumps({"known": known, "queries": queries, "language": language})
    command = [str(NODE), str(PROGRAM)]
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
