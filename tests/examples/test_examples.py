"""Every example folder gives exactly what it says, and every problem code has one. See `examples/README.md`."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import EXAMPLES, MINIMAL, assemble
from factpack.cli import cli
from factpack.problems import codes
from factpack.words import LANGUAGES

GOOD = sorted(path.name for path in (EXAMPLES / "good").iterdir())
BAD = sorted(path.name for path in (EXAMPLES / "bad").iterdir())
TEXTS = ("message", "hint", "why")


def project_of(example: Path, root: Path) -> Path:
    return assemble(root, MINIMAL) if example == MINIMAL else assemble(root, MINIMAL, example)


def check(root: Path, language: str = "en", command: str = "check") -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), "--lang", language, command], catch_exceptions=False)


def command_of(example: Path) -> str:
    """Return the command that shows what an example is about."""
    overlay = example / "overlay.yaml"
    done = yaml.safe_load(overlay.read_text("utf-8")) if overlay.is_file() else {}
    return str(done.get("command", "check"))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_example_gives_no_problem(name: str, tmp_path: Path) -> None:
    result = check(project_of(EXAMPLES / "good" / name, tmp_path / "project"))
    assert (result.stdout, result.exit_code) == ("", 0)


@pytest.mark.parametrize("code", BAD)
def test_a_bad_example_gives_exactly_the_expected_output(
    code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    example = EXAMPLES / "bad" / code
    result = check(project_of(example, tmp_path / "project"), command=command_of(example))
    if request.config.getoption("--write-expected"):
        (example / "expected.txt").write_bytes(result.stdout.encode("utf-8"))
    assert result.stdout == (example / "expected.txt").read_text("utf-8")
    assert result.exit_code == 1


@pytest.mark.parametrize("code", BAD)
def test_a_bad_example_says_the_same_in_chinese(code: str, tmp_path: Path) -> None:
    example = EXAMPLES / "bad" / code
    result = check(project_of(example, tmp_path / "project"), "zh", command_of(example))
    english = (example / "expected.txt").read_text("utf-8").splitlines()
    chinese = result.stdout.splitlines()
    assert [line.partition(": ")[0] for line in chinese[::2]] == [line.partition(": ")[0] for line in english[::2]]
    assert all(line.startswith("  提示: ") for line in chinese[1::2])


@pytest.mark.parametrize("code", codes())
def test_every_code_has_an_example_that_shows_it(code: str) -> None:
    assert f"[{code}]:" in (EXAMPLES / "bad" / code / "expected.txt").read_text("utf-8")


def test_every_example_is_named_for_a_code() -> None:
    assert set(BAD) <= set(codes())


@pytest.mark.parametrize("code", codes())
def test_every_code_says_its_message_hint_and_reason_in_both_languages(code: str) -> None:
    for text in TEXTS:
        told = getattr(codes()[code], text)
        assert set(told) == set(LANGUAGES)
        assert all(told[language].strip() for language in LANGUAGES)


@pytest.mark.parametrize("code", codes())
def test_the_languages_of_a_code_show_the_same_values(code: str) -> None:
    for text in ("message", "hint"):
        told = getattr(codes()[code], text)
        english, chinese = (placeholders(told[language]) for language in LANGUAGES)
        assert english == chinese


def placeholders(template: str) -> set[str]:
    """Names of the values in a template; `x_zh` and `x_en` are one value in two languages."""
    found = {name for _, name, _, _ in Formatter().parse(template) if name}
    return {name.removesuffix("_zh").removesuffix("_en") for name in found}
