"""Cautions and differences of targets in words."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

import frozen
from factpack.package.targets import amount, cautions, difference
from factpack.words import texts
from projects import ROOT


def test_several_cautions_are_one_text() -> None:
    assert cautions("base_revised;changed_later", "zh") == "基数后来有修订；后来有更正或调整"
    assert cautions("basis_unstated", "en") == "how it is calculated is not stated"


def test_every_caution_has_words() -> None:
    caution = json.loads((ROOT / "schemas" / "defs.schema.json").read_text("utf-8"))["$defs"]["caution"]
    assert set(re.findall(r"[a-z]+_[a-z]+", caution["pattern"])) == set(texts("package", "cautions"))


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (1200, "1200", "1,200"),
        (12000, "1.2万", "12,000"),
        (320000000, "3.2亿", "320 million"),
        (Decimal("0.40"), "0.40", "0.40"),
    ],
)
def test_an_amount_has_the_scale_words_of_its_language(number: int | Decimal, zh: str, en: str) -> None:
    assert (amount(number, "zh"), amount(number, "en")) == (zh, en)


def row(value: object, unit: str = "unt-person", plain: str = "unt-person", bound: str = "exact") -> dict[str, object]:
    shown = {"display_zh": "至少1.6万人", "display_en": "at least 16,000 persons", "outcome_bound": bound}
    return {"outcome_difference": value, "outcome_difference_unit_id": unit, "plain_unit_id": plain, **shown}


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        (row(2123), "+2123人", "+2,123 persons"),
        (row(-3), "−3人", "−3 persons"),
        (row(Decimal("-0.4"), "unt-percentage-point", "unt-percent"), "−0.4个百分点", "−0.4 percentage points"),
        (row(2, "unt-count", "unt-count"), "+2", "+2"),
        (row(-2000, bound="over"), "", ""),
        (row(2000, bound="at_least"), "", ""),
        (row(-2000, bound="at_most"), "", ""),
        (row(0), "", ""),
        (row(None), "", ""),
    ],
)
def test_a_difference_is_signed_and_has_the_unit_that_its_target_shows(
    found: dict[str, object], zh: str, en: str
) -> None:
    package = frozen.package()
    assert (difference(package, found, "zh"), difference(package, found, "en")) == (zh, en)  # type: ignore[arg-type]
