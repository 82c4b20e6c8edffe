"""The reader keeps texts by their bytes, and what it reads is noted with the state that the file had."""

from __future__ import annotations

from pathlib import Path

from factpack.disk.project import Project
from factpack.run import reader
from factpack.run.dependencies import state_of
from factpack.run.reader import Read, Texts
from factpack.run.workspace import open_workspace


def test_texts_that_were_opened_first_make_room_and_the_last_stays() -> None:
    kept, nothing = Texts(), Read(None, None)
    half = reader.TEXT_BYTES // 2
    for document in ("doc-a", "doc-b", "doc-c"):
        kept.put(document, nothing, half)
    assert list(kept) == ["doc-b", "doc-c"]
    kept.put("doc-d", nothing, 3 * half)
    assert list(kept) == ["doc-d"]


def test_a_file_is_noted_with_the_state_that_it_has_or_that_it_cannot_be_read(minimal: Path) -> None:
    project, path = Project(minimal), "sources/units/unt-percent.yaml"
    seen = open_workspace(project).reader.anew()
    assert seen.document(path).data
    stamp = project.stamp(path)
    noted, now = seen.noted.files[path], state_of(stamp, project.read(path))
    assert noted is not None
    assert now is not None
    assert (noted.size, noted.digest) == (now.size, now.digest)
    (minimal / path).unlink()
    (minimal / path).mkdir()
    assert [each.code for each in seen.document(path).problems] == ["unreadable"]
    assert seen.noted.files[path] is None
