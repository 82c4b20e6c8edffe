"""Pages of documentation: their text, and the code that they show; which files there are."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from projects import ROOT

DATA = (ROOT / "sources", ROOT / "build")
"""Where the records and what is built of them lie: a fork has others, so tests in `wuchang/` look at links to them."""
ON_GITHUB = {"../../issues/new/choose"}
"""Links that lead out of the files, to pages that every repository has."""
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def chinese(path: str) -> str:
    return path.replace(".md", ".zh-CN.md")


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the language and the text of each fenced block, without the indent of a list."""
    return [(of, re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)) for indent, of, body in FENCE.findall(text)]


def inline(text: str) -> list[str]:
    """Return the code spans of a page."""
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def links(text: str) -> list[str]:
    """Return the targets of the links of a page."""
    return re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text))


def lost_links(path: str) -> list[str]:
    """Return the links of a page that lead to a file or heading that is not there."""
    lost = []
    for link in sorted(set(links(read(path))) - ON_GITHUB):
        name, _, anchor = link.partition("#")
        target = (ROOT / path).parent / name if name else ROOT / path
        is_there = "://" in link or (target.exists() and (not anchor or anchor in _anchors(target.read_text("utf-8"))))
        lost += [] if is_there else [link]
    return lost


def leads_to_data(path: str, link: str) -> bool:
    """Say whether a link of a page leads to records or to what is built of them."""
    target = Path(os.path.normpath((ROOT / path).parent / link.partition("#")[0]))
    return any(target.is_relative_to(folder) for folder in (*DATA, ROOT / "datapackage.json"))


def _anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to headings."""
    heads = [line.lstrip("#").strip().lower() for line in FENCE.sub("", text).splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", head).replace(" ", "-") for head in heads}


def tracked() -> list[str]:
    """Return the files that git has, or would take, from this tree."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})
