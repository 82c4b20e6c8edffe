"""Names of records, by the documents that they cite: what the proof of another record must know."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import blake2b
from itertools import islice, starmap
from operator import add
from typing import Any, NamedTuple

import orjson

from factpack.disk.overflow import Spool
from factpack.record.evidence import documents_of, items
from factpack.schema.model import Kind, Shape
from factpack.source.marks import Record

TEXTS_KEPT = 30
"""Texts kept in memory, and documents whose names are; of more, the one that was opened first makes room."""
DIGESTS_KEPT = 1_000
"""Digests of names kept in memory."""
CONCEPT = "="
"""What the key of a concept begins with, among the ids of documents."""
NAMED_HELD = 1_000
"""Records whose names are sorted by document at a time."""


def make_room(kept: dict[str, Any], limit: int) -> None:
    """Remove what was kept first where as much is kept as may be."""
    if len(kept) >= limit:
        del kept[next(iter(kept))]


class Named(NamedTuple):
    """A record, its names, the documents that it cites, and the keys of its concept, one for each area."""

    record_id: str
    names: tuple[str, ...]
    documents: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    former: tuple[tuple[str, str], ...] = ()
    """Its former names, each with the last document that used it."""


class Standing(NamedTuple):
    """A name that stands in a text, with its record and, of a former name, the last document that used it."""

    name: str
    record: str
    until: str = ""


class Names:
    """The names that proofs must know: in a document with a text those of the records that cite it.

    The names of a record that cites none of them are known everywhere. Those of a country do not fit in memory: they
    lie in a file, by document, and those of a document are held while they are asked for.
    """

    def __init__(self, named: Iterable[Named] = (), texts: Collection[str] = ()) -> None:
        self._spool = Spool()
        self._open: dict[str, dict[str, list[Standing]]] = {}
        self._digests: dict[str, str] = {}
        left = iter(named)
        while some := list(islice(left, NAMED_HELD)):
            found: dict[str, list[Standing]] = {}
            for record, names, documents, concepts, former in some:
                for concept in concepts:
                    found.setdefault(concept, []).append(Standing(record, record))
                known = [(name, "") for name in names] + [(name, until) for name, until in former]
                for document in [each for each in documents if each in texts] or ("",):
                    found.setdefault(document, []).extend(
                        Standing(name, record, until) for name, until in known if name
                    )
            for document, standing in found.items():
                if standing:
                    self._spool.add(document, orjson.dumps([tuple(each) for each in standing]))

    def _laid_down(self, document: str) -> bytes:
        """Return the names of a document as one list in JSON."""
        return b"[" + b",".join(some[1:-1] for some in self._spool.read(document)) + b"]"

    def _by_middle(self, document: str) -> dict[str, list[Standing]]:
        """Return the names of a document by their middles."""
        if document not in self._open:
            if len(self._open) > TEXTS_KEPT:
                del self._open[next(each for each in self._open if each)]
            found: dict[str, list[Standing]] = {}
            for each in starmap(Standing, orjson.loads(self._laid_down(document))):
                found.setdefault(_middle(each.name), []).append(each)
            self._open[document] = found
        return self._open[document]

    def standing_in(self, text: str, document: str) -> list[Standing]:
        """Return the names that stand in a text of a document: of records that cite it, those they have or had."""
        pairs = {"", *map(add, text, text[1:])}
        named = (self._by_middle(document), self._by_middle(""))
        found = [each for known in named for pair in pairs & known.keys() for each in known[pair] if each[0] in text]
        return sorted(found)

    def related(self, key: str) -> tuple[str, ...]:
        """Return the ids of the records with a key of a concept, in order."""
        return tuple(sorted(each[0] for each in orjson.loads(self._laid_down(key))))

    def digest(self, key: str) -> str:
        """Return a digest of the names that proofs in a document must know, or of the records of a concept."""
        return self._digest(key) if key.startswith(CONCEPT) else self._digest("") + self._digest(key)

    def _digest(self, key: str) -> str:
        if key not in self._digests:
            make_room(self._digests, DIGESTS_KEPT)
            self._digests[key] = blake2b(self._laid_down(key), digest_size=16).hexdigest()
        return self._digests[key]


def _middle(name: str) -> str:
    """Return the two characters in the middle of a name, or none of a single one: names begin and end alike."""
    half = len(name) // 2
    return name[half - 1 : half + 1] if half else ""


def names_of(kind: Kind, record: Record) -> tuple[str, ...]:
    """Return a record's Chinese name and its aliases: the forms that a quote may carry."""
    from factpack.text.token import normal_form  # costs start-up time, and kept names are in this form

    name = record.get(kind.shape.role("name") or "")
    aliases = record.get(kind.shape.role("aliases") or "")
    found = [str(name.get("zh", ""))] if isinstance(name, dict) else []
    found += [str(each) for each in aliases] if isinstance(aliases, list) else []
    return tuple(normal_form(each) for each in found if each)


def former_names(shape: Shape, record: Record) -> tuple[tuple[str, str], ...]:
    """Return a record's former names in Chinese, each with the last document that used it."""
    from factpack.text.token import normal_form  # costs start-up time, and kept names are in this form

    listed = record.get(shape.role("former_names") or "")
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return tuple((normal_form(str(each.get("zh", ""))), str(each.get("document", ""))) for each in found)


def named(kind: Kind, record_id: str, record: Record) -> Named:
    """Return the names, cited documents and concept of a record; `record` is its data, whatever it may hold."""
    documents = {each for shape, item, _ in items(kind.shape, record) for each in documents_of(shape, item)}
    former = former_names(kind.shape, record)
    return Named(record_id, names_of(kind, record), tuple(sorted(documents)), _concepts(kind, record), former)


def concept_key(concept: str, area: str) -> str:
    """Return the key of what is said of a concept for an area; that of an empty one for the default area."""
    return f"{CONCEPT}{concept} {area}"


def _concepts(kind: Kind, record: Record) -> tuple[str, ...]:
    """Return the keys of a record's concept, for each area of its parts."""
    concept = record.get(kind.shape.role("concept") or "")
    if not isinstance(concept, str):
        return ()
    areas = {str(item.get(shape.role("area") or "") or "") for shape, item, path in items(kind.shape, record) if path}
    return tuple(concept_key(concept, area) for area in sorted(areas))
