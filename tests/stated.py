"""A sentence in the report of the good project and indicators that it gives values of: what a check says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from projects import MINIMAL, assemble, write_text_record

UNIT = {"growth": "unt-percent", "share": "unt-percent", "level": "unt-cny-100m", "rank": "unt-rank"}
MORE = {
    "share": {"whole": {"zh": "未说明", "en": "Not stated"}},
    "level": {"timing": "flow"},
    "rank": {"among": {"zh": "各区", "en": "Districts"}},
}


class Stated(NamedTuple):
    """An indicator by name with one observation: its measure, what it says of its value, and its quote."""

    name: str
    measure: str
    quote: str
    value: dict[str, Any]
    unit: str = ""


def project(root: Path, sentence: str, *stated: Stated) -> Path:
    """Make the good project with the sentence at the end of its third paragraph and an indicator for each statement."""
    assemble(root, MINIMAL)
    for number, each in enumerate(stated, 1):
        record = _record(f"ind-stated-{number}", each)
        path = root / "sources" / "indicators" / f"{record['id']}.yaml"
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2), "utf-8")
    if any(each.unit == "unt-multiple" for each in stated):
        names = {"zh": "倍", "en": "times"}
        unit = {"id": "unt-multiple", "name": names, "symbol": names, "quantity": "multiple", "printed": ["倍"]}
        (root / "sources/units/unt-multiple.yaml").write_text(json.dumps(unit, ensure_ascii=False), "utf-8")
    lines = (MINIMAL / "texts" / "doc-report.txt").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if "空气优良率" in line)
    lines[at] += sentence
    write_text_record(root, "doc-report", "\n".join(lines))
    return root


def _record(record_id: str, each: Stated) -> dict[str, Any]:
    compared = {"compared_to": "2024"} if each.measure in ("growth", "change", "multiple") else {}
    observation = {
        "period": "2025",
        "status": "actual",
        "bound": "exact",
        **each.value,
        **compared,
        "period_basis": "heading",
        "evidence": [{"document": "doc-report", "paragraph": 3, "quote": each.quote}],
    }
    text = {"zh": each.name, "en": record_id}
    return {
        "id": record_id,
        "name": text,
        "concept": "lifts",
        "description": text,
        "theme": "economy",
        "measure": each.measure,
        **MORE.get(each.measure, {}),
        "unit": each.unit or UNIT[each.measure],
        "observations": [observation],
    }
