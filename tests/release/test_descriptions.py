"""Descriptions for other systems: judged from outside, offline, and all of one mind."""

from __future__ import annotations

import hashlib
import html
import json
import re
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import frozen
from factpack.release.citation_files import cff, published_day, zenodo
from factpack.release.croissant import dataset
from factpack.release.csvw import csvw
from factpack.release.dcat import dcat
from factpack.release.released import ReleasedFile
from factpack.release.rocrate import crate
from factpack.release.skos import skos

PACKAGE = frozen.package()
FILES = [
    ReleasedFile(
        path,
        "text/csv" if path.endswith("csv") else "application/json",
        len(raw),
        hashlib.sha256(raw).hexdigest(),
        PACKAGE.title,
    )
    for path, raw in PACKAGE.files.items()
]
DATASET, DCAT, CRATE, CSVW = (
    json.loads(each) for each in (dataset(PACKAGE, FILES), dcat(PACKAGE, FILES), crate(PACKAGE, FILES), csvw(PACKAGE))
)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be fetched."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a judge wanted the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A folder with the files of the package."""
    for path, raw in PACKAGE.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    return tmp_path


def graph(data: bytes, form: str) -> Any:
    rdflib = pytest.importorskip("rdflib")
    return rdflib.Graph().parse(data=data, format=form, publicID="https://example.org/data/")


def test_croissant_takes_the_data_set_and_reads_its_records() -> None:
    mlc = pytest.importorskip("mlcroissant")
    found = mlc.Dataset(jsonld=DATASET)
    assert found.metadata.version == PACKAGE.version
    assert len(found.metadata.record_sets) == len(PACKAGE.tables) == 23
    problems = found.metadata.ctx.issues
    assert list(problems.errors) == []


def test_croissant_finds_its_files_beside_it(unpacked: Path) -> None:
    mlc = pytest.importorskip("mlcroissant")
    (unpacked / "dataset.jsonld").write_bytes(dataset(PACKAGE, FILES))
    records = list(mlc.Dataset(jsonld=str(unpacked / "dataset.jsonld")).records("places"))
    assert len(records) == sum(1 for _ in PACKAGE.tables["places"].rows())
    assert any(each["places/name_zh"] in ("临溪湖", "临溪湖".encode()) for each in records)


