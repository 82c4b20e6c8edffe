"""A record begun with `new`, in which all is filled in that the draft asks for, has no later surprise in the check."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command_line import Run
from factpack.disk.project import Project
from factpack.run.workspace import open_workspace
from frozen import REPORT
from projects import LINXI

TEXT = LINXI / "texts" / f"{REPORT}.txt"
NAMES = {"name.zh": "溪口码头", "name.en": "Xikou Quay"}
CITED = {"evidence.document": REPORT, "evidence.paragraph": "13", "evidence.quote": "双碳企业营收78亿元"}
INDICATOR = {
    "name.zh": "双碳企业营收",
    "name.en": "Revenue",
    "concept": "ports",
    "description.zh": "收入。",
    "description.en": "Revenue.",
    "theme": "economy",
    "unit": "unt-cny-100m",
    "observations.period": "2031",
    "observations.status": "actual",
    "observations.value": "78",
    "observations.bound": "exact",
    "observations.period_basis": "heading",
} | {f"observations.{path}": value for path, value in CITED.items()}
COMPARED = {"observations.compared_to": "2030"}
WORDED = {path: value for path, value in INDICATOR.items() if path.split(".")[-1] not in ("value", "bound", "unit")}
FILLED = {
    "place": [NAMES | {"kind": "street"} | CITED],
    "term": [NAMES | {"definition.zh": "码头。", "definition.en": "A quay."} | CITED],
    "unit": [
        {**NAMES, "symbol.zh": "座", "symbol.en": "quays", "quantity": "count", "printed": "座"},
        {
            **NAMES,
            "symbol.zh": "万座",
            "symbol.en": "10,000 quays",
            "quantity": "count",
            "printed": "万座",
            "plain_unit": "unt-count",
            "factor": "10000",
        },
    ],
    "document": [
        {"title.zh": "码头", "title.en": "Quay", "publisher.zh": "区", "publisher.en": "District", "language": "zh-CN"}
        | more
        for more in (
            {"type": "news"},
            {"type": "report", "delivered_on": "2031-01-10", "url": "https://example.org/quay"},
        )
    ],
    "project": [
        {
            **NAMES,
            "description.zh": "码头。",
            "description.en": "A quay.",
            "theme": "transport",
            "kind": "road",
            **CITED,
            **{f"milestones.{path}": value for path, value in CITED.items()},
            "milestones.status": "actual",
            "milestones.period": "2031",
            **more,
        }
        for more in (
            {"milestones.stage": "completed"},
            {"milestones.stage": "recognised", "milestones.label.zh": "奖", "milestones.label.en": "A prize"},
        )
    ],
    "indicator": [
        INDICATOR | {"measure": "level", "timing": "flow"},
        INDICATOR | {"measure": "duration"},
        INDICATOR | {"measure": "share", "whole.zh": "全部", "whole.en": "All"},
        INDICATOR | {"measure": "rank", "among.zh": "各区", "among.en": "Districts"},
        *(
            INDICATOR | {"measure": each, "observations.compared_to": "2030"}
            for each in ("growth", "change", "multiple")
        ),
        INDICATOR | {"measure": "average_growth"},
        WORDED | {"measure": "level", "timing": "flow", "observations.claim": "rises"},
        WORDED
        | {"measure": "level", "timing": "flow", "observations.claim": "other"}
        | {"observations.statement.zh": "好", "observations.statement.en": "Good"},
        WORDED
        | {"measure": "level", "timing": "flow", "observations.claim": "keeps_pace"}
        | {"observations.claim_indicator": "ind-gdp"},
    ],
}
"""What a person may fill in, by record type: no more than what the draft asks for."""
TOLD = {"unverified-quote", "value-not-in-quote", "unfit-unit", "claim-not-in-quote", "subject-not-in-quote"}
TOLD |= {
    "shared-alias",
    "name-not-in-quote",
    "unit-mismatch",
    "duplicate-value",
    "ambiguous-quote",
    "bound-mismatch",
    "token-used-twice",
}
"""What is wrong with an example that stands for no passage: it is about the text, not about what was filled in."""
CHOSEN = {"plain_unit"}
"""Optional fields that make another one needed."""
CASES = [(kind, number) for kind, cases in FILLED.items() for number in range(len(cases))]


def asked(draft: str) -> tuple[set[str], set[str]]:
    """Return the paths of the fields that a draft leaves empty, and of those that it says are needed on a condition."""
    found: tuple[set[str], set[str]] = set(), set()
    above: list[tuple[int, str]] = []
    for line in draft.splitlines():
        told = re.match(r"( *)# ([a-z_]+): required (?:if|with)", line)
        entry = re.match(r"( *(?:- )?)([a-z_]+):(.*)", line)
        for is_told, match in ((True, told), (False, entry)):
            if match:
                indent = len(match[1])
                above = [each for each in above if each[0] < indent]
                path = ".".join([*(key for _, key in above), match[2]])
                if is_told:
                    found[1].add(path)
                else:
                    above.append((indent, match[2]))
                    found[0].update([path] if not match[3].strip() else [])
    return found


def test_every_record_type_is_tried(linxi: Path) -> None:
    assert set(FILLED) == set(open_workspace(Project(linxi)).schemas.kinds)


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_what_the_draft_asks_for_is_all_that_the_check_demands(
    linxi_copy: Path, run: Run, kind: str, number: int
) -> None:
    answers = FILLED[kind][number]
    prefix = open_workspace(Project(linxi_copy)).schemas.kinds[kind].prefix
    code, draft, err = run(linxi_copy, "new", kind, f"{prefix}-xikou-quay", "--stdout")
    assert code == 0, err
    empty, conditional = asked(draft)
    known = empty | conditional | CHOSEN
    for path in answers:
        assert any(path == each or path.startswith(f"{each}.") for each in known), path
    given = [word for path, value in answers.items() for word in ("--set", f"{path}={value}")]
    assert run(linxi_copy, "new", kind, f"{prefix}-xikou-quay", "--plain", *given)[0] == 0
    problems = json.loads(run(linxi_copy, "check", "--format", "json")[1])["problems"]
    own = [each for each in problems if each["path"].endswith(f"/{prefix}-xikou-quay.yaml")]
    assert [each for each in own if each["code"] not in TOLD] == []


@pytest.mark.parametrize(("lang", "words"), [("en", "required if measure is level"), ("zh", "measure 为 level 时必填")])
def test_a_draft_says_when_a_field_is_needed_in_both_languages(linxi: Path, run: Run, lang: str, words: str) -> None:
    assert f"# timing: {words}" in run(linxi, "new", "indicator", "ind-xikou-quay", "--stdout", lang=lang)[1]
