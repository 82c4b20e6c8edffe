"""A fuzzer: a file may be anything, but nothing may break. `python -m laws.fuzz --inputs 200000 --seed 1`

Most inputs are real or hostile records with a few mutations, some are YAML made by hypothesis. Each is loaded, and what
loads is validated, proven and turned into rows. Now and then a schema or the record of a text is mutated instead.
With `--guided SECONDS` atheris, where it is installed, looks for inputs that reach new code of the loader.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from factpack.check import coverage
from factpack.check.record import check_record
from factpack.disk.project import Project
from factpack.disk.stage import Made
from factpack.run.reader import Kept, Read
from factpack.run.workspace import Workspace, open_workspace
from factpack.schema import read
from factpack.schema.model import Kind, Schemas
from factpack.schema.validate import Validator
from factpack.source.decoding import PROBLEM_LIMIT
from factpack.source.documents import Document, load
from factpack.source.marks import Path as Steps
from factpack.table.derived import DERIVATIONS
from factpack.table.descriptor import descriptor, tables
from factpack.table.rows import complete, rows
from factpack.text import text_record
from factpack.words import LANGUAGES
from laws import hostile_files as hostile
from projects import ROOT

SECONDS = 2.0
"""What no input should take longer than."""
SHOWN = 20
"""Failures that are printed."""
TOKENS = (
    *("- ", "? ", ": ", ", ", "[", "]", "{", "}", "#", " #", "&a ", "*a", "!", "!!str ", "|", "|-\n", ">-\n", ">+2\n"),
    *("'", '"', "''", '\\"', "%", "@", "`", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "\n", "\n\n", "\r\n", "\r", "\t"),
    *("  ", " ", "\\", "\\n", "\\u202e", "\\x", "\\U0001f642", "\\\n", "~", "null", "no", "012", "1e3", "2025-12-29"),
    *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "武", "é", "a\u0301", "\u2028"),
    *("🙂", "\ufe0f", "\u0430", "id: x\n", "a: b\n", "- a\n", "{a: b}", "[1, 2.50]", "k" * 1030),
)
STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**6, 10**15, 2.5, -0.0, "", " ", "x", "no", "2025", "2025-12", "1e3", "#", "a: b"),
    *("\n", "a\nb", "\u202e", "武昌", "ind-gdp", "plc-x", "doc-x", "../x", "^(a+)+$", "defs.schema.json#/$defs/text"),
    *([], {}, [[]], [{}], {"": ""}, ["x", "x"], {"zh": "一", "en": "one"}, {"$ref": "#"}, "x" * 300, list(range(50))),
)
STYLES: Mapping[str, Sequence[Any]] = {
    "default_flow_style": (None, True, False),
    "default_style": (None, None, "'", '"', "|", ">"),
    "allow_unicode": (True, True, False),
    "width": (20, 80, 9999),
}
"""How PyYAML may write a tree."""


class Dice(random.Random):
    """Dice, and the files that mutations begin with."""

    files: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Tally:
    """What a run of the fuzzer saw: counts, the slowest input, and what broke, each with its input."""

    seconds: float = SECONDS
    """What an input may take."""
    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, bytes] = (0.0, b"")
    failures: list[tuple[str, bytes]] = field(default_factory=list)

    def take(self, judge: Callable[[bytes], Iterator[str]], raw: bytes) -> None:
        """Judge an input; count what it is, and keep what it breaks."""
        self.counts["inputs"] += 1
        start = time.process_time()
        try:
            for word in judge(raw):
                kind, _, what = word.partition(" ")
                self.counts[kind] += 1
                if what:
                    self.failures.append((word, raw))
        except Exception as error:  # noqa: BLE001 - whatever is raised is counted and kept
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.counts["raised"] += 1
            self.failures.append((f"raised {type(error).__name__}: {error} at {where.filename}:{where.lineno}", raw))
        spent = time.process_time() - start
        self.slowest = max(self.slowest, (spent, raw))
        if spent > self.seconds:
            self.failures.append((f"slow {spent:.1f} s", raw))

    def __str__(self) -> str:
        lines = [f"{name}: {count}" for name, count in self.counts.most_common()]
        lines.append(f"slowest: {self.slowest[0]:.2f} s for {len(self.slowest[1])} bytes")
        lines += [f"BROKEN {what}\n  {raw[:2000]!r}" for what, raw in self.failures[:SHOWN]]
        return "\n".join([*lines, f"{len(self.failures)} broken"])


def broken(raw: bytes, document: Document) -> Iterator[str]:
    """Yield each law of the loader that its answer for a file breaks."""
    if (document.data is None) != bool(document.problems):
        yield "data or problems, not both and not neither"
    if len(document.problems) > PROBLEM_LIMIT:
        yield "too many problems"
    lines = raw.decode("utf-8", "surrogateescape").split("\n")
    marks = [*document.marks.values.values(), *document.marks.keys.values()]
    for line, column in [*marks, *((each.line, each.column) for each in document.problems)]:
        if not (1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1):
            yield f"the place {line}:{column} is not in the text"
    for problem in document.problems:
        for language in LANGUAGES:
            if "\n" in (told := problem.message(language) + problem.hint(language)) or "\x1b" in told:
                yield f"a message leaves its line: {told!r}"
    if document.data is not None:
        paths = dict(_paths(document.data))
        if set(paths) != set(document.marks.values):
            yield "not every path has a mark"
        if {path for path in paths if path and isinstance(path[-1], str)} != set(document.marks.keys):
            yield "not every key has a mark"


def _paths(value: Any, path: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    yield path, value
    for step, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(each, (*path, step))


def misread(raw: bytes, data: Any, thorough: bool) -> Iterator[str]:
    """Yield each reader that takes a good file for something else: PyYAML, json, and ruamel (YAML 1.2, and slow)."""
    text = raw.decode("utf-8")
    if not same(data, yaml.load(text, Loader=yaml.CSafeLoader)):
        yield "PyYAML reads something else"
    try:
        if not same(data, json.loads(text)):
            yield "json reads something else"
    except ValueError:
        pass
    if thorough:
        from ruamel.yaml import YAML
        from ruamel.yaml.composer import ComposerError

        try:
            if not same(data, YAML(typ="safe", pure=True).load(text)):
                yield "ruamel reads something else"
        except ComposerError:  # it takes each of several lines `...` at the end for a document
            pass
        except Exception as error:  # noqa: BLE001 - what is YAML to the C parser and not to another is a surprise too
            yield f"ruamel refuses it: {type(error).__name__}"


def same(ours: Any, theirs: Any) -> bool:
    """Say whether two readers mean the same; a Decimal of ours may be a float of theirs."""
    if isinstance(ours, dict):
        alike = isinstance(theirs, dict) and list(ours) == list(theirs)
        return alike and all(map(same, ours.values(), theirs.values()))
    if isinstance(ours, list):
        return isinstance(theirs, list) and len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, Decimal):
        return isinstance(theirs, float) and float(ours) == theirs
    return type(ours) is type(theirs) and bool(ours == theirs)


class Judges:
    """Judges of inputs: each yields a word for what an input is, and `word: what` for what it breaks."""

    def __init__(self, dice: Dice, root: Path) -> None:
        self.dice, self.root = dice, root
        self.space = open_workspace(Project(root))
        self.kinds = list(self.space.schemas.kinds.values())
        self.schema_files = dict(Project(root).schemas())
        self.document = max(self.space.texts)

    def record(self, raw: bytes) -> Iterator[str]:
        """Judge the file of a record."""
        kind = self._kind(raw)
        document = load(f"sources/{kind.folder}/{_id_of(raw)}.yaml", raw)
        for what in broken(raw, document):
            yield f"broken {what}"
        for problem in document.problems:
            yield problem.code
        if document.data is None:
            return
        yield "loaded"
        for what in misread(raw, document.data, self.dice.random() < 0.2):
            yield f"misread {what}"
        yield from self._beyond(self.space, kind, document)

    def _kind(self, raw: bytes) -> Kind:
        prefix = _id_of(raw)[:3]
        return next((kind for kind in self.kinds if kind.prefix == prefix), self.kinds[0])

    def _beyond(self, space: Workspace, kind: Kind, document: Document) -> Iterator[str]:
        """Judge what comes after the loader: schema, rules, proof, rows."""
        if space.reader.validators[kind.name].problems(document):
            return
        yield "valid"
        if check_record(kind, document, (), space.library).problems:
            return
        yield "proven"
        assert document.data is not None
        if list(rows(kind, document.data, space.library, complete(kind, document.data, space.library))):
            yield "tabulated"

    def schema(self, name: str, raw: bytes) -> Iterator[str]:
        """Judge a schema: it is refused, or the records can be looked at with it."""
        model = read.read({**self.schema_files, name: raw}, DERIVATIONS)
        yield "schema-refused" if model.problems else "schema-taken"
        if not model.problems:
            yield from self._used(model)

    def _used(self, model: Schemas) -> Iterator[str]:
        validators = {kind: Validator(kind, model) for kind in model.kinds}
        space = replace(self.space, reader=replace(self.space.reader, schemas=model, validators=validators))
        made = {f"build/csv/{name}.csv": Made("x", 0, "") for name in tables(model)}
        made |= {f"build/json/{kind.folder}.json": Made("x", 0, "") for kind in model.kinds.values()}
        descriptor(model, self.space.package, [], made)
        for kind in model.kinds.values():
            for record in self.dice.sample(self.space.ids.get(kind.name, []), 1):
                yield from self._beyond(space, kind, self.space.load(self.space.schemas.kinds[kind.name], record)[0])

    def text(self, raw: bytes) -> Iterator[str]:
        """Judge the record of a text: it is refused, or records can be proven with it."""
        try:
            text = text_record.decode(raw)
        except (ValueError, KeyError, TypeError):
            yield "text-refused"
            return
        yield "text-taken"
        kept = Kept(texts={name: Read(text, None) for name in self.space.ids[self.space.schemas.documents.name]})
        space = replace(self.space, reader=replace(self.space.reader, kept=kept))
        for kind in self.kinds:
            for record in self.dice.sample(self.space.ids[kind.name], min(2, len(self.space.ids[kind.name]))):
                yield from self._beyond(space, kind, self.space.load(kind, record)[0])
        kind = self.space.schemas.documents
        document = self.space.load(kind, self.document)[0]
        list(coverage.numbers(text, [], coverage.waivers(kind, document)))
        list(coverage.problems(kind, document, text, []))


def _id_of(raw: bytes) -> str:
    match = re.search(rb"^\W{0,3}id\W{1,4}([a-z]{3}-[a-z0-9-]{1,70})", raw, re.MULTILINE)
    return match[1].decode() if match else "plc-x"


def seeds(root: Path) -> tuple[bytes, ...]:
    """Return the files that mutations begin with: a project's records twice, good and hostile ones of a usual size."""
    real = [path.read_bytes() for path in sorted((root / "sources").glob("*/*.yaml"))]
    cases = [*(case for case in hostile.bad() if case not in set(hostile.hidden())), *hostile.good()]
    return (*real, *real, *(case.raw for case in cases if len(case.raw) < 5_000))


