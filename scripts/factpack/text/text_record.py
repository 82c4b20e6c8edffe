"""Text fingerprints: what is kept of a published text, so that records can be checked without it.

They contain, paragraph by paragraph, a hash, the numbers, and the place of each verified quote, and no sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from sys import intern
from typing import Any, NamedTuple

import orjson

from factpack.source.cells import DIGITS, surely_fit, text_faults
from factpack.source.characters import forbidden
from factpack.text.token import Token, holds, normal_form, plain
from factpack.text.tokens import outside_words, tokenise

SENTENCE_ENDS, CLAUSE_END = "。!?", ";"
"""Marks that end a sentence, and the one that ends a clause of it, in normal form."""
LARGEST = 2**53
"""A whole number that every reader of JSON keeps."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|[1-9][0-9]*/[1-9][0-9]*")


class Quote(NamedTuple):
    """A quote found in a paragraph: first offset and length in normal form, hash, and how often it is there."""

    start: int
    length: int
    sha256: str
    count: int = 1  # type: ignore[assignment]  # hides a method of tuples

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + self.length


Edges = tuple[list[int], list[int]]
"""Offsets where sentences or clauses may begin, and where they may end, in order."""


def _edges(breaks: Collection[int], length: int) -> Edges:
    after = [at + 1 for at in breaks]
    return [0, *after], sorted((*breaks, *after, length))


