"""factpack init: a project that is green at once, over nothing that is there; and what to change in an older one."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from pathlib import Path
from subprocess import PIPE

import pytest
import yaml

from command_line import FACTPACK, Ended, Run, called
from factpack.edit.beginning import licences
from factpack.edit.renewal import renewed_package
from projects import ROOT, leftovers, replace, tree

SAID = {
    "--zh": "江夏区政府工作报告开放数据",
    "--en": "Jiangxia Work Reports, Open Data",
    "--name": "jiangxia-work-reports",
    "--publisher-zh": "江夏数据小组",
    "--publisher-en": "Jiangxia Data Group",
    "--area-zh": "江夏区",
    "--area-en": "Jiangxia District",
    "--area": "plc-jiangxia",
    "--code": "420115",
}


def init(folder: Path, *more: str, lang: str = "en", **changed: str) -> Ended:
    """Start a project in a folder; an empty value leaves an option out."""
    given = SAID | {f"--{name.replace('_', '-')}": text for name, text in changed.items()}
    return called("--lang", lang, "init", folder, *(word for each in given.items() if each[1] for word in each), *more)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A new project."""
    assert init(tmp_path / "mine").exit_code == 0
    return tmp_path / "mine"


# ---- a new project


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_project_is_green_at_once(tmp_path: Path, run: Run, lang: str) -> None:
    root = tmp_path / "deep" / "mine"
    code, out, err = init(root, lang=lang)
    assert (code, out, str(len(tree(root))) in err) == (0, "", True)
    code, out, err = run(root, "check", "--strict")
    assert (code, out, err.endswith("; 0 errors, 0 warnings\n")) == (0, "", True)
    assert run(root, "fmt", "--check")[0] == 0
    assert run(root, "build")[0] == 0
    assert run(root, "build", "--check")[:2] == (0, "")
    assert leftovers(root) == []


def test_it_says_what_was_said_of_it_and_nothing_of_anybody_else(begun: Path) -> None:
    package = yaml.safe_load((begun / "sources/package.yaml").read_text("utf-8"))
    assert (package["name"], package["area"], package["format"]) == ("jiangxia-work-reports", "plc-jiangxia", 1)
    assert package["title"] == {"zh": SAID["--zh"], "en": SAID["--en"]}
    assert "base_url" not in package
    of_others = re.compile(r"wuchang|武昌|wuhan|武汉|420106|linxi|临溪|@[a-z_]+@", re.IGNORECASE)
    assert [name for name, raw in tree(begun).items() if of_others.search(raw.decode("utf-8"))] == []


def test_addresses_that_are_known_are_written_down(tmp_path: Path, run: Run) -> None:
    site, repository, contact = "https://example.org/data/", "https://github.com/x/data", "data@example.org"
    said = {"base_url": site, "repository": repository, "contact": contact}
    assert init(tmp_path / "mine", **said, licence="CC0-1.0").exit_code == 0
    text = (tmp_path / "mine/sources/package.yaml").read_text("utf-8")
    assert f"\nbase_url: {site}\nrepository: {repository}\ncontact: {contact}\n" in text
    assert "name: CC0-1.0" in text
    assert run(tmp_path / "mine", "check")[:2] == (0, "")


@pytest.mark.parametrize("licence", licences())
@pytest.mark.parametrize(("code", "kind"), [("420000", "province"), ("420100", "city"), ("420115", "county")])
def test_each_licence_and_sort_of_area_will_do(tmp_path: Path, licence: str, code: str, kind: str) -> None:
    assert init(tmp_path / "mine", licence=licence, code=code).exit_code == 0
    assert f"kind: {kind}\n" in (tmp_path / "mine/sources/places/plc-jiangxia.yaml").read_text("utf-8")


def test_the_whole_country_has_no_code_and_the_title_of_the_standard_names_it(tmp_path: Path, run: Run) -> None:
    assert init(tmp_path / "mine", area="plc-china", area_zh="中国", area_en="China", code="100000").exit_code == 0
    record = yaml.safe_load((tmp_path / "mine/sources/places/plc-china.yaml").read_text("utf-8"))
    assert record == {
        "id": "plc-china",
        "name": {"zh": "中国", "en": "China"},
        "kind": "country",
        "evidence": [{"document": "doc-gb-t-2260", "locator": "标题 (title)"}],
    }
    assert run(tmp_path / "mine", "check", "--strict")[:2] == (0, "")


