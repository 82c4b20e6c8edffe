"""Texts that are plain YAML or nearly: real records tampered with, and lines and values put together from fragments.

`python -m laws.readers 300000`, from the folder `tests`, compares the two readers on as many; `--seed` makes others.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter

from factpack.source import plain
from factpack.source.documents import load_strictly
from laws import hostile_files as hostile
from projects import ROOT

ODD_CHARACTERS = (
    *("\t", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\xa0", "\u3000", "\u2003"),
    *("\u0301", "e\u0301", "\u3099", "か\u3099", "\ufe0f", "☀\ufe0f", "\u212b", "\uf900", "\u0430", "W\u0443", "α"),
    *("\u302b\u302a", "²", "½", "①", "〇", "٣", "ı", "İ", "K", "ß", "🙂", "𠮷", "\ud800", "\U000e0041"),
    *map(chr, hostile.HIDDEN),
)
SIGNS = (
    *("", " ", "  ", "   ", "\n", "\n\n", "\n  ", "\n    ", "\n- ", "\n  - ", "-", "- ", "- - ", "--", "? "),
    *(":", ": ", "::", " :", ": : ", "#", " #", "# ", " # c", "'", "''", "'" * 3, '"', '""', "&a ", "*a", "!t "),
    *("<<", "<<: ", "|", "|-", ">", ">2-", "@", "`", "%", "%YAML 1.1", "---", "--- ", "...", "[", "]", "{", "}", "[]"),
    *("!!str ", "{}", ",", ", ", "~", "=", "\\", "<<<<<<<", ">>>>>>> x", "(", "（", "“", "《", ".", "_", "/"),
)
PLAIN = (
    *("word", "武昌", "第1页", "2024年", "2025 年", "24.2万", "10,000 items", "10,000 m²", "5.“四气”", "a:b", "x" * 70),
    *("0", "1", "-1", "2.80", "-0.5", "123456789012345", "true", "false", "'2025'", "'a: b'", "'it''s'", "'# x'"),
)
WORDS = (
    *PLAIN,
    *("a", "b", "id", "name", "a: 1", "zh: 某处", "- document: doc-a", "y", "null", "True", "yEs", "3.XR", "1e5"),
    *("1234567890123456", "0.1234567", "1234567890.1", "''", "' x'", "武" * 70),
    *hostile.AMBIGUOUS,
    *hostile.AS_WRITTEN,
)
FRAGMENTS = (*ODD_CHARACTERS, *SIGNS, *WORDS)
INDENTS = ("", "", "  ", "  ", "    ", "      ", " ", "   ", "  - ", "- ", "    - ", "  -  ", "\t")
KEYS = ("a", "b", "c", "a_1", "id", "name", "y", "no", "null", "A", "1", "a b", "'a'", "武", "a" * 100, "a" * 1100)


def records(root: Path) -> list[str]:
    """Return all records of a project."""
    return [path.read_text("utf-8") for path in sorted((root / "sources").glob("*/*.yaml"))]


def compared(text: str) -> bool:
    """Say whether the fast reader takes a text; the strict loader must then read the same without a problem."""
    taken = plain.read(text.encode("utf-8", "surrogatepass"))
    if taken is None:
        return False
    strict = load_strictly("sources/x.yaml", text.encode("utf-8", "surrogatepass"))
    assert not strict.problems, (text, strict.problems)
    assert repr(taken) == repr(strict.data), text  # tells types, digits and the order of keys
    return True


def fragments(random: Random, most: int) -> str:
    """Return a few fragments behind one another, most of them words."""
    return "".join(random.choice(random.choice((FRAGMENTS, WORDS))) for _ in range(random.randint(1, most)))


def tampered(random: Random, texts: list[str]) -> str:
    """Return a real record with one to three things changed."""
    text = random.choice(texts)
    for _ in range(random.choice((1, 1, 2, 3))):
        text = random.choice(CHANGES)(random, text) if random.random() < 0.9 else spliced(random, text, texts)
    return text


def spliced(random: Random, text: str, texts: list[str]) -> str:
    """Return the beginning of a text with the end of another."""
    other = random.choice(texts)
    return text[: random.randint(0, len(text))] + other[random.randint(0, len(other)) :]


def with_bit_flipped(random: Random, text: str) -> str:
    """Return a text with one bit of one byte changed; what is no UTF-8 then is left out."""
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    if raw:
        raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    return raw.decode("utf-8", "ignore")


def with_fragment(random: Random, text: str) -> str:
    """Return a text with a fragment put in, maybe for a few of its characters."""
    at = random.randint(0, len(text))
    return text[:at] + random.choice(FRAGMENTS) + text[at + random.choice((0, 0, 1, 2, 9)) :]


def with_value(random: Random, text: str) -> str:
    """Return a text with another value behind a key or dash."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    mark = random.choice((": ", "- "))
    begin, found, _ = lines[at].partition(mark)
    lines[at] = begin + found + fragments(random, 3)
    return "\n".join(lines)


