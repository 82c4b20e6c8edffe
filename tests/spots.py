"""Numbers of made-up sentences, as the drafter looks at them: the number that is meant stands between 〔 and 〕."""

from __future__ import annotations

from factpack.draft.spot import Spot
from factpack.text.text_record import make
from factpack.text.token import normal_form


def spot(marked: str, number: int = 1) -> Spot:
    """Return the number of a paragraph that is marked in it: 财政收入达到〔12亿元〕。"""
    at = normal_form(marked.partition("〔")[0])
    text = normal_form(marked.replace("〔", "").replace("〕", ""))
    paragraph = make("doc-x", [text], frozenset()).paragraphs[0]
    places = [place for place, token in enumerate(paragraph.tokens) if token.start == len(at)]
    assert places, f"no number begins there: {[(each.start, each.text) for each in paragraph.tokens]}"
    return Spot(number, text, paragraph, places[0])
