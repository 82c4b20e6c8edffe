"""Proof: each value, name and claim of a record is in its quotes, and each quote is in its paragraph.

A quote is a window on the recorded tokens of its paragraph. Nothing here needs the published text. Besides problems,
the proof of a record yields the tokens that it uses; together they must account for every number of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factpack.check.claims import claim_problems
from factpack.check.names import name_problems, spans
from factpack.check.quotes import quote_problems
from factpack.check.use import Use
from factpack.check.values import member_used, value_tokens
from factpack.check.windows import EvidencedItem, Proven, Window, evidenced_items
from factpack.problems import Problem
from factpack.record.subject import Subject
from factpack.text.token import Token, normal_form


def prove(subject: Subject) -> tuple[list[Problem], list[Use]]:
    """Return what a valid record fails to prove, and the tokens that it uses."""
    problems: list[Problem] = []
    uses: list[Use] = []
    for evidenced in evidenced_items(subject):
        found, used = prove_item(evidenced)
        problems += found
        uses += used
    return problems, uses


def prove_item(evidenced: EvidencedItem) -> tuple[list[Problem], list[Use]]:
    """Return what an item fails to prove, and the tokens that it uses; one without quotes has nothing to prove."""
    if not evidenced.windows:
        return [], []
    problems = [each for window in evidenced.windows for each in quote_problems(evidenced.subject, window)]
    proven, wrong = value_tokens(evidenced)
    problems += [*name_problems(evidenced, proven), *claim_problems(evidenced, proven), *wrong]
    return problems, list(_uses(evidenced, proven))


def _uses(evidenced: EvidencedItem, proven: Proven) -> Iterator[Use]:
    """Yield the tokens that an item accounts for, as far as its quotes are verified."""
    taken = {(window.at, token.start) for window, token, _ in proven}
    named = [
        (window, token, False)
        for window in evidenced.windows
        for token in window.tokens
        if (window.at, token.start) not in taken and _belongs(evidenced, window, token)
    ]
    shared, path = bool(evidenced.get("shared")), evidenced.subject.document.path
    user = str(evidenced.subject.record["id"]) if evidenced.whole else evidenced.item_id
    for window, token, by_value in (*proven, *named):
        if window.quote:
            start, at = window.quote.start + token.start, evidenced.at("value" if by_value else "evidence")
            member = member_used(evidenced, token)
            yield Use(window.document, window.number, start, user, by_value, shared, member, path, at)


def _belongs(evidenced: EvidencedItem, window: Window, token: Token) -> bool:
    """Say whether a token is the item's own period (of one from a year to another, both print), or in its name."""
    period = evidenced.get("period")
    if token.kind == "date" and period is not None:
        ends = str(period).split("/")
        return token.period in ends and {each.period for each in window.tokens}.issuperset(ends)
    label: Any = evidenced.get("label") or {}
    words = evidenced.forms_in(window) if evidenced.whole else [normal_form(str(label.get("zh", "")))]
    return any(
        start <= token.start and token.end <= end for word in words if word for start, end in spans(word, window.text)
    )
