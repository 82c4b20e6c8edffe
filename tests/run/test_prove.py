"""What was transcribed is proven once its text is there: what is written passes, and nothing means another fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import Run
from projects import LINXI, MINIMAL, assemble, replace, write_text_record
from transcribed import curate_in_part, proofs, transcribe

REVENUE = """\
id: ind-budget-revenue
name:
  zh: 一般公共预算收入
  en: General public budget revenue
concept: budget-revenue
description:
  zh: 临溪区的一般公共预算收入。
  en: General public budget revenue of Linxi District.
theme: finance
measure: level
timing: flow
unit: unt-cny-100m
observations:
  # what the accounts say
  - period: '2025'
    status: actual
    value: 21.35
    bound: exact
    period_basis: printed
    evidence:
      # the first row
      - document: doc-accounts
        # where it stands
        locator: page 1
        # by two people
        readings: 2
"""
TEXTS = sorted(path.stem for path in (LINXI / "texts").glob("*.txt"))
DOCUMENT = (MINIMAL.parent / "transcribed" / "sources" / "documents" / "doc-accounts.yaml").read_text("utf-8")


@pytest.fixture
def accounts(minimal: Path) -> Path:
    """A project in which two documents are curated: a report with a text, and accounts that were only transcribed."""
    curated = DOCUMENT + "coverage: partial\nsections:\n  - label: {zh: 全文, en: Whole}\n    first: 1\n    last: 1\n"
    (minimal / "sources" / "documents" / "doc-accounts.yaml").write_text(curated, "utf-8")
    write(minimal)
    return minimal


def write(root: Path) -> Path:
    """Write the record of a transcribed value."""
    path = root / "sources" / "indicators" / "ind-budget-revenue.yaml"
    path.write_text(REVENUE, "utf-8")
    return path


def add(path: Path, period: str) -> None:
    """Add a transcribed observation of another period with the same value."""
    more = REVENUE.partition("  - period")
    path.write_text(path.read_text("utf-8") + f"{more[1]}{more[2]}".replace("2025", period), "utf-8")


def prove(root: Path, run: Run, text: str, *options: str) -> tuple[int, str, str]:
    (root / "accounts.txt").write_text(text, "utf-8")
    return run(root, "--lang", "en", "verify", "doc-accounts", str(root / "accounts.txt"), "--prove", *options)


def test_a_quote_takes_the_place_of_a_locator_and_comments_stay(accounts: Path, run: Run) -> None:
    code, out, err = prove(accounts, run, "2025年，　一般公共预算收入２１.35 亿元，下降2.3%。\n")
    assert (code, out) == (0, "ind-budget-revenue.2025.actual: paragraph 1: 一般公共预算收入21.35亿元\n")
    assert "1 transcribed fact verified; 0 not" in err
    text = (accounts / "sources" / "indicators" / "ind-budget-revenue.yaml").read_text("utf-8")
    wanted = """\
    evidence:
      # the first row
      - document: doc-accounts
        # where it stands
        paragraph: 1
        # by two people
        quote: 一般公共预算收入21.35 亿元
