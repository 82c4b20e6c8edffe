"""Outcomes: each case in `outcomes.yaml` is a record of promises, seen in the rows that the tables show of it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from factpack.disk.project import Project
from factpack.record.library import Library
from factpack.record.names import Names, named
from factpack.record.reviews import review_of
from factpack.schema import read
from factpack.table.complete import complete
from factpack.table.derived import DERIVATIONS
from factpack.table.rows import rows
from factpack.text import text_record
from projects import ROOT

SCHEMAS = read.read(Project(ROOT).schemas(), DERIVATIONS)
SHEET: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "outcomes.yaml").read_text("utf-8"))
DEFAULTS = SHEET["defaults"]
CASES = {f"{each['case']}-{each['why']}": each for each in SHEET["cases"]}
TEXT = text_record.make("doc-any", text_record.split("题名\n正文\n"), frozenset())
COMPARING = ("growth", "change", "multiple")
"""Measures of which each value says what it is compared to."""


def both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def number(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def unit(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    points = {"difference_unit": "unt-percentage-point"} if name == "unt-percent" else {}
    return {"id": name, "name": both(name), "symbol": both(name), "printed": [name], **points, **fields}


def document(name: str) -> dict[str, Any]:
    fields = {key: value for key, value in SHEET["documents"][name].items() if key != "text"}
    return {
        "id": f"doc-{name}",
        "type": "report",
        "title": both(name),
        **fields,
        "publisher": both(fields["publisher"]),
    }


def evidence(part: dict[str, Any]) -> list[dict[str, Any]]:
    cited = [part["document"], *(each["document"] for each in part.get("also", ()))]
    return [{"document": f"doc-{each}", "paragraph": 2, "quote": "正文"} for each in cited]


def observation(part: dict[str, Any], indicator: dict[str, Any]) -> dict[str, Any]:
    known = ("period", "status", "value", "value_high", "unit", "area", "claim", "kind", "aim", "reading", "bound")
    made = {key: number(part[key]) for key in known if key in part}
    if "value" in made:
        made.setdefault("bound", DEFAULTS["bound"])
    if indicator["measure"] in COMPARING and (part["period"] == "2025" or "compared_to" in part):
        made["compared_to"] = part.get("compared_to", DEFAULTS["compared_to"])
    for key in ("statement", "note"):
        if key in part:
            made[key] = both(part[key])
    if "claim_indicator" in part:
        made["claim_indicator"] = f"ind-{part['claim_indicator']}"
    if "may_mean" in part:
        made["may_mean"] = [f"ind-{each}" for each in part["may_mean"]]
    return {**made, **({"qualified": True} if part["qualified"] else {}), "evidence": evidence(part)}


class Told:
    """A case as records, and the rows that the tables have of them, with the names that the case gives to its parts."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        kinds: dict[str, Any] = {**DEFAULTS["indicators"], **case.get("indicators", {})}
        parts = {"target": DEFAULTS["target"] | case["target"]} if "target" in case else {}
        parts |= {name: DEFAULTS["result"] | each for name, each in case["results"].items()}
        taken = set[str]()
        for part in parts.values():
            part["qualified"] = self._plain(part) in taken
            taken.add(self._plain(part))
        self.records: dict[str, dict[str, Any]] = {name: unit(name, each) for name, each in SHEET["units"].items()}
        cited = {
            evidence(each)[index]["document"][4:] for each in parts.values() for index in range(len(evidence(each)))
        }
        self.texts = {}
        for name in cited | set(case.get("documents", DEFAULTS["documents"])):
            self.records[f"doc-{name}"] = document(name)
            if SHEET["documents"][name]["text"]:
                self.texts[f"doc-{name}"] = TEXT
        for name, fields in kinds.items():
            self.records[f"ind-{name}"] = {
                "id": f"ind-{name}", "name": both(name), "description": both(name), "theme": "economy", **fields,
                "observations": [observation(each, fields) for each in parts.values() if each["indicator"] == name],
            }  # fmt: skip
        self.names = {self._id(each): name for name, each in parts.items()}

    @staticmethod
    def _plain(part: dict[str, Any]) -> str:
        return f"ind-{part['indicator']}.{str(part['period']).replace('/', '--')}.{part['status']}"

    def _id(self, part: dict[str, Any]) -> str:
        return f"{self._plain(part)}.{part['document']}" if part["qualified"] else self._plain(part)

    @property
    def library(self) -> Library:
        documents = [each for own, each in self.records.items() if own.startswith("doc-")]
        shape = SCHEMAS.documents.shape
        reviews = [review_of(shape, each, has_text=each["id"] in self.texts) for each in documents]

        kind = SCHEMAS.kinds["indicator"]
        names = Names(named(kind, own, each) for own, each in self.records.items() if own.startswith("ind-"))

        return Library(
            SCHEMAS,
            {"area": "plc-here"},
            self.records.get,
            self.records.__contains__,
            self.texts.get,
            with_key=names.related,
            reviews=[each for each in reviews if each],
        )

    def table(self, name: str) -> list[dict[str, Any]]:
        kind, library = SCHEMAS.kinds["indicator"], self.library
        columns = [
            each.name
            for table in kind.shape.parts["observations"].tables
            if table.name == name
            for each in table.columns
        ]
        listed = [each for own, each in self.records.items() if own.startswith("ind-")]
        made = (row for each in listed for row in rows(kind, each, library, complete(kind, each, library)))
        return [dict(zip(columns, row, strict=True)) for table, row in made if table == name]

    def named(self, own: str | None) -> str | None:
        return self.names[own] if own else None


