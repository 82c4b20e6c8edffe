"""Comments by which editors find a schema: one that names another is found wherever and however it stands."""

from __future__ import annotations

import pytest

from factpack.check.modelines import foreign_schema
from factpack.edit.layout import modeline

PATH = "sources/places/plc-a.yaml"
OWN = modeline(PATH, "place")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{OWN}\nid: plc-a\n", []),
        (f"{OWN}\r\nid: plc-a\n", []),
        ("id: plc-a\n", []),
        (f"id: plc-a\n{OWN}\n", [2]),
        (f"{OWN.upper()}\nid: plc-a\n", [1]),
        (f"{OWN}\nid: plc-a\n# YAML-Language-Server: $schema=https://example.org\n", [3]),
        (f"{OWN}\n#$\u017fchema: https://example.org\nnote: yaml.\u017fchema\u017f\n", [2, 3]),
        (f"{OWN}\nnote: a yaml file and its schema\n", []),
    ],
)
def test_only_the_first_line_may_name_a_schema_and_only_its_own(text: str, lines: list[int]) -> None:
    assert [each.line for each in foreign_schema(PATH, text.encode(), "place")] == lines
