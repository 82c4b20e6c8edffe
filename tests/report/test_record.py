"""A record is shown whole, in the language asked for, and drives no terminal."""

from __future__ import annotations

import dataclasses
import json
from importlib import import_module
from pathlib import Path

import pytest

import frozen
from command_line import Run, in_process
from factpack.package.citation import NotCitable
from factpack.report.record import record_text

PACKAGE = frozen.package()


def test_an_indicator_shows_its_values_with_bound_unit_period_status_and_passage() -> None:
    text = record_text(PACKAGE, "ind-gdp", "en")
    assert text.startswith("ind-gdp  Gross regional product (GDP)  地区生产总值\n")
    for line in (
        "Observations (5)",
        "  ind-gdp.2025.estimate  over CNY 31 billion (expected)  超310亿元（预计）",
        "    Qualifier: over",
        "    Value: 310",
        "    Status: Expected",
        "    Period: 2025",
    ):
        assert line in text.splitlines()
    where = "Report on the Work of the Government of Linxi District, 29 December 2025, paragraph 9; verified"
    assert f"  ind-gdp.2025.estimate: 预计地区生产总值突破310亿元  ({where})" in text


def test_a_fact_is_shown_on_one_line() -> None:
    for language, area, unit in (
        ("en", "Area: Linxi District (plc-linxi)", "Base unit: CNY (unt-cny)"),
        ("zh", "地区: 临溪区（plc-linxi）", "基本单位: 元（unt-cny）"),
    ):
        lines = [line.strip() for line in record_text(PACKAGE, "ind-gdp.2025.estimate", language).splitlines()]
        assert {area, unit} <= set(lines)
        titles = [line.partition(": ")[0] for line in lines if ": " in line]
        assert len(titles) == len(set(titles))


def test_a_part_shows_its_record_with_that_part_alone() -> None:
    text = record_text(PACKAGE, "ind-gdp.2025.estimate", "zh")
    assert text.startswith("ind-gdp  地区生产总值  Gross regional product (GDP)\n")
    assert "观测值（1）" in text
    assert "限定词: 超" in text
    assert "ind-gdp.2024.actual" not in text


def test_a_component_is_shown_with_its_term() -> None:
    text = record_text(PACKAGE, "trm-five-hearts-service.c2", "en")
    assert text.startswith("trm-five-hearts-service")
    assert "  trm-five-hearts-service.c2  Careful  细心" in text.splitlines()
    with pytest.raises(NotCitable):
        record_text(PACKAGE, "trm-five-hearts-service.c99", "en")


def test_every_source_file_that_is_named_is_there(linxi: Path) -> None:
    assert PACKAGE.sources.keys() == PACKAGE.records.keys()
    assert [path for path in PACKAGE.sources.values() if not (linxi / path).is_file()] == []


def test_a_place_shows_the_records_that_refer_to_it() -> None:
    lines = record_text(PACKAGE, "plc-linxi-lake", "en").splitlines()
    links = [row for row in PACKAGE.tables["projects_places"].items() if row["place_id"] == "plc-linxi-lake"]
    users = sorted({"ind-lake-water-quality", "plc-linxi-lake-park", *(str(row["project_id"]) for row in links)})
    assert lines[-len(users) - 4 :] == [
        f"Used by ({len(users)})",
        *(f"  {each}" for each in users),
        *("", "Record file: sources/places/plc-linxi-lake.yaml", "To cite it: factpack cite plc-linxi-lake"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_record_is_shown_with_all_its_parts(language: str) -> None:
    known = [str(row["id"]) for row in PACKAGE.tables["ids"].items()]
    assert len(known) > 300
    for record in [each for each in known if "." not in each][::6]:
        lines = record_text(PACKAGE, record, language).splitlines()
        assert lines[0].startswith(record)
        assert not any(line.endswith(": None") for line in lines)
        for part in known:
            if part.startswith(f"{record}."):
                assert any(line.strip().split("  ")[0] == part for line in lines), part


def test_what_is_retired_says_since_when_and_what_replaces_it() -> None:
    ids = PACKAGE.tables["ids"]
    for by, said in (("plc-new", ", replaced by plc-new"), ("", "")):
        row = {"id": "plc-old", "kind": "place", "state": "retired", "replaced_by_id": by, "since": "0.2.0"}
        row |= {"name_zh": "旧湖", "name_en": "Old Lake", "reason_zh": "重复", "reason_en": "Recorded twice"}
        raw = ids.raw + ",".join(row[field.name] for field in ids.fields).encode() + b"\n"
        package = dataclasses.replace(PACKAGE, files={**PACKAGE.files, ids.path: raw})
        assert record_text(package, "plc-old", "en") == (
            f"plc-old  Old Lake  旧湖\n  retired since 0.2.0{said} (reason: Recorded twice)\n"
        )


def test_nothing_in_a_record_drives_a_terminal() -> None:
    table = PACKAGE.tables["places"]
    raw = table.raw.replace("临溪湖,".encode(), "临溪\x1b[2J湖\x07,".encode())
    package = dataclasses.replace(PACKAGE, files={**PACKAGE.files, table.path: raw})
    text = record_text(package, "plc-linxi-lake", "zh")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "临溪" in text


@pytest.mark.parametrize("odd", ["\U0002ebf0", "\U000e0001", "\u202e", "\x7f"])
def test_json_stays_json_whatever_a_record_holds(odd: str, linxi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = {**PACKAGE.records["plc-linxi-lake"], "name": {"zh": f"临溪{odd}湖"}}
    package = dataclasses.replace(PACKAGE)
    package.__dict__["_listed"] = {"places": [record]}
    monkeypatch.setattr(import_module("factpack.cli.show"), "package_of", lambda *_: package)
    out = in_process(linxi, "show", "plc-linxi-lake", "--format", "json").stdout
    assert odd not in out
    assert json.loads(out)["name"] == {"zh": f"临溪{odd}湖"}


def test_an_unknown_id_is_no_record() -> None:
    with pytest.raises(NotCitable):
        record_text(PACKAGE, "plc-nowhere", "en")


def test_the_command_shows_text_and_json(linxi: Path, run: Run) -> None:
    assert run(linxi, "show", "ind-gdp") == (0, record_text(PACKAGE, "ind-gdp", "en"), "")
    code, out, _ = run(linxi, "show", "ind-gdp", "--format", "json")
    built = json.loads((linxi / "build/json/indicators.json").read_bytes())
    assert (code, json.loads(out)) == (0, next(each for each in built if each["id"] == "ind-gdp"))


def test_an_unknown_id_is_a_mistake_that_names_near_ones(linxi: Path, run: Run) -> None:
    code, out, err = run(linxi, "show", "plc-linxi-lak")
    assert (code, out) == (2, "")
    assert "plc-linxi-lake" in err


def test_without_a_build_it_says_what_to_do(minimal: Path, run: Run) -> None:
    code, out, err = run(minimal, "show", "plc-linxi")
    assert (code, out) == (2, "")
    assert "run factpack build first" in err
