"""Finds the noun phrase in the words before or behind a number, and takes off what leads to it and what follows it."""

from __future__ import annotations

import re

from factpack.draft.reading_words import at_end, at_start, listed, matching, pattern

SHORT, LONG = 2, 18
"""Characters that a subject has at least, and that one has at most which goes on behind its noun."""

OF = "的"
"""What joins a noun to what it is of."""


def noun_before(words: str) -> str:
    """Return the noun phrase at the end of the words before a number, without verbs, scope and examples."""
    for name in ("comparison", "basis", "related"):
        words = matching("subject", name).sub("", words)
    if (moved := matching("subject", "from").search(words)) and moved.start() >= len(words) - LONG:
        words = words[: moved.start()]
    words = _leading(_object(_of_example(_without_verbs(words)))).rstrip("、—-:,(")
    return words if len(words) >= SHORT or words in listed("subject", "single") else ""


def noun_behind(words: str) -> str:
    """Return the noun phrase at the beginning of the words behind a number; one that says little with its verb."""
    if at_start("subject", "landmarks").match(words) or words[:1] in (")", "("):
        return ""
    verb = pattern("subject", "behind_verbs").search(words)
    phrase = matching("subject", "joined").sub("", (words[: verb.start()] if verb else words).strip("、"))
    if phrase in listed("subject", "generic") and len(words) <= LONG:
        phrase = words.strip("、")
    return phrase if len(phrase) >= SHORT or phrase in listed("subject", "single") else ""


def noun_of_clause(clause: str) -> str:
    """Return the noun phrase at the beginning of a clause without a number."""
    words = _leading(matching("subject", "basis").sub("", clause))
    verbs = (each for each in pattern("subject", "behind_verbs").finditer(words) if each[0] != OF)
    found = (matching("subject", "breaks").search(words), next(verbs, None))
    phrase = words[: min((each.start() for each in found if each), default=len(words))].rstrip(OF)
    return phrase if SHORT < len(phrase) <= LONG else ""


def _without_verbs(words: str) -> str:
    """Return a phrase without the verbs, the scope and the dates at its end."""
    before = None
    while words != before:
        before = words
        for name in ("until", "streak"):
            words = matching("subject", name).sub("", words.rstrip("、"))
        words = at_end("subject", "trailing").sub("", words)
        words = at_end("subject", "scopes").sub("", words) if words == before else words
    return words


def _of_example(words: str) -> str:
    """Return a phrase without the examples before 等; a noun that says little keeps the last of them."""
    marks = [each.start() for each in matching("subject", "and_others").finditer(words)]
    if not marks or len(words) - marks[-1] <= SHORT:
        return words
    noun = words[marks[-1] + 1 :]
    return noun if says_enough(noun) else words[words.rfind("、", 0, marks[-1]) + 1 :]


def _object(words: str) -> str:
    """Return what stands behind the last verb that says what was done, behind its scope, and behind its 的."""
    done = [*pattern("subject", "strong").finditer(words), *matching("subject", "scope").finditer(words)]
    ends = sorted((each for each in done if _is_verb(words, each)), key=lambda each: each.end())
    words = words[ends[-1].end() :] if ends else words
    _, mark, noun = words.rpartition(OF)
    return noun if mark and says_enough(noun) else words


def says_enough(noun: str) -> bool:
    """Say whether a noun says what is measured: 规模 and 人数 alone do not."""
    return len(noun) >= SHORT and at_start("subject", "scopes").sub("", noun) not in listed("subject", "generic")


def _is_verb(words: str, found: re.Match[str]) -> bool:
    """Say whether what stands behind a word is its object: of 城镇新增就业 and 企业实现利润 the whole is a name."""
    if any(low <= found.start() and found.end() <= high for low, high in _protected(words)):
        return False
    before, noun = _leading(words[: found.start()]), words[found.end() :]
    return says_enough(noun) and (len(noun) > SHORT or not before)


def _protected(words: str) -> list[tuple[int, int]]:
    return [each.span() for each in pattern("subject", "protected").finditer(words)]


def _leading(words: str) -> str:
    """Return a phrase without the date, the scope and the words at its beginning that lead to a noun."""
    while words:
        bare = words.lstrip("、—-:,()")
        if at_start("subject", "protected").match(bare):
            return bare
        shorter = matching("subject", "date").sub("", bare)
        shorter = matching("subject", "short_leading").sub("", at_start("subject", "leading").sub("", shorter))
        if shorter in (words, bare) or (shorter and not says_enough(shorter)):
            return bare
        words = shorter
    return ""
