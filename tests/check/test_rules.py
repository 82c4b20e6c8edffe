"""Rules: each passes the good project and is tripped by one change of a good record."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run

CASES = [
    ("ind-gdp", "unit: unt-cny-100m", "unit: unt-none", "unknown-reference", "/unit"),
    ("ind-gdp", "unit: unt-cny-100m", "unit: plc-linxi", "unknown-reference", "/unit"),
    ("ind-gdp", "period: '2026'", "period: '2026/2025'", "bad-period", "/observations/1/period"),
    ("ind-gdp", "period: '2026'", "period: '2025-02-30'", "bad-period", "/observations/1/period"),
    (
        "ind-gdp",
        "period: '2026'\n    status: target",
        "period: '2025'\n    status: actual",
        "duplicate-part",
        "/observations/1",
    ),
    ("ind-gdp", "paragraph: 4", "paragraph: 40", "unknown-paragraph", "/observations/1/evidence/0/paragraph"),
    ("ind-complaints-growth", "unit: unt-percent", "unit: unt-cny", "unfit-unit", "/unit"),
    ("ind-gdp", "value: 220", "value: 220.0", "trailing-zero", "/observations/1/value"),
    ("ind-gdp", "value: 220", "value: 0.0000000010", "trailing-zero", "/observations/1/value"),
    ("ind-gdp", "paragraph: 4", "paragraph: 4.0", "trailing-zero", "/observations/1/evidence/0/paragraph"),
    ("doc-report", "first: 1", "first: 1.0", "trailing-zero", "/sections/0/first"),
    ("trm-one-lake-two-belts", "number: 1", "number: 1.0", "trailing-zero", "/number"),
    ("ind-gdp", "id: ind-gdp", "id: ind-gnp", "id-not-file-name", "/id"),
    ("ind-gdp", "en: Gross regional product (GDP)", "en: GDP 生产总值", "untranslated", "/name/en"),
    ("plc-linxi-lake", "part_of: plc-linxi", "part_of: plc-linxi-lake", "part-of-itself", "/part_of"),
    ("doc-report", "first: 2", "first: 3", "broken-sections", "/sections/1/first"),
    ("doc-report", "    last: 5", "    last: 4", "broken-sections", "/sections/2/last"),
]


def file_of(root: Path, record: str) -> Path:
    return next((root / "sources").glob(f"*/{record}.yaml"))


@pytest.mark.parametrize(("record", "old", "new", "code", "pointer"), CASES)
def test_one_change_of_a_good_record_trips_its_rule_at_its_place(
    minimal: Path, run: Run, record: str, old: str, new: str, code: str, pointer: str
) -> None:
    import json

    assert run(minimal, "check")[0] == 0
    path = file_of(minimal, record)
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    problems = json.loads(run(minimal, "check", "--format", "json")[1])["problems"]
    own = [(each["code"], each["pointer"]) for each in problems if each["path"].endswith(f"{record}.yaml")]
    assert own == [(code, pointer)]


def test_a_document_whose_text_is_recorded_has_sections(minimal: Path, run: Run) -> None:
    path = file_of(minimal, "doc-report")
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("sections:")] + text[text.index("waivers:") :], "utf-8")
    code, out, _ = run(minimal, "check")
    assert code == 1
    assert "error[missing-field]: the field 'sections' is missing\n  hint: add sections: Each section" in out


def test_the_numerals_of_a_term_agree_with_its_components(minimal: Path, run: Run) -> None:
    path = next((minimal / "sources" / "glossary").glob("*.yaml"))
    text = path.read_text("utf-8")
    assert "components:" in text
    start = text.index("components:")
    first = text.index("  - ", start)
    second = text.index("  - ", first + 4)
    path.write_text(text[:first] + text[second:], "utf-8")
    code, out, _ = run(minimal, "check")
    assert code == 1
    assert "[component-count]" in out


def test_a_chain_of_wholes_never_comes_back(minimal: Path, run: Run) -> None:
    park, lake = file_of(minimal, "plc-linxi-lake-park"), file_of(minimal, "plc-linxi-lake")
    lake.write_text(lake.read_text("utf-8").replace("part_of: plc-linxi\n", "part_of: plc-linxi-lake-park\n"), "utf-8")
    text = park.read_text("utf-8")
    at = text.index("part_of: ") if "part_of: " in text else None
    changed = (
        text[:at] + "part_of: plc-linxi-lake\n" + text[text.index("\n", at) + 1 :]
        if at is not None
        else text.replace("evidence:", "part_of: plc-linxi-lake\nevidence:", 1)
    )
    park.write_text(changed, "utf-8")
    out = run(minimal, "check")[1]
    assert out.count("[part-of-itself]") == 2
    assert "plc-linxi-lake → plc-linxi-lake-park → plc-linxi-lake" in out


def test_a_printed_zero_behind_the_point_is_kept(minimal: Path, run: Run) -> None:
    assert "value: 31.0" in file_of(minimal, "ind-forest-coverage").read_text("utf-8")
    assert run(minimal, "check")[0] == 0
    assert run(minimal, "build")[0] == 0
    assert ",31.0," in (minimal / "build/csv/observations.csv").read_text("utf-8")


def test_unique_values_belong_to_one_record(minimal: Path, run: Run) -> None:
    path = file_of(minimal, "ind-gdp-growth")
    text = path.read_text("utf-8")
    name = text[text.index("  en: ") : text.index("\n", text.index("  en: "))]
    path.write_text(text.replace(name, "  en: Gross regional product (GDP)", 1), "utf-8")
    out = run(minimal, "check")[1]
    assert "[duplicate-value]" in out
    assert "sources/indicators/ind-gdp.yaml already has" in out
