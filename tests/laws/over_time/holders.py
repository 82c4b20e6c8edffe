"""What holds the rules of what is right over time: where the program differs from what was written by hand."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factpack.history.turns import turns
from factpack.text.token import normal_form
from projects import EXAMPLES, LINXI, LINXI_NEXT, MINIMAL, assemble, replace, write_text_record
from promised import CHOICES, MILESTONES, TARGETS, Shown, choice_of, fate_of, outcome_of
from sheets import sheet

if TYPE_CHECKING:
    from command_line import Ended

SHEET = sheet(Path(__file__).parent / "held.yaml")
IDENTIFIED = {
    "aliases": ("record_id", "name"),
    "glossary_components": ("glossary_id", "document_id", "position"),
    "glossary_definitions": ("glossary_id", "document_id"),
}
"""The columns by which rows of a table are told apart; of others it is `id`."""


def differs(by: str, folder: Path) -> str | None:
    """Return where the program differs from what was written by hand; `by` is a holder, and maybe one of its cases."""
    holder, _, case = by.partition("/")
    for name, found, wanted in HOLDERS[holder](case, folder):
        if found != wanted:
            return f"{by}: {name}: {found!r} is not {wanted!r}"
    return None


def ended(root: Path, *args: str) -> Ended:
    """Run a command that ends; one that breaks down holds no rule."""
    from command_line import in_process  # all of the program, which cases of outcomes need not

    found = in_process(root, *args)
    if found.exit_code not in (0, 1):
        raise RuntimeError(found.stderr)
    return found


def names() -> list[str]:
    """Return every holder, with each of its cases where it has many."""
    return [*("outcomes", "year after", "proven"), *(f"{each}/{case}" for each in SHEET for case in SHEET[each])]


Compared = Iterator[tuple[str, object, object]]
"""What is compared: its name, what was found, what is wanted."""


def _outcomes(_: str, __: Path) -> Compared:
    """All cases of `table/outcomes.yaml`."""
    asked: tuple[tuple[Callable[[dict[str, Any]], Shown], list[dict[str, Any]]], ...] = (
        (outcome_of, TARGETS),
        (choice_of, CHOICES),
        (fate_of, MILESTONES),
    )
    for ask, cases in asked:
        for case in cases:
            yield f"case {case['case']}", *ask(case)


def _year_after(_: str, folder: Path) -> Compared:
    """The tables of the year after against those that were written by hand."""
    root = assemble(folder / "project", LINXI, LINXI_NEXT)
    yield "build", ended(root, "build").exit_code, 0
    for path in sorted((LINXI_NEXT / "expected").glob("*.csv")):
        if path.stem != "proven":
            key = IDENTIFIED.get(path.stem, ("id",))
            wanted = [{each: row[each] for each in row if each != "reason"} for row in _rows(path)]
            built = {tuple(row[part] for part in key): row for row in _rows(root / "build" / "csv" / path.name)}
            found = [built.get(tuple(row[part] for part in key), {}) for row in wanted]
            shown = [{each: row.get(each) for each in head} for row, head in zip(found, wanted, strict=True)]
            yield from zip((f"{path.stem}: {each}" for each in wanted), shown, wanted, strict=True)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _proven(_: str, folder: Path) -> Compared:
    """What the text that comes later proves."""
    root = assemble(folder / "project", LINXI, LINXI_NEXT)
    text = LINXI_NEXT / "texts" / "later" / "doc-linxi-final-accounts-2025.txt"
    _, out, _ = ended(root, "verify", text.stem, str(text), "--prove")
    for row in _rows(LINXI_NEXT / "expected" / "proven.csv"):
        proven = f"{row['part_id']}: paragraph {row['paragraph']}: {normal_form(row['quote'])}"
        wanted = proven if row["found"] == "one" else f"{row['part_id']}: not verified"
        yield row["part_id"], wanted if wanted in out else out, wanted


def _checked(case: str, folder: Path) -> Compared:
    """A project of examples with some changes, and the problems that a check must tell."""
    given = SHEET["check"][case]
    root = assemble(folder / "project", MINIMAL, *(EXAMPLES / each for each in given.get("examples", ())))
    _change(root, given)
    options = given.get("options", ())
    told = sorted(
        f"{each['severity']} {each['code']} {each['pointer']}"
        for each in json.loads(ended(root, "check", "--format", "json", *options).stdout)["problems"]
    )
    if "facts" in given:
        err = ended(root, "check", *options).stderr
        yield case, re.findall("([0-9]+) facts? verified, ([0-9]+) only transcribed", err), [tuple(given["facts"])]
    if "facts" not in given or "problems" in given:
        yield case, told, given.get("problems", [])


def _built(case: str, folder: Path) -> Compared:
    """A project of examples with some changes, and cells of its tables."""
    given = SHEET["build"][case]
    root = assemble(folder / "project", MINIMAL, *(EXAMPLES / each for each in given.get("examples", ())))
    _change(root, given)
    code, out, _ = ended(root, "build")
    yield case, out if code else "", ""
    for table, wanted in given["tables"].items():
        key = IDENTIFIED.get(table, ("id",))
        rows = {".".join(row[each] for each in key): row for row in _rows(root / "build" / "csv" / f"{table}.csv")}
        for own, cells in wanted.items():
            yield own, {each: rows.get(own, {}).get(each) for each in cells}, cells


def _change(root: Path, given: Mapping[str, Any]) -> None:
    for path, changes in given.get("replace", {}).items():
        for old, new in changes.items():
            replace(root / path, old, new)
    for path, text in given.get("append", {}).items():
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)
    for document, text in given.get("texts", {}).items():
        (root / "sources" / "texts" / f"{document}.json").unlink(missing_ok=True)
        write_text_record(root, document, text)


ACCOUNTS = "sources/documents/doc-accounts.yaml"
REVENUE = "sources/indicators/ind-budget-revenue.yaml"
CURATED = "coverage: partial\nsections:\n  - label:\n      zh: 全文\n      en: Whole\n    first: 1\n    last: 1\n"


def _found(case: str, folder: Path) -> Compared:
    """Texts that come later, and the quotes that are written for a fact, or why none is."""
    given = SHEET["find"][case]
    whole = assemble(folder / "project", MINIMAL)
    for path, more in ((ACCOUNTS, CURATED), (REVENUE, "")):
        text = (EXAMPLES / "good/transcribed" / path).read_text("utf-8") + more
        (whole / path).write_text(text.replace("21.30", "21.35"), "utf-8")
    if "more" in given:
        _, begin, rest = (whole / REVENUE).read_text("utf-8").partition("  - period")
        with (whole / REVENUE).open("a", encoding="utf-8") as file:
            file.write(f"{begin}{rest}".replace("2025", given["more"]))
    for number, (text, wanted) in enumerate(given["texts"].items()):
        root = Path(shutil.copytree(whole, folder / str(number)))
        (root / "accounts.txt").write_text(f"{text}\n", "utf-8")
        _, out, err = ended(root, "verify", "doc-accounts", str(root / "accounts.txt"), "--prove")
        yield text, wanted if wanted in out else out + err, wanted


def _turned(case: str, _: Path) -> Compared:
    """Rows of two editions, and what turned between them."""
    given = SHEET["turn"][case]
    then, now = ({"things": given[each]} if each in given else {} for each in ("then", "now"))
    found = [f"{each.how} {each.id} {each.was} {each.now} {each.by}".split() for each in turns(then, now)]
    yield case, found, [each.split() for each in given.get("told", ())]


HOLDERS: Mapping[str, Callable[[str, Path], Compared]] = {
    "outcomes": _outcomes,
    "year after": _year_after,
    "proven": _proven,
    "check": _checked,
    "build": _built,
    "find": _found,
    "turn": _turned,
}
