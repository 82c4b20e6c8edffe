"""Where a number stands: its paragraph, its sentence, its clause, and the words before and behind it."""

from __future__ import annotations

from typing import NamedTuple

from factpack.check.names import STREAKS
from factpack.draft.reading_words import listed, matching
from factpack.text.text_record import Paragraph
from factpack.text.token import Token
from factpack.text.vocabulary import is_measure

SENTENCE, CLAUSE = "。!?;", ",。!?;:"
"""Marks that end a sentence, and those that end a clause, in normal form."""


def is_value(text: str, token: Token) -> bool:
    """Say whether a token may give a value: it is no date, name, streak (连续四年) or threshold (10亿元以上项目)."""
    if token.kind in ("date", "label"):
        return False
    streak = token.unit in STREAKS and (
        token.unit[:1] == "连" or text.endswith(listed("period", "spans"), 0, token.start)
    )
    behind = text[token.reach_end : token.reach_end + 1]
    named = token.reach_end > token.end and is_measure(token.unit) and behind.isalpha()
    return not streak and not named


class Spot(NamedTuple):
    """A number of a text: the paragraph that it stands in, from 1, with its normal form, and which number it is."""

    number: int
    text: str
    paragraph: Paragraph
    place: int

    @property
    def token(self) -> Token:
        """The number itself."""
        return self.paragraph.tokens[self.place]

    @property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        return self.between(SENTENCE)

    @property
    def clause(self) -> tuple[int, int]:
        """Where its clause begins and ends."""
        return self.between(CLAUSE)

    @property
    def item(self) -> tuple[int, int]:
        """Where its own part of its clause begins and ends: 、 behind another number begins a new one."""
        start, end = self.clause
        ends = {each.reach_end for each in self.paragraph.tokens if each.series is None or each is not self.token}
        low = max((at + 1 for at in ends if start <= at < self.low and self.text[at : at + 1] == "、"), default=start)
        mark = self.text.find("、", self.token.reach_end, end)
        return low, mark if mark == self.token.reach_end else end

    @property
    def reached_from(self) -> Spot | None:
        """The number that it was reached from: 由3.5亿元增至4.2亿元."""
        before = self.last
        return before if before and before.is_base and self.clause == before.clause else None

    @property
    def last(self) -> Spot | None:
        """The number before it in its paragraph."""
        tokens = self.paragraph.tokens
        place = next((at for at in range(self.place - 1, -1, -1) if is_value(self.text, tokens[at])), None)
        return self._replace(place=place) if place is not None else None

    @property
    def is_base(self) -> bool:
        """Whether another number of its clause was reached from it."""
        words = self.text[self.clause[0] : self.low]
        return bool(matching("period", "from").search(words) and matching("period", "to").match(self._rest))

    @property
    def _rest(self) -> str:
        return self.text[self.token.reach_end : self.clause[1]]

    @property
    def low(self) -> int:
        """Where the words begin that its reading depends on."""
        return self.token.reach_start

    @property
    def before(self) -> str:
        """What stands before it in its part of the clause, behind any other number there."""
        start = self.item[0]
        ends = (each.reach_end for each in self.paragraph.tokens if is_value(self.text, each))
        return self.text[max((end for end in ends if start < end <= self.low), default=start) : self.low]

    @property
    def head(self) -> str:
        """What stands before it, verbs of a rise or fall too; before the first number of the list that it is in."""
        place = self.place - ((self.token.series or (1, 1))[0] - 1)
        first = self._replace(place=max(place, 0))
        return self.text[first.item[0] : first.token.start]

    @property
    def behind(self) -> str:
        """What stands behind it in its part of the clause, before any other number there."""
        start, end = self.token.reach_end, self.item[1]
        numbers = (each for each in self.paragraph.tokens if is_value(self.text, each) and start <= each.start < end)
        return self.text[start : min((each.reach_start for each in numbers), default=end)]

    def between(self, marks: str) -> tuple[int, int]:
        """Return where what lies between two of some marks, and holds the number, begins and ends."""
        low, high = self.low, self.token.reach_end
        while low and not (self.text[low - 1] in marks and not self._inside(low - 1)):
            low -= 1
        while high < len(self.text) and not (self.text[high] in marks and not self._inside(high)):
            high += 1
        return low, high

    def _inside(self, at: int) -> bool:
        """Say whether a character is inside a number: 1,234."""
        return any(each.start < at < each.end - 1 for each in self.paragraph.tokens)
