"""A new kind is a schema and a folder of records: proven, tabulated and described, without a line of code."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from command_line import in_process
from festivals import FESTIVAL, LANTERNS, SENTENCE, VISITS
from official_profiles import broken
from projects import MINIMAL, write_text_record

PATH = "sources/festivals/fst-linxi-lantern-fair.yaml"


@pytest.fixture
def festivals(minimal: Path) -> Path:
    """The good project with a kind more."""
    (minimal / "schemas" / "festival.schema.json").write_text(json.dumps(FESTIVAL, ensure_ascii=False), "utf-8")
    (minimal / "sources" / "festivals").mkdir()
    (minimal / "sources" / "festivals" / "fst-linxi-lantern-fair.yaml").write_text(LANTERNS, "utf-8")
    (minimal / "sources" / "units" / "unt-visits.yaml").write_text(VISITS, "utf-8")
    published = (MINIMAL / "texts" / "doc-report.txt").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(published) if "临溪湖公园" in line)
    published[at] += SENTENCE
    write_text_record(minimal, "doc-report", "\n".join(published))
    return minimal


def table(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "build" / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_its_records_are_checked_and_their_numbers_accounted_for(festivals: Path) -> None:
    found = in_process(festivals, "check")
    assert (found.exit_code, found.stdout) == (0, "")
    assert "1 festival, " in found.stderr


QUOTE = "quote: 临溪湖灯会吸引游客超8000人次"


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("visitors: 8000", "visitors: 9000", "value-not-in-quote", "visitors: 9000"),
        ("bound: over", "bound: exact", "bound-mismatch", "bound: exact"),
        ("unit: unt-visits", "unit: unt-enterprises", "unit-mismatch", "visitors: 8000"),
        ("host: plc-linxi-lake", "host: plc-gone", "unknown-reference", "host: "),
        ("host: plc-linxi-lake", "host: unt-visits", "unknown-reference", "host: "),
        ("zh: 临溪湖灯会", "zh: 临溪湖书会", "name-not-in-quote", "- document"),
        (QUOTE, "quote: 吸引游客超8000人次", "subject-not-in-quote", "      - document"),
        (QUOTE, "quote: 临溪湖灯会游客超8000人次", "unverified-quote", "quote: 临溪湖灯会游客"),
        ("zones:", "zone:", "unknown-field", "zone:"),
        ("'2025'", "'2025-13'", "wrong-form", "'2025-13'"),
        ("id: fst-linxi-lantern-fair", "id: fst-lantern-fair", "id-not-file-name", "id: "),
    ],
)
def test_what_is_wrong_in_one_is_found_at_its_line(festivals: Path, old: str, new: str, code: str, at: str) -> None:
    path = festivals / "sources" / "festivals" / "fst-linxi-lantern-fair.yaml"
    assert old in LANTERNS
    path.write_text(LANTERNS.replace(old, new, 1), "utf-8")
    lines = path.read_text("utf-8").splitlines()
    line = next(number for number, each in enumerate(lines, 1) if at in each)
    found = in_process(festivals, "check", str(path))
    assert found.exit_code == 1
    places = [each.partition("]")[0] for each in found.stdout.splitlines()[::2]]
    assert any(each.startswith(f"{PATH}:{line}:") and each.endswith(f"[{code}") for each in places), found.stdout


def test_without_it_its_numbers_are_left_over(festivals: Path) -> None:
    (festivals / "sources" / "festivals" / "fst-linxi-lantern-fair.yaml").unlink()
    found = in_process(festivals, "check")
    out = found.stdout
    assert found.exit_code == 1
    assert out.count("error[") == 1
    assert "uncovered-number" in out
    assert "8000人次" in out


def test_its_tables_hold_its_values_with_unit_evidence_reference_and_parts(festivals: Path) -> None:
    assert in_process(festivals, "build").exit_code == 0
    own = "fst-linxi-lantern-fair"
    assert table(festivals, "festivals") == [
        {
            "id": own,
            "name_zh": "临溪湖灯会",
            "name_en": "Linxi Lake Lantern Fair",
            "host_id": "plc-linxi-lake",
            "unit_id": "unt-visits",
            "document_id": "doc-report",
            "paragraph": "3",
            "quote": "临溪湖灯会",
        }
    ]
    edition = table(festivals, "festival_editions")[0]
    assert {name: edition[name] for name in ("id", "festival_id", "period", "visitors", "bound", "quote")} == {
        "id": f"{own}.2025",
        "festival_id": own,
        "period": "2025",
        "visitors": "8000",
        "bound": "over",
        "quote": "临溪湖灯会吸引游客超8000人次",
    }
    derived = ("festival_name_zh", "host_name_en", "plain_visitors", "printed", "period_end")
    assert [edition[name] for name in derived] == ["临溪湖灯会", "Linxi Lake", "8000", "8000人次", "2025-12-31"]
    assert [(each["id"], each["festival_id"], each["position"]) for each in table(festivals, "festival_zones")] == [
        (f"{own}.z1", own, "1"),
        (f"{own}.z2", own, "2"),
    ]
    assert [each["id"] for each in table(festivals, "ids") if each["id"].startswith("fst")] == [own, f"{own}.2025"]
    pieces = [(each["id"], each["verified"]) for each in table(festivals, "evidence") if each["record_id"] == own]
    assert pieces == [(f"{own}.e1", "true"), (f"{own}.2025.e1", "true")]
    used = [(each["token"], each["use"]) for each in table(festivals, "numbers") if each["part_id"] == f"{own}.2025"]
    assert used == [("8000人次", "observation")]


def test_its_json_holds_the_record_as_it_was_written(festivals: Path) -> None:
    assert in_process(festivals, "build").exit_code == 0
    records = json.loads((festivals / "build" / "json" / "festivals.json").read_text("utf-8"))
    assert len(records) == 1
    assert list(records[0]) == ["id", "name", "host", "unit", "evidence", "editions", "zones"]
    assert records[0]["editions"][0]["id"] == "fst-linxi-lantern-fair.2025"
    assert records[0]["editions"][0]["visitors"] == 8000


def test_the_package_with_it_is_valid_and_links_it_to_the_other_tables(festivals: Path) -> None:
    from frictionless import Package  # heavy

    assert in_process(festivals, "build").exit_code == 0
    descriptor = json.loads((festivals / "datapackage.json").read_text("utf-8"))
    assert broken(descriptor) == []
    assert Package(str(festivals / "datapackage.json")).validate().flatten(["type", "note"]) == []
    tables = {each["name"]: each.get("schema", {}) for each in descriptor["resources"]}
    assert {name for name in tables if name.startswith("festival")} == {
        "festivals",
        "festival_editions",
        "festival_zones",
        "festivals-json",
    }
    links = {(each["fields"][0], each["reference"]["resource"]) for each in tables["festivals"]["foreignKeys"]}
    assert links == {("host_id", "places"), ("unit_id", "units"), ("document_id", "documents")}
    links = {(each["fields"][0], each["reference"]["resource"]) for each in tables["festival_editions"]["foreignKeys"]}
    assert links == {("festival_id", "festivals"), ("document_id", "documents")}


def test_the_site_has_its_list_and_its_pages(festivals: Path) -> None:
    pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
    from rendered_site import rendered

    assert in_process(festivals, "build").exit_code == 0
    site = rendered(festivals)
    page = site["en/id/fst-linxi-lantern-fair/index.html"].decode()
    assert "en/list/festivals/index.html" in site
    assert "游客超8000人次" in page
    assert 'id="fst-linxi-lantern-fair.2025"' in page
    assert 'href="../../list/festivals/index.html"' in page
    assert 'href="../../id/plc-linxi-lake/index.html"' in page


def test_the_engine_knows_nothing_of_it_nor_of_the_report(festivals: Path) -> None:
    import factpack

    words = ["festival", "Wuchang", "wuchang", "武昌", "420106"]
    paths = sorted(Path(factpack.__file__).parent.rglob("*.py"))
    assert len(paths) > 100
    for path in paths:
        text = path.read_text("utf-8")
        assert [word for word in words if word in text] == [], path.name
