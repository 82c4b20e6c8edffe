"""The mutation test of the proof: what `factpack check` says of each mutant of the records, and why some pass.

`python -m laws.mutation.judge doc-….txt`, from the folder `tests`, prints the figures of the repository's records by
operator and the survivors by reason; `--all` tries every number and record of the text for each observation instead of
each tenth, and prints every survivor.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from time import perf_counter

from factpack.check import coverage
from factpack.check.record import check_record
from factpack.check.use import Use
from factpack.problems import Problem
from factpack.record.library import Library
from factpack.record.unique import UniqueKey, duplicates, unique_keys
from factpack.run.verify import by_paragraph, quotes
from factpack.source.documents import Document
from factpack.source.marks import Marks
from factpack.text.text_record import Paragraph, Text, with_quotes
from laws.mutation.cases import Facts, facts_of
from laws.mutation.mutants import Mutant, mutants
from laws.mutation.reasons import REASONS, Reason, reasons_of
from projects import ROOT

ALONE, JOINED, PASSED = "by itself", "by a join", "passed"
"""Whether a mutant's own record shows what is wrong, only the join over all records, or nothing."""

CAUGHT = (
    "value",
    "bound",
    "sign",
    "sign with bound",
    "quote cut at its digit",
    "quote cut at its bound word",
    "quote cut at its unit",
    "number moved",
    "subject",
    "list values exchanged",
)
"""Operators of which no mutant may pass, for any reason."""


class Judge:
    """Says what `check` would say of the real project with one mutant in it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.documents = facts.space.schemas.documents
        self.document = facts.space.load(self.documents, facts.document)[0]
        self.users: dict[tuple[int, int], dict[str, Use]] = {}
        for user, uses in facts.uses.items():
            for use in uses:
                if use.document == facts.document:
                    self.users.setdefault((use.paragraph, use.start), {})[user] = use
        self.unique: dict[str, list[tuple[UniqueKey, Problem]]] = {}
        for kind in facts.space.schemas.kinds.values():
            for record in facts.space.ids[kind.name]:
                self.unique[record] = unique_keys(kind, facts.space.load(kind, record)[0])
        self.verified: Library = replace(facts.space.library, _texts={})

    def codes(self, mutant: Mutant, *, verified: bool) -> tuple[str, frozenset[str]]:
        """Return how a mutant is caught, and the codes of its problems.

        verified: a maintainer has run `factpack verify`, so that the text record holds those of its quotes that stand
        in their paragraph; else it holds the real records' quotes only.
        """
        pairs = zip(mutant.cases, mutant.records, strict=True)
        documents = [
            Document(f"sources/{case.kind.folder}/{case.record['id']}.yaml", record, Marks()) for case, record in pairs
        ]
        library = self._verified(mutant, documents) if verified else self.facts.space.library
        problems: list[Problem] = []
        uses: list[Use] = []
        for case, document in zip(mutant.cases, documents, strict=True):
            if not self.facts.space.reader.validators[case.kind.name].decides.is_valid(document.data):
                return ALONE, frozenset({"schema"})
            checked = check_record(case.kind, document, (), library)
            uses += checked.uses
            problems += checked.problems
        how = ALONE if problems else JOINED
        found = frozenset(each.code for each in problems or self._joined(mutant, documents, uses))
        return (how if found else PASSED), found

    def _verified(self, mutant: Mutant, documents: list[Document]) -> Library:
        """Return the library with the text record that `factpack verify` would write: the mutant's quotes in it."""
        pairs = zip(mutant.cases, documents, strict=True)
        cited = self.facts.document
        wanted = by_paragraph(pair for case, document in pairs for pair in quotes(case.kind, document, cited))
        made = list(self.facts.text.paragraphs)
        for number, each in wanted.items():
            if 0 < number <= len(made):
                made[number - 1] = self._paragraph(number, frozenset(each))
        self.verified._texts[self.facts.document] = replace(self.facts.text, paragraphs=tuple(made))
        return self.verified

    @cache  # noqa: B019 - there is one judge, and it lives as long as the process
    def _paragraph(self, number: int, wanted: frozenset[str]) -> Paragraph:
        alone = Text(self.facts.document, "", 0, (self.facts.text.paragraphs[number - 1],))
        return with_quotes(alone, [self.facts.lines[number - 1]], {1: wanted}).paragraphs[0]

    def _joined(self, mutant: Mutant, documents: list[Document], uses: list[Use]) -> list[Problem]:
        """Return what the joins over all records say with the mutant in place of what it was made from."""
        before = [use for case in mutant.cases for use in self.facts.uses.get(case.own, ())]
        same = len(mutant.cases) == 1 and _places(before) == _places(uses)
        return [*self._duplicates(mutant, documents), *(() if same else self._coverage(mutant, before, uses))]

    def _duplicates(self, mutant: Mutant, documents: list[Document]) -> list[Problem]:
        """Return the values of a mutant that must be one record's only and are another's."""
        found: list[Problem] = []
        for case, document in zip(mutant.cases, documents, strict=True):
            keys = unique_keys(case.kind, document)
            if [key for key, _ in keys] != [key for key, _ in self.unique[case.record["id"]]]:
                others = [each for record, own in self.unique.items() if record != case.record["id"] for each in own]
                found += duplicates([*others, *keys], lambda _, document=document: document)
        return found

    def _coverage(self, mutant: Mutant, before: list[Use], uses: list[Use]) -> list[Problem]:
        """Return the numbers shared, left over or waived in vain.

        Of the other records' uses the joins see those that matter: all of whoever shares a token with the mutant or
        with what it was made from, and one of each token.
        """
        replaced = {case.own for case in mutant.cases}
        touched = {(use.paragraph, use.start) for use in (*before, *uses)}
        sharers = {user for place in touched for user in self.users.get(place, ())} - replaced
        others = [use for user in sorted(sharers) for use in self.facts.uses[user]]
        remaining = [[use for user, use in users.items() if user not in replaced] for users in self.users.values()]
        some = [each[0] for each in remaining if each]
        said: coverage.Said = {}
        return [
            *coverage.used_twice([*others, *uses], self.facts.space.reader.document, said),
            *coverage.not_shared(said, self.facts.space.reader.document),
            *coverage.problems(self.documents, self.document, self.facts.text, [*some, *uses]),
        ]


