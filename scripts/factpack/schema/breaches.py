"""What a schema does that the rules for schemas do not allow, in words of both languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from factpack.words import LANGUAGES, Both, texts

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

MARK = {"en": ": ", "zh": "："}
"""What stands between a rule and what breaks it."""
SHOWN = 60
"""Characters of a value that a sentence shows."""


def words_of(key: str, **values: object) -> dict[str, str]:
    """Return a sentence about a schema as values of a problem; `key` is that of the room's words."""
    said: Both = texts("schema", "breaches")[key]
    return {f"words_{each}": said[each].format(**values) for each in LANGUAGES}


def unread_json(said: str = "") -> dict[str, str]:
    """Return why a file is no JSON, by what Python says of it, as values of a problem."""
    known = texts("schema", "json")
    why = known.get(said) or known["other"]
    return {f"words_{each}": why[each] for each in LANGUAGES}


def form_like(example: str) -> dict[str, str]:
    """Return that a value is written like an example, as values of a problem."""
    form = texts("schema", "forms")["example"]
    return {f"form_{each}": form[each].format(example=example) for each in LANGUAGES}


def breach(error: ValidationError) -> dict[str, str]:
    """Return what an error of a schema says, as values of a problem."""
    wanted, value = error.validator_value, error.instance
    match error.validator:
        case "additionalProperties":
            extra = [key for key in value if key not in error.schema.get("properties", {})]
            return words_of("keyword", names=", ".join(extra))
        case "required":
            return words_of("required", names=", ".join(key for key in wanted if key not in value))
        case "dependentRequired":
            pairs = [(key, other) for key, others in wanted.items() for other in others]
            name, other = next((name, other) for name, other in pairs if name in value and other not in value)
            return words_of("dependent", name=name, other=other)
        case "type":
            types = [texts("schema", "types")[each] for each in ([wanted] if isinstance(wanted, str) else wanted)]
            kinds = {each: " / ".join(one[each] for one in types) for each in LANGUAGES}
            said = texts("schema", "breaches")["type"]
            return {f"words_{each}": said[each].format(value=_shown(value), kind=kinds[each]) for each in LANGUAGES}
        case "enum" | "const":
            return words_of("value", value=_shown(value), allowed=_shown(wanted))
        case "pattern" | "not" if "x-description" in error.schema:
            said = error.schema["x-description"]
            return {f"words_{each}": f"{said[each]}{MARK[each]}{value}" for each in LANGUAGES}
        case "pattern":
            return words_of("name", value=_shown(value))
        case "minItems" | "minLength":
            return words_of("empty")
        case "uniqueItems":
            return words_of("repeated")
    return words_of("other", value=_shown(value))


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
