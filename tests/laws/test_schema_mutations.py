"""Whatever stands in place of a part of a schema: no crash, nothing endless, and an honest answer.

Nodes of the schemas are taken out, and exchanged for values of other types, one at a time. What is a problem is a
problem of a schema; what is none gives schemas that can be used. The rules themselves are the program's own: any
change of their content is one problem.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from factpack.disk.project import Project
from factpack.schema.dialect import schema_path
from factpack.schema.model import PACKAGE, Schemas
from factpack.schema.read import read
from factpack.schema.validate import Validator
from factpack.source.marks import Path as Steps
from factpack.table.derived import DERIVATIONS
from factpack.table.descriptor import tables
from projects import ROOT

FILES = Project(ROOT).schemas()
GONE: Any = object()
IN_PLACE = (GONE, None, 5, [], {}, "x")
NAMING = ("properties", "$defs", "x-derived", "x-labels", "x-words", "x-quantities", "x-where", "zh", "en")
"""Keywords whose keys are names."""
GROUPS = (["dialect"], ["defs"], ["package"], sorted(set(FILES) - {"dialect", "defs", "package"}))
SECONDS = 5.0
pytestmark = pytest.mark.timeout(120)


def paths(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Yield the path of every node below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield (*path, key)
        yield from paths(each, (*path, key))


def changed(value: Any, path: Steps, new: Any) -> Any:
    """Return a copy of a value with another node at a path, or with none there."""
    key, *rest = path
    pairs = dict(value.items() if isinstance(value, dict) else enumerate(value))
    pairs[key] = changed(pairs[key], tuple(rest), new) if rest else new
    kept = {name: each for name, each in pairs.items() if each is not GONE}
    return kept if isinstance(value, dict) else list(kept.values())


def alike(path: Steps) -> str:
    """Return what a path shares with those of nodes that mean the same: names, which may be any, are left out."""
    steps = ("*" if isinstance(step, int) or before in NAMING else step for before, step in pairwise(("", *path)))
    return "/".join(map(str, tuple(steps)[-2:]))


def mutants(names: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield (schema, what was done, its bytes) for each mutant; of nodes that mean the same, one is changed."""
    seen = set[str]()
    for name in names:
        schema = json.loads(FILES[name])
        for path in paths(schema):
            if alike(path) not in seen:
                seen.add(alike(path))
                for new in IN_PLACE:
                    what = f"{name}: {path} -> {'gone' if new is GONE else new!r}"
                    yield name, what, json.dumps(changed(schema, path, new), ensure_ascii=False).encode()


def opened(schemas: Schemas) -> None:
    """Make of schemas without problems what every command makes of them."""
    for name in (*schemas.kinds, PACKAGE):
        Validator(name, schemas).decides.is_valid({})
    assert tables(schemas)
    assert schemas.documents


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_a_schema_with_anything_in_it_is_a_problem_or_can_be_used(group: Sequence[str]) -> None:
    count = 0
    for name, what, raw in mutants(group):
        begin = time.process_time()
        try:
            found = read({**FILES, name: raw}, DERIVATIONS)
            if not found.problems:
                opened(found)
        except Exception as error:
            raise AssertionError(what) from error
        assert time.process_time() - begin < SECONDS, what
        count += 1
        if name == "dialect":
            assert [each.code for each in found.problems] == ["dialect-differs"], what
        assert all(each.path.startswith("schemas/") for each in found.problems), what
    assert count > 100


def test_a_mutant_differs_at_one_place_and_problems_are_at_their_schema(tmp_path: Path) -> None:
    assert changed({"a": [1, {"b": 2}]}, ("a", 1, "b"), 3) == {"a": [1, {"b": 3}]}
    assert changed({"a": [1, {"b": 2}]}, ("a", 0), GONE) == {"a": [{"b": 2}]}
    found = read({**FILES, "place": b"{}"}, DERIVATIONS).problems
    assert {each.path for each in found} == {schema_path("place")}
