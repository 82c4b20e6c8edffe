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
    """Yield a table of terms as a scheme: the scheme itself, each term with its components, and what is on top."""
    scheme, terms = f"<#{table.name}>", list(table.items())
    titles = [*_texts("dct:title", package.title), *_texts("dct:description", table.description)]
    yield from _resource(scheme, "skos:ConceptScheme", titles)
    components = [
        (row, link.field)
        for each in package.tables.values()
        for link in each.links
        if link.table == table.name and _has_names(each)
        for row in each.items()
    ]
    sources = {row["id"]: row["url"] for row in package.tables["documents"].items()}
    for term in terms:
        own = [row for row, owner in components if row[owner] == term["id"] and _is_of_today(row, term)]
        yield from _term(term, own, scheme, sources.get(str(term.get("document_id") or "")))
    yield from _resource(scheme, "", [f"skos:hasTopConcept {', '.join(map(_node, terms))}"])


def _is_of_today(component: Row, term: Row) -> bool:
    """Say whether a component is one of those that the document counts which defines its term now."""
    return component.get("document_id") in (None, term.get("document_id"))


def _has_names(table: Table) -> bool:
    return {field.name for field in table.fields} >= {"name_zh", "name_en", "position"}


def _term(term: Row, components: list[Row], scheme: str, source: Cell) -> Iterator[str]:
    """Yield a term, its components as narrower concepts, and their groups; `source` is the address of its document."""
    pieces = [f"skos:topConceptOf {scheme}", f"skos:inScheme {scheme}", *_labels(term)]
    pieces += [f"skos:definition {_text(term[f'definition_{each}'], each)}" for each in LANGUAGES]
    pieces += [f"skos:notation {_literal(str(term['number']))}"] if term.get("number") is not None else []
    pieces += [f"skos:narrower {', '.join(map(_node, components))}"] if components else []
    pieces += [f"dct:source <{source}>"] if source else []
    yield from _resource(_node(term), "skos:Concept", pieces)
    for row in components:
        pieces = [f"skos:inScheme {scheme}", *_labels(row), f"skos:broader {_node(term)}"]
        yield from _resource(_node(row), "skos:Concept", pieces)
    yield from _groups(term, components)


def _groups(term: Row, components: list[Row]) -> Iterator[str]:
    """Yield the groups of a term's components, each an ordered collection."""
    groups: dict[tuple[Cell, Cell], list[Row]] = {}
    for row in components:
        if row.get("group_zh"):
            groups.setdefault((row["group_zh"], row.get("group_en")), []).append(row)
    for number, ((zh, en), rows) in enumerate(groups.items(), 1):
        pieces = [f"skos:prefLabel {_text(zh, 'zh')}", f"skos:prefLabel {_text(en, 'en')}"]
        pieces.append(f"skos:memberList ( {' '.join(map(_node, rows))} )")
        yield from _resource(f"<#{term['id']}.g{number}>", "skos:OrderedCollection", pieces)


def _resource(node: str, kind: str, pieces: list[str]) -> Iterator[str]:
    """Yield what is said of a node, after an empty line; its kind is empty if it was said before."""
    yield ""
    yield f"{node} " + " ;\n    ".join([f"a {kind}", *pieces] if kind else pieces) + " ."


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
