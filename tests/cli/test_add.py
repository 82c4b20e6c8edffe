"""One more observation, milestone or piece of evidence of a record; what would not pass the check is not written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from command_line import Ended, Run
from frozen import REPORT
from projects import LINXI, replace, tree

TEXT = LINXI / "texts" / f"{REPORT}.txt"
GDP = "sources/indicators/ind-gdp.yaml"
QUOTE = "地区生产总值突破310亿元"
ESTIMATE = f"""\
  - period: '2025'
    status: estimate
    value: 310
    bound: over
    period_basis: heading
    evidence:
      - document: {REPORT}
        paragraph: 9
        quote: 预计地区生产总值突破310亿元
"""


@pytest.fixture
def without(linxi_copy: Path) -> Path:
    """The project without the GDP of 2025; a comment stands in its place."""
    replace(linxi_copy / GDP, ESTIMATE, "  # 2025 is still missing\n")
    shutil.rmtree(linxi_copy / "build")
    return linxi_copy


def add(run: Run, root: Path, item: str, paragraph: int, quote: str, *more: str, lang: str = "en") -> Ended:
    return run(
        root, "add", item, "--document", REPORT, "--paragraph", str(paragraph), "--quote", quote, *more, lang=lang
    )


def test_an_observation_is_filled_from_sentence_and_record_and_passes_the_check(without: Path, run: Run) -> None:
    code, out, err = add(run, without, "ind-gdp", 9, QUOTE, "--text", str(TEXT))
    assert (code, err) == (0, "Added: ind-gdp.2025.estimate\n")
    added = ESTIMATE.replace("预计地区", "地区")
    assert [line[1:] for line in out.splitlines() if line.startswith("+  ")] == added.splitlines()
    text = (without / GDP).read_text("utf-8")
    assert added in text
    assert "  # 2025 is still missing\n" in text
    assert run(without, "check", "--strict", "--against", "build")[0] in (0, 2)
    assert run(without, "check")[0] == 0
    assert run(without, "fmt", "--check")[0] == 0


@pytest.mark.parametrize("named", [True, False])
def test_without_the_text_the_quote_is_to_be_verified(
    named: bool, without: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of texts without that of the document is as none."""
    monkeypatch.setenv("FACTPACK_TEXTS", str(tmp_path)) if named else monkeypatch.delenv("FACTPACK_TEXTS", False)
    code, out, err = add(run, without, "ind-gdp", 9, QUOTE, "--set", "status=estimate")
    assert code == 0
    assert "warning[unverified-quote]" in out
    assert "run factpack verify" in err
    assert run(without, "check", "--pull-request")[0] == 0
    assert run(without, "verify", REPORT, str(TEXT))[0] == 0
    assert run(without, "check")[0] == 0


def test_a_dry_run_writes_nothing(without: Path, run: Run) -> None:
    before = tree(without)
    code, out, err = add(run, without, "ind-gdp", 9, QUOTE, "--text", str(TEXT), "--dry-run")
    assert (code, "value: 310" in out, tree(without) == before) == (0, True, True)
    assert err == "Nothing was written; this would be added: ind-gdp.2025.estimate\n"


def test_json_tells_what_was_added(without: Path, run: Run) -> None:
    code, out, _ = add(run, without, "ind-gdp", 9, QUOTE, "--text", str(TEXT), "--format", "json")
    found = json.loads(out)
    assert (code, found["path"], found["id"], found["field"]) == (0, GDP, "ind-gdp.2025.estimate", "observations")
    assert (found["written"], found["problems"]) == (True, [])
    assert (found["added"]["value"], found["added"]["bound"]) == (310, "over")


