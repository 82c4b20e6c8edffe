"""What `factpack verify` takes for hostile texts and pages of four sizes: its time should grow as they do.

`python bench/verify.py --out bench/VERIFY.md` reads each, and makes its fingerprints where it is not refused.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Iterator
from pathlib import Path

from race import keep

from factpack.text.page import paragraphs
from factpack.text.saved import UnreadableText
from factpack.text.text_record import encode, make

SIZES = (10_000, 20_000, 40_000, 80_000)
TAGS = (
    *("<a ", "</a ", "<", "</", "<!", "<?", "<!--", "<!---", "<![CDATA[", "<a b='", "<a '\"", "<script>", "<title>x"),
    *("</textarea><textarea>", "<div>", "x<b>", "&", "&amp;", "&#1", "&#x41;", "\0"),
)
OPENED = {"<script>": "</scrip", "<a b='": "x", "<a ": "b=c ", "<a b": " =", "<": "a", "&#": "1", "&#x": "1"}
"""What is opened once, and what follows so many times."""
TEXTS = (
    *("1", "1,", "、", "1、", "一", "百", "一百", "一百个、", "万亿", "%", "5%", "1-", "1至2个", "（"),
    *("1:1、", "1比1、", "2/3、", "三分之一、", "百分之一、", "5万多亿元、", "跻身全国1强", "1l", "1·"),
    *("2025年", "分别为", "分别为1、", "新增两家、", "下降", "突破1项关键", "近三年", "一九九八年", "1亿1万", "前1"),
    *(
        "“",
        "“一",
        "“一”",
        "第1",
        "1.",
        "1:",
        "1+",
        "A",
        "A1",
        "壹",
        " ",
        "x ",
        "\n",
        "\u3000\n",
        "\ufeff",
        "e\u0301\u0327",
        "\u00a8\u00b8",
    ),
    *(" \u0301 \u0327", "\uff9e\u0301", "\ufdfa", "\u1100\u1161\u11a8", "👨‍👩"),
)


def shapes() -> Iterator[tuple[str, str, str]]:
    """Yield name, beginning and what is repeated of each text or page."""
    page = "<html><body><p>"
    yield from ((f"page, {run}", page, run) for run in TAGS)
    yield from ((f"page, {once}, then {run}", page + once, run) for once, run in OPENED.items())
    yield from (("text, " + run, "", run) for run in TEXTS)


def taken(raw: bytes) -> tuple[float, str]:
    """Return the seconds for a text, and why it was refused, if it was."""
    gc.collect()
    start, refused = time.perf_counter(), ""
    try:
        encode(make("doc-x", paragraphs(raw), frozenset()))
    except UnreadableText as error:
        refused = error.which
    return time.perf_counter() - start, refused


def line(name: str, before: str, run: str) -> str:
    """Return the line of a shape."""
    found = [taken((before + run * size).encode()) for size in SIZES]
    shown = "".join(each if each.isprintable() and each not in "|`" else f"\\u{ord(each):04x}" for each in name)
    return f"| `{shown}` | {' | '.join(f'{seconds:.2f}' for seconds, _ in found)} | {found[-1][1]} |"


def main() -> None:
    """Measure all shapes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    lines = [
        f"| Repeated | {' | '.join(f'{size:,} times' for size in SIZES)} | Refused |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for shape in shapes():
        lines.append(line(*shape))
        print(lines[-1], flush=True)
    if chosen.out:
        keep(chosen.out, "Verifying hostile texts", lines, "Seconds. What is refused is named by its message.")


if __name__ == "__main__":
    main()