@pytest.mark.parametrize(
    "case", [each for each in CASES.values() if "target" in each], ids=lambda each: str(each["case"])
)
def test_a_target_has_the_outcome_that_its_results_give(case: dict[str, Any]) -> None:
    told = Told(case)
    (row,) = told.table("targets")
    wanted = {**DEFAULTS["expected"], **case["expected"]}
    found = {
        "kind": row["kind"],
        "aim": row["aim"],
        "outcome": row["outcome"],
        "reason": row["outcome_reason"],
        "caution": row["caution"].split(";") if row["caution"] else [],
        "by": told.named(row["outcome_id"]),
        "difference": row["outcome_difference"],
        "difference_unit": row["outcome_difference_unit_id"],
        "reached_period": row["reached_period"],
    }
    assert found == {key: number(wanted[key]) for key in found}


@pytest.mark.parametrize(
    "case",
    [each for each in CASES.values() if "stage" not in each.get("milestone", {})],
    ids=lambda each: str(each["case"]),
)
def test_at_most_one_result_of_a_key_is_preferred_and_the_others_say_why_not(case: dict[str, Any]) -> None:
    told = Told(case)
    listed = told.table("observations")
    wanted = {**DEFAULTS["expected"], **case["expected"]}
    assert {told.named(each["id"]) for each in listed if each["preferred"]} == set(wanted["preferred"])
    for column, key in (("restates_id", "restates"), ("superseded_by_id", "superseded_by")):
        assert {told.named(each["id"]): told.named(each[column]) for each in listed if each[column]} == wanted[key]


def milestone(part: dict[str, Any]) -> dict[str, Any]:
    return {**{key: part[key] for key in ("stage", "status", "period")}, "evidence": evidence(part)}


@pytest.mark.parametrize(
    "case", [each for each in CASES.values() if "milestone" in each], ids=lambda each: str(each["case"])
)
def test_a_milestone_has_the_outcome_that_later_documents_give(case: dict[str, Any]) -> None:
    told = Told({**case, "results": {}})
    aim = DEFAULTS["milestone"] | case["milestone"]
    parts = {"aim": aim} | {name: DEFAULTS["result"] | each for name, each in case["results"].items()}
    for each in parts.values():
        told.records[f"doc-{each['document']}"] = document(each["document"])
    ids = {f"prj-x.{each['period']}.{each['stage']}.{each['status']}": name for name, each in parts.items()}
    project = {"id": "prj-x", "name": both("x"), "milestones": [milestone(each) for each in parts.values()]}
    kind, library = SCHEMAS.kinds["project"], told.library
    columns = [each.name for each in kind.shape.parts["milestones"].tables[0].columns]
    made = [
        dict(zip(columns, row, strict=True)) for table, row in rows(kind, project, library) if table == "milestones"
    ]
    row = next(each for each in made if ids[each["id"]] == "aim")
    wanted = {"by": None, "moved_to": None} | case["expected"]
    by = ids[row["outcome_id"]] if row["outcome_id"] else None
    assert {"outcome": row["outcome"], "by": by, "moved_to": row["moved_to"]} == wanted
    assert [each["outcome"] for each in made if each["status"] == "actual"] == [None] * sum(
        each["status"] == "actual" for each in parts.values()
    )


# ---- the examples of docs/data.md

GUIDES = [ROOT / "docs" / name for name in ("data.md", "data.zh-CN.md")]
EXAMPLE = re.compile(r"\| `(.+)` \| `(.+)` \| `(floor|ceiling)` \| `(\w+)` \| (?:`(\w+)`)? \| .+ \|")


def examples(guide: Path) -> list[tuple[str, ...]]:
    return [found.groups() for line in guide.read_text("utf-8").splitlines() if (found := EXAMPLE.fullmatch(line))]


def written(text: str) -> dict[str, Any]:
    """Return a number as the guides write it: qualifier, number, and the other end of a range."""
    words = [each for each in text.split() if each not in ("%", "rank", "level", "to")]
    bound = words.pop(0) if words[0].isalpha() or "_" in words[0] else "exact"
    value, *high = (number(yaml.safe_load(each)) for each in words)
    return {"value": value, "bound": bound} | ({"value_high": high[0]} if high else {})


@pytest.mark.parametrize("example", examples(GUIDES[0]), ids=lambda each: each[0])
def test_each_example_of_the_guide_has_its_outcome(example: tuple[str, ...]) -> None:
    aim, result, side, outcome, reason = example
    level = {"measure": "level", "timing": "flow", "unit": "unt-count", "concept": "thing"}
    own = level
    if "%" in aim:
        own = {"measure": "growth", "unit": "unt-percent", "concept": "thing"}
    elif "rank" in aim:
        own = {"measure": "rank", "unit": "unt-rank", "concept": "thing"}
    whose = "level" if "level" in result else "own"
    case = {
        "indicators": {"own": own, "level": level},
        "target": written(aim),
        "results": {"a": {"indicator": whose, **written(result)}},
    }
    (row,) = Told(case).table("targets")
    assert (row["aim"], row["outcome"], row["outcome_reason"]) == (side, outcome, reason)


def test_the_guides_have_the_same_examples() -> None:
    first, second = map(examples, GUIDES)
    assert len(first) > 10
    assert first == second
