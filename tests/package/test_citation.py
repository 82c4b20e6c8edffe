"""A citation tells what is cited, of which version and on what passage, and programs read it back as it was."""

from __future__ import annotations

import dataclasses
import datetime
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pybtex.database
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

import frozen
from command_line import Run
from factpack.package.citation import Citation, NotCitable, citable_ids, citation_of
from factpack.package.package import Package
from factpack.package.styles import STYLES, bibtex, csl_json, ris
from factpack.release.citation_files import cff
from factpack.words import LANGUAGES
from projects import ROOT

PACKAGE = frozen.package()
DAY = datetime.date(2026, 11, 25)
AUTHOR = "Curators of the Linxi test data"
TITLE = "Work Report of Linxi District, Data"
GDP = "ind-gdp.2025.estimate"
WHERE = "From Report on the Work of the Government of Linxi District, 29 December 2025, paragraph 9"


def with_homepage(package: Package, **more: Any) -> Package:
    return dataclasses.replace(
        package, descriptor={**package.descriptor, "homepage": "https://example.org/linxi", **more}
    )


def test_gbt7714_cites_the_package_a_record_and_a_value() -> None:
    style = STYLES["gbt7714"]
    assert style(citation_of(PACKAGE, "", "zh")) == f"{AUTHOR}. 临溪区政府工作报告数据[DS]. V0.2.0. (2026-02-01)."
    assert style(citation_of(with_homepage(PACKAGE), "ind-gdp", "zh", DAY)) == (
        f"{AUTHOR}. 地区生产总值（ind-gdp）[DS/OL]//临溪区政府工作报告数据. V0.2.0. (2026-02-01)[2026-11-25]."
        " https://example.org/linxi."
    )
    assert style(citation_of(PACKAGE, GDP, "zh", DAY)) == (
        f"{AUTHOR}. 地区生产总值，2025年，超310亿元（预计）（{GDP}）[DS]//临溪区政府工作报告数据. V0.2.0."
        " (2026-02-01)[2026-11-25]. 据临溪区政府工作报告（2025年12月29日），第9段."
    )


def test_authors_are_cited_in_chinese_by_their_chinese_names_where_they_have_any() -> None:
    listed = [{"title": "Curators", "title_zh": "数据编者"}, {"title": "Linxi Society"}]
    package = with_homepage(PACKAGE, contributors=listed)
    assert STYLES["gbt7714"](citation_of(package, "", "zh")).startswith("数据编者，Linxi Society. ")
    assert STYLES["apa"](citation_of(package, "", "en")).startswith("Curators & Linxi Society. (")


def test_apa_cites_a_value() -> None:
    assert STYLES["apa"](citation_of(PACKAGE, GDP, "en", DAY)) == (
        f"{AUTHOR}. (2026). Gross regional product (GDP), 2025, over CNY 31 billion (expected) ({GDP}). In {TITLE}"
        f" (Version 0.2.0) [Data set]. {WHERE}. Retrieved November 25, 2026."
    )


def test_a_milestone_is_cited_by_what_tells_it_from_others() -> None:
    found = citation_of(PACKAGE, "prj-qingshi-substation.2026.completed.target", "en")
    assert (found.name, found.says) == ("Qingshi substation", "2026, Completed, Target")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_id_can_be_cited_in_every_style(language: str) -> None:
    ids = citable_ids(PACKAGE)
    assert len(ids) > 300
    for own in ids[::4]:
        what = citation_of(PACKAGE, own, language, DAY)
        assert what.name or what.retired, own
        for style in STYLES.values():
            said = style(what)
            assert own in said.replace("\\_", "_")
            assert "2026" in said
            assert "None" not in said


def test_without_a_date_of_access_none_is_said() -> None:
    assert STYLES
    for style in STYLES.values():
        assert "2026-11-25" not in style(citation_of(PACKAGE, GDP, "en"))
        assert "ccessed" not in style(citation_of(PACKAGE, GDP, "en"))


