"""A new project's files: beside what is there, and gone again where something fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpack.disk.beginning import begun, has_sources
from factpack.disk.files import OutputError
from projects import tree

FILES = {"a/b/one": b"1", "two": b"2"}


def interrupted(folder: Path) -> None:
    """Begin a project, and be interrupted; the interrupt tells what was kept."""
    with begun(folder, FILES) as kept:
        assert (folder / "a/b/one").read_bytes() == b"1"
        raise KeyboardInterrupt(*kept)


def test_what_fails_takes_away_what_it_wrote_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "two").write_bytes(b"mine")
    with pytest.raises(KeyboardInterrupt, match=r"^two$"):
        interrupted(tmp_path)
    assert tree(tmp_path) == {"two": b"mine"}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "two"]


def test_folders_that_were_made_for_it_go_too(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "x" / "y")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("blocked", ["a", "a/b"])
@pytest.mark.parametrize("link", [True, False])
def test_no_file_is_written_through_a_link_or_below_a_file(tmp_path: Path, blocked: str, link: bool) -> None:
    folder, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / blocked).parent.mkdir(parents=True)
    (folder / blocked).symlink_to(elsewhere) if link else (folder / blocked).write_bytes(b"")
    with pytest.raises(OutputError), begun(folder, dict(reversed(FILES.items()))):
        pass
    assert not (folder / "two").exists()
    assert list(elsewhere.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(OutputError), begun(tmp_path / "x", FILES):
        pass


def test_anything_that_is_called_sources_counts(tmp_path: Path) -> None:
    assert not has_sources(tmp_path)
    (tmp_path / "sources").symlink_to("nowhere")
    assert has_sources(tmp_path)
