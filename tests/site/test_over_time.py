"""What readers find of names and terms over time: by the old name, shown with today's."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run
from factpack.package.package import Package, open_package
from factpack.release.skos import skos
from factpack.site.catalogue import Catalogue
from factpack.site.pages.search import record_row
from factpack.site.records.facts import lists
from factpack.site.records.parts import parts
from projects import EXAMPLES, MINIMAL, assemble

PLACE, TERM = "plc-linxi-lake-park", "trm-one-lake-two-belts"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    made = assemble(tmp_path_factory.mktemp("later") / "p", MINIMAL, EXAMPLES / "good" / "names-and-terms-over-time")
    assert run(made, "build")[0] == 0
    return made


@pytest.fixture(scope="module")
def later(root: Path) -> Package:
    return open_package(root)


@pytest.mark.parametrize(
    ("language", "expected"), [("zh", ("曾用名", "临溪湖公园")), ("en", ("Formerly", "Linxi Lake Park (临溪湖公园)"))]
)
def test_the_page_of_a_record_says_what_it_was_called(later: Package, language: str, expected: tuple[str, str]) -> None:
    catalogue = Catalogue(later)
    assert [(fact.label, fact.text) for fact in lists(catalogue, catalogue.entries[PLACE], language)] == [expected]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_search_finds_a_record_by_its_former_names_and_shows_todays(later: Package, language: str) -> None:
    catalogue = Catalogue(later)
    found = record_row(catalogue, catalogue.entries[PLACE], 0, language)
    assert found[2] == {"zh": "临溪湖生态公园", "en": "Linxi Lake Ecological Park"}[language]
    assert found[4] == "临溪湖公园|Linxi Lake Park"


def test_the_page_of_a_term_shows_the_components_of_each_document_those_of_today_first(later: Package) -> None:
    catalogue = Catalogue(later)
    groups = [(each.title, len(each.items)) for each in parts(catalogue, catalogue.entries[TERM], "en")]
    assert groups == [
        ("Components of terms", 4),
        ("Components of terms (Work report of Linxi District)", 3),
        ("Definitions of terms", 2),
    ]
    *_, definitions = parts(catalogue, catalogue.entries[TERM], "en")
    first, second = definitions.items
    assert (first.heading, second.heading) == ("Work report of Linxi District", "Work report of Linxi District, 2026")
    assert ("Number", "1") in [fact[:2] for fact in first.facts]
    assert any(fact.label == "Definition" and fact.text.endswith("two green belts.") for fact in first.facts)
    assert [each.quote for proof in second.proofs for each in proof.passages] == ["2.“一湖三带”"]


def test_show_and_cite_lead_from_an_old_name_to_the_record(root: Path, run: Run) -> None:
    for command in ("show", "cite"):
        code, _, err = run(root, command, "临溪湖公园")
        assert (code, "plc-linxi-lake-park" in err) == (2, True)
    assert "  Formerly: Linxi Lake Park (临溪湖公园)\n" in run(root, "show", PLACE)[1]
    assert "空气质量优良天数比率" in run(root, "--lang", "zh", "cite", "ind-good-air-rate.2025.actual")[1]


def test_the_scheme_of_concepts_has_the_components_of_today(later: Package) -> None:
    text = skos(later).decode()
    assert f"<#{TERM}.report-2026.c4>" in text
    assert f"<#{TERM}.c1>" not in text