def test_what_is_retired_says_since_when_and_what_replaces_it() -> None:
    ids = PACKAGE.tables["ids"]
    names = [field.name for field in ids.fields]
    row = {"id": "plc-old", "kind": "place", "state": "retired", "replaced_by_id": "plc-new", "since": "0.2.0"}
    row |= {"name_zh": "旧湖", "name_en": "Old Lake", "reason_zh": "重复。", "reason_en": "Recorded twice."}
    raw = ids.raw + ",".join(row[name] for name in names).encode() + b"\n"
    files = {**PACKAGE.files, ids.path: raw}
    package = dataclasses.replace(PACKAGE, files=files)
    assert citation_of(package, "plc-old", "en").notes == [
        "Retired since 0.2.0, replaced by plc-new (reason: Recorded twice)"
    ]
    assert citation_of(package, "plc-old", "en").whole == f"Old Lake (plc-old). In {TITLE}"
    assert "自0.2.0停用，由 plc-new 替代（原因：重复）" in STYLES["gbt7714"](citation_of(package, "plc-old", "zh"))


def test_an_unknown_id_cites_nothing() -> None:
    with pytest.raises(NotCitable):
        citation_of(PACKAGE, "ind-nothing", "en")


# ---- programs read it back


TWO = ["Curators of the Linxi and Yunze test data", "Linxi Society"]
ZH = ["临溪数据编者", "Linxi Society"]


def by_two(language: str) -> Citation:
    """Cite a value of a package that two bodies have made, one of which has a Chinese name."""
    listed = [{"title": TWO[0], "title_zh": ZH[0]}, {"title": TWO[1]}]
    return citation_of(with_homepage(PACKAGE, contributors=listed), GDP, language, DAY)


@pytest.mark.parametrize(("language", "names"), [("en", TWO), ("zh", ZH)])
def test_pybtex_takes_no_body_apart(language: str, names: list[str]) -> None:
    ((_, entry),) = pybtex.database.parse_string(bibtex(by_two(language)), "bibtex").entries.items()
    parts = [[*person.first_names, *person.middle_names, *person.prelast_names] for person in entry.persons["author"]]
    assert parts == [[], []]
    assert [person.last_names for person in entry.persons["author"]] == [[f"{{{name}}}"] for name in names]
    printed = pybtex.format_from_string(bibtex(by_two("en")), style="plain", output_backend="text")
    assert printed.startswith(f"[1] {TWO[0]} and {TWO[1]}. Gross regional product ")
    assert "February 2026. Data set; From Report" in printed


