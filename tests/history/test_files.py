"""Files that a branch changes besides records: all of them are named, those that decide what is checked first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from command_line import in_process
from factpack.history.editions import edition
from factpack.history.files import FileChange, changed_files
from factpack.report.files import FILES, files_markdown
from factpack.report.limit import LIMIT
from factpack.words import LANGUAGES
from projects import git, moved_inside, write_units

FOLDERS = {"units", "places", "indicators"}


def branch(root: Path, *files: str) -> None:
    """Commit files on a branch of its own; the base is called so."""
    git(root, "branch", "base")
    for each in files:
        path = root / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n", "utf-8")
    git(root, "add", "-Af")
    git(root, "commit", "-qm", "second")


def found(root: Path) -> list[tuple[str, str, bool]]:
    listed = changed_files(edition(root, "refs/heads/base"), FOLDERS)
    assert listed is not None
    return [(each.how, each.path, each.decides) for each in listed]


def test_files_of_record_folders_are_left_out_and_all_others_are_named(published: Path) -> None:
    (published / "schemas" / "unit.schema.json").unlink()
    write_units(published / "sources", 2)
    branch(
        published,
        *("sources/texts/doc-report.json", "sources/places/plc-a.txt", "sources/notes/a.yaml", "sources/package.yaml"),
        *("scripts/factpack/x.py", ".github/workflows/x.yml", "Makefile", "a file", "docs/a.md", "build/csv/ids.csv"),
        *("sources/places/deep/plc-a.yaml", "other/sources/places/plc-a.yaml"),
    )
    assert found(published) == [
        ("A", ".github/workflows/x.yml", True),
        ("A", "Makefile", True),
        ("A", "a file", True),
        ("A", "other/sources/places/plc-a.yaml", True),
        ("D", "schemas/unit.schema.json", True),
        ("A", "scripts/factpack/x.py", True),
        ("A", "sources/notes/a.yaml", True),
        ("A", "sources/places/deep/plc-a.yaml", True),
        ("A", "sources/places/plc-a.txt", True),
        ("M", "sources/texts/doc-report.json", True),
        ("M", "build/csv/ids.csv", False),
        ("A", "docs/a.md", False),
        ("M", "sources/package.yaml", False),
    ]


def test_a_file_that_was_moved_is_named_at_both_places(published: Path) -> None:
    (published / "Makefile").write_text("a\n" * 50)
    git(published, "add", "-A")
    git(published, "commit", "-qm", "more")
    (published / "Makefile").rename(published / "docs.md")
    branch(published)
    assert found(published) == [("D", "Makefile", True), ("A", "docs.md", False)]


def test_what_the_base_did_meanwhile_is_not_named(published: Path) -> None:
    branch(published, "Makefile")
    git(published, "checkout", "-q", "base")
    (published / "other").write_text("x")
    git(published, "add", "-A")
    git(published, "commit", "-qm", "meanwhile")
    git(published, "checkout", "-q", "-")
    assert found(published) == [("A", "Makefile", True)]


def test_of_a_project_below_the_root_of_its_repository_all_files_are_named(published: Path, tmp_path: Path) -> None:
    root = moved_inside(published, tmp_path / "top")
    branch(root, "sources/places/plc-a.yaml", "build/csv/ids.csv", "../sources/places/plc-a.yaml", "../Makefile")
    assert found(root) == [
        ("A", "Makefile", True),
        ("A", "sources/places/plc-a.yaml", True),
        ("M", "inside/build/csv/ids.csv", False),
    ]


def test_git_is_made_to_run_nothing(published: Path, tmp_path: Path) -> None:
    branch(published, "Makefile")
    made = tmp_path / "made"
    for name in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "filter.x.clean"):
        git(published, "config", name, f"touch {made}; false")
    (published / ".git" / "info").mkdir(exist_ok=True)
    (published / ".git" / "info" / "attributes").write_text("* diff=x filter=x\n")
    assert found(published) == [("A", "Makefile", True)]
    assert not made.exists()


def test_a_folder_is_no_branch(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(published)
    assert changed_files(edition(published, "."), FOLDERS) is None


# ---- in the summary of a step


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_of_a_pull_request_names_them_once_and_first_what_decides(
    published: Path, tmp_path: Path, language: str
) -> None:
    branch(published, "Makefile", "docs/a.md")
    summary = tmp_path / "summary.md"
    args = ("check", "--no-cache", "--pull-request", "--summary", str(summary))
    assert in_process(published, *args, "--against", "refs/heads/base", lang=language).exit_code == 0
    text = summary.read_text("utf-8")
    assert text.index("`Makefile`") < text.index("`docs/a.md`")
    assert re.search(r"\*\*(1 file|这 1 个文件)", text)
    summary.unlink()
    assert in_process(published, *args, lang=language).exit_code == 0
    assert "Makefile" not in summary.read_text("utf-8"), "without a base nothing is said of files"


def test_no_path_is_markup_or_breaks_its_line() -> None:
    paths = ["a`b``c", "x\n::error::y", "<img src=x>", "[a](http://b)", "##[error]", "@all", "\u202ex", "`", "\udcff"]
    text = files_markdown([FileChange(True, each, "M") for each in paths], "en")
    tokens = MarkdownIt("commonmark").parse(text)
    inline = [child for token in tokens for child in token.children or []]
    assert {each.type for each in inline} == {"text", "code_inline", "strong_open", "strong_close"}
    assert sum(each.type == "code_inline" for each in inline) == len(paths)
    assert "\n::" not in text
    assert "##[" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_very_many_files_the_first_are_listed_and_the_others_counted(language: str) -> None:
    files = [FileChange(decides, "\U000e0001" * 4000, "M") for decides in (True, False) for _ in range(3000)]
    text = files_markdown(files, language)
    assert text.count(str(3000 - FILES)) == 2
    assert len(text.encode("utf-8")) < LIMIT / 2


def test_what_cannot_be_told_is_said() -> None:
    assert "Git cannot say" in files_markdown(None, "en")
    assert "None." in files_markdown([], "en")
