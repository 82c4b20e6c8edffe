"""Pages of documentation: their text, and the code that they show; which files there are."""

from __future__ import annotations

import re
import subprocess

import pytest

from projects import ROOT

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


def tracked() -> list[str]:
    """Return the files that git has, or would take, from this tree."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8").split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})
