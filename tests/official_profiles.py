"""The official profiles of Data Package 2.0, which judge a descriptor. See `profiles/README.md`."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import referencing

PROFILES = "https://datapackage.org/profiles/2.0"


@cache
def validators() -> dict[str, jsonschema.Draft7Validator]:
    """Return a validator for each official profile, which can fetch nothing. See `profiles/README.md`."""
    found = importlib.util.find_spec("dplib")
    assert found, "the official profiles come with dplib-py, a dependency of the tests (pyproject.toml, extra dev)"
    assert found.origin
    registry: Any = referencing.Registry()
    formats = jsonschema.Draft7Validator.FORMAT_CHECKER
    return {
        path.name: jsonschema.Draft7Validator(
            json.loads(path.read_text("utf-8")), registry=registry, format_checker=formats
        )
        for path in sorted((Path(found.origin).parent / "profiles" / "2.0").glob("*.json"))
    }


def levels(descriptor: Any) -> Iterator[tuple[str, Any]]:
    """Yield each object of a descriptor that names a profile, with the profile's file."""
    yield "datapackage.json", descriptor
    for resource in descriptor["resources"]:
        yield "dataresource.json", resource
        if resource.get("type") == "table":
            yield "tabledialect.json", resource["dialect"]
            yield "tableschema.json", resource["schema"]


def broken(descriptor: Any) -> list[str]:
    """Return what a descriptor breaks of the official profiles."""
    known = validators()
    return [error.message for name, each in levels(descriptor) for error in known[name].iter_errors(each)]
