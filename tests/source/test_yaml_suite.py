"""The loader against yaml-test-suite, in which the authors of YAML's readers wrote down what documents mean.

It is not in the repository; the environment variable FACTPACK_JUDGES names the folder that holds it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from factpack.source.documents import load
from projects import ROOT

FOLDER = Path(os.environ.get("FACTPACK_JUDGES", ROOT.parent / "shared" / "judges")) / "yaml-test-suite"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="needs yaml-test-suite: set FACTPACK_JUDGES to the folder above it"
)
_SIGNS = {"␣": " ", "↵": "", "←": "\r", "⇔": "\ufeff"}
"""What the suite writes for characters that do not show, besides tabs and a last line without an end."""


class Case(NamedTuple):
    """A document, and what it means: None if it is an error or means several documents or none."""

    name: str
    text: str
    error: bool
    meaning: str | None


def cases() -> Iterator[Case]:
    """Yield each document of the suite; those after the first of a file say only what differs."""
    for path in sorted(FOLDER.glob("*.yaml")):
        known: dict[str, Any] = {}
        for number, each in enumerate(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)):
            known = {**known, "fail": False, **each}
            yield Case(f"{path.stem}-{number}", shown(known["yaml"]), known["fail"], known.get("json"))


def shown(text: str) -> str:
    for sign, meant in _SIGNS.items():
        text = text.replace(sign, meant)
    return re.sub("—*»", "\t", text).removesuffix("∎\n")


def test_whatever_is_accepted_means_what_the_suite_says() -> None:
    accepted = {case: data for case in cases() if (data := load("x", case.text.encode()).data) is not None}
    assert len(accepted) >= 40
    assert [case.name for case in accepted if case.error] == []
    for case, data in accepted.items():
        assert case.meaning is not None, case.name
        meant = json.loads(case.meaning, parse_float=Decimal)
        assert (data, types(data)) == (meant, types(meant)), case.name


def types(value: Any) -> Any:
    """Return the types of what is in a value: to Python 1, 1.0 and true are equal."""
    if isinstance(value, dict):
        return {key: types(each) for key, each in value.items()}
    return [types(each) for each in value] if isinstance(value, list) else type(value)
