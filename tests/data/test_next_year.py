"""The commands of the page "Next year", run in their order on the frozen project and on what the year after adds."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from command_line import Run
from pages import blocks, chinese, read
from projects import LINXI, LINXI_NEXT, assemble, commit_all, git, replace

PAGE = "docs/next-year.md"
REPORT, ACCOUNTS = "doc-linxi-gwr-2026", "doc-linxi-final-accounts-2025"
TAGS = {"data-0.1.0": "data-0.2.0", "data-0.2.0": "data-0.3.0"}
"""Versions of the page, and those of the frozen project."""
FILES = {
    "report.html": LINXI_NEXT / "texts" / f"{REPORT}.txt",
    "accounts.txt": LINXI_NEXT / "texts/later" / f"{ACCOUNTS}.txt",
}


def told(section: int) -> list[list[str]]:
    """Return the commands of a section of the page, as they are for the frozen project."""
    part = next(each for each in re.split(r"^## ", read(PAGE), flags=re.MULTILINE) if each.startswith(f"{section}. "))
    lines = [line for of, body in blocks(part) if of == "sh" for line in body.splitlines()]
    words = [shlex.split(line.replace("doc-wuchang-", "doc-linxi-")) for line in lines]
    return [[TAGS.get(word, str(FILES.get(word, word))) for word in each] for each in words]


@pytest.fixture
def does(tmp_path: Path, run: Run) -> Callable[..., list[str]]:
    """Do the commands of a section in the project; return what each printed, and see that each ended as it should."""
    root = assemble(tmp_path / "project", LINXI)
    assert run(root, "build")[0] == 0
    commit_all(root)

    def do(section: int, *codes: int) -> list[str]:
        printed = []
        for words, code in zip(told(section), codes, strict=True):
            if words[0] == "git":
                git(root, *words[1:])
                continue
            ended = run(root, *words[1:])
            assert ended[0] == code, (words, ended)
            printed.append(ended[1] + ended[2])
        return printed

    return do


def test_the_page_can_be_followed(tmp_path: Path, does: Callable[..., list[str]], run: Run) -> None:
    root = tmp_path / "project"
    document = root / "sources" / "documents" / f"{REPORT}.yaml"
    does(1, 0)
    does(2, 0)
    assert set(yaml.safe_load(document.read_text("utf-8"))) >= {"id", "title", "series", "reviews", "coverage"}
    shutil.copy(LINXI_NEXT / "sources" / "documents" / document.name, document)
    replace(document, "delivered_basis: printed\n", "delivered_basis: printed\ncoverage: partial\n")
    assert "60 warnings" in does(3, 0, 0)[1]
    assert run(root, "build")[0] == 0
    assert "not reported" not in run(root, "outcomes", "2026")[1]
    listed, shown = does(4, 0, 0)
    assert "37 promises without an outcome" in listed
    assert "60 open" in shown
    shutil.copytree(LINXI_NEXT / "sources", root / "sources", dirs_exist_ok=True)
    others = [path for path in sorted((LINXI_NEXT / "texts").glob("*.txt")) if path.stem != REPORT]
    assert [run(root, "verify", path.stem, str(path))[0] for path in others] == [0] * len(others)
    assert "open 0" in does(5, 0, 0, 1)[2], "some documents are curated in part"
    outcomes, diff = does(6, 0, 0, 0)[1:]
    assert "not reported" in outcomes
    assert "this asks for version 0.3.0 (MINOR); it is 0.3.0" in diff
    later = root / "sources" / "documents" / f"{ACCOUNTS}.yaml"
    section = (
        "coverage: partial\nsections:\n  - label:\n      zh: 全文\n      en: Whole text\n    first: 1\n    last: 5\n"
    )
    later.write_text(later.read_text("utf-8") + section, "utf-8")
    assert "2 transcribed facts" in does(7, 1)[0]
    commit_all_again(root)
    does(8, 0, 0, 0)


def commit_all_again(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "the year after")


def test_both_languages_tell_the_same_commands() -> None:
    english, translated = ([body for of, body in blocks(read(each)) if of] for each in (PAGE, chinese(PAGE)))
    assert english == translated
