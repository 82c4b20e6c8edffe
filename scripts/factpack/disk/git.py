"""What git says of a project's folder. Nothing that the folder's own settings name is run, and nothing is fetched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SECONDS = 60
"""After this time git is given up: a question to a local repository takes milliseconds."""
CLOSED = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
"""A folder may come from a stranger as an archive: what is missing in its repository must not be fetched, since the
command that fetches is named in its `.git/config`. Nobody is asked for a password."""

SETTINGS = ("-c", "core.fsmonitor=false")
"""Whatever looks at the index, even to compare two commits, would start the monitor that `.git/config` names."""


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints, or None where it fails, takes too long or is not there."""
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
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
