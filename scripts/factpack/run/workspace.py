"""The workspace: a project opened, with what its schemas, its package and its folders say, and its records at hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from factpack.disk.cache import Cache, digest, open_cache
from factpack.disk.git import tracked
from factpack.disk.project import PACKAGE_PATH, SEARCH_PATH, Project
from factpack.problems import Problem
from factpack.record.library import Library
from factpack.record.names import Names
from factpack.record.reviews import Review, review_of
from factpack.run.memory import Memory, Opened
from factpack.run.reader import Reader, read_document, read_raw
from factpack.schema.columns import modelled
from factpack.schema.format import format_problems
from factpack.schema.model import METADATA, PACKAGE, SEARCH, Kind, Schemas
from factpack.schema.validate import Validator
from factpack.source.documents import Document
from factpack.source.marks import Record

SOUND = "sound"
"""The slot of the cache for a digest of the schemas, the package and the everyday words in which nothing was wrong."""


@dataclass(frozen=True)
class Workspace:
    """A project opened. Where its schemas are broken it holds their problems and nothing else."""

    reader: Reader
    problems: Sequence[Problem]
    """What is wrong with the schemas, the package and the folders."""
    package: Record = field(default_factory=dict)
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Ids of the records by record type, sorted."""
    texts: frozenset[str] = frozenset()
    """Documents that have a text record."""
    cache: Cache | None = None
    memory: Memory | None = None
    """What a process keeps that opens the project again and again."""

    @property
    def brings_results(self) -> bool:
        """Whether `.factpack` came with a branch: nothing in it may be used."""
        return any(each.code == "tracked-results" for each in self.problems)

    @property
    def project(self) -> Project:
        """The project."""
        return self.reader.project

    @property
    def schemas(self) -> Schemas:
        """Its schemas."""
        return self.reader.schemas

    @cached_property
    def library(self) -> Library:
        """What one record may know of others."""
        reader = self.reader
        lookups = (reader.record, reader.exists, reader.text, reader.names_in, reader.related)
        return Library(self.schemas, self.package, *lookups, reader.reviews)

    @cached_property
    def everyday(self) -> Sequence[Record]:
        """What people call things, with the words of the records for them; nothing where these are wrong."""
        from factpack.run.judging import everyday  # as below

        return everyday(self.reader)[0]

    def load(self, kind: Kind, record_id: str) -> tuple[Document, list[Problem]]:
        """Return a record's document, and what it breaks of YAML, of its name and of its schema."""
        return self.reader.load(kind, record_id)

    def anew(self) -> Workspace:
        """Return the workspace with nothing noted of what is read."""
        return replace(self, reader=self.reader.anew())

    def knowing(self, names: Names, reviews: tuple[Review, ...] = ()) -> Workspace:
        """Return the workspace with the names that proofs must know, and the years that documents look back on."""
        known = digest(repr(reviews).encode())
        return replace(self, reader=replace(self.reader, names=names, reviews=reviews, reviews_digest=known))

    def reviewed(self) -> tuple[Review, ...]:
        """Return the years that each document looks back on: one small value, which outcomes rest on."""
        kind, found = self.schemas.documents, []
        for record_id in self.ids[kind.name]:
            record = self.reader.record(record_id)
            found.append(review_of(kind.shape, record, has_text=record_id in self.texts) if record else None)
        return tuple(each for each in found if each)

    def with_cache(self, cache: Cache | None) -> Workspace:
        """Return the workspace with a cache for its results, or with none."""
        return replace(self, cache=cache)


def open_workspace(project: Project, cache: Cache | None = None, memory: Memory | None = None) -> Workspace:
    """Return a project opened. Where its schemas are broken, nothing else is looked at. Raises GitFailed."""
    return _apart(project, lambda _: cache, memory)


def open_cached(project: Project, memory: Memory | None = None) -> Workspace:
    """Return a project opened with its cache, if that did not come with a branch; raises GitFailed."""
    return _apart(project, open_cache, memory)


def _apart(project: Project, cache: Callable[[Project], Cache | None], memory: Memory | None) -> Workspace:
    """Return a project opened with a cache, and without one where git tracks it."""
    strange = list(_tracked_results(project))
    space = reopened(project, None if strange else cache(project), memory)
    return replace(space, problems=[*strange, *space.problems]) if strange else space


