"""What must be sound before any record is looked at: the schemas, the package, the everyday words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from factpack.check.cells import unfit_values
from factpack.check.modelines import foreign_schema
from factpack.check.package import package_problems
from factpack.disk.project import PACKAGE_PATH, SEARCH_PATH
from factpack.problems import Problem
from factpack.run.reader import Reader
from factpack.schema import read
from factpack.schema.model import PACKAGE, SEARCH, Schemas
from factpack.source.documents import Document
from factpack.source.marks import Record
from factpack.table.derived import DERIVATIONS


def schemas_in(files: Mapping[str, bytes]) -> Schemas:
    """Return the schemas in the bytes of their files, by name, with all their problems."""
    return read.read(files, DERIVATIONS.keys())


def package_faults(reader: Reader, document: Document) -> list[Problem]:
    """Return what is wrong with the metadata of the package."""
    problems = [*document.problems, *reader.validators[PACKAGE].problems(document)]
    if document.data is not None:
        problems += [*package_problems(document, problems), *foreign_schema(PACKAGE_PATH, document.raw, PACKAGE)]
    return problems


def everyday(reader: Reader) -> tuple[Sequence[Record], list[Problem]]:
    """Return the everyday words of the search, none where they are wrong or there are none, and their problems."""
    if SEARCH not in reader.validators or reader.project.stamp(SEARCH_PATH) is None:
        return (), []
    document = reader.document(SEARCH_PATH)
    problems = [*document.problems, *reader.validators[SEARCH].problems(document)]
    if document.data is not None:
        problems += [*unfit_values(document), *foreign_schema(SEARCH_PATH, document.raw, SEARCH)]
    found: Any = () if problems or document.data is None else document.data["everyday"]
    return found, problems