def test_what_nobody_said_is_asked_for_and_never_invented(tmp_path: Path) -> None:
    code, _, err = init(tmp_path / "mine", zh="", code="")
    assert (code, "cannot be started without --zh, --code\n" in err) == (2, True)
    assert not (tmp_path / "mine").exists()


def test_names_for_programs_are_made_of_the_english_ones(tmp_path: Path) -> None:
    assert init(tmp_path / "mine", name="", area="").exit_code == 0
    text = (tmp_path / "mine/sources/package.yaml").read_text("utf-8")
    assert "name: jiangxia-work-reports-open-data\n" in text
    assert "area: plc-jiangxia-district\n" in text


def test_in_a_terminal_it_asks(tmp_path: Path) -> None:
    main, side = pty.openpty()
    command = [
        FACTPACK,
        "--lang",
        "en",
        "init",
        "mine",
        "--area",
        "plc-jiangxia",
        "--publisher-en",
        "Jiangxia Data Group",
    ]
    answers = [SAID["--zh"], SAID["--en"], "", SAID["--publisher-zh"], "江夏区", "Jiangxia", "420115", "CC0-1.0"]
    process = subprocess.Popen(command, stdin=side, stdout=PIPE, stderr=PIPE, cwd=tmp_path)
    os.write(main, "".join(f"{answer}\n" for answer in answers).encode())
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err.decode()
    assert "in GB/T 2260" in err.decode()
    text = (tmp_path / "mine/sources/package.yaml").read_text("utf-8")
    assert "\nname: jiangxia-work-reports-open-data\n" in text
    assert "name: CC0-1.0" in text


