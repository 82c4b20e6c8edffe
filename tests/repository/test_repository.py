"""The repository itself: its files hold nothing of the machines they were made on, and editors know its schemas."""

from __future__ import annotations

import json
import re

import pytest

from factpack.disk.project import Project
from factpack.schema import read
from factpack.table.derived import DERIVATIONS
from pages import tracked
from projects import ROOT

MACHINE = re.compile(
    rb"(?<![A-Za-z0-9_.:/-])/(?:[w]ork|[r]oot|[h]ome/[a-z]+|[U]sers/[A-Za-z]+|[o]pt/pypi)/"
    rb"|[A-Z]:\\[U]sers\\"
    rb"|[b]ash_jobs"
)
"""Folders of somebody's machine; the brackets keep this file from finding itself."""
SECRET = re.compile(
    rb"gh[pousr]_[A-Za-z0-9]{30}"
    rb"|github_pat_[A-Za-z0-9_]{30}"
    rb"|(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20}"
    rb"|(?<![A-Za-z0-9])A(?:KI|SI)A[A-Z0-9]{16}"
    rb"|xox[abprs]-[A-Za-z0-9-]{10}"
    rb"|pypi-Ag[A-Za-z0-9_-]{20}"
    rb"|(?<![A-Za-z0-9])ey[J][A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\."
    rb"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
LEFTOVERS = re.compile(r"(^|/)(\.DS_Store|Thumbs\.db|.*~|.*\.(orig|rej|swp|pyc|bak|tmp)|\.env|\.pypirc|\.netrc)$")


def test_editors_know_the_schema_of_each_folder_where_a_record_has_no_modeline() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    model = read.read(Project(ROOT).schemas(), DERIVATIONS)
    folders = {f"./schemas/{kind.name}.schema.json": f"sources/{kind.folder}/*.yaml" for kind in model.kinds.values()}
    assert settings["yaml.schemas"] == {"./schemas/package.schema.json": "sources/package.yaml", **folders}


# ---- the files


@pytest.mark.parametrize(("what", "pattern"), [("a path of a machine", MACHINE), ("a secret", SECRET)])
def test_no_file_holds_a_path_of_a_machine_or_a_secret(what: str, pattern: re.Pattern[bytes]) -> None:
    found = [f"{name}: {match[0]!r}" for name in tracked() for match in pattern.finditer((ROOT / name).read_bytes())]
    assert found == [], what


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE, "open('/" + "work/main/x')"),
        (MACHINE, "/" + "home/ann/x"),
        (MACHINE, "C:\\" + "Users\\ann"),
        (SECRET, "ghp" + "_" + "a1" * 18),
        (SECRET, "AKI" + "A" + "A1" * 8),
        (SECRET, "-----BEGIN RSA " + "PRIVATE KEY"),
    ],
)
def test_what_must_not_be_there_would_be_found(pattern: re.Pattern[bytes], text: str) -> None:
    assert pattern.search(text.encode())


def test_no_leftovers_of_editors_and_no_settings_with_passwords_are_tracked() -> None:
    assert [name for name in tracked() if LEFTOVERS.search(name)] == []


def test_names_of_files_are_plain_and_differ_in_more_than_case() -> None:
    names = tracked()
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)] == []
    assert len({name.lower() for name in names}) == len(names)