def _places(uses: list[Use]) -> set[tuple[int, int, bool, bool]]:
    return {(use.paragraph, use.start, use.by_value, use.shared) for use in uses}


@dataclass(slots=True)
class Survey:
    """The figures by operator, and the survivors with the reasons why each may pass."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    unverified: Counter[str] = field(default_factory=Counter)
    """Survivors that are caught as long as their quotes are not verified."""
    survivors: list[tuple[Mutant, tuple[Reason, ...]]] = field(default_factory=list)


def survey(facts: Facts) -> Survey:
    """Return what becomes of every mutant."""
    judge, result = Judge(facts), Survey()
    for mutant in mutants(facts):
        result.made[mutant.operator] += 1
        how, _ = judge.codes(mutant, verified=True)
        result.found[mutant.operator, how] += 1
        if how == PASSED:
            result.survivors.append((mutant, reasons_of(facts, mutant)))
            result.unverified[mutant.operator] += "unverified-quote" in judge.codes(mutant, verified=False)[1]
    return result


def show(result: Survey, limit: int | None) -> None:
    """Print the figures by operator, then the survivors by reason, `limit` of each."""
    print("| operator | mutants | caught | by itself | by a join | survive | of these unverified |")
    print("|---|---|---|---|---|---|---|")
    for operator, count in result.made.items():
        alone, joined, passed = (result.found[operator, how] for how in (ALONE, JOINED, PASSED))
        print("|", " | ".join(map(str, (operator, count, alone + joined, alone, joined, passed))), end="")
        print(f" | {result.unverified[operator]} |")
    for reason in (*REASONS, None):
        chosen = [mutant for mutant, reasons in result.survivors if (reasons[:1] or (None,))[0] is reason]
        if chosen:
            print(f"\n{reason.name if reason else 'NOT EXPLAINED'}: {len(chosen)}")
            print(f"  {reason.why}" if reason else "")
            for mutant in chosen[:limit]:
                print(f"  - {mutant.operator}: {mutant.case.own}: {mutant.what}")


def main() -> None:
    """Print the figures of the real records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("text", type=Path, help="the published text, doc-….txt")
    parser.add_argument("--all", action="store_true", help="every number and record, and every survivor")
    options = parser.parse_args()
    everything = options.all
    facts = facts_of(ROOT, options.text.stem, options.text.read_text("utf-8"), 1 if everything else 10)
    start = perf_counter()
    result = survey(facts)
    show(result, None if everything else 5)
    print(f"\n{result.made.total()} mutants of {len(facts.observations)} observations and {len(facts.named)} records")
    print(f"{perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
