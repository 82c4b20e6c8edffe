"""What git says of a project's folder. Nothing that the folder's own settings name is run, and nothing is fetched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from factpack.disk.files import OutputError
from factpack.problems import visible

SECONDS = 60
"""After this time git is given up: a question to a local repository takes milliseconds."""
BLOB_LIMIT = 1 << 28
"""Bytes that a file of an earlier version may have: git's answer is held in memory. Hosts take no larger files."""
CLOSED = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
"""A folder may come from a stranger as an archive: what is missing in its repository must not be fetched, since the
command that fetches is named in its `.git/config`. Nobody is asked for a password."""

SETTINGS = ("-c", "core.fsmonitor=false")
"""Whatever looks at the index, even to compare two commits, would start the monitor that `.git/config` names."""


class GitFailed(OutputError):
    """Git cannot tell what it was asked: its answer is neither that something is there nor that it is not."""


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints; None in a folder of no repository, or where it says without a word that there is nothing.

    Raises GitFailed.
    """
    if not _in_repository(folder):
        return None
    command = ["git", *SETTINGS, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and CLOSED lets git run nothing that the folder names
            command,
            capture_output=True,
            check=False,
            env={**os.environ, **CLOSED},
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise GitFailed(f"git {arguments[0]} has not ended after {SECONDS} seconds") from error
    except OSError as error:
        raise GitFailed(f"this folder is in a git repository, but git does not run: {error.strerror}") from error
    if done.returncode and (done.stderr or done.returncode != 1):
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise GitFailed(f"git {arguments[0]}: {visible(said) or f'status {done.returncode}'}")
    return None if done.returncode else done.stdout


def resolved(folder: Path, name: str) -> bytes | None:
    """Return the object that a name stands for in a repository, None where it stands for none; raises GitFailed."""
    return git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)


def blob(folder: Path, revision: str, path: str) -> bytes | None:
    """Return the bytes of a file below a folder at a revision, None where it had none; raises GitFailed."""
    name = f"{revision}:./{path}"
    try:
        size = int(git(folder, "cat-file", "-s", name) or 0)
        if size > BLOB_LIMIT:
            raise GitFailed(f"{path} at {visible(revision)} has {size} bytes, more than {BLOB_LIMIT}")
        return git(folder, "cat-file", "blob", name)
    except GitFailed:
        if resolved(folder, name) is None:
            return None
        raise


def tracked(folder: Path, name: str) -> list[str]:
    """Return the files of a repository at or below a name in a folder, however it is capitalised; raises GitFailed."""
    listed = git(folder, "ls-files", "-z", "--", f":(icase){name}") or b""
    return listed.decode("utf-8", "replace").split("\0")[:-1]


def _in_repository(folder: Path) -> bool:
    """Say whether there is a repository around a folder, without asking git."""
    where = folder.resolve()
    return "GIT_DIR" in os.environ or any((each / ".git").exists() for each in (where, *where.parents))
