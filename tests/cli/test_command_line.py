"""The command line as its users meet it: what is said where, how it ends, and that no data brings it down."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from command_line import FACTPACK, Run, called, called_in_a_process, in_process
from factpack import __version__
from factpack.cli import cli
from factpack.cli.help import EXAMPLES, option_help
from factpack.problems import codes
from factpack.source import documents
from factpack.source.marks import Value
from factpack.words import LANGUAGES, texts

CHECKED = "checked 1 document, 8 indicators, 3 places, 1 project, 1 term, 5 units"
WRONG_KIND = "sources/places/plc-linxi.yaml:5:7: error[not-in-vocabulary]: 'shire' is not a value of 'kind'"


def spoil(root: Path, kind: str = "shire") -> None:
    """Make one problem."""
    path = root / "sources" / "places" / "plc-linxi.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: county", f"kind: {kind}"), "utf-8")


# ---- how a command ends


def test_a_clean_check_says_nothing_on_stdout_what_it_looked_at_on_stderr_and_ends_with_0(
    minimal: Path, run: Run
) -> None:
    code, out, err = run(minimal, "check")
    compared, checked = err.splitlines()
    assert (code, out) == (0, "")
    assert compared == "There is no published data in build/csv/ids.csv to compare with."
    assert checked.startswith(CHECKED)
    assert checked.endswith("; 0 errors, 0 warnings")


def test_problems_are_on_stdout_the_summary_is_on_stderr_and_the_end_is_1(minimal: Path, run: Run) -> None:
    spoil(minimal)
    code, out, err = run(minimal, "check")
    first, second = out.splitlines()
    assert (code, first) == (1, WRONG_KIND)
    assert second.startswith("  hint: choose: country, region, ")
    assert err.endswith("; 1 error, 0 warnings\n")


@pytest.mark.parametrize(
    "args",
    [
        ["chekc"],
        ["check", "--workers", "0"],
        ["check", "--executor", "dask"],
        ["build", "--scheduler", "tcp://127.0.0.1:8786"],
        ["check", "--format", "xml"],
        ["check", "no/such/path"],
        ["explain", "no-such-code"],
        ["build", "--out"],
        ["--lang", "fr", "check"],
    ],
)
def test_a_mistake_of_use_ends_with_2_and_says_so_on_stderr_only(minimal: Path, args: list[str]) -> None:
    code, out, err = called("--root", minimal, *args)
    assert (code, out) == (2, "")
    assert "Error: " in err


@pytest.mark.parametrize(
    "args",
    [
        *(["check"], ["check", "--format", "json"], ["build", "--check"], ["coverage"], ["--lang", "zh", "check"]),
        *(["chekc"], ["check", "--help"], ["explain"], ["show", "plc-linxi"], ["fmt", "--check"]),
    ],
    ids=" ".join,
)
def test_tests_that_run_a_command_in_their_own_process_see_what_a_user_sees(minimal: Path, args: list[str]) -> None:
    spoil(minimal)
    here, there = called("--root", minimal, *args), called_in_a_process("--root", minimal, *args)
    assert here.stdout.splitlines() == there.stdout.splitlines()
    assert here == there


def test_a_bug_ends_with_3_and_its_traceback_on_stderr(minimal: Path) -> None:
    program = (
        "import os, sys\n"
        "def scandir(path): raise RuntimeError('boom')\n"
        "from factpack.cli import main\n"
        "os.scandir = scandir\n"
        f"sys.argv = ['factpack', '--root', {str(minimal)!r}, 'check']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert "RuntimeError: boom" in done.stderr
    assert done.stderr.endswith("factpack: this is a bug in factpack; please report it with the lines above\n")


def test_a_reader_that_closes_the_pipe_early_sees_no_traceback() -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{FACTPACK}" explain | true; exit ${{PIPESTATUS[0]}}'],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode in (0, 141)


# ---- which project


def test_the_version_is_the_packages() -> None:
    assert called("--version") == (0, f"factpack, version {__version__}\n", "")


def test_without_root_the_nearest_project_above_is_taken(minimal: Path) -> None:
    code, _, err = called("check", cwd=minimal / "sources" / "places")
    assert code == 0
    assert "3 places" in err


@pytest.mark.parametrize("args", [["check"], ["build"], ["coverage"], ["verify", "doc-report"]])
def test_where_there_is_no_project_that_is_said(tmp_path: Path, args: list[str]) -> None:
    code, out, err = called(*args, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert f"no sources/package.yaml in {tmp_path}" in err
    code, out, err = called("--root", tmp_path / "gone", *args)
    assert (code, out) == (2, "")
    assert "no sources/package.yaml in" in err


# ---- languages


def test_messages_are_chinese_with_lang_zh(minimal: Path) -> None:
    spoil(minimal)
    found = in_process(minimal, "check", lang="zh")
    first, second = found.stdout.splitlines()
    assert first == "sources/places/plc-linxi.yaml:5:7: 错误[not-in-vocabulary]: “shire”不是“kind”的取值"
    assert second.startswith("  提示: 请选择：国家（country）、区域（region）、")
    assert found.stderr.startswith("build/csv/ids.csv 中没有发布过的数据可供比较。\n已检查：")
    assert found.stderr.endswith("错误 1，警告 0\n")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale_unless_it_is_given(
    minimal: Path, locale: dict[str, str], language: str
) -> None:
    spoil(minimal)
    out = called("--root", minimal, "check", env=locale)[1]
    assert ("不是" if language == "zh" else "is not a value of") in out
    assert "is not a value of" in called("--root", minimal, "--lang", "en", "check", env=locale)[1]


# ---- help


COMMANDS = [
    cli,
    *(
        cli.get_command(click.Context(cli, **cli.context_settings), name)
        for name in cli.list_commands(click.Context(cli, **cli.context_settings))
    ),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_tells_each_command_and_option_in_both_languages(command: click.Command, lang: str) -> None:
    name = [command.name] if command is not cli else []
    out = called("--lang", lang, *name, "--help")[1]
    told, *listed = re.split("\n(?:Options|选项)[:：]\n", out)
    assert texts("cli", "commands")[str(command.name)][lang].split()[0] in told
    assert bool(re.search("[\u4e00-\u9fff]", told)) is (lang == "zh")
    for option in command.get_params(click.Context(command, **cli.context_settings)):
        if isinstance(option, click.Option):
            assert option_help(str(command.name), option, lang).split()[0] in listed[0]
    if command is cli:
        assert all(f"\n  {each.name} " in told for each in COMMANDS[1:])
        assert all(
            f"\n{heading[lang]}{'：' if lang == 'zh' else ':'}\n" in out for heading in texts("cli", "groups").values()
        )
        assert out.endswith("".join(f"  {each}\n" for each in EXAMPLES))


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_of_the_help_runs(line: str, linxi: Path) -> None:
    program, *args = line.split()
    assert program == "factpack"
    more = ["--en", "A lake tunnel", "--stdout"] if "new" in args else []
    assert called(*args, *more, cwd=linxi).exit_code == 0


def test_there_are_no_words_for_commands_and_options_that_do_not_exist() -> None:
    options = {f"{command.name} {max(each.opts, key=len)[2:]}" for command in COMMANDS for each in command.params}
    options |= {each.partition(" ")[2] for each in options} | {"help"}
    assert set(texts("cli", "commands")) == {command.name for command in COMMANDS}
    assert set(texts("cli", "options")) <= options


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["chekc"], "没有命令 chekc；是否想写 check？"),
        ([], "没有写要运行哪个命令"),
        (["check", "--workers", "0"], "--workers 的值不合要求：应在 1 与 256 之间"),
        (["check", "--executor", "dask"], "需要同时给出 --scheduler"),
        (["build", "--scheduler", "tcp://127.0.0.1:8786"], "--scheduler 只与 --executor dask 同用"),
        (["check", "--format", "xml"], "--format 的值不合要求：可选 text、json、"),
        (["check", "no/such/path"], "的值不合要求：路径不存在"),
        (["check", "--strct"], "没有选项 --strct；是否想写 --strict？"),
        (["build", "--out"], "--out 需要一个值"),
        (["verify"], "缺少 DOCUMENT"),
        (["verify", "doc-nothing"], "sources/documents 中没有有效的来源文件“doc-nothing”"),
        (["explain", "duplicate-keys"], "是否想写 duplicate-key、"),
        (["diff", "nothing"], "“nothing”既不是本仓库的 Git 提交"),
    ],
)
def test_a_mistake_of_use_is_told_in_chinese_too(minimal: Path, args: list[str], told: str) -> None:
    code, out, err = called("--root", minimal, "--lang", "zh", *args)
    assert (code, out) == (2, "")
    assert told in err
    assert err.startswith("用法：factpack")
    assert "Error" not in err


def test_without_a_command_the_help_is_shown_and_the_end_is_2() -> None:
    code, out, err = called("--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith("Usage: factpack")


# ---- pull requests


def unverified(root: Path) -> None:
    """Make a quote that stands in the text but that no maintainer has verified."""
    path = root / "sources" / "projects" / "prj-xidong-primary-school.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("quote: 溪东小学开工", "quote: 湖畔的溪东小学开工"), "utf-8")


@pytest.mark.parametrize(
    ("options", "code", "severity"),
    [
        ([], 1, "error"),
        (["--strict"], 1, "error"),
        (["--pull-request"], 0, "warning"),
        (["--pull-request", "--strict"], 0, "warning"),
    ],
)
def test_a_quote_that_is_not_verified_yet_is_a_warning_in_a_pull_request_and_blocks_elsewhere(
    minimal: Path, options: list[str], code: int, severity: str
) -> None:
    unverified(minimal)
    found = in_process(minimal, "check", "--format", "json", *options)
    said = json.loads(found.stdout)
    assert found.exit_code == code
    assert [(each["code"], each["severity"]) for each in said["problems"]] == [("unverified-quote", severity)]
    assert said["summary"][f"{severity}s"] == 1


def test_a_pull_request_with_a_real_error_fails(minimal: Path) -> None:
    unverified(minimal)
    spoil(minimal)
    found = in_process(minimal, "check", "--pull-request")
    assert found.exit_code == 1
    assert [line.split(": ")[1] for line in found.stdout.splitlines()[::2]] == [
        "error[not-in-vocabulary]",
        "warning[unverified-quote]",
    ]


# ---- formats


def test_json_holds_every_problem_with_its_place_and_a_summary_and_nothing_else_is_said(minimal: Path) -> None:
    spoil(minimal)
    found = in_process(minimal, "check", "--format", "json")
    said = json.loads(found.stdout)
    assert (found.exit_code, found.stderr) == (1, "")
    assert list(said) == ["problems", "summary"]
    assert len(said["problems"]) == 1
    problem = said["problems"][0]
    assert {name: problem[name] for name in ("code", "severity", "path", "line", "column", "pointer")} == {
        "code": "not-in-vocabulary",
        "severity": "error",
        "path": "sources/places/plc-linxi.yaml",
        "line": 5,
        "column": 7,
        "pointer": "/kind",
    }
    assert WRONG_KIND.endswith(f": {problem['message']}")
    assert problem["hint"].startswith("choose: country, region, ")
    assert {name: said["summary"][name] for name in ("errors", "warnings")} == {"errors": 1, "warnings": 0}
    assert said["summary"]["checked"]["places"] == 3


def test_json_of_a_clean_project_has_no_problems(minimal: Path) -> None:
    found = in_process(minimal, "check", "--format", "json")
    assert (found.exit_code, json.loads(found.stdout)["problems"]) == (0, [])


COMMAND = re.compile(r"::(error|warning) file=([^,]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)")


def test_github_annotations_stand_on_the_line_of_the_problem(minimal: Path) -> None:
    spoil(minimal)
    found = in_process(minimal, "check", "--format", "github")
    assert found.exit_code == 1
    listed = [COMMAND.fullmatch(line) for line in found.stdout.splitlines()]
    assert [each.groups()[:5] for each in listed if each] == [
        ("error", "sources/places/plc-linxi.yaml", "5", "7", "not-in-vocabulary")
    ]
    assert listed[0]
    assert listed[0][6].startswith("'shire' is not a value of 'kind' choose: ")


def test_github_annotations_escape_what_would_end_or_begin_a_command(minimal: Path) -> None:
    spoil(minimal, "'50%::error ::x'")
    (minimal / "sources" / "places" / "a,b:c%\n::error::x.txt").write_text("x")
    found = in_process(minimal, "check", "--format", "github").stdout.splitlines()
    assert all(COMMAND.fullmatch(line) for line in found)
    assert len(found) == 2
    assert "file=sources/places/a%2Cb%3Ac%25" in found[0]
    assert "'50%25::error ::x' is not a value" in found[1]


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_names_and_values_that_would_drive_a_terminal_are_shown_escaped(minimal: Path, form: str) -> None:
    (minimal / "sources" / "places" / "a\x1b[31m\u202eb.txt").write_text("x")
    (minimal / "sources" / "units" / "line\nbreak.yaml").write_text("x")
    spoil(minimal, r'"a\x1b[31m\u202e"')
    said = in_process(minimal, "check", "--format", form).stdout
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "line\nbreak" not in said


def test_long_values_are_cut(minimal: Path) -> None:
    spoil(minimal, "x" * 500)
    assert "'" + "x" * 59 + "…'" in in_process(minimal, "check").stdout


# ---- explain


def test_explain_lists_every_code_in_order(minimal: Path) -> None:
    assert in_process(minimal, "explain").stdout.splitlines() == sorted(codes())


def literals(template: str) -> list[str]:
    """Return what a template says between its values."""
    return [text for text, *_ in Formatter().parse(template) if text]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explain_tells_message_hint_and_reason_of_each_code_in_both_languages(minimal: Path, lang: str) -> None:
    assert codes()
    for code in codes():
        found = in_process(minimal, "explain", code, lang=lang)
        head, blank, message, hint, between, *reason = found.stdout.splitlines()
        assert (found.exit_code, blank, between) == (0, "", "")
        assert head.startswith(code)
        known = codes()[code]
        for said, text in ((message, known.message), (hint, known.hint)):
            assert all(each in said for each in literals(text[lang]))
        assert "\n".join(reason) == known.why[lang].strip()
        assert bool(re.search("[\u4e00-\u9fff]", head)) is (lang == "zh")


def test_explain_of_a_mistyped_code_offers_the_nearest(minimal: Path) -> None:
    code, _, err = called("explain", "duplicate-keys")
    assert code == 2
    assert "did you mean duplicate-key" in err


# ---- no data brings it down


FILES: dict[str, bytes] = {
    "sources/package.yaml": b"",
    "sources/package.yaml ": b"[1]",
    "sources/units/unt-cny.yaml": b"\x00\xff\xfe",
    "sources/units/unt-cny.yaml ": b"[" * 100_000,
    "sources/units/unt-cny.yaml  ": b"{" * 200_000,
    "sources/units/unt-cny.yaml   ": b"? [a]\n: b\n",
    "sources/units/unt-cny.yaml    ": b"- " * 30_000,
    "sources/units/unt-cny.yaml     ": b"id: !!python/object/apply:os.system [ls]\n",
    "sources/units/unt-cny.yaml      ": b"a: " + b"9" * 10_000,
    "sources/units/unt-cny.yaml       ": b"%YAML 9.9\n---\na: b\n",
    "sources/documents/doc-report.yaml": b"id: doc-report\n",
    "sources/documents/doc-report.yaml ": b"sections: 3\nwaivers: [1, {}]\nid: []\n",
    "sources/texts/doc-report.json": b"",
    "sources/texts/doc-report.json ": b"[[]]",
    "sources/texts/doc-report.json  ": b'{"document": "doc-report", "sha256": "", "length": 0, "paragraphs": []}',
    "sources/texts/doc-gone.json": b"{}",
    "schemas/place.schema.json": b"",
    "schemas/place.schema.json ": b"[]",
    "schemas/place.schema.json  ": b"null",
    "schemas/place.schema.json   ": b'{"x-folder": 3}',
    "schemas/place.schema.json    ": b"\xff",
    "schemas/place.schema.json     ": b"[" * 100_000,
    "schemas/dialect.schema.json": b"{}",
    "schemas/dialect.schema.json ": b'{"type": 3}',
    "schemas/dialect.schema.json  ": b"[]",
    "schemas/defs.schema.json": b"{}",
    "schemas/defs.schema.json ": b'{"$defs": {}}',
    "schemas/package.schema.json": b"{}",
    "schemas/document.schema.json": b'{"x-folder": "documents"}',
    "schemas/new.schema.json": b'"x-folder"',
}
"""Contents that no file should have; spaces only make the keys differ."""


@pytest.mark.parametrize("path", FILES)
def test_a_file_with_anything_in_it_is_a_problem_and_no_traceback(minimal: Path, path: str) -> None:
    (minimal / path.strip()).write_bytes(FILES[path])
    found = in_process(minimal, "check")
    assert found.exit_code == 1
    assert "error[" in found.stdout


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("sources/places", "file"),
        ("sources/texts", "file"),
        ("schemas", "file"),
        ("sources/places/plc-linxi.yaml", "folder"),
        ("sources/texts/doc-report.json", "folder"),
        ("schemas/place.schema.json", "folder"),
        ("sources/places/plc-linxi.yaml", "link to nothing"),
        ("sources/texts/doc-report.json", "link to nothing"),
        ("sources/places", "link to nothing"),
        ("schemas", "nothing"),
        ("schemas/unit.schema.json", "nothing"),
        ("schemas/document.schema.json", "nothing"),
        ("sources/documents/doc-report.yaml", "nothing"),
        ("sources/units", "nothing"),
    ],
)
def test_a_file_or_folder_that_is_something_else_is_a_problem_and_no_traceback(
    minimal: Path, path: str, how: str
) -> None:
    place = minimal / path
    place.rename(minimal / "aside")
    match how:
        case "file":
            place.write_text("x")
        case "folder":
            place.mkdir()
        case "link to nothing":
            place.symlink_to("gone")
    found = in_process(minimal, "check")
    assert found.exit_code == 1
    assert "error[" in found.stdout


@pytest.mark.parametrize(
    "command", [["check"], ["build"], ["build", "--check"], ["verify", "doc-report"], ["coverage"]]
)
@pytest.mark.parametrize("path", ["schemas/place.schema.json", "schemas/defs.schema.json"])
def test_no_command_ends_in_a_traceback_where_schemas_are_broken(minimal: Path, command: list[str], path: str) -> None:
    (minimal / path).write_text("[]\n")
    (minimal / "report.txt").write_text("x\n")
    found = in_process(minimal, *command, *([str(minimal / "report.txt")] if command[0] == "verify" else []))
    assert found.exit_code in (1, 2)
    assert found.stdout + found.stderr


PATHS = st.lists(st.integers(0, 30), min_size=1, max_size=5)
ODD: list[Value] = [None, True, 0, -1, 10**20, "", "x", "2025-13", "9999/0001", [], [None], {}, {"zh": 1}, "unt-gone"]
FOLDERS = ["documents", "glossary", "indicators", "places", "projects", "units"]


def put(value: Any, steps: list[int], odd: Value) -> Any:
    """Return a value with one of its parts, found by steps, replaced by an odd one."""
    if not steps or not isinstance(value, (dict, list)) or not value:
        return odd
    keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[steps[0] % len(keys)]
    changed = {each: value[each] for each in keys}
    changed[key] = put(value[key], steps[1:], odd)
    return changed if isinstance(value, dict) else list(changed.values())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(folder=st.sampled_from(FOLDERS), number=st.integers(0, 20), steps=PATHS, odd=st.sampled_from(ODD))
@example(folder="indicators", number=0, steps=[8, 0, 6, 0, 2], odd="")
def test_a_record_with_an_odd_value_anywhere_gives_problems_or_none_but_no_traceback(
    minimal: Path, folder: str, number: int, steps: list[int], odd: Value
) -> None:
    files = sorted((minimal / "sources" / folder).iterdir())
    path = files[number % len(files)]
    raw = path.read_bytes()
    record = documents.load(path.name, raw).data
    path.write_text(json.dumps(put(record, steps, odd), ensure_ascii=False, default=float), "utf-8")
    try:
        checked = in_process(minimal, "check").exit_code
        assert checked in (0, 1)
        assert checked or in_process(minimal, "build", "--check").exit_code == 1
    finally:
        path.write_bytes(raw)


def test_a_build_of_wrong_data_says_the_same_as_a_check(minimal: Path, run: Run) -> None:
    spoil(minimal)
    code, out, err = run(minimal, "build")
    assert (code, out) == run(minimal, "check")[:2]
    assert out.startswith(WRONG_KIND)
    assert err.endswith("; 1 error, 0 warnings\n")
    assert not (minimal / "build").exists()


def test_a_good_build_says_nothing_on_stdout(minimal: Path, run: Run) -> None:
    code, out, err = run(minimal, "build")
    assert (code, out) == (0, "")
    assert err.startswith(CHECKED)
    assert {path.name for path in (minimal / ".factpack").iterdir()} == {"lock", "cache"}
