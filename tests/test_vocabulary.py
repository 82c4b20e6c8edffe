"""What a person reads uses the words of the glossary: errors, help, pages, and the texts of schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import frozen
from factpack.words import LANGUAGES
from projects import ROOT

NOT_USED: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "tests" / "words_not_used.yaml").read_text("utf-8"))
BETTER = [(language, word) for language in LANGUAGES for word in NOT_USED[language]]
PROGRAM = ROOT / "scripts" / "factpack"


def foreign(text: str, language: str, word: str) -> list[str]:
    """Return where a text has a word, outside code spans, values, tags and names of files."""
    prose = re.sub(r"`[^`\n]+`|<[^>\n]+>|\{+[^}\n]*\}+|\S+[.]json\b", "", text)
    return re.findall(rf"\b(?:{word})\b" if language == "en" else word, prose, re.IGNORECASE)


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a language that a person reads, with its place."""
    data = (PROGRAM / "draft" / "standard_indicators.yaml", *sorted((PROGRAM / "edit" / "units").iterdir()))
    for path in (PROGRAM / "codes.yaml", *sorted(PROGRAM.glob("*/words.yaml")), *data):
        yield from _texts(yaml.safe_load(path.read_text("utf-8")), language, path.relative_to(PROGRAM).as_posix())
    for path in (*sorted((ROOT / "schemas").glob("*.json")), *sorted(PROGRAM.glob("draft/*.json"))):
        yield from _texts(json.loads(path.read_bytes()), language, path.name)
    for path in sorted((PROGRAM / "site" / "templates").glob(f"*.{language}.html.j2")):
        yield path.name, path.read_text("utf-8")


def _texts(node: Any, language: str, place: str) -> Iterator[tuple[str, str]]:
    """Yield the texts in both languages that are anywhere in a file."""
    if isinstance(node, dict) and isinstance(node.get(language), str):
        yield place, node[language]
    for key, each in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from _texts(each, language, f"{place} {key}")


@pytest.mark.parametrize(("language", "word"), BETTER)
def test_no_text_has_a_word_for_which_there_is_a_better_one(language: str, word: str) -> None:
    found = [f"{place}: {text}" for place, text in texts(language) if foreign(text, language, word)]
    assert found == [], f"write: {NOT_USED[language][word]}"


def test_texts_are_found_where_they_are() -> None:
    for language in LANGUAGES:
        places = [place.split()[0] for place, _ in texts(language)]
        assert {"codes.yaml", "cli/words.yaml", "site/words.yaml", "indicator.schema.json"} <= set(places)
        assert f"method.{language}.html.j2" in places
        assert len(places) > 1000


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("each number is accounted for", "en", "accounted for"),
        ("a value that is Proven", "en", "prove[sn]?"),
        ("correct the bound of `bound`", "en", "bounds?|bound words?"),
        ("请给出证据", "zh", "证据"),
        ("限定与范围", "zh", "界词|限定(?!词)"),
    ],
)
def test_a_word_that_is_not_used_would_be_found(text: str, language: str, word: str) -> None:
    assert len(foreign(text, language, word)) == 1


@pytest.mark.parametrize(("text", "word"), [("`waivers`", "waive[srd]?|waivers?|waiving"), ("improve", "prove[sn]?")])
def test_a_name_in_a_code_span_and_a_part_of_a_word_may_stand(text: str, word: str) -> None:
    assert foreign(text, "en", word) == []


# ---- titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_names_one_column_of_a_table_and_one_table(language: str) -> None:
    tables = frozen.package().tables
    for name, table in tables.items():
        titles = [field.title[language] for field in table.fields]
        assert [each for each in titles if titles.count(each) > 1] == [], name
    named = [table.title[language] for table in tables.values()]
    assert len(set(named)) == len(named)


def test_a_title_of_a_table_is_that_of_many() -> None:
    plural = {name: table.title["en"] for name, table in frozen.package().tables.items()}
    one = {name for name, title in plural.items() if not title.split(" of ")[0].endswith("s")}
    assert one == {"defects", "evidence", "furniture", "units_printed"}, "these have no plural"


def test_provisional_means_before_the_end_of_the_period_when_the_report_was_delivered() -> None:
    field = next(each for each in frozen.package().tables["observations"].fields if each.name == "provisional")
    assert "作报告时" in field.description["zh"]
    assert "delivered" in field.description["en"]
