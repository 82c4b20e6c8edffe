"""The numbers of texts and who uses them, as text, JSON and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from factpack.check.coverage import Number, totals
from factpack.problems import echo
from factpack.report.as_json import json_lines
from factpack.report.limit import MORE, fitting, size
from factpack.text.text_record import Text
from factpack.words import Count, text_in, texts_in


def coverage_json(numbers: Sequence[Number], texts: Mapping[str, Text | None]) -> str:
    """Return every number with its use, the totals, and the Chinese numerals that lie outside the grammar."""
    found = {
        "numbers": [number.row() for number in numbers],
        "totals": totals(numbers),
        "words": [
            {"document": name, "paragraph": at, "start": start, "word": word}
            for name, text in texts.items()
            for at, paragraph in enumerate(text.paragraphs if text else (), 1)
            for start, _, word in paragraph.words
        ],
    }
    return json_lines(found)


def coverage_text(
    numbers: Sequence[Number], texts: Mapping[str, Text | None], reasons: Mapping[str, str], language: str
) -> str:
    """Return a line for each paragraph with numbers, the open ones by wording, the totals and the reasons by label."""
    names = texts_in(language, "report", "coverage")
    lines = []
    for (document, paragraph), group in groupby(numbers, key=lambda each: (each.document, each.paragraph)):
        uses: dict[int, str] = {}
        for each in group:
            uses[each.token.start] = {"unclaimed": "unclaimed", "waived": "waived"}.get(each.use, "used")
            if each.use == "unclaimed":
                lines.append(f"{document}:{paragraph}: {names['unclaimed']}{names['colon']}{echo(each.token.text)}")
        counted = Counter(uses.values())
        listed = _list({names[use]: counted[use] for use in ("used", "waived", "unclaimed")}, names)
        lines.append(f"{document}:{paragraph}: {listed}")
    for name, text in texts.items():
        words = Counter(word for paragraph in (text.paragraphs if text else ()) for _, _, word in paragraph.words)
        if words:
            listed = names["list"].join(
                f"{echo(word)}×{n}" if n > 1 else echo(word) for word, n in sorted(words.items())
            )
            aside = names["aside"].format(count=sum(words.values()))
            lines.append(f"{name}: {names['words']}{aside}{names['colon']}{listed}")
    counts = totals(numbers)
    excluded = {reasons.get(use[8:], use[8:]): count for use, count in counts.items() if use.startswith("waived: ")}
    lines += [names["reasons"] + _list(excluded, names)] if excluded else []
    return "".join(line + "\n" for line in [*lines, covered(counts, language)])


def _list(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    return names["list"].join(f"{name} {count}" for name, count in counts.items())


def coverage_markdown(numbers: Sequence[Number], language: str, limit: int = 0) -> str:
    """Return the totals, and what is open, for the summary of a step; no word of the text is markup in it.

    With a limit in bytes it ends with how many open numbers found no room.
    """
    counts = totals(numbers)
    lines = [f"{n.document}:{n.paragraph}: {echo(n.token.text)}\n" for n in numbers if n.use == "unclaimed"]
    head = f"## factpack coverage\n\n{covered(counts, language)}\n"
    kept = fitting(lines, limit - size(head) - MORE) if limit else lines
    more = Count(len(lines) - len(kept))
    listed = f"\n```text\n{''.join(kept)}```\n" if kept else ""
    return head + listed + (f"\n{text_in(language, 'report', 'coverage', 'more', more=more)}\n" if more else "")


def covered(counts: Mapping[str, int], language: str) -> str:
    """Return the totals of `coverage.totals` in a line: how many numbers are used, excluded and open."""
    waived = sum(number for use, number in counts.items() if use.startswith("waived"))
    unclaimed = counts.get("unclaimed", 0)
    used = sum(counts.values()) - waived - unclaimed
    total = Count(sum(counts.values()))
    return text_in(language, "report", "coverage", "all", total=total, used=used, waived=waived, unclaimed=unclaimed)
