"""The promises that a new text is to be asked for: as text, as a list in Markdown to tick off, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from factpack.draft.mention import Mention
from factpack.problems import echo, visible
from factpack.report.as_text import markdown as escaped
from factpack.run.promises import Promise
from factpack.text.original import original
from factpack.words import Count, text_in, texts_in


class Asked(NamedTuple):
    """Promises without an answer, the text that is asked for them, and which of its paragraphs tell of plans."""

    open: Sequence[Promise]
    texts: Sequence[str]
    """Its paragraphs in normal form."""
    written: Mapping[str, str]
    """As they are written, by their normal form."""
    is_planned: Callable[[int], bool]

    def words(self, mention: Mention) -> str:
        """Return the words of a place that names a record, as the text writes them."""
        text = self.texts[mention.paragraph - 1]
        return original(self.written.get(text, text), mention.start, mention.end)


def promises_text(asked: Asked, language: str) -> str:
    """Return each promise with the places that name its record, then how many there are."""
    return "".join(f"{line}\n" for line in [*_lines(asked, language), "", _counted(asked, language)])


def _lines(asked: Asked, language: str) -> Iterator[str]:
    words = texts_in(language, "report", "promises")
    for each in asked.open:
        yield visible(words["promise"].format_map(_told(each, language)))
        yield from (f"    {_place(asked, mention, language)}" for mention in each.found)
        if not each.found:
            yield f"    {words['not mentioned']}"


def promises_markdown(asked: Asked, language: str) -> str:
    """Return the same as a list of boxes to tick."""
    words = texts_in(language, "report", "promises")
    lines = [f"## {words['title']}", "", _counted(asked, language), ""]
    for each in asked.open:
        told = {name: escaped(visible(text)) for name, text in _told(each, language).items()}
        lines.append(f"- [ ] {words['promise'].format_map(told | {'id': f'`{each.id}`'})}")
        places = [escaped(_place(asked, mention, language)) for mention in each.found]
        lines += [f"  - {place}" for place in places or [words["not mentioned"]]]
    return "".join(f"{line}\n" for line in lines)


def promises_json(asked: Asked) -> list[dict[str, Any]]:
    """Return the same as values of JSON."""
    return [
        {
            "table": each.table,
            "id": each.id,
            "name": dict(each.name),
            "period": each.period,
            "promised": dict(each.said),
            "document": each.document,
            "paragraph": int(each.paragraph) if each.paragraph else None,
            "mentions": [
                {
                    "paragraph": mention.paragraph,
                    "words": asked.words(mention),
                    "numbers": [{"token": token.text, "start": token.start} for token in mention.numbers],
                    "planned": asked.is_planned(mention.paragraph),
                }
                for mention in each.found
            ],
        }
        for each in asked.open
    ]


def _told(promise: Promise, language: str) -> dict[str, str]:
    return {
        "id": promise.id,
        "name": promise.name[language],
        "period": promise.period,
        "said": promise.said[language],
        "document": promise.document,
        "paragraph": promise.paragraph,
    }


def _place(asked: Asked, mention: Mention, language: str) -> str:
    key = "planned" if asked.is_planned(mention.paragraph) else "reported"
    numbers = text_in(language, "report", "promises", "list").join(echo(each.text) for each in mention.numbers)
    beside = text_in(language, "report", "promises", "beside", numbers=numbers) if numbers else ""
    shown = {"paragraph": mention.paragraph, "words": echo(asked.words(mention)), "beside": beside}
    return text_in(language, "report", "promises", key, **shown)


def _counted(asked: Asked, language: str) -> str:
    named = sum(bool(each.found) for each in asked.open)
    counts = {"open": Count(len(asked.open)), "named": named, "left": len(asked.open) - named}
    return text_in(language, "report", "promises", "counted", **counts)
