"""The files of a new project: written beside what is in its folder, over none of it, and taken away where it fails."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from factpack.disk.below import make_below
from factpack.disk.files import OutputError, reason

SOURCES = "sources"


def has_sources(folder: Path) -> bool:
    """Say whether a folder has sources, or anything of that name."""
    return os.path.lexists(folder / SOURCES)


@contextmanager
def begun(folder: Path, files: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Write files into a folder, which is made where it is missing; yield the paths that were there and stay.

    Whatever ends the block early takes away what was written. Raises OutputError.
    """
    made = [each for each in (*reversed(folder.parents), folder) if not os.path.lexists(each)]
    try:
        _make(folder)
        yield list(_written(folder, files, made))
    except BaseException:
        _take_away(made)
        raise


@contextmanager
def tried(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write files into a folder of their own, which is yielded and then taken away. Raises OutputError."""
    try:
        folder = TemporaryDirectory(prefix="factpack-")
    except OSError as error:
        raise OutputError(reason(error, Path(error.filename or "."))) from error
    with folder as name, begun(Path(name), files):
        yield Path(name)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(reason(error, folder)) from error


def _written(folder: Path, files: Mapping[str, bytes], made: list[Path]) -> Iterator[str]:
    """Write each file that is not there, and yield the paths of the others; `made` takes what is new, in order."""
    for path, raw in files.items():
        target = folder / path
        above = [each for each in reversed(target.parents) if not os.path.lexists(each)]
        try:
            with make_below(folder, path, set()) as file:
                made += [*above, target]
                file.write(raw)
        except FileExistsError:
            yield path
        except OSError as error:
            made += [each for each in above if each not in made and os.path.lexists(each)]
            raise OutputError(reason(error, target)) from error


def _take_away(made: list[Path]) -> None:
    """Remove files and folders that were made, the newest first; folders that hold anything else stay."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