def test_the_text_is_found_in_the_folder_of_texts(without: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTPACK_TEXTS", str(TEXT.parent))
    assert add(run, without, "ind-gdp", 9, QUOTE)[2] == "Added: ind-gdp.2025.estimate\n"


# ---- evidence


def test_the_id_of_an_observation_gets_one_more_piece_of_evidence(without: Path, run: Run) -> None:
    code, out, err = add(
        run, without, "ind-gdp.2024.actual", 9, "2024年地区生产总值首次突破290亿元", "--text", str(TEXT)
    )
    assert (code, err) == (0, "Added: ind-gdp.2024.actual\n")
    assert out.count("+      - document: ") == 1
    assert run(without, "check")[1].count("error") == run(without, "check")[1].count("uncovered-number")


def test_a_record_without_observations_gets_evidence_itself(linxi_copy: Path, run: Run) -> None:
    shutil.rmtree(linxi_copy / "build")
    code, _, err = add(run, linxi_copy, "plc-linxi-lake-park", 13, "临溪湖公园日均接待", "--text", str(TEXT))
    assert (code, err) == (0, "Added: plc-linxi-lake-park\n")
    assert run(linxi_copy, "check")[0] == 0


# ---- milestones


MILESTONE = f"""\
  - stage: opened
    status: actual
    period: '2025'
    evidence:
      - document: {REPORT}
        paragraph: 15
        quote: 青石路北段建成通车，湖滨
"""


def test_a_milestone_has_the_stage_that_the_quote_tells_or_that_is_said(linxi_copy: Path, run: Run) -> None:
    shutil.rmtree(linxi_copy / "build")
    path = linxi_copy / "sources/projects/prj-qingshi-road-north.yaml"
    before = path.read_text("utf-8")
    replace(path, MILESTONE, "")
    given = (linxi_copy, path.stem, 15, "青石路北段建成通车，湖滨", "--text", str(TEXT))
    code, _, err = add(run, *given)
    assert (code, "the quote may tell several stages: completed, opened" in err) == (2, True)
    assert add(run, *given, "--set", "stage=opened")[2] == f"Added: {path.stem}.2025.opened.actual\n"
    assert path.read_text("utf-8") == before
    assert run(linxi_copy, "check")[0] == 0


# ---- what is refused


REFUSED = [
    ("ind-gdp.2024.actual", 9, "地区生产总值首次突破290", "cut-token"),
    ("ind-gdp", 9, "税收占比八成以上", "no number in the quote can be of this record"),
    ("ind-gdp", 9, "地区生产总值突破410亿元", "the quote is in no paragraph"),
    ("ind-gdp", 8, QUOTE, "the quote is not in paragraph 8, but in: 9"),
    ("ind-gdp", 999, QUOTE, "has no paragraph 999"),
    ("ind-nothing", 9, QUOTE, "there is no record ind-nothing"),
    ("ind-gdp.2031.target", 9, QUOTE, "no such observation"),
    ("ind-gdp", 9, " ", "the quote is empty"),
    ("ind-gdp", 9, "亿元", "the quote stands more than once in paragraph 9"),
    ("../gdp", 9, QUOTE, "there is no record ../gdp in sources/"),
]


@pytest.mark.parametrize(("item", "paragraph", "quote", "why"), REFUSED)
def test_what_would_not_pass_is_refused_and_nothing_is_written(
    without: Path, run: Run, item: str, paragraph: int, quote: str, why: str
) -> None:
    before = tree(without)
    for language in ("en", "zh"):
        code, out, err = add(run, without, item, paragraph, quote, "--text", str(TEXT), lang=language)
        assert code in (1, 2)
        assert language == "zh" or why in out + err
        assert tree(without) == before


def test_a_number_of_another_record_is_refused(linxi_copy: Path, run: Run) -> None:
    shutil.rmtree(linxi_copy / "build")
    code, out, _ = add(
        run,
        linxi_copy,
        "ind-urban-jobs-created",
        18,
        "城镇新增就业1.8万人",
        "--text",
        str(TEXT),
        "--set",
        "period=2024",
    )
    assert (code, "token-used-twice" in out) == (1, True)


def test_a_number_that_is_put_off_must_be_taken_out_of_the_waivers_first(without: Path, run: Run) -> None:
    path = without / f"sources/documents/{REPORT}.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("waivers:\n", "waivers:\n  - paragraph: 9\n    token: 310亿元\n    reason: later\n", 1), "utf-8"
    )
    code, out, _ = add(run, without, "ind-gdp", 9, QUOTE, "--text", str(TEXT))
    assert (code, "error[unused-waiver]" in out) == (1, True)


def test_a_field_that_there_is_not_is_named_with_those_that_there_are(without: Path, run: Run) -> None:
    code, _, err = add(run, without, "ind-gdp", 9, QUOTE, "--text", str(TEXT), "--set", "sttus=actual")
    assert (code, "sttus" in err, "status" in err) == (2, True, True)
    assert add(run, without, "ind-gdp", 9, QUOTE, "--set", "status")[0] == 2


def test_a_text_that_differs_is_refused(without: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "report.txt"
    other.write_text(TEXT.read_text("utf-8").replace("突破310亿元", "突破320亿元"), "utf-8")
    before = tree(without)
    code, out, err = add(run, without, "ind-gdp", 9, QUOTE, "--text", str(other))
    assert (code, out, tree(without) == before) == (1, f"{REPORT} paragraph 9: changed\n", True)
    assert "run factpack verify first" in err


def test_an_id_that_another_document_has_is_qualified(linxi_copy: Path, run: Run) -> None:
    shutil.rmtree(linxi_copy / "build")
    half, text = "doc-linxi-half-year-2025", LINXI / "texts" / "doc-linxi-half-year-2025.txt"
    arguments = ("add", "ind-gdp", "--document", half, "--paragraph", "2", "--quote", "地区生产总值148.2亿元")
    given = ("--set", "period=2024", "--set", "shared=true", "--dry-run", "--format", "json", "--text", str(text))
    found = json.loads(run(linxi_copy, *arguments, *given)[1])
    assert (found["id"], found["added"]["qualified"]) == ("ind-gdp.2024.actual.linxi-half-year-2025", True)
