"""The order of names, held against the collation of a browser, which Node.js has too."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from factpack.package.collation import name_key
from factpack.words import TAGS

NODE = shutil.which("node")
SORT = Path(__file__).with_suffix(".mjs")
needs_node = pytest.mark.skipif(NODE is None, reason="Node.js is not installed: it is what the order is held against")


def as_browsers_sort(texts: list[str], language: str) -> list[str]:
    given = json.dumps({"language": TAGS[language], "texts": texts})
    done = subprocess.run([str(NODE), str(SORT)], input=given, capture_output=True, encoding="utf-8", check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def told_apart(texts: set[str]) -> list[str]:
    """Return texts in our order, without those that the collation of a browser takes for the same as another."""
    return list({name_key(each)[:3]: each for each in sorted(texts, key=name_key)}.values())
