"""Texts: what is kept of a published text so that it can be proven against without being in the repository.

A text record holds, paragraph by paragraph, a digest, the number tokens, and where each verified quote stands. It
holds no sentence of the text.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

import orjson

from factpack.source.characters import forbidden
from factpack.text.token import Token, normal_form
from factpack.text.tokens import outside_words, tokenise

ENDS = "。!?;"
"""Marks that end a sentence, in normal form."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Quote(NamedTuple):
    """A quote found in a paragraph: first offset and length in normal form, digest, how often it stands there."""

    start: int
    length: int
    sha256: str
    count: int = 1  # type: ignore[assignment]  # in place of the method of tuples

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + self.length


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: digest and length (code points) of its normal form, and what was found in it.

    `tokens` are its numbers, `words` its Chinese numerals outside them (start, end, word), `breaks` the offsets of the
    marks that end its sentences, `quotes` those of the records' quotes that stand in it.
    """

    sha256: str
    length: int
    tokens: tuple[Token, ...]
    words: tuple[tuple[int, int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def is_sentence(self, quote: Quote) -> bool:
        """Say whether a quote holds everything between two ends of sentences."""
        starts, ends = self._edges
        first, last = bisect_left(starts, quote.start), bisect_right(ends, quote.end)
        return first < len(starts) and last > 0 and ends[last - 1] > starts[first] + 1

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where sentences may begin and end, in order."""
        after = [at + 1 for at in self.breaks]
        return [0, *after], sorted((*self.breaks, *after, self.length))

    def find(self, quote: str) -> Quote | None:
        """Return where a quote was verified in this paragraph, or None."""
        return self._found.get(digest(normal_form(quote)))

    @cached_property
    def _found(self) -> Mapping[str, Quote]:
        return {each.sha256: each for each in reversed(self.quotes)}


@dataclass(frozen=True, slots=True)
class Text:
    """The record of a text. `sha256` and `length` are of its paragraphs' normal forms, furniture left out."""

    document: str
    sha256: str
    length: int
    paragraphs: tuple[Paragraph, ...]


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def split(text: str) -> list[str]:
    """Return the paragraphs of a published text in normal form: its lines that are not blank."""
    lines = (normal_form(line) for line in text.splitlines())
    return [line for line in lines if line]


def make(document: str, paragraphs: Iterable[str], furniture: frozenset[int]) -> Text:
    """Return the record of a text's normal-form paragraphs, without quotes; `furniture` counts from 1."""
    listed = list(paragraphs)
    body = "\n".join(each for number, each in enumerate(listed, 1) if number not in furniture)
    made = (Paragraph(digest(each), len(each), tokenise(each), outside_words(each), _breaks(each)) for each in listed)
    return Text(document, digest(body), len(body), tuple(made))


def _breaks(paragraph: str) -> tuple[int, ...]:
    return tuple(at for at, each in enumerate(paragraph) if each in ENDS)


def with_quotes(text: Text, paragraphs: Iterable[str], quotes: Mapping[int, Iterable[str]]) -> Text:
    """Return a text record with those of the quotes (by paragraph) that stand in their paragraph."""
    made = []
    for number, (each, source) in enumerate(zip(text.paragraphs, paragraphs, strict=True), 1):
        wanted = sorted({normal_form(quote) for quote in quotes.get(number, ())})
        found = [
            Quote(source.index(quote), len(quote), digest(quote), source.count(quote))
            for quote in wanted
            if quote in source
        ]
        made.append(replace(each, quotes=tuple(sorted(found, key=lambda quote: (quote.start, quote.length)))))
    return replace(text, paragraphs=tuple(made))


def encode(text: Text) -> bytes:
    """Return the text record as JSON, one line a paragraph, token and quote."""
    head = {"document": text.document, "sha256": text.sha256, "length": text.length}
    lines = [json.dumps(head, ensure_ascii=False)[:-1] + ', "paragraphs": [']
    for number, paragraph in enumerate(text.paragraphs):
        comma = "," if number < len(text.paragraphs) - 1 else ""
        lines.append(f'{{"sha256": "{paragraph.sha256}", "length": {paragraph.length},')
        lines += _listed("tokens", [_token(each) for each in paragraph.tokens], ",")
        lines.append(f'"breaks": {json.dumps(list(paragraph.breaks))},')
        lines += _listed("words", [list(each) for each in paragraph.words], ",")
        lines += _listed("quotes", [each._asdict() for each in paragraph.quotes], "}" + comma)
    return ("\n".join([*lines, "]}"]) + "\n").encode("utf-8")


def _listed(name: str, items: list[Any], after: str) -> list[str]:
    if not items:
        return [f'"{name}": []{after}']
    rows = [json.dumps(item, ensure_ascii=False) for item in items]
    return [f'"{name}": [', *(f"  {row}," for row in rows[:-1]), f"  {rows[-1]}", f"]{after}"]


def _token(token: Token) -> dict[str, Any]:
    fields = token._asdict()
    return {**fields, "value": None if token.value is None else str(token.value)}


def decode(raw: bytes) -> Text:
    """Return the text record in its JSON; raises ValueError, KeyError or TypeError where it is none."""
    data = orjson.loads(raw)
    paragraphs = tuple(map(_paragraph, data["paragraphs"]))
    texts, numbers = [data["document"], data["sha256"]], [data["length"]]
    for paragraph in paragraphs:
        texts.append(paragraph.sha256)
        numbers += (paragraph.length, *paragraph.breaks)
        for token in paragraph.tokens:
            texts += (token.text, token.kind, token.unit, token.bound)
            numbers += (token.start, token.end, token.sign, token.reach_start, token.reach_end, *(token.series or ()))
        for quote in paragraph.quotes:
            texts.append(quote.sha256)
            numbers += (quote.start, quote.length, quote.count)
        for start, end, word in paragraph.words:
            texts.append(word)
            numbers += (start, end)
    _require(str, texts)
    _require(int, numbers)
    _require_plain(set(texts))
    return Text(data["document"], data["sha256"], data["length"], paragraphs)


def _require(kind: type, values: Iterable[Any]) -> None:
    """Raise TypeError where not all values are of a type."""
    if not {kind}.issuperset(map(type, values)):
        raise TypeError(f"not {kind.__name__}")


def _require_plain(texts: Collection[str]) -> None:
    """Raise ValueError where a text holds white space or what hides."""
    text = ",".join(each for each in texts if not each.isascii() or not each.isalnum())
    # what hides or not by the characters beside it does as if it stood alone
    if any(forbidden(text)) or text != "".join(text.split()):
        raise ValueError("not in normal form")


def _paragraph(data: Mapping[str, Any]) -> Paragraph:
    """Return a paragraph; the types of texts and whole numbers in it are not looked at yet."""
    return Paragraph(
        data["sha256"],
        data["length"],
        tuple(map(_read_token, data["tokens"])),
        tuple((start, end, word) for start, end, word in data["words"]),
        tuple(data["breaks"]),
        tuple(map(_read_quote, data["quotes"])),
    )


def _read_quote(data: Mapping[str, Any]) -> Quote:
    return Quote._make(data.values()) if tuple(data) == Quote._fields else Quote(**data)


def _read_token(data: dict[str, Any]) -> Token:
    value, series = data["value"], data["series"]
    if value is not None:
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"no number: {value}")
        data["value"] = Decimal(value)
    data["series"] = tuple(series) if series else None
    return Token._make(data.values()) if tuple(data) == Token._fields else Token(**data)
