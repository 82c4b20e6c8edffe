"""What a reader of each form of a report finds in it: every problem with its place and its words."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

from markdown_it import MarkdownIt

from factpack.problems import Problem, visible
from factpack.words import texts_in

Told = tuple[str, str, int, int, str, str, str]
"""Severity, path as it is shown, line, column, code, message, hint."""
HINT = {"en": "hint", "zh": "提示"}
SEVERITY = {"错误": "error", "警告": "warning"}


def told(each: Problem, language: str) -> Told:
    path = visible(each.path)
    return (each.severity, path, each.line, each.column, each.code, each.message(language), each.hint(language))


# ---- readers: what a reader of the form finds in it


def lines_told(lines: list[str], language: str) -> list[Told]:
    """Read the lines of the text form; what is ambiguous in them is not so in the hostile list."""
    found = []
    for line, hint in zip(lines[::2], lines[1::2], strict=True):
        match = re.fullmatch(r"(.*?):(\d+):(\d+): (error|warning|错误|警告)\[([a-z0-9-]+)\]: (.*)", line)
        assert match, line
        assert hint.startswith(f"  {HINT[language]}: ")
        path, at, column, severity, code, message = match.groups()
        assert severity in texts_in(language, "report", "problems").values()
        found.append(
            (SEVERITY.get(severity, severity), path, int(at), int(column), code, message, hint.partition(": ")[2])
        )
    return found


def text_told(output: str, language: str) -> list[Told]:
    return lines_told(output.split("\n")[:-1], language)


def json_told(output: str, language: str) -> list[Told]:
    names = ("severity", "path", "line", "column", "code", "message", "hint")
    found = [tuple(each[name] for name in names) for each in json.loads(output)["problems"]]
    return [(severity, visible(path), *rest) for severity, path, *rest in found]  # type: ignore[misc]


def github_told(output: str, language: str) -> list[tuple[object, ...]]:
    found = []
    for line in output.split("\n")[:-1]:
        match = re.fullmatch(r"::(error|warning) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)", line)
        assert match, line
        severity, path, at, column, code, said = match.groups()
        found.append((severity, decoded(path), int(at), int(column), decoded(code), decoded(said)))
    return found


def decoded(text: str) -> str:
    """Undo the escapes of a workflow command, as a runner does."""
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


OURS = {"heading", "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td", "fence", "text", "code_inline"}


def markdown_told(output: str, language: str) -> list[Told]:
    tokens = MarkdownIt("commonmark").enable("table").parse(output)
    used = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    assert {name.removesuffix("_open").removesuffix("_close") for name in used} <= OURS
    blocks = [token.content.split("\n")[:-1] for token in tokens if token.type == "fence"]
    return [each for block in blocks[1:] for each in lines_told(block, language)]


def unescaped(text: str) -> str:
    """Read a message as SARIF 2.1.0 says (3.11.5, 3.11.6): it has no embedded link, and single braces hold nothing."""
    assert not re.search(r"(?<!\\)(?:\\\\)*\]\(", text), "an embedded link"
    return re.sub(r"\\([\\\[\]])", r"\1", text.replace("{{", "{").replace("}}", "}"))


def sarif_told(output: str, language: str) -> list[Told]:
    run = json.loads(output)["runs"][0]
    found = []
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        path = os.fsdecode(unquote_to_bytes(place["artifactLocation"]["uri"]))
        said = unescaped(each["message"]["text"])
        message, _, hint = said.partition(f"\n{HINT[language]}: ")
        at, column = place["region"]["startLine"], place["region"]["startColumn"]
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        found.append((each["level"], visible(path), at, column, each["ruleId"], message, hint))
    return found


def junit_told(output: str, language: str) -> list[Told]:
    found = []
    for case in ElementTree.fromstring(output).iter("testcase"):
        for part in case:
            found += lines_told((part.text or "").split("\n")[:-1], language)
            assert {each[1] for each in found[-1:]} == {case.get("name")}
    return found


READERS: dict[str, Callable[[str, str], list[Told]]] = {
    "txt": text_told,
    "json": json_told,
    "md": markdown_told,
    "sarif.json": sarif_told,
    "junit.xml": junit_told,
}
