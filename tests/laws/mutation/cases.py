"""The records of a project as cases to be made wrong, with the published text and what they use of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from factpack.check.proof import prove
from factpack.check.use import Use
from factpack.disk.project import Project
from factpack.record.ids import part_ids
from factpack.record.subject import Subject
from factpack.run.pipeline import names_known
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema.model import Kind
from factpack.text.text_record import Text, split
from factpack.text.token import Token, normal_form

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A right item to be made wrong: an observation alone in its record, or a record that has a name and quotes."""

    kind: Kind
    record: Record
    own: str
    numbers: tuple[tuple[int, Token], ...] = ()
    """The recorded tokens that give its value, each with its paragraph."""

    @property
    def item(self) -> Record:
        """The observation, or the record where it is the item itself."""
        found: Record = self.record["observations"][0] if "observations" in self.record else self.record
        return found

    @property
    def quotes(self) -> list[tuple[int, str]]:
        """The paragraphs and quotes of its evidence, in normal form."""
        pieces = self.item["evidence"]
        return [(each["paragraph"], normal_form(each["quote"])) for each in pieces if "quote" in each]

    @property
    def unit(self) -> str:
        """Its unit: the observation's own, else the indicator's, else empty."""
        return str(self.item.get("unit") or self.record.get("unit") or "")

    @property
    def forms(self) -> list[str]:
        """Its name and aliases, in normal form."""
        return [normal_form(each) for each in (self.record["name"]["zh"], *self.record.get("aliases", ()))]

    def having(self, **fields: Any) -> Record:
        """Return its record with fields of the item set, or taken out where they are None."""
        item = {key: value for key, value in {**self.item, **fields}.items() if value is not None}
        return {**self.record, "observations": [item]} if "observations" in self.record else item


@dataclass(frozen=True)
class Facts:
    """The records of a project, opened once, with the published text and what they use of it."""

    space: Workspace
    document: str
    """The document whose numbers the mutants exchange."""
    lines: tuple[str, ...]
    text: Text
    observations: tuple[Case, ...]
    named: tuple[Case, ...]
    uses: Mapping[str, tuple[Use, ...]]
    """The tokens that each record and part uses, by its id."""
    stride: int
    """Of what other paragraphs hold, each so many-th is tried; of what stands in the same paragraphs, all."""

    @cached_property
    def indicators(self) -> tuple[Case, ...]:
        """One observation of each indicator."""
        return tuple({each.record["id"]: each for each in self.observations}.values())

    @cached_property
    def printed(self) -> Mapping[str, tuple[str, ...]]:
        """The unit words that each unit is printed with."""
        kind, read = self.space.schemas.kinds["unit"], self.space.library.record
        return {unit: tuple((read(unit) or {})[kind.shape.roles["printed_forms"]]) for unit in self.space.ids["unit"]}

    def quantity(self, unit: str) -> str:
        """Return what a unit measures."""
        return str(self.space.library.role(unit, "quantity"))

    def units_of(self, token: Token) -> list[str]:
        """Return the units that are printed as a token is, the ranks for a rank."""
        return [
            unit
            for unit, forms in self.printed.items()
            if token.unit in forms and (self.quantity(unit) == "rank") is (token.kind == "rank")
        ]


def facts_of(root: Path, document: str, published: str, stride: int = 10) -> Facts:
    """Return the records of a project with one of its documents and the published text of that."""
    space = open_workspace(Project(root))
    space = space.knowing(names_known(space))
    lines = tuple(split(published))
    text = space.library.text(document)
    assert text
    uses: dict[str, list[Use]] = {}
    observations, named = [], []
    for kind in space.schemas.prefixes.values():
        for record in space.ids[kind.name]:
            loaded, problems = space.load(kind, record)
            assert not problems, problems
            data: Record = dict(loaded.data or {})
            subject = Subject(kind, loaded, space.library)
            for use in prove(subject)[1]:
                uses.setdefault(use.user, []).append(use)
            if "observations" in data:
                listed = data["observations"]
                ids = part_ids(record, kind.shape.parts["observations"], listed, space.library.area)
                observations += [
                    _case(kind, data, item, own, text, uses) for item, own in zip(listed, ids, strict=True)
                ]
            elif any("quote" in each for each in data.get("evidence", ())):
                named.append(Case(kind, data, record))
    used = {user: tuple(each) for user, each in uses.items()}
    chosen = [[case for case in cases if _rests_on(case, document)] for cases in (observations, named)]
    return Facts(space, document, lines, text, *map(tuple, chosen), used, stride)


def _rests_on(case: Case, document: str) -> bool:
    """Say whether all evidence of a case is of one document; what is retired rests on none."""
    is_retired = "retired" in case.item or "retired" in case.record
    return not is_retired and all(piece["document"] == document for piece in case.item["evidence"])


def _case(kind: Kind, record: Record, item: Record, own: str, text: Text, uses: Mapping[str, Sequence[Use]]) -> Case:
    alone = {**record, "observations": [item]}
    starts = sorted({(use.paragraph, use.start) for use in uses.get(own, ()) if use.by_value})
    tokens = [
        (number, token)
        for number, start in starts
        for token in text.paragraphs[number - 1].tokens
        if token.start == start
    ]
    return Case(kind, alone, own, tuple(tokens))
