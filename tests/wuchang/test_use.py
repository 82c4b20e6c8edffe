"""The examples of docs/use.md and docs/data.md run as they stand, in both languages; the former print what is shown.

`pytest tests/wuchang/test_use.py --write-expected` writes what they print into the pages; figures in a sentence are
corrected by hand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

from pages import blocks, read
from projects import ROOT

BLOCKS = re.compile(r"^```(python|sql|r)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
LIBRARIES = {"duckdb", "frictionless", "pandas", "polars"}
SQL = "import sys, duckdb; [print(*row, sep=' | ') for row in duckdb.sql(sys.argv[1]).fetchall()]"
PAGES = ("docs/use.md", "docs/use.zh-CN.md")
QUERIES = ("docs/data.md", "docs/data.zh-CN.md")
EXAMPLES = {
    code: pytest.param(page, language, code, output, id=f"{page} {number}")
    for page in (*reversed(PAGES), *reversed(QUERIES))
    for number, (language, code, output) in enumerate(BLOCKS.findall(read(page)), 1)
}
"""The examples, each once where both pages have the same."""


def command(language: str, code: str) -> list[str]:
    """Return what runs an example; it is skipped where that is missing."""
    if language == "r":
        if shutil.which("Rscript") is None or not has_r_packages(tuple(sorted(set(re.findall(r"(\w+)::", code))))):
            pytest.skip("needs R with readr and jsonlite (apt-get install r-cran-readr r-cran-jsonlite)")
        return ["Rscript", "-e", code]
    needed = LIBRARIES & ({"duckdb"} if language == "sql" else set(re.findall(r"[a-z]+", code)))
    missing = sorted(name for name in needed if find_spec(name) is None)
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    return [sys.executable, "-c", *((SQL, code) if language == "sql" else (code,))]


def has_r_packages(names: tuple[str, ...]) -> bool:
    """Say whether R has packages."""
    asked = " && ".join(f"requireNamespace('{name}', quietly = TRUE)" for name in names) or "TRUE"
    return subprocess.run(["Rscript", "-e", f"quit(status = !({asked}))"], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(("page", "language", "code", "output"), EXAMPLES.values())
def test_an_example_prints_what_is_shown_below_it(
    page: str, language: str, code: str, output: str, request: pytest.FixtureRequest
) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command(language, code), cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    if page in PAGES:
        if request.config.getoption("--write-expected"):
            _write(code, output, done.stdout)
        assert output
        assert done.stdout == output


def _write(code: str, output: str, printed: str) -> None:
    """Write what an example prints into the pages that show it."""
    for path in (ROOT / page for page in PAGES):
        shown, now = (f"{code}```\n\n```text\n{each}```" for each in (output, printed))
        path.write_text(path.read_text("utf-8").replace(shown, now), "utf-8")


@pytest.mark.parametrize(("pages", "count"), [(PAGES, 12), (QUERIES, 13)])
def test_both_pages_have_the_same_examples(pages: tuple[str, str], count: int) -> None:
    first, second = (BLOCKS.findall(read(page)) for page in pages)
    assert [language for language, *_ in first] == [language for language, *_ in second]
    assert len(first) == count
    outputs = {code: output for _, code, output in first}
    assert all(outputs.get(code, output) == output for _, code, output in second)


# ---- what docs/data.md says of the columns

DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
MADE = {"id", "kind", "url"}
"""Texts that the program makes: IDs, names of record types, addresses."""


def like_numbers() -> set[str]:
    """Return the columns whose form lets a text look like a number: the rule behind the list of docs/data.md."""
    found = set()
    for resource in (each for each in DESCRIPTOR["resources"] if each.get("type") == "table"):
        linked = {each["fields"][0] for each in resource["schema"].get("foreignKeys", ())}
        for field in resource["schema"]["fields"]:
            pattern = field.get("constraints", {}).get("pattern", "")
            free = field["type"] == "string" and "categories" not in field and field.get("format") != "uri"
            numeric = any(re.search(pattern, text) for text in ("1", "2.5", "2025", "420106", "420106001001"))
            if free and numeric and field["name"] not in linked and field["name"][-3:] not in ("_zh", "_en"):
                found.add(field["name"])
    return found - MADE


@pytest.mark.parametrize("page", QUERIES)
def test_the_list_of_texts_that_look_like_numbers_has_all_columns_of_that_form(page: str) -> None:
    (listed,) = re.findall(r"TEXT = dict\.fromkeys\(\s*\"([a-z_ ]+)\"", read(page))
    assert set(listed.split()) == like_numbers()
    assert {"code", "locator"} < like_numbers()


@pytest.mark.parametrize("page", QUERIES)
def test_a_copy_changed_as_told_is_valid_for_version_1_of_the_standard(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = find_spec("dplib")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "profiles" / "1.0"
    (code,) = (body for of, body in blocks(read(page)) if of == "python" and "setdefault" in body)
    found: dict[str, object] = {}
    monkeypatch.chdir(ROOT)
    exec(code, found)  # noqa: S102 - an example of the documentation
    assert list(faults(DESCRIPTOR, folder)), "without the change it is not"
    assert list(faults(found["package"], folder)) == []


def faults(descriptor: object, folder: Path) -> list[str]:
    """Return what the profiles of version 1 say of a descriptor and its tables."""
    assert isinstance(descriptor, dict)
    whole, table = (
        jsonschema.Draft7Validator(json.loads((folder / f"{name}.json").read_text("utf-8")))
        for name in ("datapackage", "tableschema")
    )
    schemas = [each["schema"] for each in descriptor["resources"] if "schema" in each]
    return [
        error.message
        for judge, each in ((whole, descriptor), *((table, s) for s in schemas))
        for error in judge.iter_errors(each)
    ]
