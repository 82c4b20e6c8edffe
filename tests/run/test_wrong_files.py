"""Ten and more wrong files at once: one run tells each of theirs, and none hides another."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import Run
from projects import write_reference

PLACE = """id: {id}
name:
  zh: 地点{n}
  en: Place {n}
kind: area
evidence:
  - document: doc-manual
    locator: page {n}
"""
WRONG: dict[str, tuple[tuple[str, str], str, int, int]] = {
    "misspelt": (("kind: area", "kint: area"), "unknown-field", 5, 1),
    "missing": (("kind: area\n", ""), "missing-field", 1, 1),
    "type": (("kind: area", "kind: 3"), "wrong-type", 5, 7),
    "unknown": (("kind: area", "kind: area\npart_of: plc-nowhere"), "unknown-reference", 6, 10),
    "vocabulary": (("kind: area", "kind: areal"), "not-in-vocabulary", 5, 7),
    "duplicate": (("kind: area", "kind: area\nkind: park"), "duplicate-key", 6, 1),
    "number": (("kind: area", "kind: 1e3"), "ambiguous-scalar", 5, 7),
    "date": (("kind: area", "kind: 2025-12-29"), "ambiguous-scalar", 5, 7),
    "tab": (("  zh:", "\tzh:"), "tab", 3, 1),
    "quote": (("    locator: page {n}", "    paragraph: 1"), "missing-field", 7, 5),
    "brackets": (("kind: area", "kind: " + "[" * 100_000), "too-deep", 5, 38),
    "name": (("id: {id}", "id: plc-other"), "id-not-file-name", 1, 5),
}
RAW = {
    "gb18030": (PLACE.format(id="plc-gb18030", n=98).encode("gb18030"), "not-utf8", 3, 7),
    "empty": (b"", "empty-file", 1, 1),
}


def test_one_run_tells_every_wrong_file_at_its_line_with_a_hint(minimal: Path, run: Run) -> None:
    write_reference(minimal)
    places = minimal / "sources" / "places"
    expected = {}
    for number, (name, ((old, new), code, line, column)) in enumerate(WRONG.items()):
        assert old in PLACE
        text = PLACE.replace(old, new).replace("{id}", f"plc-{name}").replace("{n}", str(number))
        (places / f"plc-{name}.yaml").write_text(text, "utf-8")
        expected[f"sources/places/plc-{name}.yaml"] = (code, line, column)
    for name, (raw, code, line, column) in RAW.items():
        (places / f"plc-{name}.yaml").write_bytes(raw)
        expected[f"sources/places/plc-{name}.yaml"] = (code, line, column)
    exit_code, out, _ = run(minimal, "check", "--format", "json")
    assert exit_code == 1
    problems = json.loads(out)["problems"]
    found = [(each["path"], (each["code"], each["line"], each["column"])) for each in problems]
    assert sorted(found) == sorted(expected.items())
    assert all(each["hint"] and each["message"] for each in problems)


def test_the_same_run_in_chinese_tells_the_same(minimal: Path, run: Run) -> None:
    (minimal / "sources" / "places" / "plc-empty.yaml").write_bytes(b"")
    code, out, _ = run(minimal, "--lang", "zh", "check")
    assert code == 1
    assert out.splitlines()[0] == "sources/places/plc-empty.yaml:1:1: 错误[empty-file]: 文件为空"
    assert out.splitlines()[1].startswith("  提示: ")


def test_a_misspelt_field_with_a_wrong_value_is_told_with_how_the_right_one_is_written(minimal: Path, run: Run) -> None:
    write_reference(minimal)
    text = PLACE.replace("{id}", "plc-x").replace("{n}", "1").replace("kind: area", "kint: areal\ncodee: '42'")
    (minimal / "sources" / "places" / "plc-x.yaml").write_text(text, "utf-8")
    for lang, kinds in (("en", "area"), ("zh", "片区（area）")):
        problems = json.loads(run(minimal, "--lang", lang, "check", "--format", "json")[1])["problems"]
        told = [(each["code"], each["line"]) for each in problems]
        assert told == [("unknown-field", 5), ("not-in-vocabulary", 5), ("unknown-field", 6), ("wrong-form", 6)]
        assert kinds in problems[1]["hint"]
        assert "110101" in problems[3]["hint"]
