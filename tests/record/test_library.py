"""What records may know of others: the library, names, and the join that finds values given twice."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.disk import overflow
from factpack.disk.project import Project
from factpack.problems import Problem
from factpack.record import names
from factpack.record.library import Library
from factpack.record.names import Named, Names, concept_key, named, names_of
from factpack.record.unique import duplicates, unique_keys
from factpack.schema import read
from factpack.source import documents
from factpack.source.documents import Document
from factpack.table.derived import DERIVATIONS
from projects import ROOT

SCHEMAS = read.read(Project(ROOT).schemas(), DERIVATIONS)
RECORDS: dict[str, dict[str, Any]] = {
    "plc-wuhan": {"id": "plc-wuhan", "name": {"zh": "武汉市", "en": "Wuhan"}},
    "plc-linxi": {"id": "plc-linxi", "name": {"zh": "临溪区", "en": "Linxi"}, "part_of": "plc-wuhan"},
    "unt-cny-100m": {"id": "unt-cny-100m", "factor": Decimal(100_000_000), "plain_unit": "unt-cny"},
}


def library() -> Library:
    return Library(SCHEMAS, {"area": "plc-linxi"}, RECORDS.get, RECORDS.__contains__, lambda _: None)


def counted(answer: Callable[[str], Any]) -> tuple[list[str], Callable[[str], Any]]:
    asked: list[str] = []

    def ask(key: str) -> Any:
        asked.append(key)
        return answer(key)

    return asked, ask


# ---- the library


def test_records_files_and_texts_are_asked_for_once_even_where_there_are_none() -> None:
    reads, read = counted(RECORDS.get)
    looks, look = counted(RECORDS.__contains__)
    opens, opened = counted(lambda _: None)
    found = Library(SCHEMAS, {}, read, look, opened)
    for _ in range(3):
        assert found.record("plc-wuhan") == RECORDS["plc-wuhan"]
        assert found.record("plc-gone") is None
        assert found.exists("plc-wuhan")
        assert not found.exists("plc-gone")
        assert found.text("doc-gone") is None
    assert (reads, looks, opens) == (["plc-wuhan", "plc-gone"], ["plc-wuhan", "plc-gone"], ["doc-gone"])


def test_the_default_area_is_the_packages() -> None:
    assert library().area == "plc-linxi"
    assert Library(SCHEMAS, {}, RECORDS.get, RECORDS.__contains__, lambda _: None).area == ""


@pytest.mark.parametrize(
    ("record", "role", "found"),
    [
        ("unt-cny-100m", "factor", 100_000_000),
        ("unt-cny-100m", "quantity", None),
        ("unt-cny-100m", "part_of", None),
        ("unt-gone", "factor", None),
        ("xyz-gone", "factor", None),
        ("", "factor", None),
    ],
)
def test_a_role_in_another_record_is_found_or_is_nothing(record: str, role: str, found: Any) -> None:
    assert library().role(record, role) == found


@pytest.mark.parametrize(
    ("start", "steps", "found"),
    [
        ("plc-linxi", ["name", "zh"], "临溪区"),
        ("plc-linxi", ["part_of", "name", "en"], "Wuhan"),
        ({"part_of": "plc-linxi"}, ["part_of", "part_of", "id"], "plc-wuhan"),
        ("plc-linxi", [], "plc-linxi"),
        ("plc-linxi", ["part_of", "part_of", "name"], None),
        ("plc-gone", ["name"], None),
        (3, ["name"], None),
        (None, ["name"], None),
    ],
)
def test_a_path_is_followed_through_references_and_ends_in_nothing_where_one_leads_nowhere(
    start: Any, steps: list[str], found: Any
) -> None:
    assert library().follow(start, steps) == found


# ---- names


def test_names_of_a_record_are_its_chinese_name_and_aliases_in_normal_form() -> None:
    record: Any = {"name": {"zh": "沙湖（东）", "en": "Sand Lake"}, "aliases": ["沙 湖", "ＡＢ湖"]}
    assert names_of(SCHEMAS.kinds["place"], record) == ("沙湖(东)", "沙湖", "AB湖")


@pytest.mark.parametrize(
    "record", [{}, {"name": "沙湖"}, {"name": {"en": "Lake"}}, {"aliases": "沙湖"}, {"name": None}]
)
def test_a_record_that_is_wrong_gives_no_names_and_no_error(record: Any) -> None:
    assert names_of(SCHEMAS.kinds["place"], record) == ()


TEXTS = ("doc-a", "doc-b", "doc-c")
NAMES = st.lists(st.text("沙湖外东", min_size=1, max_size=4), max_size=4)


@given(places=NAMES, projects=NAMES, text=st.text("沙湖外东西", max_size=12))
def test_every_known_name_that_stands_in_a_text_is_found_with_its_record(
    places: list[str], projects: list[str], text: str
) -> None:
    listed = [Named("plc-a", tuple(places), ("doc-a", "doc-b")), Named("prj-b", tuple(projects), ("doc-x",))]
    known = Names(listed, TEXTS)
    found = known.standing_in(text, "doc-a")
    pairs = [(name, "plc-a") for name in places] + [(name, "prj-b") for name in projects]
    assert sorted(found) == sorted((name, record, "") for name, record in pairs if name in text)
    assert known.standing_in(text, "doc-b") == found
    elsewhere = [(name, "prj-b", "") for name in projects if name in text]
    assert sorted(known.standing_in(text, "doc-c")) == sorted(elsewhere)


@pytest.mark.parametrize(
    "text",
    [
        "name: {zh: 沙湖, en: Lake}\n",
        "name:\n  zh: >-\n    沙湖\n",
        "name:\r\n  zh: 沙湖\r\naliases:\r\n  - 东湖\r\n",
        "name:\n  zh: 'it''s'\naliases:\n  # a comment\n  - 东湖\n    边\n",
    ],
)
def test_names_are_those_that_the_loader_reads_however_they_are_written(text: str) -> None:
    kind, data = SCHEMAS.kinds["place"], documents.load("", text.encode()).data
    assert data
    assert named(kind, "plc-x", data)[1] == names_of(kind, data) != ()


def test_a_records_names_belong_to_the_documents_with_a_text_that_it_cites() -> None:
    cited: list[Any] = [{"document": "doc-a"}, {"document": "doc-b"}, {"paragraph": 1}, "doc-c"]
    kind, record = SCHEMAS.kinds["indicator"], {"name": {"zh": "a"}, "evidence": cited[:1], "observations": []}
    record["observations"] = [{"evidence": cited}, {"evidence": [{"document": "doc-c"}]}, {"evidence": "doc-e"}]
    found = named(kind, "ind-x", record)
    assert found[2] == ("doc-a", "doc-b", "doc-c")
    known = Names([found], ("doc-a", "doc-b", "doc-d"))
    assert [bool(known.standing_in("a", f"doc-{each}")) for each in "abcd"] == [True, True, False, False]
    everywhere = Names([found], ("doc-d",))
    assert everywhere.standing_in("a", "doc-x") == [("a", "ind-x", "")]


def test_the_records_of_a_concept_are_known_by_area_and_have_a_digest_of_their_own() -> None:
    def indicator(own: str, concept: str, *areas: str) -> Named:
        parts: list[Any] = [{"area": area} if area else {} for area in areas]
        return named(SCHEMAS.kinds["indicator"], own, {"concept": concept, "observations": parts})

    listed = [
        indicator("ind-b", "gdp", "", "plc-a"),
        indicator("ind-a", "gdp", "plc-linxi"),
        indicator("ind-c", "jobs", ""),
    ]
    known, more = Names(listed), Names([*listed, indicator("ind-d", "jobs", "")])
    found = Library(
        SCHEMAS, {"area": "plc-linxi"}, RECORDS.get, RECORDS.__contains__, lambda _: None, with_key=known.related
    )
    assert found.related("gdp", "plc-linxi") == ["ind-a", "ind-b"]
    assert (found.related("gdp", "plc-a"), found.related("trade", "plc-a")) == (["ind-b"], [])
    assert known.digest(concept_key("gdp", "")) == more.digest(concept_key("gdp", ""))
    assert known.digest(concept_key("jobs", "")) != more.digest(concept_key("jobs", ""))


# ---- the join: values that two records give


def place(name: str, code: str) -> Document:
    raw = f"id: plc-{name}\nname:\n  zh: {name}\n  en: {name}\ncode: '{code}'\n"
    return documents.load(f"sources/places/plc-{name}.yaml", raw.encode())


def test_a_value_that_is_missing_or_no_scalar_is_not_compared() -> None:
    raw = b"id: plc-a\nname:\n  zh: a\n"
    assert unique_keys(SCHEMAS.kinds["place"], documents.load("sources/places/plc-a.yaml", raw)) == []
    assert unique_keys(SCHEMAS.kinds["place"], documents.load("sources/places/plc-a.yaml", b"code: [a]\n")) == []


def told(kind: str, *found: Document) -> list[Problem]:
    """Return what is told of documents of a kind that are joined in this order."""
    pairs = [pair for each in found for pair in unique_keys(SCHEMAS.kinds[kind], each)]
    return duplicates(pairs, {each.path: each for each in found}.__getitem__)


def test_each_record_after_the_first_that_has_a_value_is_told_the_first() -> None:
    places = place("a", "420106"), place("b", "420100"), place("c", "420106"), place("d", "420106")
    found = told("place", *places)
    assert [(each.path, each.line, each.column, each.code) for each in found] == [
        ("sources/places/plc-c.yaml", 5, 7, "duplicate-value"),
        ("sources/places/plc-d.yaml", 5, 7, "duplicate-value"),
    ]
    assert {each.values["other"] for each in found} == {"sources/places/plc-a.yaml"}
    assert "420106" in found[0].message()


def test_the_same_value_in_two_kinds_is_no_duplicate() -> None:
    gdp = documents.load("sources/indicators/ind-a.yaml", b"id: ind-a\nname:\n  zh: '420106'\n  en: '420106'\n")
    pairs = [*unique_keys(SCHEMAS.kinds["place"], place("a", "420106")), *unique_keys(SCHEMAS.kinds["indicator"], gdp)]
    assert duplicates(pairs, lambda path: gdp) == []


def test_indicators_are_told_apart_by_both_names() -> None:
    first, second = (
        documents.load(f"sources/indicators/ind-{own}.yaml", f"name:\n  zh: 总值\n  en: {own}\n".encode())
        for own in "ab"
    )
    found = told("indicator", first, second)
    assert [(each.path, each.pointer) for each in found] == [("sources/indicators/ind-b.yaml", "/name/zh")]


def test_names_that_go_to_a_file_are_found_as_those_that_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [Named(f"plc-{n}", (f"沙湖{n}号", "外湖"), (f"doc-{n % 3}", "doc-x")) for n in range(50)]
    texts = ("doc-0", "doc-1", "doc-2")
    held = Names(listed, texts)
    monkeypatch.setattr(overflow, "MEMORY_BYTES", 100)
    monkeypatch.setattr(names, "NAMED_HELD", 7)
    filed = Names(listed, texts)
    copy = pickle.loads(pickle.dumps(filed))  # noqa: S301 - our own, as a process gets it
    for document in (*texts, "doc-x"):
        for text in ("在沙湖7号与外湖", "沙湖", "沙湖31号"):
            expected = held.standing_in(text, document)
            assert filed.standing_in(text, document) == copy.standing_in(text, document) == expected
        assert filed.digest(document) == copy.digest(document) == held.digest(document)
    assert held.standing_in("在沙湖7号", "doc-1") == [("沙湖7号", "plc-7", "")]


def test_a_former_name_stands_in_a_text_with_the_last_document_that_used_it() -> None:
    former = [{"zh": "沙 湖", "en": "Sand Lake", "document": "doc-a"}]
    record: Any = {
        "name": {"zh": "外湖", "en": "Outer Lake"},
        "former_names": former,
        "evidence": [{"document": "doc-b"}],
    }
    found = named(SCHEMAS.kinds["place"], "plc-a", record)
    assert (found.names, found.former) == (("外湖",), (("沙湖", "doc-a"),))
    known = Names([found], ("doc-a", "doc-b"))
    assert known.standing_in("沙湖与外湖", "doc-b") == [("外湖", "plc-a", ""), ("沙湖", "plc-a", "doc-a")]
    without = Names([found._replace(former=())], ("doc-a", "doc-b"))
    assert known.digest("doc-b") != without.digest("doc-b")


@pytest.mark.parametrize("former", [None, "沙湖", ["沙湖"], [{}], {"zh": "沙湖"}])
def test_former_names_that_are_wrong_are_no_error(former: Any) -> None:
    assert named(SCHEMAS.kinds["place"], "plc-a", {"former_names": former}).names == ()
