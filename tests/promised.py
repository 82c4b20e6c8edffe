"""Promises of `table/outcomes.yaml` as records: what the tables show of a case, and what they must show."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from factpack.disk.project import Project
from factpack.record.library import Library
from factpack.record.names import Names, named
from factpack.record.reviews import review_of
from factpack.schema import read
from factpack.schema.model import Table
from factpack.table.complete import complete
from factpack.table.derived import DERIVATIONS
from factpack.table.rows import TableRow, rows
from factpack.text import text_record
from projects import ROOT
from sheets import sheet

SCHEMAS = read.read(Project(ROOT).schemas(), DERIVATIONS)
SHEET = sheet(Path(__file__).parent / "table" / "outcomes.yaml")
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
        plain = f"ind-{part['indicator']}.{str(part['period']).replace('/', '--')}.{part['status']}"
        return f"{plain}.{part['area']}" if "area" in part else plain

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
        part = kind.shape.parts["observations"]
        listed = [each for own, each in self.records.items() if own.startswith("ind-")]
        made = (row for each in listed for row in rows(kind, each, library, complete(kind, each, library)))
        return _named(next(each for each in part.tables if each.name == name), made)

    def named(self, own: str | None) -> str | None:
        return self.names.get(own, own) if own else None


Shown = tuple[dict[str, Any], dict[str, Any]]
"""What the tables show of a case, and what they must show."""


def outcome_of(case: dict[str, Any]) -> Shown:
    """Return what became of the target of a case."""
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
    if "value" in wanted:
        found["value"] = row["outcome_value"]
    if "baseline" in wanted:
        found["baseline"] = told.named(row["baseline_id"])
    return found, {key: number(wanted[key]) for key in found}


def choice_of(case: dict[str, Any]) -> Shown:
    """Return which results of a case are preferred, and what the others say of it."""
    told = Told(case)
    listed = told.table("observations")
    wanted = {**DEFAULTS["expected"], **case["expected"]}
    found: dict[str, Any] = {"preferred": sorted(str(told.named(each["id"])) for each in listed if each["preferred"])}
    for column, key in (("restates_id", "restates"), ("superseded_by_id", "superseded_by")):
        found[key] = {told.named(each["id"]): told.named(each[column]) for each in listed if each[column]}
    if "cautions" in wanted:
        found["cautions"] = {told.named(each["id"]): (each["caution"] or "").split(";") for each in listed}
        wanted["cautions"] = {name: said or [""] for name, said in wanted["cautions"].items()}
    return found, {key: wanted[key] if key != "preferred" else sorted(wanted[key]) for key in found}


def milestone(part: dict[str, Any]) -> dict[str, Any]:
    return {**{key: part[key] for key in ("stage", "status", "period")}, "evidence": evidence(part)}


def fate_of(case: dict[str, Any]) -> Shown:
    """Return what became of the milestone of a case; of one that happened nothing does."""
    told = Told({**case, "results": {}})
    aim = DEFAULTS["milestone"] | case["milestone"]
    parts = {"aim": aim} | {name: DEFAULTS["result"] | each for name, each in case["results"].items()}
    for each in parts.values():
        told.records[f"doc-{each['document']}"] = document(each["document"])
    ids = {f"prj-x.{each['period']}.{each['stage']}.{each['status']}": name for name, each in parts.items()}
    project = {"id": "prj-x", "name": both("x"), "milestones": [milestone(each) for each in parts.values()]}
    kind, library = SCHEMAS.kinds["project"], told.library
    listed = list(rows(kind, project, library))
    made = _named(kind.shape.parts["milestones"].tables[0], listed)
    row = next(each for each in made if ids[each["id"]] == "aim")
    wanted = {"by": None, "moved_to": None} | case["expected"]
    by = ids[row["outcome_id"]] if row["outcome_id"] else None
    others = {each["outcome"] for each in made if each["status"] == "actual"}
    found = {"outcome": row["outcome"], "by": by, "moved_to": row["moved_to"], "of what happened": others - {None}}
    (whole,) = _named(kind.shape.tables[0], listed)
    places = {"latest": ("stage", "period"), "next": ("next_stage", "next_period")}
    found |= {name: [whole[each] for each in columns] for name, columns in places.items() if name in wanted}
    return found, {**wanted, "of what happened": set()}


def _named(table: Table, listed: Iterable[TableRow]) -> list[dict[str, Any]]:
    columns = [each.name for each in table.columns]
    return [dict(zip(columns, row, strict=True)) for name, row in listed if name == table.name]


TARGETS = [each for each in CASES.values() if "target" in each]
CHOICES = [each for each in CASES.values() if "stage" not in each.get("milestone", {})]
MILESTONES = [each for each in CASES.values() if "milestone" in each]