def _contains(quote: Quote, starts: list[int], ends: list[int]) -> bool:
    """Say whether all between two edges is in a quote."""
    first, last = bisect_left(starts, quote.start), bisect_right(ends, quote.end)
    return first < len(starts) and last > 0 and ends[last - 1] > starts[first] + 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: hash and length (code points) of its normal form, and what was found in it.

    `tokens` are its numbers, `words` its Chinese numerals outside them (start, end, word), `breaks` the offsets of the
    marks that end its sentences and clauses, `clauses` those of them that only end a clause (；), `quotes` the quotes
    of records that are in it.
    """

    sha256: str
    length: int
    tokens: tuple[Token, ...]
    words: tuple[tuple[int, int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    quotes: tuple[Quote, ...] = ()
    clauses: tuple[int, ...] = ()

    def is_sentence(self, quote: Quote) -> bool:
        """Say whether a quote contains a whole sentence."""
        return _contains(quote, *self._sentences)

    def is_clause(self, quote: Quote) -> bool:
        """Say whether a quote contains a whole clause between ；, or a whole sentence."""
        return _contains(quote, *self._clauses)

    @cached_property
    def _sentences(self) -> Edges:
        return _edges(sorted({*self.breaks} - {*self.clauses}), self.length)

    @cached_property
    def _clauses(self) -> Edges:
        return _edges(self.breaks, self.length)

    def find(self, quote: str) -> Quote | None:
        """Return the place of a quote in this paragraph, or None if it was not verified here."""
        return self._found.get(_digest_of(quote))

    @cached_property
    def _found(self) -> Mapping[str, Quote]:
        return {quote.sha256: quote for quote in reversed(self.quotes)}


@dataclass(frozen=True, slots=True)
class Text:
    """Fingerprints of a text. `sha256` and `length` are of its paragraphs in normal form, without the furniture."""

    document: str
    sha256: str
    length: int
    paragraphs: tuple[Paragraph, ...]


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@lru_cache(maxsize=256)
def _digest_of(quote: str) -> str:
    """Return the digest of a quote in normal form; proof, counts and tables ask for the same ones."""
    return digest(normal_form(quote))


def label(document: str, raw: bytes) -> str:
    """Return the name that a maintainer gives a pull request whose file of fingerprints was verified with the text.

    It stands for these bytes and no others, so that it says nothing of what is pushed later. GitHub takes 50
    characters; 160 bits are enough that nobody finds two files of one name.
    """
    return "text-" + hashlib.sha256(document.encode("utf-8") + b"\n" + raw).hexdigest()[:40]


def split(text: str) -> list[str]:
    """Return the paragraphs of a published text in normal form: its lines that are not blank."""
    lines = (normal_form(line) for line in text.splitlines())
    return [line for line in lines if line]


def make(document: str, paragraphs: Iterable[str], furniture: frozenset[int]) -> Text:
    """Return the fingerprints of paragraphs in normal form, without quotes; `furniture` are paragraphs, from 1."""
    texts = list(paragraphs)
    body = "\n".join(text for number, text in enumerate(texts, 1) if number not in furniture)
    return Text(document, digest(body), len(body), tuple(map(_made, texts)))


def _made(text: str) -> Paragraph:
    """Return the fingerprints of a paragraph in normal form, without quotes."""
    tokens = tokenise(text)
    breaks, clauses = _marks(text, SENTENCE_ENDS + CLAUSE_END), _marks(text, CLAUSE_END)
    return Paragraph(digest(text), len(text), tokens, outside_words(text, tokens), breaks, clauses=clauses)


def _marks(paragraph: str, signs: str) -> tuple[int, ...]:
    return tuple(at for at, each in enumerate(paragraph) if each in signs)


def with_quotes(text: Text, paragraphs: Iterable[str], quotes: Mapping[int, Iterable[str]]) -> Text:
    """Return the fingerprints with those quotes, given by paragraph number, that are in their paragraph."""
    quoted = []
    for number, (paragraph, source) in enumerate(zip(text.paragraphs, paragraphs, strict=True), 1):
        wanted = sorted({normal_form(quote) for quote in quotes.get(number, ())})
        present = [
            Quote(source.index(quote), len(quote), digest(quote), source.count(quote))
            for quote in wanted
            if quote in source
        ]
        quoted.append(replace(paragraph, quotes=tuple(sorted(present, key=lambda quote: (quote.start, quote.length)))))
    return replace(text, paragraphs=tuple(quoted))


def encode(text: Text) -> bytes:
    """Return the fingerprints as JSON, with a line for each paragraph, token and quote."""
    head = {"document": text.document, "sha256": text.sha256, "length": text.length}
    lines = [json.dumps(head, ensure_ascii=False)[:-1] + ', "paragraphs": [']
    for number, paragraph in enumerate(text.paragraphs):
        comma = "," if number < len(text.paragraphs) - 1 else ""
        lines.append(f'{{"sha256": "{paragraph.sha256}", "length": {paragraph.length},')
        lines += _listed("tokens", [_token(each) for each in paragraph.tokens], ",")
        lines.append(f'"breaks": {json.dumps(list(paragraph.breaks))},')
        lines += [f'"clauses": {json.dumps(list(paragraph.clauses))},'] if paragraph.clauses else []
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
    if not token.unknown:
        del fields["unknown"]
    return {**fields, "value": None if token.value is None else plain(token.value)}


def decode(raw: bytes) -> Text:
    """Return the fingerprints in a JSON file; raises ValueError, KeyError or TypeError for any other content."""
    data = orjson.loads(raw)
    paragraphs = tuple(map(_paragraph, data["paragraphs"]))
    if not paragraphs:
        raise ValueError("no paragraphs: every text would agree with it")
    texts, numbers = [data["document"], data["sha256"]], [data["length"]]
    for paragraph in paragraphs:
        texts.append(paragraph.sha256)
        numbers += (paragraph.length, *paragraph.breaks, *paragraph.clauses)
        for token in paragraph.tokens:
            texts += (token.text, token.kind, token.unit, token.bound, token.unknown)
            texts.append("" if token.period is None else token.period)
            numbers += (token.start, token.end, token.sign, token.reach_start, token.reach_end, *(token.series or ()))
        for quote in paragraph.quotes:
            texts.append(quote.sha256)
            numbers += (quote.start, quote.length, quote.count)
        for start, end, word in paragraph.words:
            texts.append(word)
            numbers += (start, end)
    _require(str, texts)
    _require(int, numbers)
    _require_cells([token.text for paragraph in paragraphs for token in paragraph.tokens])
    if max(map(abs, numbers)) > LARGEST:
        raise ValueError("no offset")
    _require_plain(set(texts))
    return Text(data["document"], data["sha256"], data["length"], paragraphs)


def _require(kind: type, values: Iterable[Any]) -> None:
    """Raise TypeError unless all values are of a type."""
    if not {kind}.issuperset(map(type, values)):
        raise TypeError(f"not {kind.__name__}")


def _require_cells(texts: Collection[str]) -> None:
    """Raise ValueError if not all published forms can hold the texts of tokens."""
    if not surely_fit(texts) and any(fault for each in texts for fault in text_faults(each)):
        raise ValueError("no token")


def _require_plain(texts: Collection[str]) -> None:
    """Raise ValueError if a text contains white space or a forbidden character."""
    text = ",".join(each for each in texts if not each.isascii() or not each.isalnum())
    # joined, so that a character which is allowed only next to others is judged as if alone
    if any(forbidden(text)) or text != "".join(text.split()):
        raise ValueError("not in normal form")


def _paragraph(data: Mapping[str, Any]) -> Paragraph:
    """Return a paragraph; the types of its texts and whole numbers are checked later."""
    return Paragraph(
        data["sha256"],
        data["length"],
        tuple(map(_read_token, data["tokens"])),
        tuple((start, end, word) for start, end, word in data["words"]),
        tuple(data["breaks"]),
        tuple(map(_read_quote, data["quotes"])),
        tuple(data.get("clauses", ())),
    )


def _read_quote(data: Mapping[str, Any]) -> Quote:
    return Quote._make(data.values()) if tuple(data) == Quote._fields else Quote(**data)


_SHARED = ("kind", "unit", "bound")
"""Fields of tokens that hold few different words: one of each is kept in memory."""


def _read_token(data: dict[str, Any]) -> Token:
    value, series = data["value"], data["series"]
    if value is not None:
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"no number: {value}")
        data["value"] = Fraction(value) if "/" in value else Decimal(value)
        if len(value) > DIGITS and not holds(data["value"]):
            raise ValueError(f"too many digits: {value}")
    data["series"] = tuple(series) if series else None
    data |= {each: intern(data[each]) for each in _SHARED}
    usual = tuple(data) in (Token._fields, Token._fields[:-1])  # without `unknown`, which few have
    return Token(*data.values()) if usual else Token(**data)
