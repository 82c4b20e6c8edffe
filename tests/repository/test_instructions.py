"""What documents tell readers to do: commands that exist, links that lead somewhere, examples that are true."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from itertools import chain

import click
import pytest
import yaml

from command_line import FACTPACK
from factpack.cli import cli
from pages import FENCE, blocks, chinese, inline, leads_to_data, links, lost_links, read
from projects import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "bench/README.md", "tests/*.md", "tests/*/*.md", ".github/*.md")
    for path in ROOT.glob(pattern)
)
HISTORY = {"CHANGELOG.md", "docs/decisions.md"}
"""What was true when it was written; commands named there may be gone."""
SCRIPTS = [
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / ".github").rglob("*.yml"))),
    *(".pre-commit-config.yaml", ".ci/run", "Makefile"),
]
CALLED = ("factpack", ".venv/bin/factpack", "$(BIN)/factpack")
PAIRS = [
    *("README.md", "CONTRIBUTING.md", "docs/README.md", "docs/commands.md", "docs/curation.md", "docs/data.md"),
    *(
        "docs/architecture.md",
        "docs/developing.md",
        "docs/faq.md",
        "docs/first-contribution.md",
        "docs/lists.md",
        "docs/next-year.md",
        "docs/proof.md",
        "docs/scale.md",
        "docs/second-package.md",
    ),
    *("docs/site.md", "docs/targets-reached.md", "docs/use.md", "docs/your-own-report.md"),
]
"""Pages whose Chinese says all that the English says."""


# ---- commands


def scripts(path: str) -> Iterator[str]:
    """Yield the shell that a page, a workflow, a hook or a script holds."""
    text = read(path)
    if path.endswith(".md"):
        yield from (body for of, body in blocks(text) if of in ("", "sh"))
        yield from inline(text)
    elif path.endswith((".yml", ".yaml")):
        yield from _values(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes nothing but text
    else:
        yield text


def _values(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node[key] for key in ("run", "entry") if isinstance(node.get(key), str))
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _values(each)


def calls(script: str) -> Iterator[list[str]]:
    """Yield the arguments of each call of factpack in a script; `<a word>` stands for an argument."""
    for line in script.splitlines():
        if "factpack" not in line:
            continue
        plain = re.sub(r"<([^<>|&;\n]+)>", "WORD", line).strip().removeprefix("$ ")
        lexer = shlex.shlex(plain, posix=True, punctuation_chars=";&|<>")
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:  # prose with an apostrophe, or an example of output
            continue
        for at, word in enumerate(words):
            if word in CALLED:
                rest = words[at + 1 :]
                end = next((n for n, each in enumerate(rest) if re.fullmatch(r"[;&|<>]+", each)), len(rest))
                yield rest[:end]


def mistake(args: list[str]) -> str:
    """Return what factpack would say against arguments, as far as it needs no files; nothing where it would not."""
    try:
        rest = _parsed(cli, args)
        if rest:
            command = cli.get_command(click.Context(cli, **cli.context_settings), rest[0])
            if command is None:
                return f"no command {rest[0]}"
            over = _parsed(command, rest[1:])
            return f"more than {rest[0]} takes: {over}" if over else ""
    except click.UsageError as error:
        return error.format_message()
    return ""


def _parsed(command: click.Command, args: list[str]) -> list[str]:
    """Return what is left after a command's options and arguments; raises UsageError where one of them is wrong."""
    context = click.Context(command, **cli.context_settings)
    values, rest, _ = command.make_parser(context).parse_args(list(args))
    for param in command.get_params(context):
        value = values.get(param.name or "")
        if isinstance(value, str) and isinstance(param.type, click.Choice) and not value.startswith("$"):
            param.type.convert(value, param, context)
    return rest


@pytest.mark.parametrize("path", sorted({*PAGES, *SCRIPTS} - HISTORY))
def test_every_command_that_is_told_exists_with_its_options(path: str) -> None:
    told = [args for script in scripts(path) for args in calls(script)]
    assert [f"{shlex.join(args)}: {mistake(args)}" for args in told if mistake(args)] == []


def test_commands_are_found_where_they_are_told() -> None:
    found = {path: [args for script in scripts(path) for args in calls(script)] for path in (*PAGES, *SCRIPTS)}
    for path in ("README.md", "CONTRIBUTING.md", ".pre-commit-config.yaml", "Makefile", ".ci/run"):
        assert len([args for args in found[path] if args]) >= 1, path
    assert len(found[".github/workflows/records.yml"]) == 4


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("factpack chekc", "no command chekc"),
        (".venv/bin/factpack --lang fr check", "'fr' is not one of"),
        ("  $(BIN)/factpack check --formt github", "--formt"),
        ("factpack check --format xml && true", "'xml' is not one of"),
        ("factpack build here", "more than build takes"),
        ("for lang in en zh; do factpack --lang $lang coverage --chekc; done >> x", "--chekc"),
        ("FACTPACK_TEXTS=x factpack verify <doc> FILE more | head", "more than verify takes"),
    ],
)
def test_a_command_that_does_not_exist_would_be_found(script: str, said: str) -> None:
    assert said in " ".join(mistake(args) for args in calls(script))


