"""What a careful person writes: PyYAML's C loader, one jsonschema validator a kind, csv and json as they come.

`python bench/careful.py PROJECT OUT` validates each record and leaves in OUT a JSON file and a CSV table a folder, and
tables of the observations and milestones. It proves nothing, resolves no reference, and knows the fields by name.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

PARTS = {"indicators": "observations", "projects": "milestones"}


def validators(folder: Path) -> dict[str, Draft202012Validator]:
    """Return one validator for each folder of records."""
    schemas = {path.name: json.loads(path.read_bytes()) for path in sorted(folder.glob("*.schema.json"))}
    resources = [(name, DRAFT202012.create_resource(schema)) for name, schema in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    checker = Draft202012Validator.FORMAT_CHECKER
    return {
        schema["x-folder"]: Draft202012Validator(schema, registry=registry, format_checker=checker)
        for schema in schemas.values()
        if "x-folder" in schema
    }


def cells(value: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the columns of a record: a text makes one a language, a list of texts is joined, other lists are not."""
    for name, part in value.items():
        if isinstance(part, dict):
            yield from cells(part, f"{before}{name}_")
        elif not isinstance(part, list):
            yield before + name, part
        elif all(isinstance(item, str) for item in part):
            yield before + name, "; ".join(part)


def write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows with all columns that any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def compile_folder(root: Path, folder: str, validator: Draft202012Validator, out: Path) -> int:
    """Validate the records of a folder and write its tables and its JSON; return the number of problems."""
    records, problems = [], 0
    for path in sorted((root / "sources" / folder).glob("*.yaml")):
        record = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        for error in validator.iter_errors(record):
            problems += 1
            print(f"{path}: {error.json_path}: {error.message}")
        records.append(record)
    write_csv(out / f"{folder}.csv", [dict(cells(record)) for record in records])
    if part := PARTS.get(folder):
        rows = [{"of": record["id"], **dict(cells(each))} for record in records for each in record.get(part, ())]
        write_csv(out / f"{part}.csv", rows)
    text = json.dumps(records, ensure_ascii=False, indent=2)
    (out / f"{folder}.json").write_text(text + "\n", encoding="utf-8")
    return problems


def main(root: Path, out: Path) -> int:
    """Compile all folders."""
    out.mkdir(parents=True, exist_ok=True)
    made = validators(root / "schemas").items()
    return int(sum(compile_folder(root, folder, validator, out) for folder, validator in made) > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
