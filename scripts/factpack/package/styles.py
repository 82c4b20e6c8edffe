"""Citation styles: a citation as readers and their tools write it.

Nothing is invented: what a package does not know, such as a publisher, is left out. The date of access is the reader's
and never that of the clock.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from factpack.package.citation import Citation, in_words
from factpack.table.encode import json_bytes
from factpack.words import TAGS

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def gbt7714(what: Citation) -> str:
    """Return a reference to a data set as GB/T 7714-2025 has it.

    责任者. 题名[DS/OL]. V版本. (更新日期)[引用日期]. URL.
    """
    carrier = "DS/OL" if what.url else "DS"
    access = f"[{what.accessed.isoformat()}]" if what.accessed else ""
    pieces = [
        what.author,
        f"{what.whole}[{carrier}]",
        f"V{what.package.version}",
        f"({what.package.issued.isoformat()}){access}",
    ]
    pieces += [what.url] if what.url else []
    return ". ".join(pieces) + "." + "".join(f" {each}." for each in what.notes)


def apa(what: Citation) -> str:
    """Return a reference to a data set as APA 7 writes it, without its italics."""
    version = in_words(what.language, "version", version=what.package.version)
    kind = in_words(what.language, "data set")
    reference = f"{what.author}. ({what.package.issued.year}). {what.whole} ({version}) [{kind}]."
    reference += "".join(f" {each}." for each in what.notes)  # an address comes last
    access = _access(what)
    return f"{reference} {access}" if access else reference


def _access(what: Citation) -> str:
    """Return when and where the data was read, else where it is."""
    if what.accessed is None:
        return what.url
    day = _in_full(what.accessed, what.language)
    if what.url:
        return in_words(what.language, "accessed at", day=day, url=what.url)
    return in_words(what.language, "accessed", day=day)


def _in_full(day: datetime.date, language: str) -> str:
    """Return a day as it is written out."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


_BIBTEX = str.maketrans(
    {  # BibTeX counts braces even where they are escaped
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{each: f"\\{each}" for each in "%&_#$"},
    }
)


def bibtex(what: Citation) -> str:
    """Return an entry for BibTeX, which knows no data sets: `@misc`; biblatex reads it too."""
    fields = {
        "author": f"{{{_escaped(what.author)}}}",
        "title": f"{{{_escaped(what.whole)}}}",
        "year": str(what.package.issued.year),
        "month": str(what.package.issued.month),
        "version": _escaped(what.package.version),
        "howpublished": "Data set",
        "note": _escaped("; ".join(what.notes)),
        "url": what.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": what.accessed.isoformat() if what.accessed else "",
    }
    key = re.sub("[^A-Za-z0-9:.-]", "-", f"{what.package.name}:{what.id or what.package.version}")
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _escaped(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def ris(what: Citation) -> str:
    """Return a record in RIS, a tag a line, which reference managers import."""
    fields = [
        ("TY", "DATA"),
        ("AU", what.author),
        ("TI", what.whole),
        ("PY", str(what.package.issued.year)),
        ("DA", _slashed(what.package.issued)),
        ("ET", what.package.version),
        ("AN", what.id),
        ("N1", "; ".join(what.notes)),
        ("LA", TAGS[what.language]),
        ("UR", what.url),
        ("Y2", _slashed(what.accessed) if what.accessed else ""),
    ]
    return "\n".join([*(f"{tag}  - {_line(value)}" for tag, value in fields if value), "ER  - "])


def _slashed(day: datetime.date) -> str:
    return day.isoformat().replace("-", "/")


def csl_json(what: Citation) -> str:
    """Return an item of CSL-JSON (https://docs.citationstyles.org), in a list as citation tools expect."""
    found: dict[str, Any] = {
        "id": f"{what.package.name}:{what.id or what.package.version}",
        "type": "dataset",
        "title": what.whole,
        "author": [{"literal": what.author}],
        "issued": {"date-parts": [[what.package.issued.year, what.package.issued.month, what.package.issued.day]]},
        "version": what.package.version,
        "language": TAGS[what.language],
    }
    if what.notes:
        found["note"] = "; ".join(what.notes)
    if what.url:
        found["URL"] = what.url
    if what.accessed:
        found["accessed"] = {"date-parts": [[what.accessed.year, what.accessed.month, what.accessed.day]]}
    return json_bytes([found]).decode()


def _line(text: str) -> str:
    return " ".join(text.split())


STYLES: Mapping[str, Callable[[Citation], str]] = {
    "gbt7714": gbt7714,
    "apa": apa,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