def test_schema_org_data_set_is_read_as_linked_data() -> None:
    rdflib = pytest.importorskip("rdflib")
    found = graph(dataset(PACKAGE, FILES), "json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    (own,) = found.subjects(rdflib.RDF.type, schema.Dataset)
    assert str(found.value(own, schema.version)) == PACKAGE.version
    assert len(list(found.objects(own, schema.distribution))) == len(FILES)


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix spdx: <http://spdx.org/rdf/terms#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 2 ; sh:datatype rdf:langString ; sh:uniqueLang true ],
    [ sh:path dct:description ; sh:minCount 2 ; sh:datatype rdf:langString ; sh:uniqueLang true ],
    [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dct:issued ; sh:maxCount 1 ; sh:datatype xsd:date ],
    [ sh:path dcat:version ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path dct:language ; sh:minCount 2 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ],
    [ sh:path spdx:checksum ; sh:maxCount 1 ;
      sh:node [ sh:property [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:datatype xsd:hexBinary ] ] ] .
"""
"""What DCAT-AP demands of a data set and a distribution, and that texts are in both languages."""


def conforms(data: bytes) -> bool:
    pyshacl = pytest.importorskip("pyshacl")
    conforming, _, _ = pyshacl.validate(graph(data, "json-ld"), shacl_graph=graph(SHAPES.encode(), "turtle"))
    return bool(conforming)


def test_dcat_has_what_catalogues_demand_and_the_judge_can_fail() -> None:
    assert conforms(dcat(PACKAGE, FILES))
    assert not conforms(dcat(PACKAGE, FILES).replace(b'"dct:license"', b'"dct:rights"'))


def test_the_glossary_is_a_scheme_of_all_terms_and_components() -> None:
    rdflib = pytest.importorskip("rdflib")
    found, core = graph(skos(PACKAGE), "turtle"), rdflib.SKOS
    terms = list(PACKAGE.tables["glossary"].rows())
    components = list(PACKAGE.tables["glossary_components"].rows())
    concepts = set(found.subjects(rdflib.RDF.type, core.Concept))
    assert len(concepts) == len(terms) + len(components)
    (scheme,) = found.subjects(rdflib.RDF.type, core.ConceptScheme)
    assert len(set(found.objects(scheme, core.hasTopConcept))) == len(terms)
    for concept in concepts:
        assert {each.language for each in found.objects(concept, core.prefLabel)} == {"zh", "en"}
    first = rdflib.URIRef(f"https://example.org/data/#{terms[0][0]}")
    names = [field.name for field in PACKAGE.tables["glossary"].fields]
    row = dict(zip(names, terms[0], strict=True))
    assert {str(each) for each in found.objects(first, core.prefLabel)} == {row["name_zh"], row["name_en"]}
    assert {str(each) for each in found.objects(first, core.definition)} == {row["definition_zh"], row["definition_en"]}
    assert str(found.value(first, core.notation)) == str(row["number"])
    assert len(list(found.objects(first, core.narrower))) == sum(each[1] == row["id"] for each in components)


def test_ro_crate_opens_with_all_files(unpacked: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    (unpacked / "ro-crate-metadata.json").write_bytes(crate(PACKAGE, FILES))
    found = rocrate.ROCrate(str(unpacked))
    assert found.name == PACKAGE.title["en"]
    assert {each.id for each in found.data_entities} == set(PACKAGE.files)


def test_csvw_tells_every_column_and_key_of_every_table() -> None:
    assert [each["url"] for each in CSVW["tables"]] == [each.path for each in PACKAGE.tables.values()]
    known = {each["url"] for each in CSVW["tables"]}
    for told, table in zip(CSVW["tables"], PACKAGE.tables.values(), strict=True):
        header = table.raw.decode().split("\n", 1)[0].split(",")
        assert [each["name"] for each in told["tableSchema"]["columns"]] == header
        assert told["tableSchema"]["primaryKey"] == list(table.key)
        assert len(told["tableSchema"].get("foreignKeys", ())) == len(table.links)
        assert {each["reference"]["resource"] for each in told["tableSchema"].get("foreignKeys", ())} <= known


def test_the_csvw_library_reads_the_tables(unpacked: Path) -> None:
    csvw_library = pytest.importorskip("csvw")
    (unpacked / "csv-metadata.json").write_bytes(csvw(PACKAGE))
    group = csvw_library.TableGroup.from_file(unpacked / "csv-metadata.json")
    for table, own in zip(group.tables, PACKAGE.tables.values(), strict=True):
        assert len(list(table.iterdicts())) == sum(1 for _ in own.rows())
    assert group.check_referential_integrity() in (True, None)
    found = csvw_library.CSVW(str(unpacked / "csv-metadata.json"), validate=True, strict=False)
    assert found.is_valid, [str(each.message) for each in found.warnings]


def test_csvw_types_every_column_and_demands_those_that_must_be_there() -> None:
    types = {"string": "string", "integer": "integer", "number": "decimal", "date": "date"}
    types |= {"boolean": {"base": "boolean", "format": "true|false"}}
    assert CSVW["null"] == ""
    for told, table in zip(CSVW["tables"], PACKAGE.tables.values(), strict=True):
        for column, field in zip(told["tableSchema"]["columns"], table.fields, strict=True):
            assert column["datatype"] == ("anyURI" if field.format == "uri" else types[field.type])
            assert column.get("required", False) == field.required


def test_the_citation_file_is_valid(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_bytes(cff(PACKAGE))
    judge = Path(sys.executable).parent / "check-jsonschema"
    command = [judge, "--builtin-schema", "vendor.citation-file-format", tmp_path / "CITATION.cff"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_all_descriptions_tell_the_same_facts() -> None:
    file, deposit = yaml.safe_load(cff(PACKAGE)), json.loads(zenodo(PACKAGE))
    root = next(each for each in CRATE["@graph"] if each["@id"] == "./")
    assert {PACKAGE.version} == {each["version"] for each in (DATASET, root, file, deposit)} | {DCAT["dcat:version"]}
    english = {each["@value"] for each in DCAT["dct:title"] if each["@language"] == "en"}
    assert {PACKAGE.title["en"]} == {DATASET["name"], root["name"], file["title"], deposit["title"], *english}
    assert {PACKAGE.licence["path"]} == {DATASET["license"], root["license"]["@id"], DCAT["dct:license"]["@id"]}
    assert file["license"] == PACKAGE.licence["name"]
    assert deposit["license"] == PACKAGE.licence["name"].lower()
    sums = {each.path: each.sha256 for each in FILES}
    assert {each["@id"]: each["sha256"] for each in DATASET["distribution"]} == sums
    assert {each["@id"]: each["sha256"] for each in CRATE["@graph"] if each["@type"] == "File"} == sums
    told = {
        each["dcat:accessURL"]["@id"]: each["spdx:checksum"]["spdx:checksumValue"]["@value"]
        for each in DCAT["dcat:distribution"]
    }
    assert told == sums


@pytest.mark.parametrize("text", ['a"b', "a\\b", "line\nend\r", 'x" ; a <y> . "', "𠮷😀", "\\u0041"])
def test_texts_of_any_kind_stay_texts_in_turtle(text: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    from factpack.release.skos import _literal

    found = graph(f"<#a> <#b> {_literal(text)} .".encode(), "turtle")
    assert [str(each) for each in found.objects()] == [text]
    assert isinstance(next(found.objects()), rdflib.Literal)


def test_the_data_set_tells_its_period_and_every_source() -> None:
    table = PACKAGE.tables["observations"]
    names = [field.name for field in table.fields]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows()]
    results = [row for row in rows if row["status"] != "target"]
    assert len(results) < len(rows), "a target is of a year to come"
    starts, ends = ([str(row[each]) for row in results if row[each]] for each in ("period_start", "period_end"))
    assert DATASET["temporalCoverage"] == f"{min(starts)}/{max(ends)}"
    told = [(each["name"], each.get("url")) for each in DATASET["isBasedOn"]]
    assert told == [(each["title"], each.get("path")) for each in PACKAGE.descriptor["sources"]]


def test_croissant_tells_types_keys_and_references_of_every_table() -> None:
    types = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}
    types |= {"boolean": "sc:Boolean"}
    for told, table in zip(DATASET["recordSet"], PACKAGE.tables.values(), strict=True):
        assert [each["@id"] for each in told["key"]] == [f"{table.name}/{each}" for each in table.key]
        for each, field in zip(told["field"], table.fields, strict=True):
            assert each["dataType"] == ("sc:URL" if field.format == "uri" else types[field.type])
        links = {(link.field, f"{link.table}/{link.target}") for link in table.links if link.table != table.name}
        references = {
            (each["name"], each["references"]["field"]["@id"]) for each in told["field"] if "references" in each
        }
        assert references == links


def test_the_glossary_has_groups_in_their_order_and_sources() -> None:
    rdflib = pytest.importorskip("rdflib")
    from rdflib.collection import Collection

    found, core = graph(skos(PACKAGE), "turtle"), rdflib.SKOS
    base = "https://example.org/data/#"
    table = PACKAGE.tables["glossary_components"]
    names = [field.name for field in table.fields]
    wanted: dict[tuple[str, str], list[str]] = {}
    for row in (dict(zip(names, each, strict=True)) for each in table.rows()):
        if row["group_zh"]:
            wanted.setdefault((row["glossary_id"], row["group_zh"]), []).append(f"{base}{row['id']}")
    numbers: dict[str, int] = {}
    for (term, group), members in wanted.items():
        numbers[term] = numbers.get(term, 0) + 1
        node = rdflib.URIRef(f"{base}{term}.g{numbers[term]}")
        assert [str(each) for each in Collection(found, found.value(node, core.memberList))] == members
        assert group in {str(each) for each in found.objects(node, core.prefLabel)}
    assert len(set(found.subjects(rdflib.RDF.type, core.OrderedCollection))) == len(wanted)
    documents = PACKAGE.tables["documents"]
    at = [field.name for field in documents.fields].index("url")
    urls = {row[0]: row[at] for row in documents.rows()}
    terms = PACKAGE.tables["glossary"]
    names = [field.name for field in terms.fields]
    for row in (dict(zip(names, each, strict=True)) for each in terms.rows()):
        source = found.value(rdflib.URIRef(f"{base}{row['id']}"), rdflib.DCTERMS.source)
        assert (str(source) if source else None) == urls[row["document_id"]]


def test_the_description_of_a_deposit_is_html_in_which_no_text_is_markup() -> None:
    texts = {"zh": "<img src=x onerror=alert(1)>甲", "en": '<a href="http://evil.example">A</a> & B'}
    poisoned = replace(PACKAGE, descriptor={**PACKAGE.descriptor, "x-description": texts, "x-title": texts})
    shown = json.loads(zenodo(poisoned))["description"]
    assert re.findall("<[^>]*>", shown) == ["<p>", "</p>", "<p>", "</p>"]
    plain = html.unescape(re.sub("</?p>", "", shown))
    assert all(text in plain for text in texts.values())


def test_descriptions_agree_on_dates_words_sizes_and_sources() -> None:
    deposit, root = json.loads(zenodo(PACKAGE)), next(each for each in CRATE["@graph"] if each["@id"] == "./")
    day = PACKAGE.created.date().isoformat()
    days = [DATASET["dateCreated"], DATASET["datePublished"], root["datePublished"], deposit["publication_date"]]
    assert {*days, DCAT["dct:issued"]["@value"]} == {day}
    words = PACKAGE.descriptor["keywords"]
    file = yaml.safe_load(cff(PACKAGE))
    assert all(each == words for each in (DATASET["keywords"], root["keywords"], deposit["keywords"]))
    assert DCAT["dcat:keyword"] == file["keywords"] == words
    sizes = {each.path: each.size for each in FILES}
    assert {each["@id"]: each["contentSize"] for each in DATASET["distribution"]} == {
        path: f"{size} B" for path, size in sizes.items()
    }
    assert {
        each["dcat:accessURL"]["@id"]: int(each["dcat:byteSize"]["@value"]) for each in DCAT["dcat:distribution"]
    } == sizes
    sources = [each["path"] for each in PACKAGE.descriptor["sources"] if "path" in each]
    assert [each["@id"] for each in DCAT["dct:source"]] == sources
    assert [each["identifier"] for each in deposit["related_identifiers"]] == sources
    assert DATASET["inLanguage"] == ["zh", "en"]


def test_references_of_the_citation_file_tell_what_they_are_and_when_they_were_published() -> None:
    references = yaml.safe_load(cff(PACKAGE))["references"]
    documents = PACKAGE.tables["documents"]
    names = [field.name for field in documents.fields]
    rows = [dict(zip(names, row, strict=True)) for row in documents.rows()]
    types = {"report": "government-document", "standard": "standard", "news": "newspaper-article"}
    types |= dict.fromkeys(("plan", "policy"), "government-document")
    types |= {"law": "statute", "yearbook": "book", "web_page": "website"}
    (vocabulary,) = (field.categories for field in documents.fields if field.name == "type")
    assert set(vocabulary) == set(types)
    told = [(each["type"], str(each.get("date-published")), each["languages"]) for each in references]
    assert told == [
        (types[str(row["type"])], str(row["published_at"] or row["delivered_on"])[:10], ["zh"])
        for row in rows
        if row["url"]
    ]


@pytest.mark.parametrize(
    ("cells", "published"),
    [
        ({"published_on": "2022-11-21", "delivered_basis": "not_before"}, "2022-11-21"),
        ({"published_at": "2026-01-19T16:01:00+08:00"}, "2026-01-19"),
        ({"delivered_basis": "not_before"}, ""),
        ({}, "2025-12-24"),
    ],
)
def test_a_first_possible_day_is_no_date_of_publication(cells: dict[str, str], published: str) -> None:
    row = dict.fromkeys(("published_at", "published_on"), "") | {
        "delivered_on": "2025-12-24",
        "delivered_basis": "inferred",
    }
    assert published_day(row | cells) == published


NAMED = replace(
    PACKAGE,
    descriptor={
        **PACKAGE.descriptor,
        "homepage": "https://example.org/linxi",
        "contributors": [{"title": "Linxi Curators", "title_zh": "临溪数据编者"}, {"title": "Linxi Society"}],
    },
)
"""The package with an address and two authors, one of them with a Chinese name."""
NAMES = {"Linxi Curators", "临溪数据编者", "Linxi Society"}


def test_authors_arrive_whole_in_both_languages_with_the_address_of_the_package(unpacked: Path) -> None:
    rdflib, rocrate = pytest.importorskip("rdflib"), pytest.importorskip("rocrate.rocrate")
    foaf, schema, catalogue = rdflib.FOAF, rdflib.Namespace("https://schema.org/"), rdflib.DCAT
    told = graph(dcat(NAMED, FILES), "json-ld")
    agents = list(told.objects(None, rdflib.DCTERMS.creator))
    names = [{(str(name), name.language) for name in told.objects(agent, foaf.name)} for agent in agents]
    assert sorted(map(sorted, names), key=len) == [
        [("Linxi Society", None)],
        [("Linxi Curators", "en"), ("临溪数据编者", "zh")],
    ]
    assert [str(each) for each in told.objects(None, catalogue.landingPage)] == ["https://example.org/linxi"]
    told = graph(dataset(NAMED, FILES), "json-ld")
    creators = list(told.objects(None, schema.creator))
    properties = (schema.name, schema.alternateName)
    assert {str(name) for each in creators for of in properties for name in told.objects(each, of)} == NAMES
    (unpacked / "ro-crate-metadata.json").write_bytes(crate(NAMED, FILES))
    root = rocrate.ROCrate(str(unpacked)).root_dataset
    assert {name for each in root["author"] for name in (each["name"], each.get("alternateName")) if name} == NAMES
    assert root["url"] == "https://example.org/linxi"
    assert yaml.safe_load(cff(NAMED))["authors"] == [
        {"name": "Linxi Curators", "alias": "临溪数据编者"},
        {"name": "Linxi Society"},
    ]
