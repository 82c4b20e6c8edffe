"""Citation styles: a citation as readers and their tools write it.

Nothing is invented: what a package does not know, such as a publisher, is left out. The date of access is the reader's
and never that of the clock. Authors are bodies: each format says in its own way that a name is not to be taken apart.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from factpack.package.citation import Citation, in_words
from factpack.package.periods import MONTHS, period
from factpack.table.encode import json_bytes
from factpack.words import TAGS


def gbt7714(citation: Citation) -> str:
    """Return a reference to a data set as GB/T 7714-2025 has it.

    责任者. 题名[DS/OL]. V版本. (更新日期)[引用日期]. URL. A part stands before its source: 题名[DS/OL]//源文献题名.
    """
    carrier = "DS/OL" if citation.url else "DS"
    access = f"[{citation.accessed.isoformat()}]" if citation.accessed else ""
    pieces = [
        citation.author,
        f"{citation.cited}[{carrier}]//{citation.title}" if citation.id else f"{citation.title}[{carrier}]",
        f"V{citation.package.version}",
        f"({citation.package.issued.isoformat()}){access}",
    ]
    pieces += [citation.url] if citation.url else []
    return _line(". ".join(pieces) + "." + "".join(f" {each}." for each in citation.notes))


def apa(citation: Citation) -> str:
    """Return a reference to a data set as APA 7 writes it, without its italics."""
    version = in_words(citation.language, "version", version=citation.package.version)
    kind = in_words(citation.language, "data set")
    authors = _in_apa(citation.authors, citation.language)
    reference = f"{authors}. ({citation.package.issued.year}). {citation.whole} ({version}) [{kind}]."
    reference += "".join(f" {each}." for each in citation.notes)  # an address comes last
    access = _access(citation)
    return _line(f"{reference} {access}")


def _in_apa(names: Sequence[str], language: str) -> str:
    """Return names of authors as APA joins them: A, B, & C."""
    if language == "zh" or len(names) == 1:
        return in_words(language, "authors").join(names)
    *others, last = names
    return f"{', '.join(others)}{',' if len(others) > 1 else ''} & {last}"


def _access(citation: Citation) -> str:
    """Return when and where the data was read, else where it is."""
    if citation.accessed is None:
        return citation.url
    day = _in_full(citation.accessed, citation.language)
    if citation.url:
        return in_words(citation.language, "accessed at", day=day, url=citation.url)
    return in_words(citation.language, "accessed", day=day)


def _in_full(day: datetime.date, language: str) -> str:
    """Return a day as it is written out."""
    if language == "zh":
        return period(day.isoformat(), language)
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


def bibtex(citation: Citation) -> str:
    """Return an entry for biblatex, reference managers and BibTeX, whose styles print an unknown type as `@misc`.

    What is in the field `howpublished` of BibTeX, others read as the publisher: the note says that it is a data set.
    """
    kind = in_words(citation.language, "data set")
    fields = {
        "author": " and ".join(f"{{{_escaped(each)}}}" for each in citation.authors),
        "title": f"{{{_escaped(citation.whole)}}}",
        "year": str(citation.package.issued.year),
        "month": MONTHS[citation.package.issued.month - 1][:3].lower(),
        "version": _escaped(citation.package.version),
        "note": _escaped("; ".join([kind, *citation.notes])),
        "url": _line(citation.url).replace("{", "%7B").replace("}", "%7D"),
        "urldate": citation.accessed.isoformat() if citation.accessed else "",
    }
    key = re.sub("[^A-Za-z0-9:.-]", "-", f"{citation.package.name}:{citation.id or citation.package.version}")
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@dataset{{{key},", *lines, "}"])


def _escaped(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def ris(citation: Citation) -> str:
    """Return a record in RIS, a tag a line, which reference managers import.

    An author is `Family, Given` there. The comma after a name says that all before it is one: without it, EndNote takes
    the last word for the family name.
    """
    fields = [
        ("TY", "DATA"),
        *(("AU", f"{_line(each)},") for each in citation.authors),
        ("TI", citation.whole),
        ("PY", str(citation.package.issued.year)),
        ("DA", _slashed(citation.package.issued)),
        ("ET", citation.package.version),
        ("AN", citation.id),
        ("N1", "; ".join(citation.notes)),
        ("LA", TAGS[citation.language]),
        ("UR", citation.url),
        ("Y2", _slashed(citation.accessed) if citation.accessed else ""),
    ]
    return "\n".join([*(f"{tag}  - {_line(value)}" for tag, value in fields if value), "ER  - "])


def _slashed(day: datetime.date) -> str:
    return day.isoformat().replace("-", "/")


def csl_json(citation: Citation) -> str:
    """Return an item of CSL-JSON (https://docs.citationstyles.org), in a list as citation tools expect."""
    found: dict[str, Any] = {
        "id": f"{citation.package.name}:{citation.id or citation.package.version}",
        "type": "dataset",
        "title": citation.whole,
        "author": [{"literal": each} for each in citation.authors],
        "issued": {"date-parts": [_date_parts(citation.package.issued)]},
        "version": citation.package.version,
        "language": TAGS[citation.language],
    }
    if citation.notes:
        found["note"] = "; ".join(citation.notes)
    if citation.url:
        found["URL"] = citation.url
    if citation.accessed:
        found["accessed"] = {"date-parts": [_date_parts(citation.accessed)]}
    return json_bytes([found]).decode()


def _date_parts(day: datetime.date) -> list[int]:
    return [day.year, day.month, day.day]


def _line(text: str) -> str:
    return " ".join(text.split())


STYLES: Mapping[str, Callable[[Citation], str]] = {
    "gbt7714": gbt7714,
    "apa": apa,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