def test_in_a_terminal_a_wrong_answer_is_told_at_once_and_asked_again(tmp_path: Path) -> None:
    main, side = pty.openpty()
    command = [FACTPACK, "--lang", "en", "init", "mine"]
    for name, text in SAID.items():
        command += [name, text] if name not in ("--name", "--area", "--code") else []
    answers = ["Not A Name", "own-name", "../../plc-x", "plc-", "plc-own", "42", " ", "420100", "WTFPL", "CC0-1.0"]
    process = subprocess.Popen(command, stdin=side, stdout=PIPE, stderr=PIPE, cwd=tmp_path)
    os.write(main, "".join(f"{answer}\n" for answer in answers).encode())
    out, raw = process.communicate(timeout=60)
    err = raw.decode()
    assert (process.returncode, out) == (0, b""), err
    assert re.findall(r"error\[([a-z-]+)\]", err)[0] == "wrong-form"
    assert [err.count(said) for said in ("for programs", "ID of the area", "in GB/T 2260", "Licence of")] == [
        2,
        3,
        3,
        2,
    ]
    assert "is not a path that this program writes" in err
    text = (tmp_path / "mine/sources/package.yaml").read_text("utf-8")
    assert re.findall("^(?:name|area): .*", text, re.MULTILINE) == ["name: own-name", "area: plc-own"]
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "Not A Name"}, "sources/package.yaml:2:7: error["),
        ({"code": "42"}, "sources/places/plc-jiangxia.yaml:7:7: error["),
        ({"area": "prj-jiangxia"}, "error["),
        ({"zh": "江夏\x1b[31m"}, "error["),
        ({"publisher_en": "Jiangxia, Data"}, "sources/package.yaml:"),
        ({"base_url": "nowhere"}, "error["),
        ({"contact": "data@example"}, "error["),
        ({"contact": "javascript:alert(1)"}, "error["),
    ],
)
def test_what_no_project_may_hold_is_told_and_nothing_is_written(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    code, out, err = init(tmp_path / "mine", **changed)
    assert (code, said in out, err) == (1, True, "Nothing was written.\n"), out
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_sources_is_refused(minimal: Path) -> None:
    before = tree(minimal)
    code, _, err = init(minimal)
    assert (code, "has sources already" in err) == (2, True)
    assert tree(minimal) == before


def test_what_is_there_stays_as_it_is(tmp_path: Path, run: Run) -> None:
    for name in ("README.md", "notes.txt", ".gitignore"):
        (tmp_path / name).write_text(f"mine: {name}\n", "utf-8")
    code, out, _ = init(tmp_path)
    assert (code, out) == (
        0,
        ".gitignore: it was there and was not changed\nREADME.md: it was there and was not changed\n",
    )
    assert {(tmp_path / name).read_text("utf-8") for name in ("README.md", "notes.txt", ".gitignore")} == {
        "mine: README.md\n",
        "mine: notes.txt\n",
        "mine: .gitignore\n",
    }
    assert run(tmp_path, "check")[:2] == (0, "")


def test_json_names_the_files(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine\n", "utf-8")
    found = json.loads(init(tmp_path, "--format", "json").stdout)
    assert found["kept"] == ["LICENSE"]
    assert set(found["written"]) == tree(tmp_path).keys() - {"LICENSE"}


def test_where_it_fails_nothing_stays(tmp_path: Path) -> None:
    """Schemas that are there are not overwritten, and these are no schemas."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/defs.schema.json").write_text("{", "utf-8")
    assert init(tmp_path).exit_code == 1
    assert tree(tmp_path).keys() == {"schemas/defs.schema.json"}
    assert not (tmp_path / "sources").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name the folder of the project"),
        (("x", "--write"), "--write can be used only with --update"),
        (("--update", "--zh", "x", "--base-url", "y"), "--zh, --base-url cannot be used"),
        (("missing", "--update"), "no sources/package.yaml in missing"),
    ],
)
def test_mistakes_of_use_are_told(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    code, _, err = called("--lang", "en", "init", *args, cwd=tmp_path)
    assert (code, said in " ".join(err.split())) == (2, True), err
    assert list(tmp_path.iterdir()) == []


# ---- an older project


@pytest.fixture
def older(begun: Path) -> Path:
    """A project without a format, whose schemas lack a field and hold a value and a record type of its own."""
    replace(begun / "sources/package.yaml", "format: 1\n", "")
    schema = begun / "schemas/package.schema.json"
    found = json.loads(schema.read_text("utf-8"))
    del found["properties"]["format"]
    found["required"].remove("format")
    schema.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    shared = begun / "schemas/defs.schema.json"
    found = json.loads(shared.read_text("utf-8"))
    theme = found["$defs"]["theme"]
    theme["enum"] = ["fishery", *theme["enum"][1:]]
    theme["x-labels"] = {"fishery": {"zh": "渔业", "en": "Fishery"}, **dict(list(theme["x-labels"].items())[1:])}
    shared.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    own = (begun / "schemas/term.schema.json").read_text("utf-8")
    for old, new in (('"x-prefix": "trm"', '"x-prefix": "wrd"'), ("glossary", "words"), ("term.schema", "word.schema")):
        own = own.replace(old, new)
    (begun / "schemas/word.schema.json").write_text(own, "utf-8")
    return begun


def test_an_older_project_is_told_one_cause_and_shown_what_to_change(older: Path, run: Run) -> None:
    before = tree(older)
    code, out, _ = run(older, "check")
    assert (code, out.count("error["), "init --update" in out) == (1, 1, True)
    code, out, err = called("--lang", "en", "init", older, "--update")
    assert (code, "use --write" in err) == (1, True)
    assert "\n+format: 1\n" in out
    assert re.search(r'^\+ +"format": \{$', out, re.MULTILINE)
    assert tree(older) == before


def test_it_is_changed_where_that_is_asked_and_keeps_what_is_its_own(older: Path, run: Run) -> None:
    assert run(older, "init", "--update", "--write")[0] == 0
    assert "format: 1\n" in (older / "sources/package.yaml").read_text("utf-8")
    theme = json.loads((older / "schemas/defs.schema.json").read_text("utf-8"))["$defs"]["theme"]
    brought = json.loads((ROOT / "schemas/defs.schema.json").read_text("utf-8"))["$defs"]["theme"]
    assert theme["enum"] == [brought["enum"][0], "fishery", *brought["enum"][1:]]
    assert list(theme["x-labels"]) == theme["enum"]
    assert (older / "schemas/word.schema.json").is_file()
    assert run(older, "init", "--update")[:2] == (0, "")


def test_what_a_project_changed_in_its_lists_is_left_as_it_is(begun: Path, run: Run) -> None:
    shared = begun / "schemas/defs.schema.json"
    found = json.loads(shared.read_text("utf-8"))["$defs"]
    removed, moved, renamed = found["theme"]["enum"][:3]
    text = shared.read_text("utf-8")
    for old, new in (
        (f'        "{removed}",\n        "{moved}",\n', f'        "{moved}",\n        "fishery",\n'),
        (json.dumps(found["theme"]["x-labels"][renamed]["zh"], ensure_ascii=False), '"别称"'),
        (
            '"x-labels": {\n        "economy"',
            '"x-labels": {\n        "fishery": {"zh": "渔业", "en": "Fishery"},\n        "economy"',
        ),
        (json.dumps(found["claim"]["x-words"]["positive"][0], ensure_ascii=False), '"为正"'),
    ):
        assert old in text, old
        text = text.replace(old, new, 1)
    text = re.sub(rf'        "{removed}": \{{[^}}]*\}},\n', "", text, count=1)
    shared.write_text(text, "utf-8")
    assert run(begun, "check")[0] == 0
    changes = json.loads(run(begun, "init", "--update", "--write", "--format", "json").stdout)["changes"]
    assert {each["path"].split("/")[0] for each in changes} == {".github"}
    assert shared.read_text("utf-8") == text


def test_the_forms_of_a_project_offer_what_its_schemas_have(begun: Path, run: Run) -> None:
    shared = begun / "schemas/defs.schema.json"
    found = json.loads(shared.read_text("utf-8"))
    found["$defs"]["theme"]["enum"].append("fishery")
    found["$defs"]["theme"]["x-labels"]["fishery"] = {"zh": "渔业: 淡水", "en": "Fishery"}
    shared.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (begun / ".github/ISSUE_TEMPLATE/record.yml").unlink()
    assert run(begun, "check")[0] == 0
    changes = json.loads(run(begun, "init", "--update", "--write", "--format", "json").stdout)["changes"]
    assert [each["path"] for each in changes] == [".github/ISSUE_TEMPLATE/record.zh-CN.yml"]
    assert '        - "渔业: 淡水"\n' in (begun / ".github/ISSUE_TEMPLATE/record.zh-CN.yml").read_text("utf-8")


def test_a_newer_project_is_left_alone(begun: Path, run: Run) -> None:
    replace(begun / "sources/package.yaml", "format: 1\n", "format: 2\n")
    before = tree(begun)
    code, out, _ = run(begun, "init", "--update", "--write")
    assert (code, "error[newer-format]" in out) == (1, True)
    assert tree(begun) == before


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 100000,
        "{",
        '{"$defs": {"claim": {"enum": ["positive"], "x-labels": {"positive": 1}, "x-words": {"positive": 1}}}}',
        '{"$defs": {"theme": {"enum": [{}, []], "x-labels": {}}}}',
        "\x1b[31m",
    ],
)
def test_whatever_the_schemas_of_a_project_are_they_are_shown_and_replaced(begun: Path, run: Run, hostile: str) -> None:
    (begun / "schemas/defs.schema.json").write_text(hostile, "utf-8")
    code, out, _ = run(begun, "init", "--update", "--write")
    assert (code, "\x1b" in out) == (0, False)
    assert run(begun, "check")[:2] == (0, "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"name: x\n", b"name: x\nformat: 1\n"),
        (b"name: x\nformat: 0\narea: y\n", b"name: x\nformat: 1\narea: y\n"),
        (b"name: x", b"name: x\nformat: 1\n"),
    ],
)
def test_the_format_is_written_in_its_line(before: bytes, after: bytes) -> None:
    assert renewed_package(before) == after
