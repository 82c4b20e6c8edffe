"""The judge of the mutants: what `factpack check` says of each, and why those that it lets pass may pass.

`python tests/mutations.py` prints the figures by operator, then the survivors with their reasons.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from time import perf_counter

from factpack import coverage, proof
from factpack.documents import Document, Marks
from factpack.lookups import Library
from factpack.proof import Use
from factpack.rules import Subject, check
from factpack.texts import Paragraph, Text, with_quotes
from factpack.verify import by_paragraph, quotes
from mutants import DOCUMENT, Ground, Mutant, mutants, open_ground

PROOF, JOINS, HELD = "proof", "joins", "held"
"""How a mutant is caught: alone; only by the join over all records; only while its quote is not verified."""


class Judge:
    """Says what `check` would say of the project with one mutant in it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.documents = ground.space.schemas.documents
        self.document = ground.space.load(self.documents, DOCUMENT)[0]
        self.users = {}
        for user, uses in ground.uses.items():
            for use in uses:
                if use.document == DOCUMENT:
                    self.users.setdefault((use.paragraph, use.start), {})[user] = use

    def codes(self, mutant: Mutant, *, verified: bool) -> tuple[str, frozenset[str]]:
        """Return where a mutant is caught, and the codes of its problems; nowhere and none for a survivor.

        verified: its quotes were verified against the published text, and the project's text record holds them.
        """
        found: set[str] = set()
        uses: list[Use] = []
        documents = [
            Document(f"sources/{case.kind.folder}/{case.record['id']}.yaml", record, Marks())
            for case, record in zip(mutant.cases, mutant.records, strict=True)
        ]
        library = self._library(mutant, documents) if verified else self.ground.space.library
        for case, document in zip(mutant.cases, documents, strict=True):
            if not self.ground.space.validators[case.kind.name].decides.is_valid(document.data):
                found.add("schema")
                continue
            subject = Subject(case.kind, document, library)
            problems = check(subject)
            if not problems:
                problems, more = proof.prove(subject)
                uses += more
            found |= {problem.code for problem in problems}
        if found:
            return PROOF, frozenset(found)
        found = {problem.code for problem in self._joined(mutant, uses)}
        return (JOINS if found else ""), frozenset(found)

    def _library(self, mutant: Mutant, documents: list[Document]) -> Library:
        """Return the library with the text record that `factpack verify` would write: the mutant's quotes in it."""
        wanted = by_paragraph(
            pair
            for case, document in zip(mutant.cases, documents, strict=True)
            for pair in quotes(case.kind, document, DOCUMENT)
        )
        made = list(self.ground.text.paragraphs)
        for number, each in wanted.items():
            if 0 < number <= len(made):
                made[number - 1] = self._paragraph(number, frozenset(each))
        text = replace(self.ground.text, paragraphs=tuple(made))
        return replace(self.ground.space.library, _texts={DOCUMENT: text})

    @cache  # noqa: B019 - one judge lives as long as the process
    def _paragraph(self, number: int, wanted: frozenset[str]) -> Paragraph:
        alone = Text(DOCUMENT, "", 0, (self.ground.text.paragraphs[number - 1],))
        return with_quotes(alone, [self.ground.lines[number - 1]], {1: wanted}).paragraphs[0]

    def _joined(self, mutant: Mutant, uses: list[Use]) -> list[object]:
        """Return what the joins say with the mutant's uses in place of those of what it was made from."""
        replaced = {case.own for case in mutant.cases}
        touched = {(use.paragraph, use.start) for use in uses}
        touched |= {(each.paragraph, each.start) for own in replaced for each in self.ground.uses.get(own, ())}
        users = {user for place in touched for user in self.users.get(place, ())} - replaced
        others = [use for user in sorted(users) for use in self.ground.uses[user]]
        first = [
            next(use for user, use in found.items() if user not in replaced)
            for found in self.users.values()
            if found.keys() - replaced
        ]
        return [
            *(each for each in coverage.sharing([*others, *uses])),
            *coverage.problems(self.documents, self.document, self.ground.text, [*first, *uses]),
        ]


@dataclass(slots=True)
class Survey:
    """The figures by operator: mutants, those caught and how; and the survivors."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[tuple[str, str]] = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)


def survey(ground: Ground) -> Survey:
    """Return what becomes of every mutant."""
    judge, found = Judge(ground), Survey()
    for mutant in mutants(ground):
        found.made[mutant.operator] += 1
        where, _ = judge.codes(mutant, verified=True)
        if not where:
            found.survivors.append(mutant)
            where = HELD if judge.codes(mutant, verified=False)[0] else ""
        found.caught[mutant.operator, where] += 1
    return found


def main() -> None:
    ground = open_ground()
    if ground is None:
        sys.exit("the published text is needed: set FACTPACK_TEXTS to its folder")
    start = perf_counter()
    found = survey(ground)
    print("operator\tmutants\tproof\tjoins\tsurvive\tof these held back until verified")
    for operator, count in found.made.items():
        by = {where: found.caught[operator, where] for where in (PROOF, JOINS, HELD, "")}
        print(operator, count, by[PROOF], by[JOINS], by[HELD] + by[""], by[HELD], sep="\t")
    print(f"{sum(found.made.values())} mutants in {perf_counter() - start:.0f} s")
    for mutant in found.survivors:
        print(mutant.operator, mutant.case.own, mutant.what, sep="\t")


if __name__ == "__main__":
    main()
