"""A draft of a new record comes from its schema: what it lacks is asked for, left empty, and refused if forgotten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import frozen
from command_line import in_process
from factpack.disk.project import Project
from factpack.edit.blank import UnknownPath, draft, questions, refusal, shortcuts, suggest
from factpack.edit.layout import lay_out
from factpack.edit.modeline import modeline
from factpack.problems import MANY
from factpack.schema import read
from factpack.schema.model import Kind
from factpack.schema.validate import Validator
from factpack.source import documents, marks
from factpack.table.derived import DERIVATIONS
from festivals import FESTIVAL

PROJECT = Project(frozen.root())
FILES = {**PROJECT.schemas(), "festival": json.dumps(FESTIVAL).encode()}
SCHEMAS = read.read(FILES, DERIVATIONS)
KINDS = {name: kind for name, kind in SCHEMAS.kinds.items() if name != "festival"}
ALL = pytest.mark.parametrize("kind", SCHEMAS.kinds.values(), ids=lambda kind: kind.name)


def flat(value: Any, path: str = "") -> list[tuple[str, str]] | None:
    """Return the values of a record by path as text; None where it has several parts of a kind, as no draft has."""
    found: list[tuple[str, str]] = []
    for key, each in value.items():
        at = f"{path}.{key}" if path else key
        items = each if isinstance(each, list) else [each]
        inner = [flat(item, at) if isinstance(item, dict) else [(at, shown(item))] for item in items]
        if (len(items) > 1 and isinstance(items[0], dict)) or None in inner:
            return None
        found += [pair for pairs in inner for pair in pairs or ()]
    return found


def shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


Real: TypeAlias = tuple[Kind, str, list[tuple[str, str]]]


def real() -> list[Real]:
    """Return the real records that a draft could be: (kind, id, values)."""
    found = []
    for kind in KINDS.values():
        for record in PROJECT.listing(kind.folder, kind.prefix)[0]:
            data = documents.load("x", PROJECT.read(f"sources/{kind.folder}/{record}.yaml")).data
            values = flat(data)
            if values is not None:
                found.append((kind, record, values))
    return found


REAL = real()
some_real = st.sampled_from(REAL)


def empties(raw: bytes) -> list[tuple[int, str]]:
    """Return line and path of each empty value of a file."""
    document = documents.load("x", raw)

    def at(value: Any, path: marks.Path) -> list[marks.Path]:
        steps = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
        return [path] if value is None else [inner for step, each in steps for inner in at(each, (*path, step))]

    found = at(document.data, ())
    return [(document.marks.at(path)[0], ".".join(str(s) for s in path if isinstance(s, str))) for path in found]


# ---- what is left empty


@ALL
@pytest.mark.parametrize("explain", [True, False])
def test_each_empty_value_of_a_draft_is_one_problem_at_its_line_and_there_is_no_other(
    kind: Kind, explain: bool, minimal: Path
) -> None:
    record = f"{kind.prefix}-new"
    layout = draft(kind, record, [], SCHEMAS, explain=explain)
    assert layout.problems == ()
    (minimal / "schemas" / "festival.schema.json").write_bytes(FILES["festival"])
    (minimal / "sources" / kind.folder).mkdir(exist_ok=True)
    path = f"sources/{kind.folder}/{record}.yaml"
    (minimal / path).write_bytes(layout.raw)
    told = [line.split(": ")[:2] for line in in_process(minimal, "check").stdout.splitlines()[::2]]
    assert {what for _, what in told} == {"error[no-value]"}
    assert [place.rpartition(":")[0] for place, _ in told] == [f"{path}:{line}" for line, _ in empties(layout.raw)]


@ALL
def test_questions_are_the_empty_values_in_their_order(kind: Kind) -> None:
    asked = questions(kind, f"{kind.prefix}-new", [], SCHEMAS)
    assert [each.path for each in asked] == [
        path for _, path in empties(draft(kind, f"{kind.prefix}-new", [], SCHEMAS).raw)
    ]


@settings(deadline=None)
@given(some_real, st.data())
def test_a_draft_with_some_values_misses_no_field_and_is_laid_out(real: Real, data: st.DataObject) -> None:
    kind, record, values = real
    given = [pair for pair in values if data.draw(st.booleans())]
    language = data.draw(st.sampled_from(["en", "zh"]))
    layout = draft(kind, record, given, SCHEMAS, language)
    path = f"sources/{kind.folder}/{record}.yaml"
    assert lay_out(path, layout.raw, kind.name, SCHEMAS) == layout
    problems = Validator(kind.name, SCHEMAS).problems(documents.load(path, layout.raw))
    assert "missing-field" not in {each.code for each in problems}
    asked = [each.path for each in questions(kind, record, given, SCHEMAS, language)]
    assert asked == [at for _, at in empties(layout.raw)]
    assert not {at for at, _ in given} & set(asked)


def test_a_draft_with_all_values_of_a_record_is_its_file() -> None:
    assert len(REAL) > 100
    for kind, record, values in REAL:
        layout = draft(kind, record, values, SCHEMAS, explain=False)
        assert layout.raw == PROJECT.read(f"sources/{kind.folder}/{record}.yaml")


@settings(deadline=None, max_examples=30)
@given(some_real)
def test_answering_the_questions_one_by_one_comes_to_an_end(real: Real) -> None:
    kind, record, values = real
    instead = ("claim", "locator")  # these stand for a value, and for paragraph and quote
    answers = {path: text for path, text in values if path.rpartition(".")[2] in instead}
    while asked := questions(kind, record, answers.items(), SCHEMAS):
        assert asked[0].path not in answers
        answers[asked[0].path] = dict(values)[asked[0].path]
    path = f"sources/{kind.folder}/{record}.yaml"
    document = documents.load(path, draft(kind, record, answers.items(), SCHEMAS).raw)
    assert Validator(kind.name, SCHEMAS).problems(document) == []


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        ("measure=rank", "among.zh"),
        ("measure=level", "timing"),
        ("measure=share", "whole.zh"),
        ("measure=growth", "observations.compared_to"),
        ("observations.claim=other", "observations.statement.zh"),
        ("observations.reading=damaged", "observations.note.en"),
    ],
)
def test_an_answer_can_bring_new_questions(answer: str, more: str) -> None:
    kind = SCHEMAS.kinds["indicator"]
    path, _, text = answer.partition("=")
    before, after = (questions(kind, "ind-x", given, SCHEMAS) for given in ([], [(path, text)]))
    assert more not in {each.path for each in before}
    assert more in {each.path for each in after}


def test_a_value_is_asked_for_unless_there_is_a_claim() -> None:
    kind = SCHEMAS.kinds["indicator"]
    plain = {each.path for each in questions(kind, "ind-x", [], SCHEMAS)}
    claimed = {each.path for each in questions(kind, "ind-x", [("observations.claim", "holds")], SCHEMAS)}
    assert {"observations.value", "observations.bound", "unit"} <= plain
    assert not {"observations.value", "observations.bound", "unit"} & claimed


# ---- what is said


def test_a_question_tells_what_a_person_needs_to_answer_it() -> None:
    asked = {each.path: each for each in questions(SCHEMAS.kinds["indicator"], "ind-x", [], SCHEMAS)}
    period = asked["observations.period"]
    assert (period.title, period.form) == ("Observations > Period", "such as 2025, 2025-06, 2021/2025")
    assert period.description.startswith("The period of the value")
    assert asked["observations.status"].choices == {"estimate": "Expected", "actual": "Actual", "target": "Target"}
    assert asked["observations.evidence.document"].form == "the ID of a record in “Source documents”: doc-…"
    assert [each.path for each in questions(SCHEMAS.kinds["unit"], "unt-x", [], SCHEMAS) if each.is_list] == ["printed"]


@ALL
@pytest.mark.parametrize("language", ["en", "zh"])
def test_comments_describe_every_field_in_the_language_with_its_vocabulary(kind: Kind, language: str) -> None:
    lines = draft(kind, f"{kind.prefix}-x", [], SCHEMAS, language).raw.decode("utf-8").splitlines()
    assert lines[0] == modeline("sources/x/y.yaml", kind.name)
    comments = "\n".join(line for line in lines if line.lstrip().startswith("#"))
    for field in kind.shape.fields.values():
        if field.get("x-role") not in ("id", "retired"):
            assert field["x-description"][language] in comments
            labels = [each["zh"] for each in field.get("x-labels", {}).values() if language == "zh"]
            named = [*field.get("enum", ()), *labels]
            if len(field.get("enum", ())) > MANY:
                named = [f"{len(field['enum'])} {'values of the field' if language == 'en' else '个取值'}"]
            assert all(each in comments for each in named)


def test_a_long_vocabulary_is_counted_and_a_short_one_named() -> None:
    field = SCHEMAS.kinds["indicator"].shape.fields["concept"]
    assert len(field["enum"]) > MANY
    lines = draft(SCHEMAS.kinds["indicator"], "ind-x", [], SCHEMAS).raw.decode("utf-8").splitlines()
    at = lines.index("concept:")
    assert lines[at - 2].startswith("# Concept: ")
    assert lines[at - 2].endswith("(such as gdp)")
    assert lines[at - 1].startswith(f"#   one of the {len(field['enum'])} values")


def test_what_is_given_needs_no_comment() -> None:
    kind, given = SCHEMAS.kinds["place"], [("kind", "lake"), ("name.zh", "湖"), ("name.en", "Lake")]
    given += [("evidence.document", "doc-a"), ("evidence.locator", "p. 1")]
    text = draft(kind, "plc-x", given, SCHEMAS).raw.decode("utf-8")
    assert [line for line in text.splitlines() if not line.lstrip().startswith("#")] == [
        *("id: plc-x", "name:", "  zh: 湖", "  en: Lake", "kind: lake"),
        *("evidence:", "  - document: doc-a", "    locator: p. 1"),
    ]
    assert "# Kind:" not in text
    assert draft(kind, "plc-x", given, SCHEMAS, explain=False).raw.count(b"#") == 1


def test_values_get_the_type_of_their_field_and_lists_take_several() -> None:
    values = [("printed", "亿元"), ("printed", "亿"), ("factor", "0.50"), ("name.en", "2025"), ("symbol.en", "")]
    record: Any = documents.load("x", draft(SCHEMAS.kinds["unit"], "unt-x", values, SCHEMAS).raw).data
    assert record["printed"] == ["亿元", "亿"]
    assert str(record["factor"]) == "0.50"
    assert (record["name"], record["symbol"]["en"]) == ({"zh": None, "en": "2025"}, None)


# ---- what is refused


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("path", "known"),
    [("nam.zh", "name"), ("name", "name.en"), ("name.fr", "name.zh"), ("evidence.0", "evidence.quote")],
)
def test_a_path_that_leads_to_no_value_is_refused_with_those_that_do(path: str, known: str, language: str) -> None:
    for ask in (draft, questions):
        with pytest.raises(UnknownPath) as told:
            ask(SCHEMAS.kinds["place"], "plc-x", [(path, "x")], SCHEMAS)  # type: ignore[operator]
        assert path in told.value.message(language)
        assert known in told.value.known


@pytest.mark.parametrize("text", [" x", "a\tb", "\u202e", "a\u0000"])
def test_a_value_that_no_file_can_hold_is_a_problem(text: str) -> None:
    assert draft(SCHEMAS.kinds["place"], "plc-x", [("name.zh", text)], SCHEMAS).problems


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Total imports and exports", "ind-total-imports-and-exports"),
        ("  Wuhan's GDP (2025), 100% – Café Zürich! ", "ind-wuhans-gdp-2025-100-cafe-zurich"),
        ("Straße №5", "ind-strasse-no5"),
        ("地区生产总值", ""),
        ("a" * 100, "ind-" + "a" * 76),
        ("word " * 30, "ind" + "-word" * 15),
    ],
)
def test_an_id_is_suggested_from_the_english_name(name: str, wanted: str) -> None:
    assert suggest(SCHEMAS.kinds["indicator"], name) == wanted


@given(st.text(max_size=200))
def test_a_suggested_id_can_be_used(name: str) -> None:
    kind = SCHEMAS.kinds["indicator"]
    found = suggest(kind, name)
    assert not found or refusal(kind, found, ()) == ""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("record", ["plc-x", "ind-", "ind-X", "ind-a--b", "ind-" + "a" * 77, "ind-é", "ind-a\n", ""])
def test_an_id_of_the_wrong_form_is_refused(record: str, language: str) -> None:
    assert "ind-" in refusal(SCHEMAS.kinds["indicator"], record, (), language)


def test_an_id_that_is_or_was_in_use_is_refused_whatever_its_case() -> None:
    kind, taken = SCHEMAS.kinds["indicator"], ["ind-gdp", "ind-gdp.2025.estimate", "ind-Trade"]
    assert refusal(kind, "ind-gdp", taken) == "the id ind-gdp is taken: an id is never used twice"
    assert refusal(kind, "ind-trade", taken, "zh") == "编号 ind-trade 已被占用：编号不可重复使用"
    assert refusal(kind, "ind-gdp-growth", taken) == ""


def test_shortcuts_lead_to_the_name_and_to_the_first_evidence() -> None:
    place = {"zh": "name.zh", "en": "name.en", "document": "evidence.document", "quote": "evidence.quote"}
    assert place.items() <= shortcuts(SCHEMAS.kinds["place"], SCHEMAS).items()
    assert shortcuts(SCHEMAS.kinds["indicator"], SCHEMAS)["paragraph"] == "observations.evidence.paragraph"
    assert shortcuts(SCHEMAS.kinds["document"], SCHEMAS) == {"zh": "title.zh", "en": "title.en"}
