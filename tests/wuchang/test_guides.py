"""What pages show of records: they are those in the sources, and are told and retired as shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from command_line import Run
from factpack.source.documents import load
from pages import blocks, chinese, inline, leads_to_data, links, lost_links, read
from projects import ROOT


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schemas and sources of the repository, to be spoiled."""
    root = tmp_path_factory.mktemp("copy")
    for name in ("schemas", "sources"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.mark.parametrize("path", ["CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"])
def test_the_records_shown_are_those_in_the_sources(path: str) -> None:
    shown = [body for of, body in blocks(read(path)) if of == "yaml"]
    part, *records, _ = shown
    assert part in read("sources/indicators/ind-gdp.yaml")
    assert len(records) == 2
    for each in records:
        name = str(yaml.safe_load(each)["id"])
        found = next((ROOT / "sources").glob(f"*/{name}.yaml"))
        assert each == found.read_text("utf-8"), name


@pytest.mark.parametrize(("path", "lang"), [("CONTRIBUTING.md", "en"), ("CONTRIBUTING.zh-CN.md", "zh")])
def test_the_mistake_shown_is_told_as_shown(path: str, lang: str, copy: Path, run: Run) -> None:
    shown = next(body for of, body in blocks(read(path)) if not of and re.search(r"(?:error|错误)\[", body))
    record = copy / "sources" / "indicators" / "ind-gdp.yaml"
    good = record.read_text("utf-8")
    assert good.count("value: 2100\n") == 1
    record.write_text(good.replace("value: 2100\n", "value: 2200\n"), "utf-8")
    try:
        assert run(copy, "--lang", lang, "check", str(record))[:2] == (1, shown)
    finally:
        record.write_text(good, "utf-8")


@pytest.mark.parametrize("path", ["CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"])
def test_a_record_can_be_retired_as_shown(path: str, copy: Path, run: Run) -> None:
    shown = next(body for of, body in blocks(read(path)) if body.startswith("retired:"))
    package = load("package.yaml", (ROOT / "sources" / "package.yaml").read_bytes()).data
    record = copy / "sources" / "indicators" / "ind-wutantong-financing.yaml"
    good = record.read_text("utf-8")
    record.write_text(good + re.sub(r"since: .*", f"since: {package['version']}", shown), "utf-8")
    try:
        assert run(copy, "check", str(record))[:2] == (0, "")
    finally:
        record.write_text(good, "utf-8")


GUIDES = [path for name in ("docs/curation.md", "docs/proof.md", "docs/next-year.md") for path in (name, chinese(name))]
"""Pages whose examples are excerpts: the first line names the record file, `# …` leaves lines out."""


@pytest.mark.parametrize("path", GUIDES)
def test_excerpts_are_taken_from_records_as_they_are(path: str) -> None:
    shown = [body for of, body in blocks(read(path)) if of == "yaml"]
    assert shown
    for each in shown:
        assert isinstance(yaml.safe_load(each), dict | list), each
        name, _, rest = each.removeprefix("# ").partition("\n")
        text = "\n" + read(name)
        for excerpt in rest.split("# …\n"):
            assert "\n" + excerpt in text, f"{name} does not contain:\n{excerpt}"


@pytest.mark.parametrize("path", GUIDES[:2])
def test_records_that_are_named_as_examples_exist(path: str) -> None:
    named = {code.partition(".")[0] for code in inline(read(path)) if re.match(r"(ind|prj|plc|trm|doc|unt)-", code)}
    assert {each for each in named if not list((ROOT / "sources").glob(f"*/{each}.yaml"))} == set()
    assert len(named) > 1


@pytest.mark.parametrize("path", GUIDES[::2])
def test_both_languages_of_a_guide_show_the_same_excerpts_and_records(path: str) -> None:
    english, translated = ([body for of, body in blocks(read(each)) if of == "yaml"] for each in (path, chinese(path)))
    assert english == translated
    named, named_too = (set(re.findall(r"`((?:ind|prj|plc|trm)-[^`]+)`", read(each))) for each in (path, chinese(path)))
    assert named == named_too


def test_links_to_records_and_tables_lead_there() -> None:
    pages = sorted(path.relative_to(ROOT).as_posix() for pattern in ("*.md", "*/*.md") for path in ROOT.glob(pattern))
    found = {path: [link for link in links(read(path)) if leads_to_data(path, link)] for path in pages}
    assert sum(map(len, found.values())) > 20
    assert {path: sorted(set(listed) & set(lost_links(path))) for path, listed in found.items() if listed} == {
        path: [] for path, listed in found.items() if listed
    }
