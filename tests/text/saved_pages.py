"""One invented page as sites send it, and as a browser saves it: `data/saved/` has what Chromium made of it."""

from __future__ import annotations

from pathlib import Path

from projects import MINIMAL, ROOT

SAVED = ROOT / "tests" / "data" / "saved"
TEXT = (MINIMAL / "texts" / "doc-report.txt").read_text("utf-8")
SENT = {"utf-8": "utf-8", "gb2312": "gbk"}
"""Codings that the page declares, and those that its bytes have."""
NAMES = {"mhtml": ".mhtml", "source": "-source.mhtml", "dom": "-dom.html", "text": "-text.txt", "copied": "-copied.txt"}
"""Ways to save it, by the ends of the names of the files."""


def page(charset: str = "utf-8") -> str:
    body = "".join(f"<p>{line}</p>\n" for line in TEXT.splitlines())
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>报告</title><style>p{{color:red}}</style></head>'
        f"<body><script>var a=1;</script><div>首页 &gt; 报告</div>{body}<div>版权所有 &copy; 2026</div></body></html>"
    )


def sample(charset: str, way: str) -> Path:
    return SAVED / f"{charset}{NAMES[way]}"
