"""The fast reader: whatever it takes, the strict loader reads alike and finds nothing wrong with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from factpack.source import plain
from laws import hostile_files as hostile
from laws.readers import FRAGMENTS, KEYS, compared, records, survey
from projects import EXAMPLES


def test_most_records_are_taken_and_read_alike(linxi: Path) -> None:
    taken = [compared(text) for text in records(linxi)]
    assert len(taken) > 10
    assert sum(taken) >= 0.95 * len(taken)  # the speed rests on it


def _decoded(raws: Iterable[bytes]) -> Iterator[str]:
    for raw in raws:
        with suppress(UnicodeDecodeError):
            yield raw.decode("utf-8")


def test_the_files_of_all_examples_are_read_alike() -> None:
    texts = _decoded(path.read_bytes() for path in sorted(EXAMPLES.rglob("*.yaml")))
    assert sum(map(compared, texts)) >= 50


def test_no_hostile_file_is_taken_that_the_loader_refuses() -> None:
    cases = hostile.bad() + hostile.good()
    assert sum(map(compared, _decoded(case.raw for case in cases))) >= 50
    assert not any(map(compared, hostile.LOADED.values()))


def _written(value: Any, quoted: bool, indent: str = "") -> str:
    """Return a mapping or list in block style."""
    lines = []
    pairs = [(f"{key}:", each) for key, each in value.items()] if isinstance(value, dict) else [("-", v) for v in value]
    for mark, each in pairs:
        if isinstance(each, list) or (isinstance(each, dict) and mark != "-"):
            lines.append(f"{indent}{mark}\n{_written(each, quoted, indent + '  ')}")
        elif isinstance(each, dict):
            lines.append(f"{indent}- {_written(each, quoted, indent + '  ').lstrip(' ')}")
        elif isinstance(each, str) and quoted:
            lines.append(f"{indent}{mark} '{each.replace(chr(39), chr(39) * 2)}'\n")
        else:
            lines.append(f"{indent}{mark} {str(each).lower() if isinstance(each, bool) else each}\n")
    return "".join(lines)


NO_KEYS = ("no", "on", "off", "yes", "null", "true", "false")


def _any_records(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return records of any shape whose lists hold no lists."""
    numbers = st.integers(-(10**15) + 1, 10**15 - 1) | st.decimals(-(10**8), 10**8, places=3, allow_nan=False)
    scalars = texts | st.booleans() | numbers.map(lambda each: each or 0)
    keys = st.from_regex(r"[a-z]{2}[a-z0-9_]{0,4}", fullmatch=True).filter(lambda key: key not in NO_KEYS)
    lists = st.lists(scalars, min_size=1, max_size=3)
    inner = st.recursive(
        scalars | lists,
        lambda each: (
            st.dictionaries(keys, each, min_size=1, max_size=4)
            | st.lists(st.dictionaries(keys, each, min_size=1, max_size=3), min_size=1, max_size=3)
        ),
        max_leaves=12,
    )
    return st.dictionaries(keys, inner, min_size=1, max_size=5)


HARMLESS = st.text("abcXYZ武昌区，。“”（）·-#:'&*!|>@%{}[]0123456789", min_size=1)
HARMLESS = HARMLESS.filter(lambda text: text.strip("'") == text)
"""Whatever stands between quotes, but for a quote where they open or close, which is left to the loader."""


@given(_any_records(HARMLESS))
def test_a_record_in_the_layout_of_the_house_is_taken(record: dict[str, Any]) -> None:
    text = _written(record, quoted=True)
    assert repr(plain.read(text.encode())) == repr(record)
    assert compared(text)


@given(_any_records(HARMLESS | st.text() | st.sampled_from(FRAGMENTS)), st.booleans())
def test_whatever_texts_a_record_holds_it_is_read_alike(record: dict[str, Any], quoted: bool) -> None:
    compared(_written(record, quoted))


@given(st.lists(st.sampled_from((*FRAGMENTS, *KEYS, "\n", "\n", ": ", "  ", "- ")), max_size=30).map("".join))
def test_whatever_fragments_stand_together_they_are_read_alike(text: str) -> None:
    compared(text)


@given(st.text())
def test_any_text_is_read_alike(text: str) -> None:
    compared(text)
    compared(f"a: {text}\n")


def test_records_tampered_with_are_read_alike(linxi: Path) -> None:
    tried, taken = survey(6_000, 1, linxi)
    assert all(taken[name] >= 0.1 * tried[name] for name in tried), (tried, taken)
