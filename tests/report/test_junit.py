"""JUnit XML: files that pass are counted, a file fails once, warnings are output, and readers of CI systems take it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given

from factpack.problems import Problem
from factpack.report.junit import junit
from report.problem_lists import LISTED, PATHS, known, languages, problems

KNOWN = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "system-out": set(),
}
"""Elements and their attributes, all of them in the schema of Jenkins' xUnit plugin (junit-10.xsd)."""
INSIDE = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "system-out"},
    "failure": set(),
    "system-out": set(),
}


def suites(listed: list[Problem], strict: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(junit(listed, PATHS, "en", strict).encode("utf-8"))


def test_files_without_problems_are_cases_that_pass() -> None:
    found = suites([])
    assert (found.get("tests"), found.get("failures"), found.get("errors")) == ("3", "0", "0")
    assert {each.get("name"): each.get("tests") for each in found} == {"sources/places": "2", "sources/units": "1"}
    cases = [(case.get("classname"), case.get("name"), len(case)) for case in found.iter("testcase")]
    assert cases == [
        ("sources.places", "sources/places/plc-linxi.yaml", 0),
        ("sources.places", "sources/places/plc-right.yaml", 0),
        ("sources.units", "sources/units/unt-set.yaml", 0),
    ]


def test_a_file_with_errors_is_one_failure_that_tells_them_all() -> None:
    found = suites(LISTED)
    assert found.get("failures") == "3"
    (failure,) = found.findall("./testsuite/testcase[@name='sources/places/plc-linxi.yaml']/*")
    assert failure.tag == "failure"
    assert failure.attrib == {"type": "missing-field", "message": "the field 'kind' is missing"}
    assert (failure.text or "").count("plc-linxi.yaml:") == 4


def test_a_file_that_is_no_record_is_a_case_of_its_folder() -> None:
    found = suites([known("sources/package.yaml", 1, 1, "tab"), known("schemas", 1, 1, "schema-missing")])
    assert [each.get("name") for each in found][2:] == ["sources", "schemas"]
    assert found.get("tests") == "5"


@pytest.mark.parametrize(
    ("code", "strict", "tag", "failures"),
    [
        ("editions-unknown", False, "system-out", "0"),
        ("editions-unknown", True, "failure", "1"),
        ("unverified-quote", True, "system-out", "0"),
        ("uncovered-number", True, "system-out", "0"),
    ],
)
def test_a_warning_is_output_of_a_case_that_passes_unless_warnings_block(
    code: str, strict: bool, tag: str, failures: str
) -> None:
    found = suites([replace(known(PATHS[-1], 2, 10, code), severity="warning")], strict)
    assert found.get("failures") == failures
    assert [part.tag for part in found.iter() if len(part) == 0 and part.tag != "testcase"] == [tag]


def test_a_warning_beside_an_error_is_told_too() -> None:
    warning = replace(known(PATHS[2], 1, 1, "tab"), severity="warning")
    parts = suites([warning, known(PATHS[2], 2, 1, "tab")]).findall("./testsuite/testcase/*")
    assert [(part.tag, (part.text or "").count("[tab]")) for part in parts] == [("failure", 1), ("system-out", 1)]


@given(listed=problems, language=languages)
def test_any_problems_give_what_the_readers_of_ci_systems_demand(listed: list[Problem], language: str) -> None:
    found = ElementTree.fromstring(junit(listed, PATHS, language).encode("utf-8"))
    for each in found.iter():
        assert set(each.attrib) == KNOWN[each.tag]
        assert {part.tag for part in each} <= INSIDE[each.tag]
        assert len({part.tag for part in each}) == len(each) or each.tag.startswith("testsuite")
    for each in (found, *found):
        cases = list(each.iter("testcase"))
        assert int(each.get("tests", "")) == len(cases)
        assert int(each.get("failures", "")) == sum(case.find("failure") is not None for case in cases)
    names = [(case.get("classname"), case.get("name")) for case in found.iter("testcase")]
    assert len(set(names)) == len({*PATHS, *(each.path for each in listed)})
