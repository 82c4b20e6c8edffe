"""A standard stream is written whole and at once, or its owner is told, once."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from factpack.disk.streams import opened_for_writing

LONG = "临溪\n" * 100_000


@pytest.fixture
def failures() -> list[int | None]:
    """The numbers of the failures that were told."""
    return []


def test_what_fails_is_told_once_and_nothing_more_is_written(failures: list[int | None]) -> None:
    with Path("/dev/full").open("w") as full:
        stream = opened_for_writing(1, full, lambda error: failures.append(error.errno))
        for _ in range(3):
            stream.write("溪")
        stream.flush()
    assert failures == [errno.ENOSPC]


def test_whoever_is_told_may_raise_and_the_stream_can_be_closed_afterwards() -> None:
    def told(error: OSError) -> None:
        raise ValueError(error.errno)

    with Path("/dev/full").open("w") as full:
        stream = opened_for_writing(1, full, told)
        with pytest.raises(ValueError, match=str(errno.ENOSPC)):
            stream.write("溪")
        stream.write("溪")
        stream.close()


def test_what_is_written_is_there_at_once_and_in_utf_8(tmp_path: Path, failures: list[int | None]) -> None:
    with (tmp_path / "out").open("w", encoding="ascii") as file:
        stream = opened_for_writing(1, file, lambda error: failures.append(error.errno))
        stream.write("溪\udcff")
        assert (tmp_path / "out").read_bytes() == "溪\\udcff".encode()
    assert failures == []


@pytest.mark.skipif(os.name == "nt", reason="pipes there always wait")
def test_a_pipe_that_does_not_wait_is_waited_for(failures: list[int | None]) -> None:
    """Node makes the pipes of a job so, for all programs that share them."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    read = list[bytes]()
    with os.fdopen(writes, "w") as pipe, os.fdopen(reads, "rb") as end:
        thread = threading.Thread(target=lambda: read.append(end.read()))
        thread.start()
        opened_for_writing(1, pipe, lambda error: failures.append(error.errno)).write(LONG)
        pipe.close()
        thread.join()
    assert (b"".join(read).decode() == LONG, failures) == (True, [])


def test_a_reader_that_has_gone_is_told_apart(failures: list[int | None]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as pipe:
        opened_for_writing(1, pipe, lambda error: failures.append(error.errno)).write(LONG)
    assert failures == [errno.EPIPE]
