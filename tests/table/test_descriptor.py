"""The descriptor of a package, judged by the official profiles, by frictionless, and by the data model."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.run.workspace import open_workspace
from official_profiles import PROFILES, broken, levels, validators

CONTRACT = {
    "indicators": "id name_zh name_en concept description_zh description_en theme measure timing unit_id whole_zh"
    " whole_en among_zh among_en among_id",
    "observations": "id preferred restates_id superseded_by_id verification vintage obs_status caution indicator_id"
    " indicator_name_zh indicator_name_en period status display_zh display_en bound value value_high member"
    " unit_id unit_zh unit_en measure timing theme whole_zh whole_en among_zh among_en area_id area_zh area_en"
    " claim claim_periods claim_indicator_id statement_zh statement_en plain_value plain_unit_id plain_unit_zh"
    " plain_unit_en printed period_start period_end period_basis compared_to provisional reading note_zh"
    " note_en document_id section paragraph quote url",
    "targets": "id indicator_id indicator_name_zh indicator_name_en area_id period kind set_on revises_id aim bound"
    " value unit_id unit_zh unit_en plain_value plain_unit_id claim statement_zh statement_en display_zh"
    " display_en baseline_id baseline_period baseline_status baseline_bound baseline_value"
    " baseline_plain_value baseline_display_zh baseline_display_en outcome outcome_reason outcome_id"
    " outcome_period outcome_status outcome_bound outcome_value outcome_plain_value outcome_claim"
    " outcome_display_zh outcome_display_en outcome_vintage outcome_document_id outcome_difference"
    " outcome_difference_unit_id reached_period caution verification document_id paragraph quote",
    "projects": "id name_zh name_en kind theme part_of_id stage period next_stage next_period description_zh"
    " description_en document_id paragraph quote",
    "milestones": "id project_id stage status period outcome outcome_id moved_to verification vintage reading label_zh"
    " label_en note_zh note_en document_id paragraph quote",
    "projects_places": "project_id place_id",
    "places": "id name_zh name_en kind part_of_id code document_id paragraph quote",
    "glossary": "id number name_zh name_en definition_zh definition_en document_id paragraph quote",
    "glossary_definitions": "id glossary_id document_id number definition_zh definition_en",
    "glossary_components": "id glossary_id document_id position group_zh group_en name_zh name_en",
    "documents": "id type series reviews coverage title_zh title_en publisher_zh publisher_en delivered_on"
    " delivered_basis published_at published_on language url paragraphs text_sha256",
    "defects": "id document_id paragraph printed kind reading_zh reading_en source_url",
    "units": "id name_zh name_en symbol_zh symbol_en quantity plain_unit_id factor",
    "aliases": "record_id position name kind document_id",
    "evidence": "id record_id part_id position document_id paragraph quote locator verified",
    "numbers": "id document_id paragraph start end token use part_id reason",
    "ids": "id kind state replaced_by_id since",
}
"""Tables and columns that users rely on: more are welcome, none may go."""


@pytest.fixture(scope="module")
def descriptor(linxi: Path) -> Any:
    return json.loads((linxi / "datapackage.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tables(descriptor: Any) -> dict[str, Any]:
    found = {each["name"]: each for each in descriptor["resources"] if each.get("type") == "table"}
    assert found.keys() >= CONTRACT.keys(), "no test of each table passes on none"
    return found


def rows(linxi: Path, resource: Any) -> list[dict[str, str]]:
    with (linxi / resource["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


# ---- the official profiles


def test_the_descriptor_keeps_the_official_profiles_at_all_four_levels(descriptor: Any) -> None:
    assert sorted(validators()) == ["datapackage.json", "dataresource.json", "tabledialect.json", "tableschema.json"]
    assert broken(descriptor) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made: made.update(resources=[]),
        lambda made: made.update(licenses=[{"title": "CC BY"}]),
        lambda made: made.update(contributors=[{"title": "x", "roles": "creator"}]),
        lambda made: made["resources"][0].update(type="json"),
        lambda made: made["resources"][0].pop("path"),
        lambda made: made["resources"][0].update(path="../outside.csv"),
        lambda made: made["resources"][0]["dialect"].update(doubleQuote="yes"),
        lambda made: made["resources"][0]["schema"].pop("fields"),
        lambda made: made["resources"][0]["schema"]["fields"][0].update(type="text"),
        lambda made: made["resources"][0]["schema"].update(foreignKeys=[{"fields": ["id"]}]),
    ],
)
def test_the_official_profiles_refuse_a_spoilt_descriptor(descriptor: Any, spoil: Any) -> None:
    spoilt = json.loads(json.dumps({**descriptor, "resources": descriptor["resources"][:1]}))
    assert broken(spoilt) == []
    spoil(spoilt)
    assert broken(spoilt) != []


def test_each_level_names_its_profile_and_none_has_the_profile_property_that_tools_would_fetch(descriptor: Any) -> None:
    assert [each["$schema"] for _, each in levels(descriptor)] == [
        f"{PROFILES}/{name}" for name, _ in levels(descriptor)
    ]
    assert '"profile"' not in json.dumps(descriptor)


# ---- frictionless


def test_frictionless_finds_nothing_wrong(linxi: Path) -> None:
    from frictionless import Package  # heavy

    report = Package(str(linxi / "datapackage.json")).validate()
    assert report.flatten(["type", "title", "fieldName", "rowNumber", "note"]) == []
    assert report.stats["tasks"] == len(list((linxi / "build").rglob("*.*")))


@pytest.mark.parametrize(
    ("path", "old", "new", "error"),
    [
        ("build/csv/units.csv", "unt-cny,", "unt-cny,", "hash-count"),
        ("build/csv/units.csv", "unt-cny,", "unt-other,", "foreign-key"),
        ("build/csv/units.csv", ",money,", ",gold,", "constraint-error"),
    ],
)
def test_frictionless_finds_a_spoilt_table(
    linxi: Path, tmp_path: Path, path: str, old: str, new: str, error: str
) -> None:
    from frictionless import Package  # heavy

    spoilt = Path(shutil.copytree(linxi, tmp_path / "package"))
    text = (spoilt / path).read_text("utf-8")
    assert old in text
    (spoilt / path).write_text(text.replace(old, new, 1) + ("\n" if old == new else ""), "utf-8")
    found = {each[0] for each in Package(str(spoilt / "datapackage.json")).validate().flatten(["type"])}
    assert error in found


# ---- files


def test_sizes_and_digests_are_those_of_the_files_and_every_file_is_listed(linxi: Path, descriptor: Any) -> None:
    listed = {each["path"]: (each["bytes"], each["hash"]) for each in descriptor["resources"]}
    files = [path for path in (linxi / "build").rglob("*") if path.is_file()]
    assert listed == {
        path.relative_to(linxi).as_posix(): (
            path.stat().st_size,
            "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in files
    }


def test_only_tables_have_a_type_and_names_are_unique(descriptor: Any) -> None:
    kinds = {(each["format"], each.get("type"), "schema" in each) for each in descriptor["resources"]}
    assert kinds == {("csv", "table", True), ("json", None, False)}
    names = [each["name"] for each in descriptor["resources"]]
    assert len(names) == len(set(names))


def test_tables_say_how_they_are_written(tables: dict[str, Any]) -> None:
    for resource in tables.values():
        assert resource["dialect"] == {
            "$schema": f"{PROFILES}/tabledialect.json",
            "lineTerminator": "\n",
            "doubleQuote": True,
        }
        assert (resource["encoding"], resource["mediatype"]) == ("utf-8", "text/csv")
        assert resource["schema"]["missingValues"] == [""]


def test_the_header_of_each_table_is_its_fields(linxi: Path, tables: dict[str, Any]) -> None:
    for resource in tables.values():
        with (linxi / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [each["name"] for each in resource["schema"]["fields"]]


# ---- the data model


@pytest.mark.parametrize("table", CONTRACT)
def test_a_table_has_every_column_of_the_data_model_in_its_order(tables: dict[str, Any], table: str) -> None:
    wanted = CONTRACT[table].split()
    columns = [each["name"] for each in tables[table]["schema"]["fields"]]
    assert [name for name in columns if name in wanted] == wanted


def test_every_table_has_a_primary_key_that_is_unique_and_never_empty(linxi: Path, tables: dict[str, Any]) -> None:
    for resource in tables.values():
        keys = resource["schema"]["primaryKey"]
        assert isinstance(keys, list)
        values = [tuple(row[key] for key in keys) for row in rows(linxi, resource)]
        assert len(values) == len(set(values)), resource["name"]
        assert all(all(value) for value in values), resource["name"]
        fields = {each["name"]: each.get("constraints", {}) for each in resource["schema"]["fields"]}
        assert all(fields[key]["required"] for key in keys)
        assert [name for name, each in fields.items() if each.get("unique")] == (keys if len(keys) == 1 else [])


def test_every_column_that_names_a_row_is_a_foreign_key_and_leads_to_one(linxi: Path, tables: dict[str, Any]) -> None:
    known = {name: {row["id"] for row in rows(linxi, each)} for name, each in tables.items() if "id" in fields(each)}
    for name, resource in tables.items():
        keys = {each["fields"][0]: each["reference"] for each in resource["schema"].get("foreignKeys", [])}
        assert {column for column in fields(resource) if column.endswith("_id")} <= keys.keys()
        for row in rows(linxi, resource):
            for column, reference in keys.items():
                assert row[column] == "" or row[column] in known[reference.get("resource", name)], (name, row)


def fields(resource: Any) -> list[str]:
    return [each["name"] for each in resource["schema"]["fields"]]


def test_a_foreign_key_is_of_arrays_and_one_to_its_own_table_leaves_the_resource_out(tables: dict[str, Any]) -> None:
    own = set()
    for name, resource in tables.items():
        for key in resource["schema"].get("foreignKeys", []):
            assert isinstance(key["fields"], list)
            assert key["reference"]["fields"] == ["id"]
            assert key["reference"].get("resource") != name
            assert key["reference"].get("resource", name) in tables
            if "resource" not in key["reference"]:
                own.add((name, key["fields"][0]))
    assert {("places", "part_of_id"), ("projects", "part_of_id"), ("units", "plain_unit_id")} <= own


def test_every_vocabulary_is_closed_by_an_enum_and_labelled_in_both_languages(
    linxi: Path, tables: dict[str, Any]
) -> None:
    closed = set()
    for name, resource in tables.items():
        listed = rows(linxi, resource)
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum")
            assert ("categories" in field) <= (allowed is not None)
            if allowed:
                closed.add(f"{name}.{field['name']}")
                assert [each["value"] for each in field.get("categories", [])] in ([], allowed)
                assert all(" / " in each["label"] for each in field.get("categories", []))
                assert {row[field["name"]] for row in listed} <= {*allowed, ""}
    assert closed >= {
        "indicators.theme",
        "indicators.measure",
        "indicators.timing",
        "observations.status",
        "observations.bound",
        "observations.claim",
        "observations.measure",
        "observations.period_basis",
        "observations.reading",
        "targets.outcome",
        "targets.baseline_status",
        "projects.kind",
        "projects.stage",
        "milestones.stage",
        "milestones.status",
        "places.kind",
        "units.quantity",
        "defects.kind",
        "numbers.use",
        "ids.state",
    }


def test_package_tables_and_columns_have_titles_and_descriptions_in_both_languages(descriptor: Any) -> None:
    described = [descriptor, *descriptor["resources"]]
    described += [field for each in descriptor["resources"] for field in each.get("schema", {}).get("fields", [])]
    for each in described:
        for word in ("title", "description"):
            texts = each[f"x-{word}"]
            assert set(texts) == {"zh", "en"}
            assert each[word] == texts["en"]
            assert re.search("[\u4e00-\u9fff]", texts["zh"]) or texts["zh"] == texts["en"], each["name"]
            assert texts["en"].strip()


def test_columns_in_two_languages_say_which_language_they_are_in(tables: dict[str, Any]) -> None:
    for resource in tables.values():
        for field in resource["schema"]["fields"]:
            if field["name"].endswith(("_zh", "_en")):
                word, mark = {"zh": ("Chinese", "中文"), "en": ("English", "英文")}[field["name"][-2:]]
                assert field["title"].endswith(f"({word})")
                assert field["x-title"]["zh"].endswith(f"（{mark}）")
                assert field["type"] == "string"


def test_every_cell_has_the_form_that_its_column_declares(linxi: Path, tables: dict[str, Any]) -> None:
    """frictionless takes 1_000, full-width digits and NaN for numbers; a stricter look."""
    forms = {
        "integer": r"-?[0-9]+",
        "number": r"-?[0-9]+(\.[0-9]+)?",
        "boolean": "true|false",
        "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    }
    for resource in tables.values():
        columns = {each["name"]: each for each in resource["schema"]["fields"]}
        for row in rows(linxi, resource):
            for name, cell in row.items():
                form = forms.get(columns[name]["type"], "(?s).*")
                pattern = columns[name].get("constraints", {}).get("pattern", "(?s).*")
                assert cell == "" or (re.fullmatch(form, cell) and re.search(pattern, cell)), (resource["name"], row)


def test_the_metadata_is_that_of_the_package_record(linxi: Path, descriptor: Any) -> None:
    space = open_workspace(Project(linxi))
    for name in ("name", "version", "created", "keywords", "licenses", "contributors"):
        assert descriptor[name] == space.package[name]
    documents: Any = [space.library.record(each) for each in space.ids["document"]]
    assert [(each["title"], each.get("path")) for each in descriptor["sources"]] == [
        (f"{each['title']['en']} ({each['title']['zh']})", each.get("url")) for each in documents
    ]


def test_the_json_of_a_folder_holds_the_records_of_its_table(linxi: Path, tables: dict[str, Any]) -> None:
    for path in sorted((linxi / "build" / "json").glob("*.json")):
        records = json.loads(path.read_text("utf-8"))
        assert [each["id"] for each in records] == [row["id"] for row in rows(linxi, tables[path.stem])]