def flip(dice: Dice, raw: bytes) -> bytes:
    """Change bits."""
    data = bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def cut(dice: Dice, raw: bytes) -> bytes:
    """Leave out or repeat a stretch."""
    start, end = sorted(dice.randrange(len(raw) + 1) for _ in range(2))
    end = min(end, start + dice.choice((1, 5, 40, 400)))
    return raw[:start] + raw[start:end] * dice.choice((0, 0, 2, 3)) + raw[end:]


def put(dice: Dice, raw: bytes) -> bytes:
    """Put in a sign or word of YAML, once or over and over."""
    at, times = dice.randrange(len(raw) + 1), dice.choice((1, 1, 1, 2, 40, 1500))
    return raw[:at] + dice.choice(TOKENS).encode() * times + raw[at:]


def splice(dice: Dice, raw: bytes) -> bytes:
    """Go on with the lines of another file."""
    ours, theirs = raw.split(b"\n"), dice.choice(dice.files).split(b"\n")
    return b"\n".join(ours[: dice.randrange(len(ours) + 1)] + theirs[dice.randrange(len(theirs)) :])


def move(dice: Dice, raw: bytes) -> bytes:
    """Move, repeat, leave out or indent a line."""
    lines = raw.split(b"\n")
    line = lines.pop(dice.randrange(len(lines)))
    new = dice.choice(([], [line], [line, line], [b" " * dice.randint(1, 4) + line], [line.lstrip()], [line + b" # x"]))
    at = dice.randrange(len(lines) + 1)
    return b"\n".join([*lines[:at], *new, *lines[at:]])