def reopened(project: Project, cache: Cache | None, memory: Memory | None = None) -> Workspace:
    """Return a project opened where another process works on it, which has looked at what git tracks."""
    unfit = project.unfit() or _other_format(project)
    if unfit:
        return Workspace(Reader(project, Schemas({}, {}, {}, tuple(unfit))), unfit)
    files, document = project.schemas(), read_document(project, PACKAGE_PATH)
    seen = _seen(project, files, document.raw)
    sound = cache is not None and cache.read(SOUND) == seen
    make = _taken if sound else _judged
    schemas, validators = memory.opened(files, make) if memory else make(files)
    if schemas.problems:
        return Workspace(Reader(project, schemas), schemas.problems)
    reader = Reader(project, schemas, validators)
    faults = [] if sound else _faults(reader, document)
    if cache and not sound and not faults:
        cache.write(SOUND, seen)
    package = {} if document.data is None or any(each.path == PACKAGE_PATH for each in faults) else document.data
    ids, misplaced = _listed(project, schemas)
    texts, strange = _texts(project, frozenset(ids[schemas.documents.name]))
    unknown = _unknown_references(reader, package)
    problems = [*faults, *misplaced, *strange, *unknown]
    return Workspace(reader, problems, package, ids, texts, cache, memory)


def _seen(project: Project, schemas: Mapping[str, bytes], package: bytes) -> bytes:
    """Return a digest of all that must be sound before records are looked at: schemas, package, everyday words."""
    pieces = [each for name, raw in schemas.items() for each in (name.encode(), raw)]
    everyday, unread = read_raw(project, SEARCH_PATH)
    return digest(*pieces, package, everyday, repr(unread).encode()).encode()


def _taken(files: Mapping[str, bytes]) -> Opened:
    """Return schemas in which nothing was wrong, and what validates by them."""
    schemas = modelled({name: json.loads(raw) for name, raw in files.items()})
    return schemas, _validators(schemas)


def _judged(files: Mapping[str, bytes]) -> Opened:
    """Return the schemas in the bytes of their files, by name, and unless they are broken what validates by them."""
    from factpack.run.judging import schemas_in  # with all that judges, which is not needed for what was sound

    schemas = schemas_in(files)
    return schemas, {} if schemas.problems else _validators(schemas)


def _faults(reader: Reader, package: Document) -> list[Problem]:
    """Return what is wrong with the metadata of the package and the everyday words."""
    from factpack.run.judging import everyday, package_faults  # as above

    return [*package_faults(reader, package), *everyday(reader)[1]]


def _validators(schemas: Schemas) -> Mapping[str, Validator]:
    wanted = (*schemas.kinds, *(name for name in METADATA if name in schemas.sources))
    return {name: Validator(name, schemas) for name in wanted}


def _tracked_results(project: Project) -> Iterator[Problem]:
    """Yield that git tracks files of `.factpack`, which are for the machine that made them."""
    for path in tracked(project.root, ".factpack")[:1]:
        yield Problem(path, 1, 1, "tracked-results", "", {"name": path.partition("/")[0]})


def _other_format(project: Project) -> list[Problem]:
    """Return that a project is in another format than this program reads; then its schemas are no longer looked at."""
    return list(format_problems(Reader(project, Schemas({}, {}, {})).document(PACKAGE_PATH)))


def _listed(project: Project, schemas: Schemas) -> tuple[dict[str, list[str]], list[Problem]]:
    """Return the ids of the records by record type, and a problem for each file and folder that is none of them."""
    ids, problems = dict[str, list[str]](), project.strangers(_known(schemas))
    for kind in schemas.prefixes.values():
        ids[kind.name], wrong = project.listing(kind.folder, kind.prefix)
        problems += wrong
    return ids, problems


def _known(schemas: Schemas) -> Iterator[str]:
    """Yield what may be in `sources`: the folders of record types, and the everyday words where they have a schema."""
    yield from (kind.folder for kind in schemas.kinds.values())
    if SEARCH in schemas.sources:
        yield SEARCH_PATH.rpartition("/")[2]


def _unknown_references(reader: Reader, package: Record) -> Iterator[Problem]:
    """Yield the records that the package names and that are not there."""
    for key, schema in reader.schemas.sources[PACKAGE]["properties"].items():
        kind = reader.schemas.kinds.get(schema.get("x-ref") or schema.get("items", {}).get("x-ref") or "")
        value: Any = package.get(key)
        if kind is None or value is None:
            continue
        listed = [((key, at), each) for at, each in enumerate(value)] if isinstance(value, list) else [((key,), value)]
        for at, each in listed:
            if reader.schemas.kind_of(each) is not kind or not reader.exists(each):
                title = str(kind.shape.schema["x-title"]["zh"])
                values = {"found": each, "kind": kind.name, "kind_zh": title, "folder": kind.folder}
                yield reader.document(PACKAGE_PATH).problem("unknown-reference", at, **values)


def _texts(project: Project, documents: frozenset[str]) -> tuple[frozenset[str], list[Problem]]:
    """Return the documents that have a text record, and a problem for each file beside them that is none."""
    names = project.text_records()
    stems = {name: name.removesuffix(".json") for name in names if name.endswith(".json")}
    texts = {name: stem for name, stem in stems.items() if stem in documents}
    strange = [
        Problem(f"sources/texts/{name}", 1, 1, "not-a-record", "", {"name": name, "folder": "texts"})
        for name in names
        if name not in texts
    ]
    return frozenset(texts.values()), strange
