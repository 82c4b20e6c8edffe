"""Help with fields: what each field of a schema is for and how it is written, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made

from factpack.edit.conditions import Condition, Demands, below, demands, joined
from factpack.edit.layout import style
from factpack.problems import MANY
from factpack.schema.model import Schema, Schemas, is_text, resolve
from factpack.schema.validate import type_words
from factpack.source.marks import Record
from factpack.words import texts_in

WITHIN = " > "
EXAMPLES = {
    "period": ("2025", "2025-06", "2021/2025"),
    "date": ("2025-12-29",),
    "date-time": ("2025-12-29T09:00:00+08:00",),
    "uri": ("https://example.org/report.html",),
}
"""Examples by format."""


@dataclass(frozen=True, slots=True)
class Question:
    """A value that a record does not have yet, described in one language."""

    path: str
    """Its fields joined by points, such as `name.zh` or `observations.evidence.quote`."""
    title: str
    """Its title, after those of the fields that it is in."""
    description: str
    form: str
    """How it is written, if the description does not say it; may be empty."""
    choices: Mapping[str, str]
    """Its vocabulary, if it has one: labels by value."""
    default: str
    is_list: bool
    """Whether it can have several values."""

    @property
    def is_long(self) -> bool:
        """Whether its vocabulary is too long to be named value by value."""
        return len(self.choices) > MANY


def fields(schema: Schema, schemas: Schemas) -> list[tuple[str, Schema]]:
    """Return the fields of an object, resolved, in order."""
    return [(key, resolve(each, schemas.sources)) for key, each in schema.get("properties", {}).items()]


def items_of(field: Schema, schemas: Schemas) -> Schema:
    """Return the schema of the items of a list, resolved; empty for a field that is not a list."""
    return resolve(field.get("items", {}), schemas.sources)


def join(path: str, key: str) -> str:
    """Return the path of a field of the object at a path."""
    return f"{path}.{key}" if path else key


@dataclass(frozen=True, slots=True)
class Guide:
    """Says what fields are for, in one language."""

    schemas: Schemas
    language: str
    demands: Demands = made(default_factory=dict)
    """What makes fields of the object in hand needed."""

    def within(self, schema: Schema) -> Guide:
        """Return the guide for an object, which knows what its schema demands, too."""
        return replace(self, demands=joined(self.demands, demands(schema)))

    def below(self, field: str) -> Guide:
        """Return the guide for the parts in a field of the object."""
        return replace(self, demands=below(self.demands, field))

    @property
    def _words(self) -> Mapping[str, str]:
        return texts_in(self.language, "edit", "fields")

    def questions(
        self, schema: Schema, value: Record, path: str = "", titles: tuple[str, ...] = ()
    ) -> Iterator[Question]:
        """Yield a question for each value that is None in an object and in the objects inside it."""
        for key, field in fields(schema, self.schemas):
            question = self.question(field, str)
            above, inner = (*titles, question.title), value.get(key, "")
            if inner is None or inner == [None]:
                yield replace(question, path=join(path, key), title=WITHIN.join(above))
            for entry in inner if isinstance(inner, list) else [inner]:
                if isinstance(entry, dict):
                    parts = items_of(field, self.schemas) or field
                    yield from self.questions(parts, entry, join(path, key), above)

    def help(self, field: Schema) -> Iterator[str]:
        """Yield the comments above an empty field."""
        question = self.question(field, _written)
        is_shown = is_text(field) or "properties" in items_of(field, self.schemas)
        named = self._say("named", title=question.title, description=question.description)
        yield f"# {named}{'' if is_shown else self._aside(question.form)}"
        if question.choices:
            yield f"#   {self._choices(question)}"

    def offer(self, key: str, field: Schema) -> str:
        """Return the comment that names a field that is optional, or needed on a condition."""
        question = self.question(field, _written)
        words = {"description": question.description, "choices": self._choices(question)}
        asked = self._join(map(self._condition, self.demands.get((key,), ())))
        text = self._say("needed", **words, condition=asked) if asked else self._say("optional", **words)
        return f"# {key}: {text.rstrip()}{self._aside(question.form)}"

    def _condition(self, condition: Condition) -> str:
        values = self._words["or"].join(condition.values)
        return self._say(f"needed {condition.kind}", field=condition.field, values=values)

    def question(self, field: Schema, written: Callable[[str], str]) -> Question:
        """Return the question for a field, without its path; `written` returns an example as it is shown."""
        items = items_of(field, self.schemas)
        words = {**items, **field}
        labels = words.get("x-labels", {})
        choices = {value: str(labels.get(value, {}).get(self.language, "")) for value in words.get("enum", ())}
        title, description = (str(field[f"x-{word}"][self.language]) for word in ("title", "description"))
        form = self._join(self._forms(field, items, written))
        return Question("", title, description, form, choices, str(field.get("default", "")), bool(items))

    def _forms(self, field: Schema, items: Schema, written: Callable[[str], str]) -> Iterator[str]:
        if is_text(field):
            yield self._say("text")
        if "properties" in items:
            yield self._say("parts", fields=self._join(items.get("required") or items["properties"]))
        elif items:
            yield self._say("list")
        plain = items or field
        kind = self.schemas.kinds.get(plain.get("x-ref", "").partition("/")[0])
        examples = EXAMPLES.get(plain.get("x-format") or plain.get("format", "")) or plain.get("examples")
        if kind:
            yield self._say("reference", title=kind.shape.schema["x-title"][self.language], prefix=kind.prefix)
        elif examples:
            yield self._say("example", example=self._join(map(written, examples)))
        elif "pattern" in plain:
            yield self._say("pattern", pattern=plain["pattern"])
        elif plain.get("type") in ("number", "integer", "boolean"):
            yield type_words(plain["type"])[self.language]
        if "default" in field:
            yield self._say("default", default=field["default"])

    def _choices(self, question: Question) -> str:
        """Return a vocabulary on one line, each value with its label if that says more; of a long one how many."""
        if question.is_long:
            return self._say("many", count=str(len(question.choices)))
        labels = {
            value: label if label.casefold() != value.replace("_", " ") else ""
            for value, label in question.choices.items()
        }
        return self._join(value + self._aside(label) for value, label in labels.items())

    def _join(self, parts: Iterable[str]) -> str:
        return self._words["and"].join(parts)

    def _aside(self, text: str) -> str:
        return self._words["aside"].format(text) if text else ""

    def _say(self, name: str, **values: str) -> str:
        return self._words[name].format_map(values)


def _written(text: str) -> str:
    """Return a text as it is written in a file."""
    return f"'{text}'" if style(text) else text