def value(dice: Dice, raw: bytes) -> bytes:
    """Write something else after a colon or dash."""
    places = list(re.finditer(rb"(?<=[:-] )[^\n]+", raw))
    if not places:
        return raw
    place = dice.choice(places)
    return raw[: place.start()] + dice.choice(WRITTEN).encode() + raw[place.end() :]


WRITTEN = (*(text for listed in hostile.WRITTEN_BY_CODE.values() for text in listed if len(text) < 999), *hostile.FINE)


def restyle(dice: Dice, raw: bytes) -> bytes:
    """Write the same or almost the same data in another way."""
    data = load("", raw).data
    if data is None:
        return raw
    tree = json.loads(json.dumps(data, default=float))
    if dice.random() < 0.5:
        strange(dice, tree)
    if dice.random() < 0.3:
        written = json.dumps(tree, ensure_ascii=dice.random() < 0.5, indent=dice.choice((None, 0, 2)))
        return written.encode("utf-8", "replace")
    style = {name: dice.choice(choices) for name, choices in STYLES.items()}
    written = yaml.dump(tree, Dumper=yaml.CSafeDumper, **style)
    return re.sub("!!(int|bool|float|null) ", "", written).encode("utf-8", "replace")


def strange(dice: Dice, tree: Any) -> None:
    """Change one thing in a tree."""
    holders = [each for _, each in _paths(tree) if isinstance(each, (dict, list)) and each]
    if not holders:
        return
    holder = dice.choice(holders)
    step = dice.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match dice.randrange(4):
        case 0:
            del holder[step]
        case 1 if isinstance(holder, dict):
            name = dice.choice(("zh", "en", "value", "x", "x-role", "type", "pattern"))
            holder[name] = copy.deepcopy(dice.choice(STRANGE))
        case 2:
            holder[step] = copy.deepcopy(dice.choice([each for _, each in _paths(tree)][:500]))
        case _:
            holder[step] = copy.deepcopy(dice.choice(STRANGE))


