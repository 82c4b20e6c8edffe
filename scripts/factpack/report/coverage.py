"""The numbers of texts and who uses them, as text, JSON and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from factpack.check.coverage import Number, totals, unknown_units
from factpack.problems import echo
from factpack.report.as_json import json_lines
from factpack.report.limit import MORE, fitting, size
from factpack.text.set_phrases import set_words
from factpack.text.text_record import Text
from factpack.text.token import Token
from factpack.words import Count, text_in, texts_in

Facts = Mapping[str, int]
"""How many facts are verified, and how many only transcribed."""


def coverage_json(numbers: Sequence[Number], texts: Mapping[str, Text | None], facts: Facts) -> str:
    """Return every number with its use, the totals, unknown units, and all Chinese numerals outside the grammar."""
    found = {
        "numbers": [number.row() for number in numbers],
        "totals": totals(numbers),
        "facts": dict(facts),
        "unknown_units": [
            {"document": name, "paragraph": at, "start": each.start, "token": each.text, "word": each.unknown}
            for name, text in texts.items()
            for at, each in (unknown_units(text) if text else ())
        ],
        "words": [
            {"document": name, "paragraph": at, "start": start, "word": word, "set_phrase": word in set_words()}
            for name, text in texts.items()
            for at, paragraph in enumerate(text.paragraphs if text else (), 1)
            for start, _, word in paragraph.words
        ],
    }
    return json_lines(found)


def coverage_text(
    numbers: Sequence[Number],
    texts: Mapping[str, Text | None],
    facts: Facts,
    reasons: Mapping[str, str],
    language: str,
) -> str:
    """Return a line for each paragraph with numbers, the open ones by wording, the totals and the reasons by label."""
    names = texts_in(language, "report", "coverage")
    lines = []
    for (document, paragraph), group in groupby(numbers, key=lambda each: (each.document, each.paragraph)):
        uses: dict[int, str] = {}
        for each in group:
            uses[each.token.start] = {"unclaimed": "unclaimed", "waived": "waived"}.get(each.use, "used")
            if each.use == "unclaimed":
                why = names["aside"].format(count=reasons.get(each.reason, each.reason)) if each.reason else ""
                shown = f"{names['unclaimed']}{names['colon']}{echo(each.token.text)}"
                lines.append(f"{document}:{paragraph}: {shown}{why}")
        counted = Counter(uses.values())
        listed = _list({names[use]: counted[use] for use in ("used", "waived", "unclaimed")}, names)
        lines.append(f"{document}:{paragraph}: {listed}")
    for name, text in texts.items():
        lines += [*_unknown(name, text, language), *_words(name, text, names)] if text else []
    counts = totals(numbers)
    excluded = {reasons.get(use[8:], use[8:]): count for use, count in counts.items() if use.startswith("waived: ")}
    lines += [names["reasons"] + _list(excluded, names)] if excluded else []
    return "".join(line + "\n" for line in [*lines, verified(facts, language), covered(counts, language)])


def _unknown(document: str, text: Text, language: str) -> list[str]:
    """Return a line for each number of a text with a word behind it that is no known unit."""
    return [unknown_unit(document, at, token, language) for at, token in unknown_units(text)]


def unknown_unit(document: str, paragraph: int, token: Token, language: str) -> str:
    """Return the line about a number with a word behind it that is no known unit."""
    shown = {"token": echo(token.text), "word": echo(token.unknown), "character": token.start + 1}
    return text_in(language, "report", "coverage", "unknown", document=document, paragraph=paragraph, **shown)


def _words(document: str, text: Text, names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line of the Chinese numerals outside the grammar, with how many set phrases are not among them."""
    found = Counter(word for paragraph in text.paragraphs for *_, word in paragraph.words)
    shown = {word: count for word, count in sorted(found.items()) if word not in set_words()}
    left_out = Count(found.total() - sum(shown.values()))
    listed = names["list"].join(f"{echo(word)}×{n}" if n > 1 else echo(word) for word, n in shown.items())
    parts = [listed] * bool(shown) + [names["set phrases"].format(count=left_out)] * bool(left_out)
    if parts:
        aside = names["aside"].format(count=sum(shown.values()))
        yield f"{document}: {names['words']}{aside}{names['colon']}{names['semicolon'].join(parts)}"


def _list(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    return names["list"].join(f"{name} {count}" for name, count in counts.items())


def coverage_markdown(
    numbers: Sequence[Number], texts: Mapping[str, Text | None], facts: Facts, language: str, limit: int = 0
) -> str:
    """Return the totals, what is open, and unknown units for the summary of a step; no word of a text is markup in it.

    With a limit in bytes each list ends with how many of it found no room.
    """
    lines = [f"{n.document}:{n.paragraph}: {echo(n.token.text)}\n" for n in numbers if n.use == "unclaimed"]
    unknown = [f"{line}\n" for name, text in texts.items() if text for line in _unknown(name, text, language)]
    head = f"## factpack coverage\n\n{covered(totals(numbers), language)}\n\n{verified(facts, language)}\n"
    found = _block(lines, limit and limit - size(head) - 2 * MORE, language, "more")
    return head + found + _block(unknown, limit and limit - size(head, found) - MORE, language, "more unknown")


def _block(lines: Sequence[str], limit: int, language: str, more: str) -> str:
    """Return lines as they are, if there is a limit in bytes those that find room, and how many more there are."""
    kept = fitting(lines, limit) if limit else lines
    rest = Count(len(lines) - len(kept))
    listed = f"\n```text\n{''.join(kept)}```\n" if kept else ""
    return listed + (f"\n{text_in(language, 'report', 'coverage', more, more=rest)}\n" if rest else "")


def verified(facts: Facts, language: str) -> str:
    """Return in a line how many facts are verified, and how many only transcribed."""
    counts = {name: Count(number) for name, number in facts.items()}
    return text_in(language, "report", "coverage", "facts", **counts)


def covered(counts: Mapping[str, int], language: str) -> str:
    """Return the totals of `coverage.totals` in a line: how many numbers are used, excluded and open."""
    waived = sum(number for use, number in counts.items() if use.startswith("waived"))
    unclaimed = counts.get("unclaimed", 0)
    used = sum(counts.values()) - waived - unclaimed
    total = Count(sum(counts.values()))
    return text_in(language, "report", "coverage", "all", total=total, used=used, waived=waived, unclaimed=unclaimed)
