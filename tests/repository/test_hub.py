"""What contributors meet on GitHub: workflows that do no harm, forms in two languages, hooks that look at records."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from factpack.disk.project import Project
from factpack.edit.forms import issue_forms
from factpack.schema.read import read as read_schemas
from factpack.table.derived import DERIVATIONS
from pages import tracked
from projects import ROOT

HUB = ROOT / ".github"
WORKFLOWS = sorted((HUB / "workflows").iterdir())
ACTIONS = sorted((HUB / "actions").glob("*/*"))
BROUGHT = sorted((ROOT / "scripts" / "factpack" / "edit" / "project" / "dot-github" / "workflows").iterdir())
"""The workflows of a project that `factpack init` starts."""
FORMS = sorted(path for path in (HUB / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")
ENGLISH = [path for path in FORMS if not path.stem.endswith(".zh-CN")]
PINNED = re.compile(r"uses: (\./\S+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)")
MAY_WRITE = {("main.yml", "commit"), ("build.yml", "commit"), ("site.yml", "publish")}
"""The jobs that commit, after a merge, and the one that publishes the site."""
VERSIONS = re.compile(r"\d+\.\d+")


def read(text: str) -> Any:
    """Return YAML with every scalar as text: the key `on` is a truth value to YAML 1.1."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text


