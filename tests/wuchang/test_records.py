"""The records of this repository: without a problem, laid out, accounted for, and the package that lies beside them."""

from __future__ import annotations

import csv
import json
import re
import subprocess

import pytest

from command_line import Run
from factpack.package.package import open_package
from factpack.release.citation_files import cff
from official_profiles import broken
from projects import ROOT

FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")


def test_the_sources_have_no_problem(run: Run) -> None:
    code, out, err = run(ROOT, "check")
    assert (code, out) == (0, "")
    assert err.endswith("; 0 errors, 0 warnings\n")


def test_the_package_in_the_repository_is_the_one_that_the_sources_give(run: Run) -> None:
    code, out, _ = run(ROOT, "build", "--check")
    assert (code, out) == (0, "")


def test_no_number_of_any_text_is_left_unclaimed(run: Run) -> None:
    code, out, _ = run(ROOT, "coverage")
    assert code == 0
    assert not re.search(r"unclaimed: [^0]", out)


def test_every_record_is_laid_out(run: Run) -> None:
    assert run(ROOT, "fmt", "--check")[:2] == (0, "")


def test_the_descriptor_keeps_the_official_profiles() -> None:
    assert broken(json.loads((ROOT / "datapackage.json").read_text("utf-8"))) == []


def test_the_citation_file_is_the_one_that_the_package_gives() -> None:
    assert (ROOT / "CITATION.cff").read_bytes() == cff(open_package(ROOT))


def test_ids_that_forms_show_exist() -> None:
    with (ROOT / "build" / "csv" / "ids.csv").open(encoding="utf-8", newline="") as file:
        ids = {row["id"] for row in csv.DictReader(file)}
    shown = {word for path in FORMS for word in re.findall(r"(?:ind|prj|plc|trm)-[a-z0-9.-]+", path.read_text("utf-8"))}
    assert shown
    assert shown <= ids


def test_generated_files_have_the_same_bytes_in_every_clone() -> None:
    """Git must not turn their line ends, on Windows neither: each has its digest in the descriptor."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    for name in ("build/csv/ids.csv", "build/json/places.json", "datapackage.json"):
        command = ["git", "-C", str(ROOT), "check-attr", "text", "eol", "--", name]
        said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        assert f"{name}: text: unset\n" in said or f"{name}: eol: lf\n" in said
        assert b"\r" not in (ROOT / name).read_bytes()
