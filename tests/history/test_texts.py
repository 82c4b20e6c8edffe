"""Text fingerprints that are not as the base of a pull request has them: told, whoever changed them and however."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

import pytest

from command_line import Run, called, in_process
from factpack.disk.project import Project
from factpack.history.editions import Edition
from factpack.history.texts import text_problems
from factpack.text.text_record import Text, decode, digest, encode, label
from factpack.text.token import normal_form
from factpack.words import LANGUAGES
from projects import MINIMAL, git, moved_inside, replace, write_text_record

RECORD = "sources/texts/doc-report.json"
GDP = "sources/indicators/ind-gdp.yaml"
TEXT = MINIMAL / "texts" / "doc-report.txt"
REQUEST = ("check", "--no-cache", "--pull-request", "--against", "HEAD", "--format", "json")


def told(root: Path, *options: str) -> list[str]:
    """Return what a pull request is told of fingerprints, and make sure that it is told nothing else."""
    ended = in_process(root, *REQUEST, *options)
    problems = json.loads(ended.stdout)["problems"]
    assert {each["code"] for each in problems} <= {"text-record-changed"}
    assert {each["severity"] for each in problems} <= {"error"}
    assert ended.exit_code == (1 if problems else 0)
    return [each["message"].partition(" changed: ")[2] for each in problems]


def edit(root: Path, how: Callable[[Text], Text]) -> None:
    path = root / RECORD
    path.write_bytes(encode(how(decode(path.read_bytes()))))


def forge(root: Path) -> None:
    """Let a record and the fingerprints say what the text does not: 910 for 210."""
    replace(root / GDP, "value: 210\n", "value: 910\n")
    replace(root / GDP, "生产总值突破210亿元", "生产总值突破910亿元")
    replace(root / "sources/indicators/ind-gdp-growth.yaml", "突破210亿元", "突破910亿元")
    replace(
        root / RECORD,
        '"text": "210亿元", "kind": "quantity", "value": "210"',
        '"text": "910亿元", "kind": "quantity", "value": "910"',
    )
    for quote in ("2025年，全区地区生产总值突破{}10亿元", "地区生产总值突破{}10亿元，增长5.5%"):
        old, new = (digest(normal_form(quote.format(figure))) for figure in (2, 9))
        replace(root / RECORD, old, new)


def test_two_edited_lines_that_make_a_wrong_value_look_right_are_told(published: Path) -> None:
    forge(published)
    assert in_process(published, "check", "--no-cache", "--strict").exit_code == 0, "nothing else can notice it"
    assert told(published) == [
        "paragraph 2: 1 number added (910亿元), 1 number removed (210亿元), 2 quotes added, 2 quotes removed"
    ]


def test_the_first_line_that_differs_is_named(published: Path) -> None:
    line = next(n for n, each in enumerate((published / RECORD).read_text("utf-8").split("\n"), 1) if "210亿元" in each)
    forge(published)
    assert json.loads(in_process(published, *REQUEST).stdout)["problems"][0]["line"] == line


def test_a_document_that_does_not_exist_is_told(published: Path) -> None:
    old, new = (published / f"sources/documents/{name}.yaml" for name in ("doc-report", "doc-false"))
    new.write_text(
        old.read_text("utf-8").replace("id: doc-report", "id: doc-false").replace("report.html", "false.html")
    )
    write_text_record(published, "doc-false", TEXT.read_text("utf-8"))
    ended = in_process(published, *REQUEST)
    found = {each["code"]: each for each in json.loads(ended.stdout)["problems"]}
    assert found["text-record-changed"]["message"].endswith("changed: added (5 paragraphs, 11 numbers, 0 quotes)")
    assert found["text-record-changed"]["path"] == "sources/texts/doc-false.json"
    assert ended.exit_code == 1


def moved(text: Text) -> Text:
    """Return a text with the first number of its second paragraph in the third."""
    second, third = text.paragraphs[1:3]
    first = second.tokens[0]
    second, third = changed(second, tokens=second.tokens[1:]), changed(third, tokens=(first, *third.tokens))
    return changed(text, paragraphs=(text.paragraphs[0], second, third, *text.paragraphs[3:]))


def nth_paragraph(text: Text, at: int, **fields: Any) -> Text:
    """Return a text of which one paragraph (from 0) has other fields."""
    before, after = text.paragraphs[:at], text.paragraphs[at + 1 :]
    return changed(text, paragraphs=(*before, changed(text.paragraphs[at], **fields), *after))


EDITS: dict[str, tuple[Callable[[Text], Text], str]] = {
    "a number moved": (moved, "paragraph 2: 1 number removed (2025年); paragraph 3: 1 number added (2025年)"),
    "the whole, as by what is not part of the report": (
        lambda text: changed(text, sha256=digest(""), length=0),
        "hash or length of the whole text changed",
    ),
    "a hash": (
        lambda text: nth_paragraph(text, 0, sha256=digest("")),
        "paragraph 1: hash, length, sentence ends or number words changed",
    ),
    "ends of sentences": (
        lambda text: nth_paragraph(text, 0, breaks=(3,)),
        "paragraph 1: hash, length, sentence ends or number words changed",
    ),
    "a quote": (lambda text: nth_paragraph(text, 0, quotes=()), "paragraph 1: 1 quote removed"),
    "the place of a quote": (
        lambda text: nth_paragraph(text, 0, quotes=(text.paragraphs[0].quotes[0]._replace(count=2),)),
        "paragraph 1: 1 quote placed differently",
    ),
    "how a number is read": (
        lambda text: nth_paragraph(
            text, 1, tokens=(text.paragraphs[1].tokens[0]._replace(sign=-1), *text.paragraphs[1].tokens[1:])
        ),
        "paragraph 2: 1 number placed or read differently (2025年)",
    ),
    "a paragraph less": (
        lambda text: changed(text, paragraphs=text.paragraphs[:-1]),
        "paragraph 5: paragraph removed, 1 number removed (1), 1 quote removed",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_whatever_is_kept_of_a_text_may_not_change_unnoticed(published: Path, name: str) -> None:
    how, expected = EDITS[name]
    edit(published, how)
    ended = in_process(published, *REQUEST)
    found = [each["message"] for each in json.loads(ended.stdout)["problems"] if each["code"] == "text-record-changed"]
    assert ended.exit_code == 1
    assert len(found) == 1
    assert found[0].endswith(f" changed: {expected}")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda path: path.write_bytes(path.read_bytes() + b" "), "only the way it is written"),
        (lambda path: path.write_text("{}"), "one of the two versions cannot be read"),
        (lambda path: path.unlink(), "removed"),
        (lambda path: (path.rename(path.parent.parent / "x"), path.symlink_to("../x")), None),
    ],
)
def test_a_file_that_is_gone_unreadable_or_only_written_differently_is_told(
    published: Path, spoil: Callable[[Path], object], expected: str | None
) -> None:
    spoil(published / RECORD)
    ended = in_process(published, *REQUEST)
    found = [each["message"] for each in json.loads(ended.stdout)["problems"] if each["code"] == "text-record-changed"]
    assert [each.partition(" changed: ")[2] for each in found] == [expected or "one of the two versions cannot be read"]
    assert ended.exit_code == 1


def test_of_many_changes_a_few_are_shown_and_all_are_counted(published: Path) -> None:
    names = [f"{number}家" for number in range(10)]
    edit(
        published,
        lambda text: changed(
            text,
            paragraphs=tuple(
                changed(each, tokens=tuple(text.paragraphs[1].tokens[3]._replace(text=name) for name in names))
                for each in text.paragraphs * 3
            ),
        ),
    )
    message = next(each for each in told_all(published) if "fingerprints" in each)
    assert "paragraph 1: 10 numbers added (0家, 1家, 2家, …)" in message
    assert "paragraph 5" in message
    assert "paragraph 6" not in message
    assert message.endswith("; 10 more")


def told_all(root: Path) -> list[str]:
    return [each["message"] for each in json.loads(in_process(root, *REQUEST).stdout)["problems"]]


def test_what_stands_in_the_fingerprints_drives_no_terminal_and_no_runner(published: Path) -> None:
    odd = "##[error]" + "x" * 100
    edit(
        published,
        lambda text: nth_paragraph(text, 0, tokens=(text.paragraphs[1].tokens[0]._replace(text=odd),)),
    )
    message = next(each for each in told_all(published) if "fingerprints" in each)
    assert "##[" not in message
    assert "x" * 60 not in message


# ---- the label of a maintainer


def label_of(root: Path) -> str:
    return label("doc-report", (root / RECORD).read_bytes())


def test_a_label_stands_for_one_content_of_one_file(published: Path) -> None:
    replace(
        published / "sources/projects/prj-xidong-primary-school.yaml", "quote: 溪东小学开工", "quote: 溪东小学开工建设"
    )
    (published / RECORD).unlink()
    write_text_record(published, "doc-report", TEXT.read_text("utf-8"))
    assert told(published) == ["paragraph 3: 1 quote added, 1 quote removed"]
    labels = f"bug, {label_of(published)},good first issue"
    assert told(published, "--texts-verified", labels) == []
    (published / RECORD).write_bytes((published / RECORD).read_bytes() + b" ")
    assert told(published, "--texts-verified", labels) == ["paragraph 3: 1 quote added, 1 quote removed"]


def test_nothing_stands_for_a_file_that_is_gone(published: Path) -> None:
    (published / RECORD).unlink()
    empty = label("doc-report", b"")
    code, out, _ = in_process(published, *REQUEST, "--texts-verified", empty)
    assert (code, "text-record-changed" in out) == (1, True)


def test_verify_tells_the_label_only_where_the_text_is_that_of_the_fingerprints(published: Path, run: Run) -> None:
    said = run(published, "verify", "doc-report", str(TEXT), "--check").stderr
    assert label_of(published) in said
    assert len(label_of(published)) <= 50, "as long as a label on GitHub may be"
    forge(published)
    code, _, said = run(published, "verify", "doc-report", str(TEXT), "--check")
    assert code == 1
    assert not re.search("text-[0-9a-f]{40}", said)


def test_files_of_two_documents_have_two_labels() -> None:
    assert label("doc-a", b"x") != label("doc-b", b"x")


# ---- what they are compared with


def test_without_an_earlier_version_named_nothing_is_compared(published: Path) -> None:
    forge(published)
    assert in_process(published, "check", "--no-cache", "--pull-request").exit_code == 0
    assert in_process(published, "check", "--no-cache", "--against", "HEAD", str(published / GDP)).exit_code == 0


def test_a_project_below_the_root_of_its_repository_is_compared(published: Path, tmp_path: Path) -> None:
    inside = moved_inside(published, tmp_path / "top")
    assert told(inside) == []
    forge(inside)
    assert len(told(inside)) == 1


def test_a_folder_is_compared_where_it_has_sources(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published, tmp_path / "before")
    shutil.copytree(published / "build", tmp_path / "package" / "build")
    shutil.copy(published / "datapackage.json", tmp_path / "package")
    forge(published)
    for name, code in (("./before", 1), ("./package", 0)):
        ended = called("--root", published, "check", "--no-cache", "--against", name, cwd=tmp_path)
        assert (ended.exit_code, "text-record-changed" in ended.stdout) == (code, bool(code)), name


def test_a_branch_that_also_commits_its_fingerprints_is_told(published: Path) -> None:
    git(published, "branch", "base")
    forge(published)
    git(published, "commit", "-qam", "forged")
    ended = in_process(published, "check", "--no-cache", "--pull-request", "--strict", "--against", "refs/heads/base")
    assert (ended.exit_code, "text-record-changed" in ended.stdout) == (1, True)


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each value of a JSON file, of lists and mappings too."""
    yield path
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, each in inside:
        yield from leaves(each, (*path, key))


@pytest.mark.parametrize("odd", [None, [], {}, "x", -1, 10**30, True], ids=repr)
def test_whatever_stands_in_a_file_is_told_without_an_accident(published: Path, tmp_path: Path, odd: object) -> None:
    shutil.copytree(published, tmp_path / "before")
    then, project = Edition("before", tmp_path / "before"), Project(published)
    raw = (published / RECORD).read_bytes()
    paths = list(leaves(json.loads(raw)))
    assert len(paths) > 200
    for *path, last in filter(None, paths):
        data = node = json.loads(raw)
        for step in path:
            node = node[step]
        node[last] = odd
        (published / RECORD).write_text(json.dumps(data), "utf-8")
        found = list(text_problems(then, project, "linxi-work-report", ()))
        assert [each.code for each in found] == ["text-record-changed"], (*path, last)
        assert all(each.message(language) for each in found for language in LANGUAGES)
