"""What a number is of: the noun phrase that is measured, as it stands in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from factpack.check.subjects import subjects_of
from factpack.check.windows import Window
from factpack.draft.reading_words import at_end, at_start, listed, pattern
from factpack.draft.spot import CLAUSE, Spot

_COMPARISON = re.compile("(?:比|较)[^,、]{0,12}?(?:年|末|期|前|底|月)(?:年初预算|同期|年末|年底|末|底|初|前|度)?")
_BASIS = re.compile("(?:按照?|扣除|考虑|剔除)[^,、]{0,10}(?:口径|价格|因素|价)(?:计算|影响|后)?")
_DATE = re.compile("^(?:19|20)[0-9]{2}年?(?:[0-9]{1,2}月)?(?:末|底|初|以来|度)?[,、]?|^[0-9]{1,2}月(?:份|末|底)?")
_UNTIL = re.compile("(?:扩大|增加|提高|降低|下降|减少|发展|上升|提升)?[到至](?:(?:19|20)[0-9]{2})?年[末底初]?的?$")
_AND_OTHERS = re.compile("(?<![高中初平同均对何相])等(?![级候于待价同])")
_FROM = re.compile("(?<![自服听])[由从](?!业)")
_OF = re.compile("(?:是|为|相当于|占)[^,、]{0,12}的$")
_SCOPE = re.compile("(?:全|我)[省市区县州]")
_BREAKS = re.compile("从|在|自|以|将|随着|由于|通过|按照")
SHORT, LONG = 2, 18
"""Characters that a subject has at least, and that one has at most which goes on behind its noun."""


class Phrase(NamedTuple):
    """A noun phrase, and the earlier number of the sentence that it was taken over from, if it was."""

    text: str
    inherited: Spot | None = None


def subject_of(spot: Spot, document: str, member: int = 0) -> Phrase:
    """Return what a number is of, or a number of a ratio; an empty text where nothing tells it."""
    if listed_subject := _of_list(spot, document, member):
        return Phrase(listed_subject)
    ahead, behind = _ahead(spot.before), _behind(spot.behind)
    if behind and (not ahead or _is_counted(spot) or at_end("subject", "strong").search(spot.before)):
        return Phrase(behind)
    if ahead and ahead not in listed("subject", "generic"):
        return Phrase(ahead)
    earlier = _earlier(spot, document)
    return earlier if earlier.text else Phrase(ahead or behind)


def _is_counted(spot: Spot) -> bool:
    """Say whether a number counts things, so that what stands right behind it is what is counted."""
    unit = spot.token.unit.lstrip("万亿")
    return spot.token.kind == "quantity" and bool(unit) and unit not in listed("subject", "measured")


def _of_list(spot: Spot, document: str, member: int) -> str:
    """Return the subject that a number has by its place in a list or ratio."""
    place = member or (spot.token.series or (0, 0))[0]
    window = Window(document, spot.number, (), spot.text, spot.paragraph.tokens, spot.paragraph, None)
    found = subjects_of(window, spot.token) if place else []
    return _ahead(_AND_OTHERS.split(found[place - 1][0])[0] if found else "")


def _earlier(spot: Spot, document: str) -> Phrase:
    """Return the subject that stands in front of a number's clause: that of the number before it, or that of a clause.

    It is not looked for beyond the sentence.
    """
    first, start = spot.sentence[0], spot.item[0]
    last = next((at for at in range(spot.place - 1, -1, -1) if _has_value(spot, at)), None)
    before = spot._replace(place=last) if last is not None else None
    if before and before.token.start >= spot.clause[0]:
        return Phrase(subject_of(before, document).text, before)
    while start > first:
        end, start = start - 1, max(spot.text.rfind(mark, first, max(first, start - 1)) for mark in CLAUSE) + 1
        start = max(start, first)
        if before and before.token.start >= start:
            return Phrase(subject_of(before, document).text, before)
        if head := _head(spot.text[start:end]):
            return Phrase(head)
    return Phrase("")


def _has_value(spot: Spot, at: int) -> bool:
    return spot.paragraph.tokens[at].kind not in ("date", "label")


def _head(clause: str) -> str:
    """Return the noun phrase at the beginning of a clause without a number."""
    words = _leading(_BASIS.sub("", clause))
    ends = [each.start() for each in (_BREAKS.search(words), pattern("subject", "behind_verbs").search(words)) if each]
    phrase = words[: min(ends)] if ends else words
    return phrase if SHORT < len(phrase) <= LONG else ""


def _ahead(words: str) -> str:
    """Return the noun phrase at the end of the words before a number, without verbs, scope and examples."""
    words = _OF.sub("", _BASIS.sub("", _COMPARISON.sub("", words)))
    if (moved := _FROM.search(words)) and moved.start() >= len(words) - LONG:
        words = words[: moved.start()]
    words = _leading(_noun(_of_example(_without_verbs(words)))).rstrip("、—-:,(")
    return words if len(words) >= SHORT or words in listed("subject", "single") else ""


def _without_verbs(words: str) -> str:
    """Return a phrase without the verbs, the scope and the dates at its end."""
    before = None
    while words != before:
        before = words
        words = at_end("subject", "trailing").sub("", _UNTIL.sub("", words.rstrip("、")))
        words = at_end("subject", "scopes").sub("", words) if words == before else words
    return words


def _of_example(words: str) -> str:
    """Return a phrase without the examples before 等; a noun that says little keeps the last of them."""
    marks = [each.start() for each in _AND_OTHERS.finditer(words)]
    if not marks or len(words) - marks[-1] <= SHORT:
        return words
    noun = words[marks[-1] + 1 :]
    return words[words.rfind("、", 0, marks[-1]) + 1 :] if noun in listed("subject", "generic") else noun


def _noun(words: str) -> str:
    """Return what stands behind the last verb that says what was done, behind its scope, and behind its 的."""
    if words.endswith(listed("subject", "and_others")):
        return words
    done = [*pattern("subject", "strong").finditer(words), *_SCOPE.finditer(words)]
    ends = sorted((each for each in done if _is_verb(words, each)), key=lambda each: each.end())
    words = words[ends[-1].end() :] if ends else words
    _, mark, noun = words.rpartition("的")
    return noun if mark and _says_enough(noun) else words


def _says_enough(noun: str) -> bool:
    return len(noun) >= SHORT and noun not in listed("subject", "generic")


def _is_verb(words: str, found: re.Match[str]) -> bool:
    """Say whether what stands behind a word is its object: of 城镇新增就业 and 企业实现利润 the whole is a name."""
    before, noun = _leading(words[: found.start()]), words[found.end() :]
    return _says_enough(noun) and (len(noun) > SHORT or not before)


def _leading(words: str) -> str:
    """Return a phrase without the date, the scope and the words at its beginning that lead to a noun."""
    while words:
        bare = words.lstrip("、—-:,()")
        shorter = at_start("subject", "leading").sub("", _DATE.sub("", bare))
        if shorter in (words, bare) or (shorter and not _says_enough(shorter)):
            return bare
        words = shorter
    return ""


def _behind(words: str) -> str:
    """Return the noun phrase at the beginning of the words behind a number; one that says little with its verb."""
    if at_start("subject", "landmarks").match(words) or words[:1] in (")", "("):
        return ""
    verb = pattern("subject", "behind_verbs").search(words)
    phrase = (words[: verb.start()] if verb else words).strip("、").rstrip("及和与")
    if phrase in listed("subject", "generic") and len(words) <= LONG:
        phrase = words.strip("、")
    return phrase if len(phrase) >= SHORT else ""