def recode(dice: Dice, raw: bytes) -> bytes:
    """Write in another encoding, or with other line ends."""
    if dice.random() < 0.7:
        return raw.replace(b"\n", dice.choice((b"\r\n", b"\r", b"\n\n", b" \n", "\u2028".encode())))
    encoding = dice.choice(("utf-16", "utf-8-sig", "gb18030", "utf-32-le"))
    return raw.decode("utf-8", "replace").encode(encoding, "replace")


def escape(dice: Dice, raw: bytes) -> bytes:
    """Write a line's value in double quotes with an escape in it."""
    lines = raw.decode("utf-8", "replace").split("\n")
    at = dice.randrange(len(lines))
    head, colon, tail = lines[at].partition(": ")
    point = dice.choice((dice.choice(hostile.HIDDEN), 0x41, 0x0A, 0x20, 0x301, 0x430, 0xE9, 0x6B66, 0x1F642))
    end = dice.randrange(len(tail) + 1)
    lines[at] = f'{head}{colon}"{tail[:end]}\\U{point:08x}{tail[end:]}"'
    return "\n".join(lines).encode("utf-8", "replace")


MUTATIONS = (flip, cut, put, put, splice, move, move, *[value] * 4, *[restyle] * 4, recode, escape)


def mutated(dice: Dice) -> bytes:
    """Return a seed with a few mutations."""
    raw = dice.choice(dice.files)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        raw = dice.choice(MUTATIONS)(dice, raw) if raw else raw
    return raw


