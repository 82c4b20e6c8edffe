"""The drafter says of 40 numbers of a report what a reader said before it saw them, but for the misses listed here.

README.md says how the numbers were drawn and read, and how many are drafted alike.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from cli.test_init import init
from command_line import in_process
from projects import ROOT

HERE = Path(__file__).parent
TEXT = Path(os.environ.get("FACTPACK_TEXTS", ROOT.parent / "shared" / "texts")) / "other" / "state-council-2012.txt"
DOCUMENT, FIRST_OF_TASKS = "doc-gwr-2012", 51
DESCRIBED = f"""id: {DOCUMENT}
title: {{zh: 2012年政府工作报告, en: Report on the Work of the Government 2012}}
publisher: {{zh: 国务院, en: State Council}}
type: report
coverage: partial
delivered_on: '2012-03-05'
language: zh-CN
url: https://example.org/2012.html
"""
Record = Mapping[str, Any]


class Miss(NamedTuple):
    """A field of a number that the drafter gives otherwise than the reader."""

    paragraph: int
    offset: int
    field: str
    drafted: Any


MISSES = [
    Miss(15, 190, "unit", None),  # 6398万农村人口: no word of counting
    Miss(18, 72, "timing", "flow"),  # 清洁能源发电装机达到
    Miss(19, 49, "quote", None),  # 植树造林9200多万亩 is a whole sentence
    Miss(31, 126, "timing", "flow"),  # 农民工总量, of which it says 比上年增长
    Miss(31, 151, "timing", "flow"),  # 外出农民工, likewise
    Miss(32, 100, "subject", ["全年人均"]),  # 提高企业退休人员基本养老金,全年人均增加1680元
    Miss(32, 106, "subject", ["全年人均"]),
    Miss(34, 104, "timing", "unstated"),  # 2343个县…开展…试点
    Miss(81, 35, "measure", "level"),  # 分别提高7.4元和16元
    Miss(81, 40, "measure", "level"),
    Miss(112, 94, "subject", ["质量的前提下"]),  # 保障性安居工程,在确保质量的前提下,基本建成500万套
]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[int, int], Record]:
    """The drafts by paragraph and offset, in a new project that has no record yet."""
    if not TEXT.is_file():
        pytest.skip(f"needs the report of 2012: {TEXT.name} in FACTPACK_TEXTS/other")
    root = tmp_path_factory.mktemp("unseen") / "mine"
    assert init(root, code="100000", area="plc-china").exit_code == 0
    document = root / "sources" / "documents" / f"{DOCUMENT}.yaml"
    document.write_text(DESCRIBED, "utf-8")
    proposed = in_process(root, "text", DOCUMENT, str(TEXT)).stdout
    bounds = re.findall(r"first: (\d+)\n +last: (\d+)", proposed)
    assert len(bounds) > 10
    document.write_text("".join((DESCRIBED, "sections:\n", *sections(bounds))), "utf-8")
    assert in_process(root, "verify", DOCUMENT, str(TEXT), "--accept").exit_code == 0
    assert in_process(root, "draft", DOCUMENT, str(TEXT)).exit_code == 0
    files = (root / "drafts" / DOCUMENT).glob("*.yaml")
    return {place(file): yaml.safe_load(file.read_text("utf-8")) for file in files}


def sections(bounds: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the sections that `text` proposes, named as a curator would."""
    for number, (first, last) in enumerate(bounds, 1):
        zh, en = ("2011年回顾", "Review of 2011") if int(first) < FIRST_OF_TASKS else ("2012年任务", "Tasks of 2012")
        yield f"  - label: {{zh: {zh}{number}, en: {en} {number}}}\n    first: {first}\n    last: {last}\n"


def place(file: Path) -> tuple[int, int]:
    paragraph, offset = file.stem.split("-")
    return int(paragraph), int(offset)


def alike(field: str, wanted: Any, found: Any) -> bool:
    """Say whether a drafted field is what the reader said."""
    if field == "subject":
        return any(one in other or other in one for one in wanted for other in found if other)
    if field == "timing":
        return not wanted or found in wanted
    return bool(found is not None and wanted == str(found))


def fields_of(read: Record, draft: Record) -> Iterator[tuple[str, Any, Any]]:
    """Yield what the reader and the drafter say of each field."""
    item = draft["observations"][0]
    for field in ("value", "bound", "status", "period"):
        yield field, read[field], item[field]
    yield "measure", read["measure"], draft["measure"]
    unit = item.get("unit", draft.get("unit"))
    yield "unit", "known", "known" if unit else None
    yield "timing", read["timing"], draft.get("timing")
    yield "quote", "proven", "proven" if all(each["quote"] for each in item["evidence"]) else None
    yield "subject", read["subjects"], [draft["name"]["zh"] or "", *(draft.get("aliases") or ())]


def test_every_number_is_drafted_as_it_was_read(drafted: Mapping[tuple[int, int], Record]) -> None:
    numbers = yaml.safe_load((HERE / "state-council-2012.yaml").read_text("utf-8"))
    assert len(numbers) == 40
    found = [
        Miss(*at, field, said)
        for read in numbers
        for at in [(read["paragraph"], read["offset"])]
        for field, wanted, said in fields_of(read, drafted[at])
        if not alike(field, wanted, said)
    ]
    assert found == MISSES
