"""Text fragments: addresses that open a published page at the words of a quote, as browsers understand them.

Behind `#:~:text=` are the words to look for (https://wicg.github.io/scroll-to-text-fragment/). A quote is in normal
form, so its commas and brackets may be of another width than those of the page: words are looked for from the first run
without such signs to the last. The same words may stand earlier in the page: what other quotes of the paragraph have
before and behind them tells the places apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote as percent_encoded

UNSURE = re.compile(r"[,;:!?()\[\]，；：！？（）［］\s]+")
"""Signs that a page may print in another width than a quote in normal form has them."""
LONG = 16
"""Characters of a quote that nothing else in a report is likely to repeat."""


def words_address(url: str, quote: str, others: Iterable[str] = ()) -> str:
    """Return the address of a quote in a page, by the address of the page and other quotes of the same paragraph.

    Empty without an address; that of the page itself where the quote is nothing but signs.
    """
    runs = [each for each in UNSURE.split(quote) if each]
    if not url or not runs:
        return url
    before, behind = _beside(quote, others) if len(quote) < LONG else ("", "")
    ends = runs if len(runs) == 1 else (runs[0], runs[-1])
    told = [f"{_encoded(before)}-"] if before else []
    told += [_encoded(each) for each in ends]
    told += [f"-{_encoded(behind)}"] if behind else []
    return f"{url}{'' if '#' in url else '#'}:~:text={','.join(told)}"


def _beside(quote: str, others: Iterable[str]) -> tuple[str, str]:
    """Return the words just before and behind a quote, from the shortest other quote that contains it, else nothing."""
    longer = min((each for each in others if quote in each and each != quote), key=len, default="")
    before, _, behind = longer.partition(quote)
    return UNSURE.split(before)[-1], UNSURE.split(behind)[0]


def _encoded(words: str) -> str:
    """Return words as they stand in a text fragment, in which a hyphen separates, too."""
    return percent_encoded(words, safe="").replace("-", "%2D")
