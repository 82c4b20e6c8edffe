"""Whatever the loader accepts, a strict reader of YAML 1.2 in another language accepts too, and reads alike."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factpack.source.documents import load
from laws import fuzz
from projects import ROOT

NODE, PACKAGES = shutil.which("node"), ROOT / "tests" / "node_modules"
pytestmark = pytest.mark.skipif(
    NODE is None or not (PACKAGES / "yaml").is_dir(),
    reason="needs Node.js, and yaml from npm (npm ci --ignore-scripts --prefix tests)",
)
READER = Path(__file__).with_name("yaml_reader.mjs")
BEGINNINGS = ("a: ", "b:\n  ", "- a", "a: [", "a: {", "a: 'x", 'a: "x', "a:\n- ", "k: |-\n  ", "a: >-\n  ", "{", "{a: ")
MIDDLES = (
    *("a", "b", "武", "c: ", "- ", "? ", ": ", ":", ", ", ",", "[", "]", "{", "}", " #", "#", "'", '"', "''", "\\"),
    *(" ", "  ", "   ", "\n", "\n ", "\n  ", "\n    ", "\\n", "\\\n", "\r\n", "1", "2.5", "!", "&", "*", "?", "-"),
    *("---\n", "...\n", "--", "%", "@", "`", "<", "=", "~", "|-\n  x", "|2-\n   x", ">-\n  a\n   b", "|+\n  a\n\n"),
    *("a:b", "?a", "-a", ":a", "#a", "a#b", "x y", "k: v", "k: 'v'", '"k": v', '"k":v', "[a]", "{a: b}"),
)
ENDS = ("", "\n", "]", "}", "'", '"', "]\n", "}\n", "'\n", '"\n')


def texts(dice: fuzz.Dice, number: int) -> list[str]:
    """Return signs of YAML behind one another, and among them records with a few mutations."""
    made = []
    while len(made) < number:
        middle = "".join(dice.choice(MIDDLES) for _ in range(dice.randint(1, 9)))
        made.append(dice.choice(BEGINNINGS) + middle + dice.choice(ENDS))
        if len(made) % 10 == 0:
            made.append(fuzz.mutated(dice).decode("utf-8", "replace"))
    return [text for text in made if "\n#" not in text]  # that reader takes comments in the first column for text


def alike(ours: Any, theirs: Any) -> bool:
    """Say whether two values are the same; numbers in JavaScript are all of one type."""
    if isinstance(ours, dict):
        pairs = theirs.get("pairs") if isinstance(theirs, dict) else None
        return (
            pairs is not None and list(ours) == [key for key, _ in pairs] and all(alike(ours[k], v) for k, v in pairs)
        )
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(ours, (int, Decimal)) and not isinstance(ours, bool):
        return isinstance(theirs, (int, float)) and not isinstance(theirs, bool) and float(ours) == float(theirs)
    return type(ours) is type(theirs) and bool(ours == theirs)


def read_by_other(given: list[str]) -> list[Any]:
    said = subprocess.run([str(NODE), READER], input=json.dumps(given), capture_output=True, text=True, check=True)
    found: list[Any] = json.loads(said.stdout)
    return found


@pytest.mark.timeout(120)
def test_what_is_accepted_is_accepted_and_read_alike_by_another_reader(linxi: Path) -> None:
    dice = fuzz.Dice(3)
    dice.files = fuzz.seeds(linxi)
    accepted = {text: data for text in texts(dice, 20_000) if (data := load("x", text.encode()).data) is not None}
    assert len(accepted) >= 2_000
    theirs = read_by_other(list(accepted))
    refused = [text for text, value in zip(accepted, theirs, strict=True) if value is None]
    assert refused == []
    assert [
        text for (text, ours), each in zip(accepted.items(), theirs, strict=True) if not alike(ours, each["value"])
    ] == []


def test_a_value_of_another_type_or_order_is_not_alike() -> None:
    good = {"pairs": [["a", 1], ["b", [2.5, True, None]]]}
    assert alike({"a": 1, "b": [Decimal("2.5"), True, None]}, good)
    for other in ({"b": [Decimal("2.5"), True, None], "a": 1}, {"a": 1, "b": [2, True, None]}, {"a": True, "b": []}):
        assert not alike(other, good)
    assert not alike({"a": "1"}, {"pairs": [["a", 1]]})
