"""The examples of docs/use.md run as they stand, in both languages, and print what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from projects import ROOT

BLOCKS = re.compile(r"^```(python|sql)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
LIBRARIES = {"duckdb", "frictionless", "pandas", "polars"}
SQL = "import sys, duckdb; [print(*row, sep=' | ') for row in duckdb.sql(sys.argv[1]).fetchall()]"
PAGES = ("docs/use.md", "docs/use.zh-CN.md")
EXAMPLES = [
    pytest.param(language, code, output, id=f"{page} {number}")
    for page in PAGES
    for number, (language, code, output) in enumerate(BLOCKS.findall((ROOT / page).read_text("utf-8")), 1)
]


@pytest.mark.parametrize(("language", "code", "output"), EXAMPLES)
def test_an_example_prints_what_is_shown_below_it(language: str, code: str, output: str) -> None:
    needed = LIBRARIES & ({"duckdb"} if language == "sql" else set(re.findall(r"[a-z]+", code)))
    missing = sorted(name for name in needed if find_spec(name) is None)
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    command = ["-c", SQL, code] if language == "sql" else ["-c", code]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert output
    assert done.stdout == output


def test_both_pages_have_the_same_examples() -> None:
    pages = [[each[0] for each in BLOCKS.findall((ROOT / page).read_text("utf-8"))] for page in PAGES]
    assert pages[0] == pages[1]
    assert len(pages[0]) == 8
