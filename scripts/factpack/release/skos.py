"""SKOS: the glossary as a scheme of concepts (https://www.w3.org/TR/skos-reference/), in Turtle.

The glossary is the table whose rows have a name and a definition in both languages; its components are the table of
names that points to it. A new kind with definitions would be published in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factpack.package.package import Package
from factpack.package.table import Cell, Row, Table
from factpack.words import LANGUAGES, Both

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DEFINED = {"name_zh", "name_en", "definition_zh", "definition_en"}


def skos(package: Package) -> bytes:
    """Return the terms of a package: labels, definitions, numbers, and components as narrower concepts in groups.

    Concepts have relative addresses, `#` and the id of the record or component.
    """
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for table in package.tables.values():
        if {field.name for field in table.fields} >= DEFINED:
            lines += ["", *_scheme(table, package)]
    return ("\n".join(lines) + "\n").encode()


def _scheme(table: Table, package: Package) -> Iterator[str]:
    scheme, sources = f"<#{table.name}>", {row["id"]: row for row in package.tables["documents"].items()}
    terms = list(table.items())
    yield from _resource(
        scheme,
        "skos:ConceptScheme",
        [*_texts("dct:title", package.title), *_texts("dct:description", table.description)],
    )
    parts = [
        (row, link.field)
        for each in package.tables.values()
        for link in each.links
        if link.table == table.name and _named(each)
        for row in each.items()
    ]
    for term in terms:
        own = [row for row, owner in parts if row[owner] == term["id"]]
        source = sources.get(str(term.get("document_id") or ""), {}).get("url")
        said = [f"skos:topConceptOf {scheme}", f"skos:inScheme {scheme}", *_labels(term)]
        said += [f"skos:definition {_text(term[f'definition_{each}'], each)}" for each in LANGUAGES]
        said += [f"skos:notation {_literal(str(term['number']))}"] if term.get("number") is not None else []
        said += [f"skos:narrower {', '.join(_node(each) for each in own)}"] if own else []
        said += [f"dct:source <{source}>"] if source else []
        yield from _resource(_node(term), "skos:Concept", said)
        for row in own:
            yield from _resource(
                _node(row), "skos:Concept", [f"skos:inScheme {scheme}", *_labels(row), f"skos:broader {_node(term)}"]
            )
        yield from _groups(term, own)
    yield from _resource(scheme, "", [f"skos:hasTopConcept {', '.join(map(_node, terms))}"])


def _named(table: Table) -> bool:
    return {field.name for field in table.fields} >= {"name_zh", "name_en", "position"}


def _groups(term: Row, own: list[Row]) -> Iterator[str]:
    """Yield the groups of a term's components, each an ordered collection."""
    groups: dict[tuple[Cell, Cell], list[Row]] = {}
    for row in own:
        if row.get("group_zh"):
            groups.setdefault((row["group_zh"], row.get("group_en")), []).append(row)
    for number, ((zh, en), rows) in enumerate(groups.items(), 1):
        said = [f"skos:prefLabel {_text(zh, 'zh')}", f"skos:prefLabel {_text(en, 'en')}"]
        said.append(f"skos:memberList ( {' '.join(map(_node, rows))} )")
        yield from _resource(f"<#{term['id']}.g{number}>", "skos:OrderedCollection", said)


def _resource(node: str, kind: str, said: list[str]) -> Iterator[str]:
    yield ""
    pieces = [f"a {kind}", *said] if kind else said
    yield f"{node} " + " ;\n    ".join(pieces) + " ."


def _node(row: Row) -> str:
    return f"<#{row['id']}>"


def _labels(row: Row) -> list[str]:
    return [f"skos:prefLabel {_text(row[f'name_{each}'], each)}" for each in LANGUAGES]


def _texts(name: str, both: Both) -> list[str]:
    return [f"{name} {_text(both[each], each)}" for each in LANGUAGES]


def _text(text: Cell, language: str) -> str:
    return f"{_literal(str(text))}@{language}"


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


def _literal(text: str) -> str:
    return '"' + re.sub('[\\\\"\n\r]', lambda found: _ESCAPES[found[0]], text) + '"'