@pytest.mark.parametrize("path", sorted(set(PAGES) - HISTORY - {"bench/README.md"}))  # whose options are its scripts'
def test_every_option_that_is_told_by_itself_belongs_to_a_command(path: str) -> None:
    commands = [
        cli,
        *(
            cli.get_command(click.Context(cli, **cli.context_settings), name)
            for name in cli.list_commands(click.Context(cli, **cli.context_settings))
        ),
    ]
    params = chain.from_iterable(
        command.get_params(click.Context(command, **cli.context_settings)) for command in commands if command
    )
    known = set(chain.from_iterable(param.opts for param in params))
    told = {code.split()[0] for code in inline(read(path)) if code.startswith("--")}
    assert told - known == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_set_up_as_told(shell: str) -> None:
    variable = f"_FACTPACK_COMPLETE={shell}_source"
    assert all(variable in read(path) for path in ("CONTRIBUTING.md", "CONTRIBUTING.zh-CN.md"))
    env = {**os.environ, "_FACTPACK_COMPLETE": f"{shell}_source"}
    done = subprocess.run([FACTPACK], env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "factpack_completion" in done.stdout) == (0, True)


# ---- two languages, and links


@pytest.mark.parametrize("path", PAIRS)
def test_both_languages_have_the_same_headings_blocks_and_links(path: str) -> None:
    assert _shape(read(path)) == _shape(read(chinese(path)))


def test_every_page_with_a_chinese_version_is_held_to_it() -> None:
    assert [path for path in PAGES if chinese(path) in PAGES] == sorted(PAIRS)


def _shape(text: str) -> dict[str, list[str]]:
    found = [re.sub(r"\.zh-CN(?=\.md)|#.*", "", link) for link in links(text)]
    return {
        "headings": [line.split(" ")[0] for line in FENCE.sub("", text).splitlines() if line.startswith("#")],
        "blocks": [of for of, _ in blocks(text)],
        "links": sorted(set(found)),
    }


@pytest.mark.parametrize("path", ["CONTRIBUTING.md", "docs/developing.md", "docs/your-own-report.md"])
def test_both_languages_of_a_guide_show_the_same_code(path: str) -> None:
    english, translated = (
        [(of, re.sub(r" --lang zh| *#.*", "", body)) for of, body in blocks(read(each)) if of]
        for each in (path, chinese(path))
    )
    assert english
    assert english == translated


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_file_or_heading_leads_there(path: str) -> None:
    assert [link for link in lost_links(path) if not leads_to_data(path, link)] == []


# ---- words

NOT_USED = {
    "en": r"\b(?:anew|mend(?:s|ed)?|for ever|proven|waive[srd]?|waivers?|unclaimed|unaccounted|dialect|digests?"
    r"|furniture|compil(?:es?|ed|ing)|bound words?)\b",
    "zh": "编译|构建|摘要|豁免|未认领|文献|证据|方言|部件|暂定|读法|界词|要览|代码库|别名|度量|核算",
}
"""Words for which docs/glossary.md has better ones; in code spans they are names and may stand."""


def foreign_words(page: str) -> list[str]:
    """Return the words of a page, outside code and the targets of links, that the glossary replaces."""
    prose = re.sub(r"`[^`\n]+`|\[[a-z_]+\]\([^)\s]+\)|\]\([^)\s]+\)", "", FENCE.sub("", page))
    return [*re.findall(NOT_USED["en"], prose, re.IGNORECASE), *re.findall(NOT_USED["zh"], prose)]


@pytest.mark.parametrize("path", [path for path in PAGES if path not in HISTORY and not path.startswith("tests/")])
def test_a_page_uses_the_words_of_the_glossary(path: str) -> None:
    assert foreign_words(read(path)) == []


def test_a_word_that_the_glossary_replaces_would_be_found() -> None:
    shown = "Waived numbers and `waivers` of [waivers](waivers.csv), 豁免 `摘要`\n```\ncompile\n```\n and compiled."
    assert foreign_words(shown) == ["Waived", "compiled", "豁免"]


# ---- guides


@pytest.mark.parametrize("path", ["docs/curation.md", "docs/curation.zh-CN.md"])
@pytest.mark.parametrize("vocabulary", ["measure", "bound", "claim", "stage", "waiver_reason"])
def test_the_guide_says_when_to_use_each_value(path: str, vocabulary: str) -> None:
    shared = json.loads(read("schemas/defs.schema.json"))["$defs"]
    values = shared[vocabulary]["x-labels"]
    assert values
    assert {each for each in values if f"`{each}`" not in read(path)} == set()
