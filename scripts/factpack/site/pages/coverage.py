"""The page of number coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from factpack.package.table import Row
from factpack.record.verification import TRANSCRIBED, VERIFIED
from factpack.site import schema_org
from factpack.site.catalogue import Entry
from factpack.site.cells import links
from factpack.site.outline import Token, span, tokens, uses_of
from factpack.site.page import OutputFile, Page, Site
from factpack.site.templating import words


def coverage(site: Site, language: str) -> OutputFile:
    """Return the page that says how the numbers of each text are accounted for."""
    t, evidence = words(language), site.package.rows["evidence"]
    texts = links(site.catalogue, site.catalogue.texts, language)
    quoted = [row for row in evidence if row["quote"] is not None]
    return Page(language, "coverage/index.html").render(
        site,
        "coverage",
        t["coverage"],
        data=schema_org.web_page(site.package, t["coverage"], language, t["coverage about"]),
        facts=_facts(site),
        quotes=_quotes(quoted),
        documents=[_covered(site, each.id, language) for each in texts],
        summary=t["coverage about"],
    )


def _facts(site: Site) -> dict[str, int]:
    """Return how many facts are verified, and how many only transcribed; a target is an observation, too."""
    tables = [rows for rows in site.package.rows.values() if rows and "verification" in rows[0]]
    states = {row["id"]: row["verification"] for rows in tables for row in rows}
    return {each: sum(state == each for state in states.values()) for each in (VERIFIED, TRANSCRIBED)}


def _quotes(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many different quotes there are, how often they are used, and how often a verified one is."""
    different = {(row["document_id"], row["paragraph"], row["quote"]) for row in rows}
    verified = sum(row["verified"] is True for row in rows)
    return {"different": len(different), "count": len(rows), "verified": verified}


def _covered(site: Site, document: str, language: str) -> dict[str, Any]:
    t, entry, found = words(language), site.catalogue.entries[document], tokens(site.catalogue, document, language)
    field = next(each for each in site.package.tables["numbers"].fields if each.name == "use")
    counts = uses_of([found])
    total, start, uses = sum(counts.values()), 0.0, []
    for key, count in counts.items():
        width = round(420 * count / total, 1) if total else 0
        percent = f"{100 * count / total:.1f}" if total else "0"
        title = field.labels[key][language] if key in field.labels else key
        uses.append({"key": key, "title": title, "count": count, "percent": percent, "start": start, "width": width})
        start = round(start + width, 1)
    numbers = [(at, token) for at, listed in found.items() for token in listed]
    return {
        "id": document,
        "title": entry.name(language),
        "uses": uses,
        "total": total,
        "described": t["list"].join(f"{each['title']}{t['colon']}{each['count']}" for each in uses),
        "sections": list(_section_counts(entry, found, language)),
        "waived": list(_explained(entry, numbers, "waived", language)),
        "left": list(_explained(entry, numbers, "unclaimed", language)),
    }


def _explained(entry: Entry, numbers: Iterable[tuple[int, Token]], use: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield the numbers of a document that are put to a use, each with what its record says of it, if anything."""
    noted = {(row["paragraph"], row["token"], row["occurrence"] or 1): row for row in entry.parts.get("waivers", ())}
    seen = Counter[tuple[int, str]]()
    for at, token in numbers:
        seen[at, token.text] += 1
        row = noted.get((at, token.text, seen[at, token.text]), {})
        if token.use == use:
            note = str(row.get(f"note_{language}") or "")
            yield {"token": token.text, "paragraph": at, "reason": token.why, "note": note}


def _section_counts(entry: Entry, found: Mapping[int, Sequence[Any]], language: str) -> Iterator[dict[str, Any]]:
    for row in entry.parts.get("sections", ()):
        first, last = int(str(row["first"])), int(str(row["last"]))
        counts = uses_of([{at: listed for at, listed in found.items() if first <= at <= last}])
        yield {
            "id": row["id"],
            "title": row[f"label_{language}"],
            "first": first,
            "span": span(first, last, words(language)),
            "counts": list(counts.values()),
        }