"""
    assert text.endswith(wanted)
    assert "  # what the accounts say\n" in text
    code, out, err = run(accounts, "--lang", "en", "check")
    assert (code, "0 errors, 2 warnings" in err) == (0, True), out


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("一般公共预算收入21.53亿元。", ["no quote was found"]),
        ("一般公共预算收入超21.35亿元。", ["no quote was found"]),
        ("财政收入21.35亿元。", ["no quote was found"]),
        ("一般公共预算收入情况如下。完成21.35亿元。", ["no quote was found"]),
        ("完成21.35亿元，一般公共预算收入稳定。", ["no quote was found"]),
        ("一般公共预算收入稳步增长，地区生产总值达21.35亿元。", ["no quote was found"]),
        ("一般公共预算收入占地区生产总值比重稳定为21.35亿元。", ["no quote was found"]),
        (
            "一般公共预算收入21.35亿元。税收15亿元，一般公共预算收入增至21.35亿元。",
            ["may be meant", "occurs twice", "增至21.35亿元\n"],
        ),
        ("2024年一般公共预算收入21.35亿元。", ["another period"]),
        ("力争一般公共预算收入21.35亿元。", ["an aim"]),
        ("全年一般公共预算收入19亿元、税收21.35亿元。", ["another name"]),
        ("全年一般公共预算收入19亿元，税收21.35亿元。", ["another name"]),
        ("一般公共预算收入21.35亿元。", ["a whole sentence"]),
    ],
)
def test_what_may_mean_another_fact_is_listed_and_stays(text: str, listed: list[str], accounts: Path, run: Run) -> None:
    path = accounts / "sources" / "indicators" / "ind-budget-revenue.yaml"
    before = path.read_bytes()
    code, out, err = prove(accounts, run, f"{text}各项工作有序推进。\n")
    assert [each for each in listed if each not in out] == [], out
    assert path.read_bytes() == before
    assert code == 1
    assert "0 transcribed facts verified" in err
    code, out, _ = run(accounts, "--lang", "en", "check")
    assert (code, "warning[locator-with-text]" in out) == (0, True)


def test_two_facts_never_get_one_number(accounts: Path, run: Run) -> None:
    add(accounts / "sources" / "indicators" / "ind-budget-revenue.yaml", "2024")
    code, out, _ = prove(accounts, run, "一般公共预算收入21.35亿元，各项工作有序推进。\n")
    assert (code, out.count("another fact has this quote")) == (1, 2)


def test_a_number_that_a_verified_fact_uses_is_not_taken(accounts: Path, run: Run) -> None:
    text = "一般公共预算收入21.35亿元，各项工作有序推进。\n"
    assert prove(accounts, run, text)[0] == 0
    add(accounts / "sources" / "indicators" / "ind-budget-revenue.yaml", "2024")
    code, out, _ = prove(accounts, run, text)
    assert (code, out.count("another fact has this quote")) == (1, 1)


def test_as_many_passages_as_were_read_are_written_in_their_order(accounts: Path, run: Run) -> None:
    path = write(accounts)
    path.write_text(
        path.read_text("utf-8") + "      - document: doc-accounts\n        locator: page 9\n        readings: 1\n"
    )
    text = "一般公共预算收入21.35亿元，增势平稳。实现一般公共预算收入共21.35亿元，各项工作有序推进。\n"
    code, out, err = prove(accounts, run, text)
    assert (code, out.count("ind-budget-revenue.2025.actual: paragraph 1")) == (0, 2)
    assert "1 transcribed fact verified" in err


def test_prove_writes_and_check_does_not(accounts: Path, run: Run) -> None:
    code, _, err = prove(accounts, run, "一般公共预算收入21.35亿元。\n", "--check")
    assert (code, "--prove" in err) == (2, True)


def test_a_text_that_differs_is_refused_before_anything_is_written(minimal: Path, run: Run) -> None:
    (minimal / "other.txt").write_text("另一份报告。\n", "utf-8")
    before = {path: path.read_bytes() for path in minimal.rglob("*.yaml")}
    assert run(minimal, "verify", "doc-report", str(minimal / "other.txt"), "--prove")[0] == 1
    assert {path: path.read_bytes() for path in minimal.rglob("*.yaml")} == before


@pytest.mark.parametrize("document", TEXTS)
def test_what_is_proven_passes_and_stands_where_people_found_it(document: str, tmp_path: Path, run: Run) -> None:
    """A law: facts whose quotes were taken away get quotes of the same passages, or none."""
    root = assemble(tmp_path / "project", LINXI)
    transcribe(root, document)
    assert run(root, "check")[0] == 0
    run(root, "verify", document, str(LINXI / "texts" / f"{document}.txt"), "--prove")
    found = proofs(LINXI, root, document)
    assert found.wrong == []
    assert found.observations >= 0.8 * (found.observations + found.left)
    curate_in_part(root, document)
    code, out, _ = run(root, "--lang", "en", "check")
    assert code == 0, out
    assert set(re.findall(r"warning\[([a-z-]+)\]", out)) <= {"locator-with-text", "uncovered-number"}


def test_a_text_record_can_be_written_for_what_was_proven(accounts: Path, run: Run) -> None:
    text = "一般公共预算收入21.35亿元，各项工作有序推进。\n"
    assert prove(accounts, run, text)[0] == 0
    proven = (accounts / "sources" / "texts" / "doc-accounts.json").read_bytes()
    (accounts / "sources" / "texts" / "doc-accounts.json").unlink()
    write_text_record(accounts, "doc-accounts", text)
    assert (accounts / "sources" / "texts" / "doc-accounts.json").read_bytes() == proven


def test_a_document_with_a_text_needs_quotes_once_all_of_it_is_curated(accounts: Path, run: Run) -> None:
    prove(accounts, run, "财政收入21.35亿元。各项工作有序推进。\n")
    replace(accounts / "sources" / "documents" / "doc-accounts.yaml", "coverage: partial\n", "")
    code, out, _ = run(accounts, "--lang", "en", "check")
    assert (code, "error[locator-with-text]" in out) == (1, True)