def with_lines_changed(random: Random, text: str) -> str:
    """Return a text with a line deleted, doubled, moved, indented otherwise, gone on with, or put in."""
    lines = text.split("\n")
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    choice = random.randrange(6)
    if choice == 0:
        del lines[at]
    elif choice == 1:
        lines.insert(to, lines[at])
    elif choice == 2:
        lines[at], lines[to] = lines[to], lines[at]
    elif choice == 3:
        line = lines[at]
        lines[at] = random.choice((f" {line}", f"  {line}", line[1:], line[2:], random.choice(INDENTS) + line.lstrip()))
    elif choice == 4:
        lines[at] += random.choice(("", " ", "  ", " # c", ":", ": ", "'", " 'x'"))
    else:
        more = random.choice(("", " ", "# c", "#", "...", "---", fragments(random, 3)))
        lines.insert(at, random.choice(INDENTS) + more)
    return "\n".join(lines)


CHANGES = (with_bit_flipped, with_fragment, with_value, with_value, with_lines_changed, with_lines_changed)


def lines(random: Random) -> str:
    """Return some lines that hang together, or nearly."""
    made, marks = [], [""]
    for number in range(random.randint(1, 9)):
        mark, opens = marks[-1], random.random() < 0.3
        key = f"k{number}" if random.random() < 0.9 else random.choice(KEYS)
        value = "" if opens else random.choice(PLAIN) if random.random() < 0.8 else fragments(random, 2)
        keyed = opens or not mark or random.random() < 0.5
        made.append("  " * (len(marks) - 1) + mark + (f"{key}:{value and ' '}" if keyed else "") + value)
        if keyed and mark:
            marks.append("")
        if opens:
            marks.append(random.choice(("", "- ")))
        elif random.random() < 0.4:
            del marks[random.randint(1, len(marks)) :]
    text = "\n".join(made)
    return text if random.random() < 0.5 else with_lines_changed(random, text)


def alone(random: Random) -> str:
    """Return a text that holds one value, of one or several fragments."""
    value = fragments(random, 4)
    if random.random() < 0.3:
        value = f"'{value}'"
    return random.choice(("a: {}", "a:\n  - {}\n", "a:\n  - b: {}\n    c: 1", "a: 1\n{}: 2\n", "{}\n")).format(value)


def made(number: int, seed: int, root: Path) -> Iterator[tuple[str, str]]:
    """Yield texts with the name of what made them, from the records of a project."""
    random, texts = Random(seed), records(root)
    for _ in range(number):
        choice = random.randrange(4)
        if choice < 2:
            yield "records tampered with", tampered(random, texts)
        else:
            yield ("lines", lines(random)) if choice == 2 else ("values", alone(random))


def survey(number: int, seed: int, root: Path) -> tuple[Counter[str], Counter[str]]:
    """Return how many texts were made and how many of them were taken, by what made them."""
    tried: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for name, text in made(number, seed, root):
        tried[name] += 1
        taken[name] += compared(text)
    return tried, taken


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("number", type=int, nargs="?", default=300_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = perf_counter()
    tried, taken = survey(options.number, options.seed, ROOT)
    for name, number in sorted(tried.items()):
        print(f"{name}: {number} tried, {taken[name]} taken, all read alike")
    print(f"{perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
