"""The decisions are numbered, say their rooms, and are found from the two lists at the top of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from projects import ROOT

PAGE = ROOT / "docs" / "decisions.md"
ROOMS = [
    *(
        "disk",
        "source",
        "schema",
        "text",
        "record",
        "edit",
        "check",
        "table",
        "history",
        "draft",
        "run",
        "package",
        "release",
    ),
    *("report", "site", "cli", "tests", "data", "words", "repository"),
]
BEGIN, END = "<!-- lists: begin -->\n", "<!-- lists: end -->\n"
HEADING = re.compile(r"^## (\d+)\. (.+)\n\n(\d{4}-\d\d-\d\d) · (.+)\n\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Decision:
    number: int
    title: str
    day: str
    rooms: list[str]

    def link(self) -> str:
        head = f"{self.number}. {self.title}"
        anchor = re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
        return f"[{head}](#{anchor})"


def decisions(text: str) -> list[Decision]:
    found = HEADING.findall(text.partition(END)[2])
    return [Decision(int(number), title, day, rooms.split(", ")) for number, title, day, rooms in found]


def lists(made: list[Decision]) -> str:
    """Return both lists: each room with its decisions, and all decisions in order."""
    rooms = [
        "\n".join([f"- **{room}**", *(f"  - {each.link()}" for each in made if room in each.rooms)]) for room in ROOMS
    ]
    order = [f"- {each.link()}" for each in made]
    return "\n".join(["## By room", "", *rooms, "", "## In order", "", *order]) + "\n\n"


def test_decisions_are_numbered_from_one_in_order_of_time() -> None:
    text = PAGE.read_text("utf-8").partition(END)[2]
    made = decisions(PAGE.read_text("utf-8"))
    assert len(made) == text.count("\n## ") > 0, "a heading is not followed by its date and rooms"
    assert [each.number for each in made] == list(range(1, len(made) + 1))
    assert [each.day for each in made] == sorted(each.day for each in made)


def test_decisions_name_rooms_that_exist() -> None:
    made = decisions(PAGE.read_text("utf-8"))
    assert {room for each in made for room in each.rooms} - set(ROOMS) == set()


def test_each_decision_says_what_and_why() -> None:
    parts = PAGE.read_text("utf-8").partition(END)[2].split("\n## ")[1:]
    assert parts
    for part in parts:
        assert re.search(r"^- \*\*What\.\*\* ", part, re.MULTILINE), part.partition("\n")[0]
        assert re.search(r"^- \*\*Why\.\*\* ", part, re.MULTILINE), part.partition("\n")[0]


def test_files_that_decisions_name_exist() -> None:
    """But for those of a decision that was replaced, whose files may be gone."""
    for part in PAGE.read_text("utf-8").partition(END)[2].split("\n## ")[1:]:
        if "*Replaced by* " not in part:
            named = re.findall(r"`([a-z_]+/[a-z_/]+\.[a-z]+)`", part)
            found = [
                name for name in named if (ROOT / name).exists() or (ROOT / "scripts" / "factpack" / name).exists()
            ]
            assert named == found, part.partition("\n")[0]


def test_both_lists_name_every_decision(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    shown, _, body = rest.partition(END)
    wanted = lists(decisions(text))
    if request.config.getoption("--write-expected"):
        PAGE.write_text(head + BEGIN + wanted + END + body, "utf-8")
    else:
        assert shown == wanted, "run this test with --write-expected"
