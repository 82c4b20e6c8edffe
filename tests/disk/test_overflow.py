"""Byte strings by key come back in their order, wherever they lie."""

from __future__ import annotations

import pickle

import pytest

from factpack.disk import overflow
from factpack.disk.overflow import Spool

ADDED = [("doc-a", b"one"), ("doc-ab", b"two"), ("", b"three"), ("doc-a", b""), ("沙湖", b"four\n"), ("doc-a", b"five")]


@pytest.mark.parametrize("chains", [1, 3, overflow.CHAINS])
@pytest.mark.parametrize("held", [0, 60, overflow.MEMORY_BYTES])
def test_strings_of_a_key_come_back_in_order_whatever_shares_its_chain(
    monkeypatch: pytest.MonkeyPatch, chains: int, held: int
) -> None:
    monkeypatch.setattr(overflow, "CHAINS", chains)
    monkeypatch.setattr(overflow, "MEMORY_BYTES", held)
    spool = Spool()
    for number, (key, data) in enumerate(ADDED, 1):
        spool.add(key, data)
        assert list(spool.read(key)) == [each for name, each in ADDED[:number] if name == key]
    copy = pickle.loads(pickle.dumps(spool))  # noqa: S301 - our own, as a process gets it
    for key in ("doc-a", "doc-ab", "", "沙湖", "doc", "doc-abc"):
        assert list(spool.read(key)) == list(copy.read(key)) == [data for name, data in ADDED if name == key]