@pytest.fixture(scope="module")
def arrived() -> dict[tuple[str, str], dict[str, Any]]:
    """What arrives of a citation in a style and language in reference managers, by citation-js."""
    if shutil.which("node") is None or not (ROOT / "tests" / "node_modules" / "@citation-js").exists():
        pytest.skip("needs Node and citation-js (npm ci --ignore-scripts --prefix tests)")
    whole = with_homepage(PACKAGE, contributors=[{"title": TWO[0], "title_zh": ZH[0]}, {"title": TWO[1]}])
    styles = ("bibtex", "ris", "csl-json")
    texts = {(style, each): STYLES[style](by_two(each)) for style in styles for each in LANGUAGES}
    texts["cff", "en"] = cff(whole).decode()
    command = ["node", ROOT / "tests" / "package" / "citations.mjs"]
    done = subprocess.run(
        command, input=json.dumps(list(texts.values())), capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    return dict(zip(texts, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json", "cff"])
def test_a_reference_manager_gets_names_title_date_version_and_address(
    style: str, arrived: dict[tuple[str, str], dict[str, Any]]
) -> None:
    for language, names in (("en", TWO), ("zh", ZH)):
        if (style, language) not in arrived:
            continue
        item, told = arrived[style, language]["item"], by_two(language)
        assert [_whole(each) for each in item["author"]] == names
        assert item["type"] == "dataset"
        assert item["title"] == (told.package.title["en"] if style == "cff" else told.whole)
        assert item["version"] == "0.2.0"
        assert item["URL"] == "https://example.org/linxi"
        day = [2026, 2] if style == "bibtex" else [2026, 2, 1]
        assert item["issued"]["date-parts"][0] == day
        assert "publisher" not in item
        if style != "cff":
            assert item["accessed"]["date-parts"][0] == [2026, 11, 25]
            assert told.passage in item["note"]


def _whole(author: dict[str, str]) -> str:
    """Return a name that arrived in one piece; one in several fails."""
    (name,) = (part for part in author.values() if part)
    return name


def test_what_is_printed_in_apa_style_is_what_a_processor_prints_of_the_same_data(
    arrived: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for style in ("bibtex", "ris", "csl-json"):
        printed = arrived[style, "en"]["apa"].replace("[Dataset]", "[Data set]").replace(", & ", " & ")
        assert printed.startswith(f"{TWO[0]} & {TWO[1]}. (2026). Gross regional product")
        assert printed.partition(" [Data set]")[0] == STYLES["apa"](by_two("en")).partition(" [Data set]")[0]


def test_an_author_with_a_comma_is_refused(minimal: Path, run: Run) -> None:
    package = minimal / "sources" / "package.yaml"
    text = package.read_text("utf-8")
    assert text.count("contributors:\n  - title: ") == 1
    before = "contributors:\n  - title: "
    package.write_text(text.replace(before, f"{before}A Society, B, ", 1), "utf-8")
    code, out, _ = run(minimal, "check")
    assert code == 1
    assert "error[wrong-form]: 'A Society, B, " in out


def odd(text: str) -> Citation:
    package = with_homepage(PACKAGE, contributors=[{"title": text}])
    return Citation(package, "en", "ind-x", text, text, text, accessed=DAY)


NAUGHTY = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)


@given(NAUGHTY)
def test_ris_is_read_back_as_it_was(text: str) -> None:
    (found,) = rispy.loads(ris(odd(text)))
    line = " ".join(text.split())
    assert found["type_of_reference"] == "DATA"
    assert found["authors"] == [f"{line},"], "Family, Given"
    assert " ".join(found["title"].split()) == " ".join(odd(text).whole.split())


@given(NAUGHTY)
def test_csl_json_is_read_back_as_it_was(text: str) -> None:
    (found,) = json.loads(csl_json(odd(text)))
    assert found["title"] == odd(text).whole
    assert found["author"] == [{"literal": text}]
    assert found["type"] == "dataset"
    assert found["accessed"] == {"date-parts": [[2026, 11, 25]]}


@given(NAUGHTY)
def test_bibtex_is_one_entry_with_its_fields_whatever_they_hold(text: str) -> None:
    entries = pybtex.database.parse_string(bibtex(odd(text)), "bibtex").entries
    ((key, entry),) = entries.items()
    assert (key, entry.type) == ("linxi-work-report:ind-x", "dataset")
    assert entry.fields["year"] == "2026"
    assert entry.fields["urldate"] == "2026-11-25"
    assert entry.fields["title"].endswith(". In Work Report of Linxi District, Data}")
    assert "(ind-x)" in entry.fields["title"]


def test_bibtex_escapes_what_tex_would_run() -> None:
    made = bibtex(odd(r"a\input{x} 50% & #1_2$^~"))
    assert (
        r"a\textbackslash{}input\textbraceleft{}x\textbraceright{} 50\% \& \#1\_2\$\textasciicircum{}\textasciitilde{}"
        in made
    )


# ---- the command


def test_the_command_prints_a_citation_in_the_language_asked_for(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "cite", GDP, "--accessed", "2026-11-25")
    assert (code, err) == (0, "")
    assert out == STYLES["gbt7714"](citation_of(PACKAGE, GDP, "en", DAY)) + "\n"
    assert run(linxi, "cite", "--style", "bibtex")[1].startswith("@dataset{linxi-work-report:0.2.0,")


def test_the_clock_is_read_only_when_asked(linxi: Path, run: Run) -> None:
    assert datetime.date.today().isoformat() in run(linxi, "cite", "--accessed", "today")[1]


@pytest.mark.parametrize("date", ["2026-02-30", "yesterday", "2026", "2026-W48-3", "20261125", ""])
def test_a_date_that_is_none_is_a_mistake(linxi: Path, run: Run, date: str) -> None:
    code, out, err = run(linxi, "cite", "--accessed", date)
    assert (code, out) == (2, "")
    assert "is not a date" in err


def test_an_unknown_id_is_a_mistake_that_names_near_ones(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "cite", "ind-gdp.2025.estimat")
    assert (code, out) == (2, "")
    assert GDP in err