def steps(file: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of all jobs of a workflow, or of an action."""
    return list(chain.from_iterable(each["steps"] for each in (file.get("jobs") or {"": file["runs"]}).values()))


def faults(name: str, text: str) -> list[str]:
    """Return what in a workflow or action could be turned against the repository."""
    file, found = read(text), [f"not pinned: {line.strip()}" for line in text.splitlines() if _loose(line)]
    for step in steps(file):
        if "${{" in step.get("run", ""):
            found.append(f"an expression in a script: {step['run']}")
        if step.get("uses", "").startswith("actions/checkout@") and step["with"].get("persist-credentials") != "false":
            found.append("credentials stay in the clone")
    if "jobs" not in file:
        return found
    events = {file["on"]} if isinstance(file["on"], str) else set(file["on"])
    found += [f"started by {event}" for event in sorted(events - {"pull_request", "push"})]
    if not isinstance(file.get("permissions"), dict) or set(file["permissions"].values()) - {"read"}:
        found.append("no permissions stated, or more than reading for all jobs")
    for job, body in file["jobs"].items():
        rights = body.get("permissions", {})
        if not isinstance(rights, dict) or ("write" in rights.values() and (name, job) not in MAY_WRITE):
            found.append(f"{job} may write")
        if not file.get("permissions") and "permissions" not in body:
            found.append(f"{job} states no permissions")
        if "timeout-minutes" not in body:
            found.append(f"{job} may run for hours")
    return found


def _loose(line: str) -> bool:
    return "uses:" in line and not PINNED.search(line)


# ---- workflows


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS, *BROUGHT], ids=lambda path: path.name)
def test_a_workflow_asks_for_little_and_runs_no_text_of_strangers(path: Path) -> None:
    assert faults(path.name, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("records.yml", "  pull_request:", "  pull_request_target:", "started by pull_request_target"),
        ("records.yml", "permissions:\n  contents: read\n", "", "no permissions stated"),
        ("records.yml", "contents: read", "contents: write", "no permissions stated, or more than reading"),
        ("records.yml", "permissions:\n  contents: read\n", "permissions: write-all\n", "no permissions stated"),
        ("records.yml", "persist-credentials: false", "persist-credentials: true", "credentials stay"),
        ("records.yml", '"$BASE"', "${{ github.event.pull_request.title }}", "an expression in a script"),
        ("records.yml", "    timeout-minutes: 10\n", "", "check may run for hours"),
        ("code.yml", "@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "not pinned"),
        ("main.yml", "      contents: read\n", "      contents: write\n", "gate may write"),
        ("main.yml", "    permissions:\n      contents: read\n", "", "gate states no permissions"),
    ],
)
def test_what_a_workflow_must_not_do_would_be_found(name: str, old: str, new: str, fault: str) -> None:
    text = (HUB / "workflows" / name).read_text("utf-8")
    assert old in text
    found = faults(name, text.replace(old, new))
    assert any(each.startswith(fault) for each in found)


def test_each_action_is_pinned_to_one_commit_wherever_it_is_used() -> None:
    used = (
        step["uses"]
        for path in (*WORKFLOWS, *ACTIONS, *BROUGHT)
        for step in steps(read(path.read_text("utf-8")))
        if "uses" in step
    )
    pins = {tuple(name.split("@")) for name in used if "@" in name}
    assert len(pins) == len({name for name, _ in pins}) > 5


@pytest.mark.parametrize("path", BROUGHT, ids=lambda path: path.name)
def test_what_a_new_project_brings_is_judged_as_the_workflows_here(tmp_path: Path, path: Path) -> None:
    (tmp_path / path.name).write_bytes(path.read_bytes())
    programs, schemas = Path(sys.executable).parent, ("github-workflows", "github-workflows-require-timeout")
    judges = [
        [programs / "zizmor", "--quiet", "--offline", "--persona=pedantic", "--config", HUB / "zizmor.yml", path.name],
        *(
            [programs / "check-jsonschema", "--builtin-schema", f"{where}.{schema}", path.name]
            for where, schema in zip(("vendor", "custom"), schemas, strict=True)
        ),
    ]
    for command in judges:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_project_has_the_licence_of_what_the_program_brings() -> None:
    brought = (BROUGHT[0].parents[2] / "LICENSE").read_text("utf-8").partition("MIT License")
    assert brought[2]
    assert brought[2] == (ROOT / "LICENSE").read_text("utf-8").partition("MIT License")[2]


def test_what_a_fork_keeps_besides_pages_and_tests_names_nobodys_data() -> None:
    """The engine, the schemas, workflows, forms and the licence; a page of the documentation may show a record."""
    replaced = ("sources/", "build/", "datapackage.json", "CITATION.cff", "README.")
    speaking = ("docs/", "tests/", "CHANGELOG.md", "CONTRIBUTING.")
    first = re.compile(r"(?<!tests/)wuchang|武昌|wuhan|武汉|420106", re.IGNORECASE)
    kept = [path for path in tracked() if not path.startswith((*replaced, *speaking))]
    assert len(kept) > 500
    assert [path for path in kept if first.search((ROOT / path).read_bytes().decode("utf-8", "replace"))] == []


def test_actions_of_this_repository_are_there() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(read(path.read_text("utf-8"))) if "uses" in step}
    own = {name for name in used if name.startswith("./")}
    assert own
    assert all((ROOT / name / "action.yml").is_file() for name in own)


def test_the_oldest_python_is_the_one_that_the_tool_supports_and_main_tries_more() -> None:
    oldest = VERSIONS.search(re.findall(r"requires-python = .*", (ROOT / "pyproject.toml").read_text("utf-8"))[0])
    assert oldest
    action = read((HUB / "actions" / "set-up" / "action.yml").read_text("utf-8"))
    tried = read((HUB / "workflows" / "main.yml").read_text("utf-8"))["jobs"]["gate"]["strategy"]["matrix"]["python"]
    assert action["inputs"]["python-version"]["default"] == tried[0] == oldest[0]
    assert len(tried) > 1


def test_main_is_judged_after_it_is_rebuilt() -> None:
    jobs = read((HUB / "workflows" / "main.yml").read_text("utf-8"))["jobs"]
    assert (jobs["commit"]["needs"], jobs["gate"]["needs"]) == ("build", "commit")
    assert "needs.commit.outputs.commit" in jobs["gate"]["steps"][0]["with"]["ref"]


def test_a_build_after_a_merge_is_compared_with_what_was_before_the_merge() -> None:
    file = read((HUB / "workflows" / "main.yml").read_text("utf-8"))
    (build,) = (step for step in file["jobs"]["build"]["steps"] if "factpack build" in step.get("run", ""))
    assert build["run"].endswith('--against "$BEFORE"')
    assert build["env"]["BEFORE"].endswith("|| github.event.before }}")
    assert file["concurrency"]["queue"] == "max"  # a run left out would be a merge that nobody compares


def test_a_pull_request_is_told_of_changed_fingerprints_and_a_label_starts_the_check_again() -> None:
    file = read((HUB / "workflows" / "records.yml").read_text("utf-8"))
    assert {"opened", "synchronize", "reopened", "labeled", "unlabeled"} == set(file["on"]["pull_request"]["types"])
    job = file["jobs"]["check"]
    assert "github.event.pull_request.labels" in job["env"]["LABELS"]
    checks = [step["run"] for step in job["steps"] if " check " in step.get("run", "")]
    assert len(checks) == 2
    assert all('--against "$BASE"' in each and '--texts-verified "$LABELS"' in each for each in checks)


# ---- owners


def owned(path: str) -> bool:
    """Say whether the last line of CODEOWNERS that matches a path names an owner."""
    owner = False
    for line in (HUB / "CODEOWNERS").read_text("utf-8").splitlines():
        pattern, *owners = line.split() if line and not line.startswith("#") else [""]
        anchored = re.escape(pattern.lstrip("/")).replace(r"\*", "[^/]*") + (".*" if pattern.endswith("/") else "")
        if pattern == "*" or (pattern and re.fullmatch(anchored, path)):
            owner = bool(owners)
    return owner


@pytest.mark.parametrize(
    "path",
    [
        *(
            "sources/texts/doc-x.json",
            "sources/texts/doc-x.yaml",
            "sources/package.yaml",
            "sources/places/deep/plc-x.yaml",
        ),
        *(
            "schemas/unit.schema.json",
            "scripts/factpack/cli/check.py",
            ".github/workflows/records.yml",
            ".github/CODEOWNERS",
        ),
        *(
            "Makefile",
            "pyproject.toml",
            "requirements/program.txt",
            ".ci/run",
            "hatch_build.py",
            "tests/package-lock.json",
            "new",
        ),
        *(".gitattributes", "build/csv/ids.csv", "sources/places/plc-x.yml"),
    ],
)
def test_whatever_can_decide_what_is_checked_has_an_owner(path: str) -> None:
    assert owned(path)


def test_records_need_no_owner_and_there_is_one_owner() -> None:
    folders = [json.loads(path.read_text("utf-8")).get("x-folder") for path in (ROOT / "schemas").glob("*.schema.json")]
    assert sum(map(bool, folders)) > 5
    assert not any(owned(f"sources/{folder}/abc-x.yaml") for folder in folders if folder)
    names = set(re.findall(r"@\S+", (HUB / "CODEOWNERS").read_text("utf-8")))
    assert names == {"@OWNER/maintainers"}
    assert all(
        "@OWNER/maintainers" in (ROOT / "docs" / f"developing{lang}.md").read_text("utf-8") for lang in ("", ".zh-CN")
    )


# ---- the schemas of GitHub's files


def test_the_settings_of_zizmor_switch_one_audit_off() -> None:
    assert list(read((HUB / "zizmor.yml").read_text("utf-8"))["rules"]) == ["self-repository"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  pull_request:", "  pull_request_target:"),
        ('"$BASE"', "${{ github.event.pull_request.title }}"),
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6"),
    ],
)
def test_zizmor_finds_what_a_workflow_must_not_do(tmp_path: Path, old: str, new: str) -> None:
    text = (HUB / "workflows" / "records.yml").read_text("utf-8")
    assert old in text
    judge = [Path(sys.executable).parent / "zizmor", "--quiet", "--offline", "--persona=pedantic", "--config"]
    for each, statuses in ((text, {0}), (text.replace(old, new), {11, 12, 13, 14})):
        (tmp_path / "records.yml").write_text(each, "utf-8")
        command = [*judge, HUB / "zizmor.yml", "records.yml"]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode in statuses


def judged() -> list[tuple[str, list[str]]]:
    """Return which built-in schema `make lint` holds against which files."""
    said = subprocess.run(["make", "-n", "lint"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    lines = [line.split("--builtin-schema ")[1].split() for line in said.splitlines() if "--builtin-schema" in line]
    return [(schema, [str(path.relative_to(ROOT)) for each in of for path in ROOT.glob(each)]) for schema, *of in lines]


def test_the_gate_judges_every_yaml_file_that_github_reads() -> None:
    expected = {str(path.relative_to(ROOT)) for path in HUB.rglob("*.y*ml")} | {"CITATION.cff"}
    assert {path for _, paths in judged() for path in paths} == expected - {".github/zizmor.yml"}


def test_the_schemas_come_with_a_package_and_refer_to_nothing_elsewhere() -> None:
    assert judged()
    for schema, _ in judged():
        text = (files("check_jsonschema") / "builtin_schemas" / f"{schema.replace('.', '/')}.json").read_text("utf-8")
        assert json.loads(text)
        assert not re.search(r'"\$ref":\s*"[^#]', text), schema


@pytest.mark.parametrize(
    ("schema", "path", "old", "new"),
    [
        ("vendor.github-workflows", "workflows/code.yml", "runs-on:", "run-on:"),
        ("custom.github-workflows-require-timeout", "workflows/code.yml", "timeout-minutes", "name"),
        ("vendor.github-actions", "actions/set-up/action.yml", "using: composite", "using: it"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/error.yml", "type: input", "type: inputs"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml", "true", "perhaps"),
        ("vendor.dependabot", "dependabot.yml", "monthly", "sometimes"),
        ("vendor.citation-file-format", "../CITATION.cff", "type: dataset", "type: data"),
    ],
)
def test_each_schema_refuses_a_mistake(tmp_path: Path, schema: str, path: str, old: str, new: str) -> None:
    assert schema in dict(judged())
    text = (HUB / path).read_text("utf-8")
    assert old in text
    (tmp_path / "spoiled.yml").write_text(text.replace(old, new), "utf-8")
    judge = [str(Path(sys.executable).parent / "check-jsonschema"), "--builtin-schema", schema, "spoiled.yml"]
    assert subprocess.run(judge, cwd=tmp_path, capture_output=True, check=False).returncode == 1


# ---- forms


def fields(form: dict[str, Any]) -> list[object]:
    """Return what a form asks for, whatever its language."""
    return [
        (each["type"], each.get("id"), each.get("validations"), sorted(each["attributes"]))
        for each in form["body"]
        if each["attributes"]
    ]


def test_each_form_is_there_in_both_languages() -> None:
    english = {path.stem for path in ENGLISH}
    assert english
    assert {path.stem for path in FORMS} == english | {f"{stem}.zh-CN" for stem in english}


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_both_languages_of_a_form_have_the_same_fields(path: Path) -> None:
    english, chinese = (read(each.read_text("utf-8")) for each in (path, path.with_suffix(".zh-CN.yml")))
    assert fields(english) == fields(chinese)
    assert sorted(english) == sorted(chinese)
    labels = [each["attributes"].get("label", "") for each in english["body"]]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(labels))
    assert all(re.search(r"[\u4e00-\u9fff]", each["attributes"].get("label", "一")) for each in chinese["body"])


def test_the_forms_are_those_that_the_schemas_give() -> None:
    """After a change of the schemas, `make forms` writes them."""
    forms = issue_forms(read_schemas(Project(ROOT).schemas(), DERIVATIONS.keys()))
    assert {path: (ROOT / path).read_bytes() for path in forms} == forms
    assert {ROOT / path for path in forms} == {*FORMS, HUB / "ISSUE_TEMPLATE" / "config.yml"}


# ---- hooks


def test_hooks_run_what_is_installed_here_and_look_at_records_only() -> None:
    config = read((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert [hook["id"] for hook in hooks] == ["fmt", "check"]
    paths = [f"sources/{path}" for path in ("package.yaml", "texts/doc-x.json", "places/plc-x.yaml", "places", "notes")]
    for hook in hooks:
        assert (hook["language"], hook["entry"].split()[0]) == ("system", ".venv/bin/factpack")
        assert {path for path in paths if re.search(hook["files"], path)} == {"sources/places/plc-x.yaml"}
