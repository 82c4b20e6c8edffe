"""Misspelt and misplaced fields, and the record as it would be without these mistakes: what they cause is not told."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from factpack.problems import Problem, listed
from factpack.schema.model import Schema, Schemas, is_text, resolve
from factpack.source.documents import Document
from factpack.source.marks import Path, Value
from factpack.source.syntax import sign_meant
from factpack.words import LANGUAGES, Both, texts

Steps = tuple[str, ...]
"""The names of fields that lead from a record to an object in it; of a list's items those of the list."""


class Home(NamedTuple):
    """An object that a record may hold: where, and what it is."""

    steps: Steps
    schema: Schema


@dataclass(frozen=True, slots=True)
class Mended:
    """A record with its unknown fields renamed, moved or left out, and a problem for each cause."""

    data: Any
    problems: list[Problem] = field(default_factory=list)
    names: dict[Path, str] = field(default_factory=dict)
    """What fields are called in the file that have another name here."""
    added: set[Path] = field(default_factory=set)
    """What the file does not have at this place."""

    def is_added(self, path: Path) -> bool:
        """Say whether a path leads to what the file does not have there."""
        return any(path[:end] in self.added for end in range(1, len(path) + 1))

    def in_file(self, path: Path) -> Path:
        """Return the path in the file of what is at a path here."""
        return tuple(self.names.get(path[: at + 1], step) for at, step in enumerate(path))


def mended(
    data: Value, document: Document, unknown: Mapping[Path, Sequence[str]], record: Schema, schemas: Schemas
) -> Mended:
    """Return a record without its unknown fields; `unknown` are these by the path of their object."""
    found = Mended(copy.deepcopy(data))
    homes = list(_homes(record, schemas.sources))
    for path, keys in sorted(unknown.items(), key=lambda each: -len(each[0])):
        here = next((home for home in homes if home.steps == _steps(path)), None)
        if here is not None:
            _mend(document, path, keys, here, homes, schemas, found)
    return found


def _mend(
    document: Document, path: Path, keys: Sequence[str], here: Home, homes: list[Home], schemas: Schemas, found: Mended
) -> None:
    """Mend one object: its fields that belong to another one as one problem, each other one as its own."""
    values, known = _at(found.data, path), list(here.schema.get("properties", ()))
    groups: dict[Steps, list[str]] = {}
    for key in keys:
        home = _home_of(key, keys, here, homes)
        near = difflib.get_close_matches(key, known, 1, 0.6)
        value = values.pop(key)
        if sign := sign_meant(f"{key}:"):
            found.problems.append(document.key_problem("full-width-sign", (*path, key), **sign))
        elif home is not None:
            groups.setdefault(home.steps, []).append(key)
            _place(found, _origin(path, here, home), home.steps, {key: value}, homes)
        elif kinds := [] if near else [each for each in schemas.kinds.values() if key in each.shape.fields]:
            titles = {each: [str(kind.shape.schema["x-title"][each]) for kind in kinds] for each in LANGUAGES}
            found.problems.append(_misplaced(document, path, [key], "kind", listed("kinds", titles)))
        else:
            shown = listed("known", dict.fromkeys(LANGUAGES, near or known))
            found.problems.append(document.key_problem("unknown-field", (*path, key), field=key, **shown))
            if near and near[0] not in values:
                values[near[0]] = value
                found.names[*path, near[0]] = key
    for steps, fields in groups.items():
        how = "inside" if len(steps) > len(here.steps) else "outside" if steps else "record"
        shown = {"home": " / ".join(steps), "part": " / ".join(here.steps)}
        found.problems.append(_misplaced(document, path, fields, how, shown))


def _misplaced(document: Document, path: Path, fields: list[str], how: str, values: Mapping[str, str]) -> Problem:
    """Return the problem of fields that belong elsewhere, with words that say where."""
    words: Both = texts("schema", "homes")[how]
    said = {f"where_{each}": words[each].format(**values, kinds=values.get(f"kinds_{each}")) for each in LANGUAGES}
    shown = listed("fields", dict.fromkeys(LANGUAGES, fields))
    return document.key_problem("misplaced-field", (*path, fields[0]), **shown, **said)


def _homes(schema: Schema, sources: Mapping[str, Schema], steps: Steps = ()) -> Iterator[Home]:
    """Yield a record and every object that it may hold, texts in two languages too."""
    held = resolve(schema, sources)
    held = resolve(held.get("items", held), sources)
    if "properties" in held:
        yield Home(steps, held)
        for key, each in held["properties"].items():
            if isinstance(each, dict):
                yield from _homes(each, sources, (*steps, key))


def _home_of(key: str, keys: Collection[str], here: Home, homes: Iterable[Home]) -> Home | None:
    """Return the object of the same record that a field belongs to: one inside, or else around where it stands."""
    having = [home for home in homes if key in home.schema["properties"] and not is_text(home.schema)]
    inside = [home for home in having if len(home.steps) > len(here.steps) and _leads(here.steps, home.steps)]
    around = [home for home in having if len(home.steps) < len(here.steps) and _leads(home.steps, here.steps)]
    shared = {home.steps: len(home.schema["properties"].keys() & set(keys)) for home in inside}
    inside.sort(key=lambda home: (len(home.steps), -shared[home.steps]))
    return next(iter([*inside, *reversed(around)]), None)


def _leads(outer: Steps, inner: Steps) -> bool:
    return inner[: len(outer)] == outer


def _steps(path: Path) -> Steps:
    return tuple(step for step in path if isinstance(step, str))


def _origin(path: Path, here: Home, home: Home) -> Path:
    """Return the path of the object that has both the one at a path and another home inside it."""
    if len(home.steps) >= len(here.steps):
        return path
    at = len(home.steps)
    ends = [end for end in range(len(path) + 1) if len(_steps(path[:end])) == at]
    return path[: ends[-1]]


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _place(found: Mended, origin: Path, steps: Steps, values: Mapping[str, Any], homes: Iterable[Home]) -> None:
    """Put values into every object at some steps that lacks them; where there is none, it is made."""
    todo = [origin]
    for step in steps[len(_steps(origin)) :]:
        todo = [each for path in todo for each in _inside(found, path, step)]
    for path in todo:
        held = _at(found.data, path)
        for key in values.keys() - held.keys() if isinstance(held, dict) else ():
            held[key] = values[key]
            found.added.add((*path, key))


def _inside(found: Mended, path: Path, step: str) -> Iterator[Path]:
    """Yield the paths of the objects that a field holds; of one that is missing, of an invented one."""
    held = _at(found.data, path)
    if not isinstance(held, dict):
        return
    if step not in held:
        held[step] = [{}]
        found.added.add((*path, step))
    inner = held[step]
    yield from ((*path, step, at) for at in range(len(inner))) if isinstance(inner, list) else ((*path, step),)
