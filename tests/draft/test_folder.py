"""A draft is named for its number; nobody's work is overwritten, and what has been claimed goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpack.draft.folder import Key, is_edited, key_at, marked, planned

RAW = "# schema\nid: ind-x\nname:\n  zh: 财政收入\n".encode()


@given(st.builds(Key, st.integers(1, 9999), st.integers(0, 99999), st.integers(0, 9)))
def test_a_path_names_its_number(key: Key) -> None:
    assert key_at(key.path("doc-x"), "doc-x") == key


@pytest.mark.parametrize(
    "path",
    [
        "drafts/doc-x/12-21.yaml",
        "drafts/doc-x/0012-0021.yaml",
        "drafts/doc-x/012-0021.0.yaml",
        "drafts/doc-x/012-0021.yml",
        "drafts/doc-x/old/012-0021.yaml",
        "drafts/doc-y/012-0021.yaml",
    ],
)
def test_any_other_path_names_none(path: str) -> None:
    assert key_at(path, "doc-x") is None


def test_a_file_that_was_drafted_is_not_edited() -> None:
    assert not is_edited(marked(RAW))
    assert not is_edited(marked(RAW).replace(b"\n", b"\r\n")), "Git may write line ends of Windows"


@given(st.integers(0, len(marked(RAW)) - 1), st.binary(min_size=1, max_size=3))
def test_whatever_somebody_adds_is_an_edit(at: int, added: bytes) -> None:
    raw = marked(RAW)
    changed = raw[:at] + added + raw[at:]
    assert is_edited(changed) or changed.replace(b"\r\n", b"\n") == raw


def test_a_file_without_the_digest_is_somebodys() -> None:
    assert is_edited(RAW)


def test_each_draft_is_written_left_or_deleted_by_who_wrote_it_and_whether_its_number_is_open() -> None:
    old, new, own = marked(RAW), marked(RAW + b"theme: economy\n"), marked(RAW) + b"# mine\n"
    made = {"new": new, "same": new, "other": new, "mine": new}
    there = {"same": new, "other": old, "mine": own, "gone": old, "kept": own}
    plan = planned(made, there)
    assert plan.write == {"new": new, "other": new}
    assert (plan.same, plan.edited, plan.gone, plan.claimed) == (["same"], ["mine"], ["gone"], ["kept"])


def test_drafting_twice_writes_nothing_twice() -> None:
    made = {"a": marked(RAW)}
    plan = planned(made, dict(planned(made, {}).write))
    assert (plan.write, plan.same) == ({}, ["a"])
