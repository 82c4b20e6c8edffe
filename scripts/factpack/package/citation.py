"""Citations: of the package, of a record, or of one part of it, in the styles that readers and their tools use.

Nothing is invented for a citation: what the package does not know (an address before it has one, a publisher) is left
out. The date of access is the reader's and never the clock's.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from factpack.package.package import Package
from factpack.package.table import Cell, Row, Table
from factpack.table.encode import json_bytes
from factpack.words import TAGS, Both

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class NotCitable(Exception):
    """No record and no part has the id."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: in a language, what it is called, what it says, and the passage that it rests on."""

    package: Package
    language: str
    id: str = ""
    """Empty for the package itself."""
    name: str = ""
    says: str = ""
    """Its value and period, or its stage and the like."""
    passage: str = ""
    retired: str = ""
    """Since which version, and what replaces it, where it is retired."""
    accessed: datetime.date | None = None

    @property
    def author(self) -> str:
        """Who made the package."""
        return {"zh": "，", "en": "; "}[self.language].join(self.package.authors)

    @property
    def title(self) -> str:
        """The title of the package."""
        return self.package.title[self.language]

    @property
    def url(self) -> str:
        """Its permanent address, else that of the package; empty where there is none."""
        return self.package.address(self.id) or self.package.homepage

    @property
    def whole(self) -> str:
        """The title, after what is cited of it."""
        colon, comma, close = {"zh": ("：", "，", "（{}）"), "en": (": ", ", ", " ({})")}[self.language]
        said = comma.join(each for each in (self.name, self.says) if each)
        return f"{self.title}{colon if said else ''}{said}{close.format(self.id)}" if self.id else self.title

    @property
    def notes(self) -> list[str]:
        """The passage, and that it is retired."""
        return [each for each in (self.passage, self.retired) if each]


def cited(package: Package, own: str, language: str, accessed: datetime.date | None = None) -> Cited:
    """Return what an id cites, the package where it is empty; raises NotCitable."""
    if own in ("", package.name):
        return Cited(package, language, accessed=accessed)
    found = package.find(own)
    if own not in package.states and found is None:
        raise NotCitable(own)
    retired = retirement(package.states.get(own, {}), language)
    retired = retired[:1].upper() + retired[1:]  # a sentence of its own
    record = package.find(own.partition(".")[0])
    name = _called(record[1], language) if record else ""
    if found is None:
        return Cited(package, language, own, name, retired=retired, accessed=accessed)
    table, row = found
    return Cited(
        package, language, own, name, says(table, row, language), _passage(package, row, language), retired, accessed
    )


def ids_of(package: Package) -> list[str]:
    """Return every id that can be cited."""
    return list(package.states)


def _called(row: Row, language: str) -> str:
    return str(row.get(f"name_{language}") or row.get(f"title_{language}") or "")


def says(table: Table, row: Row, language: str) -> str:
    """Return what a part says: its period and its value as displayed, else its own label and its words."""
    if "." not in str(row["id"]):
        return ""
    shown = row.get(f"display_{language}")
    if shown:
        return {"zh": "，", "en": ", "}[language].join(str(each) for each in (row.get("period"), shown) if each)
    words = [row.get(f"{each}_{language}") for each in ("label", "name", "group")] + [row.get("period")]
    key = str(row["id"]).split(".")  # of its vocabularies those that tell it from the parts beside it
    words += [_word(each.labels, row[each.name], language) for each in table.fields if row[each.name] in key]
    return {"zh": "，", "en": ", "}[language].join(str(each) for each in words if each)


def _word(labels: Mapping[str, Both], value: Cell, language: str) -> str:
    return labels[str(value)][language] if str(value) in labels else ""


def _passage(package: Package, row: Row, language: str) -> str:
    """Return the document and paragraph that a row rests on, empty where it names none."""
    document = package.find(str(row.get("document_id") or ""))
    if document is None:
        return ""
    title, paragraph = _called(document[1], language), row.get("paragraph")
    if paragraph is None:
        return {"zh": f"据{title}", "en": f"From {title}"}[language]
    return {"zh": f"据{title}，第{paragraph}段", "en": f"From {title}, paragraph {paragraph}"}[language]


def retirement(row: Row, language: str) -> str:
    """Return since when something is retired and what replaces it, by its row in the table of ids; else nothing."""
    if row.get("state") != "retired":
        return ""
    since, by = row.get("since"), row.get("replaced_by_id")
    if language == "zh":
        return f"自 {since} 停用" + (f"，由 {by} 替代" if by else "")
    return f"retired since {since}" + (f", replaced by {by}" if by else "")


# ---- styles


def gbt7714(what: Cited) -> str:
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


def apa(what: Cited) -> str:
    """Return a reference to a data set as APA 7 writes it, without its italics."""
    url = what.url
    word = {"zh": "数据集", "en": "Data set"}[what.language]
    version = {"zh": f"版本 {what.package.version}", "en": f"Version {what.package.version}"}[what.language]
    reference = f"{what.author}. ({what.package.issued.year}). {what.whole} ({version}) [{word}]."
    reference += "".join(f" {each}." for each in what.notes)  # nothing stands behind an address
    if what.accessed:
        day = what.accessed
        english = f"Retrieved {MONTHS[day.month - 1]} {day.day}, {day.year}"
        access = {"zh": f"检索于{day.year}年{day.month}月{day.day}日", "en": english}[what.language]
        joined = {"zh": f"，自 {url}", "en": f", from {url}"}[what.language] if url else "."
        reference += f" {access}{joined}"
    elif url:
        reference += f" {url}"
    return reference


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


def bibtex(what: Cited) -> str:
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


def ris(what: Cited) -> str:
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


def csl_json(what: Cited) -> str:
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


STYLES: Mapping[str, Callable[[Cited], str]] = {
    "gbt7714": gbt7714,
    "apa": apa,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}