def mutated_json(dice: Dice, raw: bytes) -> bytes:
    """Return a JSON file with a few things changed."""
    if dice.random() < 0.1:
        return dice.choice((flip, cut, put, move))(dice, raw)
    tree = json.loads(raw)
    for _ in range(dice.choice((1, 1, 2, 4))):
        strange(dice, tree)
    return json.dumps(tree, ensure_ascii=False, indent=1).encode("utf-8")


def made(tally: Tally, judge: Callable[[bytes], Iterator[str]], inputs: int, seed: int) -> None:
    """Judge YAML made by hypothesis: signs and words in any order, and trees written in any style."""
    import hypothesis
    from hypothesis import strategies as st

    loose = st.lists(st.sampled_from(TOKENS) | st.text(max_size=4), max_size=25).map("".join)
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(WRITTEN)
    trees = st.recursive(leaves, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=6), each))
    styles = st.fixed_dictionaries({name: st.sampled_from(choices) for name, choices in STYLES.items()})
    dumped = st.builds(lambda tree, style: yaml.dump({"a": tree}, Dumper=yaml.CSafeDumper, **style), trees, styles)

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(loose | dumped)
    def one(text: str) -> None:
        tally.take(judge, text.encode("utf-8", "surrogatepass"))

    one()


def run(inputs: int, seed: int, root: Path, seconds: float = SECONDS) -> Tally:
    """Return what so many inputs gave: a tenth made by hypothesis, a hundredth schemas and texts each."""
    dice, tally = Dice(seed), Tally(seconds)
    dice.files = seeds(root)
    judges = Judges(dice, root)
    text = (root / "sources" / "texts" / f"{judges.document}.json").read_bytes()
    for number in range(inputs - inputs // 10):
        if number % 100 == 0:
            name = dice.choice([each for each in judges.schema_files if each != "dialect"])
            tally.take(partial(judges.schema, name), mutated_json(dice, judges.schema_files[name]))
        elif number % 100 == 1:
            tally.take(judges.text, mutated_json(dice, text))
        else:
            tally.take(judges.record, mutated(dice))
    made(tally, judges.record, inputs // 10, seed)
    return tally


def guided(seconds: int) -> None:
    """Let atheris look for inputs that reach new code, until one breaks a law."""
    import tempfile

    import atheris

    def one(raw: bytes) -> None:
        found = [*broken(raw, load("sources/places/plc-x.yaml", raw))]
        assert not found, found

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as corpus:
        for number, raw in enumerate(seeds(ROOT)):
            (Path(corpus) / str(number)).write_bytes(raw)
        atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-timeout=5", "-max_len=4096", corpus], one)
        atheris.Fuzz()


def main() -> None:
    """Run the fuzzer; the exit code is 1 where something broke."""
    parser = argparse.ArgumentParser(description="Mutate files until something breaks.")
    parser.add_argument("--inputs", type=int, default=20_000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (default: %(default)s)")
    parser.add_argument("--guided", type=int, metavar="SECONDS", help="with atheris, for so long")
    asked = parser.parse_args()
    if asked.guided:
        guided(asked.guided)
        return
    tally = run(asked.inputs, asked.seed, ROOT)
    print(tally)
    sys.exit(bool(tally.failures))


if __name__ == "__main__":
    main()
