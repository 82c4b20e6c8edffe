"""What pages ask of a site: each question is noted with a digest of its answer, so that a page stands while all do.

A page function is handed a site that looks like any other. Whatever it asks of the site, its package or its catalogue
goes through `Asked` and its like, so nobody keeps a list of what a page rests on. A question is a path, such as
`("catalogue", "entries", "get", "ind-gdp")`, and can be asked again of another site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any, cast

import orjson

from factpack.package.package import Package
from factpack.package.table import Field, Table
from factpack.schema.model import Schemas
from factpack.site.catalogue import Catalogue, Entry
from factpack.site.columns import Columns
from factpack.site.page import Site

Question = tuple[str | int | bool | None, ...]
"""Names that lead from the site to an answer, the last of them with what is done there and its arguments."""
GET, HAS, KEYS, CALL = "get", "has", "keys", "call"
"""What is done with a mapping, and with a method."""
KEPT = 20_000
"""Answers that are kept for pages to come: what most of them answer is asked for one record alone."""
OF_SCHEMAS = (Schemas, Columns)
"""Values that only schemas decide: all pages rest on these."""
OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS
SHORT = 60
"""Bytes of an answer that is its own digest."""


@dataclass(slots=True)
class Answer:
    """An answer, and the digest by which it is known again."""

    question: Question
    value: Any
    digest: str
    noted: Sequence[Answer] = ()
    """The list in which it was noted last."""


class Answers:
    """The answers of a site, each worked out once for many pages; the questions of one are noted while it is made."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[Question, dict[Question, Answer]] = {}
        self._entries: dict[str, str] = {}
        self.noted: list[Answer] = []
        self._parts: dict[Question, Asked] = {}
        self.site = cast("Site", Asked(self, (), site))
        """The site as page functions get it."""

    def begin(self) -> Sequence[Answer]:
        """Return the answers that are given from here on, each once; there are none yet."""
        if sum(map(len, self._known.values())) > KEPT:
            for known in self._known.values():
                known.clear()
        self.noted = []
        return self.noted

    def known(self, path: Question) -> dict[Question, Answer]:
        """Return the answers that are known to questions that begin with a path, by the arguments that follow it."""
        return self._known.setdefault(path, {})

    def part(self, path: Question, real: object) -> Asked:
        """Return a part of the site as page functions get it; the package of the catalogue is that of the site."""
        return self._parts.setdefault(path, Asked(self, path, real))

    def note(self, answer: Answer) -> Any:
        """Return the value of an answer, and note it."""
        if answer.noted is not self.noted:
            answer.noted = self.noted
            self.noted.append(answer)
        return answer.value

    def digest_of(self, question: Question) -> str:
        """Return the digest of an answer, empty for a question that can no longer be asked."""
        try:
            return self._answered(question).digest
        except Exception:  # noqa: BLE001 - what cannot be asked is not what it was, for whatever reason
            return ""

    def answer(self, path: Question, arguments: Question = ()) -> Answer:
        """Return the answer to the question of a path and arguments, and do not note it."""
        known = self.known(path)
        if arguments not in known:
            known[arguments] = self._answered((*path, *arguments))
        return known[arguments]

    def _answered(self, question: Question) -> Answer:
        value = _found(self._site, question)
        return Answer(question, value, _digest(orjson.dumps(value, self._plain, OPTIONS)))

    def _plain(self, value: object) -> object:
        """Return a value as JSON can hold it. What type a cell has its table says, on which all pages rest.

        Raises TypeError for one of another type: nobody would know whether it is what it was.
        """
        match value:
            case Entry():
                if value.id not in self._entries:
                    self._entries[value.id] = _digest(orjson.dumps(_whole(value), self._plain, OPTIONS))
                return self._entries[value.id]
            case Table() | Field():  # what they say of themselves, all pages rest on
                return [type(value).__name__, value.name]
            case Decimal():
                return [type(value).__name__, str(value)]
            case bytes():
                return blake2b(value, digest_size=16).hexdigest()
            case frozenset():
                return sorted(value)
            case tuple():
                return [type(value).__name__, *value]
            case Mapping():
                return [[key, each] for key, each in value.items()]
        if is_dataclass(value) and not isinstance(value, type):
            return [type(value).__name__, *(getattr(value, each.name) for each in fields(value))]
        raise TypeError(f"a page rests on a {type(value).__name__}, which has no digest")


def _digest(told: bytes) -> str:
    """Return what an answer is known by: a BLAKE2b digest, of a short one the answer itself."""
    return told.decode() if len(told) <= SHORT else blake2b(told, digest_size=16).hexdigest()


def _whole(entry: Entry) -> Sequence[object]:
    links = [[[*key, *ids] for key, ids in each.items()] for each in (entry.refers_to, entry.used_by)]
    return [entry.table, entry.row, entry.parts, entry.lists, entry.passages, links]


def _found(site: Site, question: Question) -> Any:
    """Return the answer to a question."""
    value: Any = site
    path = iter(question)
    for name in path:
        if name == GET:
            key = next(path)
            value = (value[key],) if key in value else ()
        elif name == HAS:
            value = next(path) in value
        elif name == KEYS:
            value = tuple(value)
        elif name == CALL:
            value = value(*path)
        else:
            value = getattr(value, str(name))
    return value


class Asked:
    """An object of a site as page functions get it: what is asked of it is noted."""

    def __init__(self, answers: Answers, path: Question, real: object) -> None:
        self._answers, self._path, self._real = answers, path, real
        self._known: dict[str, Answer] = {}

    def __getattr__(self, name: str) -> Any:
        """Return the value of an attribute; of other objects, mappings and methods something to ask in its turn."""
        if name in self._known:
            return self._answers.note(self._known[name])
        value, path = getattr(self._real, name), (*self._path, name)
        if isinstance(value, OF_SCHEMAS):
            found: Any = value
        elif isinstance(value, (Package, Catalogue)):
            found = self._answers.part(path[-1:], value)
        elif isinstance(value, Mapping):
            found = AskedMapping(self._answers, path)
        elif callable(value):
            found = AskedMethod(self._answers, (*path, CALL))
        else:
            self._known[name] = self._answers.answer(path)
            return self._answers.note(self._known[name])
        self.__dict__[name] = found
        return found


class AskedMethod:
    """A method, or whatever else is asked with arguments, as page functions get it."""

    def __init__(self, answers: Answers, path: Question) -> None:
        self._answers, self._path, self._known = answers, path, answers.known(path)

    def __call__(self, *arguments: Any) -> Any:
        """Return the answer for some arguments, and note it."""
        answer = self._known.get(arguments)
        if answer is None:
            answer = self._answers.answer(self._path, arguments)
        if answer.noted is not self._answers.noted:  # asked some hundred times for each page
            self._answers.note(answer)
        return answer.value


class AskedMapping(Mapping[Any, Any]):
    """A mapping of a site as page functions get it: which keys it has, and the value of each, are asked."""

    def __init__(self, answers: Answers, path: Question) -> None:
        self._got, self._has, self._keys = (AskedMethod(answers, (*path, each)) for each in (GET, HAS, KEYS))

    def __getitem__(self, key: Any) -> Any:
        found = self._got(key)
        if not found:
            raise KeyError(key)
        return found[0]

    def __contains__(self, key: object) -> bool:
        return bool(self._has(key))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the value of a key, else the default."""
        found = self._got(key)
        return found[0] if found else default
