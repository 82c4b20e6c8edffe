"""The numbers of texts and who uses them, as text, JSON and Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from factpack.check.coverage import Number, totals
from factpack.problems import echo
from factpack.report.as_json import json_lines
from factpack.text.text_record import Text

COVERAGE = {
    "en": {
        "used": "used",
        "waived": "waived",
        "unclaimed": "unclaimed",
        "words": "Chinese numerals outside the grammar, which need no waiver",
        "total": "numbers",
        "all": "{total} numbers: {used} used, {waived} waived, {unclaimed} unclaimed",
    },
    "zh": {
        "used": "已用",
        "waived": "豁免",
        "unclaimed": "未认领",
        "words": "语法之外的中文数字（无需豁免）",
        "total": "数字",
        "all": "数字 {total}：已用 {used}，豁免 {waived}，未认领 {unclaimed}",
    },
}


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


def coverage_text(numbers: Sequence[Number], texts: Mapping[str, Text | None], language: str) -> str:
    """Return a line for each paragraph with numbers, the unclaimed ones by wording, and the totals."""
    names = COVERAGE[language]
    lines = []
    for (document, paragraph), group in groupby(numbers, key=lambda each: (each.document, each.paragraph)):
        uses: dict[int, str] = {}
        for each in group:
            uses[each.token.start] = {"unclaimed": "unclaimed", "waived": "waived"}.get(each.use, "used")
            if each.use == "unclaimed":
                lines.append(f"{document}:{paragraph}: {names['unclaimed']}: {echo(each.token.text)}")
        counted = ", ".join(f"{names[use]} {list(uses.values()).count(use)}" for use in ("used", "waived", "unclaimed"))
        lines.append(f"{document}:{paragraph}: {counted}")
    for name, text in texts.items():
        words = Counter(word for paragraph in (text.paragraphs if text else ()) for _, _, word in paragraph.words)
        if words:
            listed = ", ".join(f"{echo(word)}×{n}" if n > 1 else echo(word) for word, n in sorted(words.items()))
            lines.append(f"{name}: {names['words']} ({sum(words.values())}): {listed}")
    counts = totals(numbers)
    lines.append(f"{names['total']}: {sum(counts.values())} ({', '.join(f'{use} {n}' for use, n in counts.items())})")
    lines.append(f"{names['unclaimed']}: {counts.get('unclaimed', 0)}")
    return "".join(line + "\n" for line in lines)


def coverage_markdown(numbers: Sequence[Number], language: str) -> str:
    """Return the totals, and what is unclaimed, for the summary of a step; no word of the text is markup in it."""
    counts = totals(numbers)
    unclaimed = [f"{n.document}:{n.paragraph}: {echo(n.token.text)}\n" for n in numbers if n.use == "unclaimed"]
    listed = f"\n```text\n{''.join(unclaimed)}```\n" if unclaimed else ""
    return f"## factpack coverage\n\n{covered(counts, language)}\n{listed}"


def covered(counts: Mapping[str, int], language: str) -> str:
    """Return the totals of `coverage.totals` in a line: how many numbers are used, waived and unclaimed."""
    waived = sum(number for use, number in counts.items() if use.startswith("waived"))
    unclaimed = counts.get("unclaimed", 0)
    used = sum(counts.values()) - waived - unclaimed
    return COVERAGE[language]["all"].format(total=sum(counts.values()), used=used, waived=waived, unclaimed=unclaimed)
