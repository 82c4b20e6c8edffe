"""A secret of this user on this machine. What bears its seal was made here, and not brought by a branch or an archive.

It lies outside every project: in the user's folder for the state of programs, or among temporary files where that
cannot be written.
"""

from __future__ import annotations

import errno
import hmac
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from factpack.disk.below import LIST_LIMIT, read_below
from factpack.disk.files import open_own, private_folder, read_own, sync

SIZE = 32
"""Bytes of the secret, and of a seal."""
SEALS = "seal"
"""The file that tells of what lies beside it that this machine has made it."""


def secret(root: Path) -> bytes | None:
    """Return the secret, made on its first use; None where none can be kept outside a project."""
    for folder in _places():
        with suppress(OSError):
            if not folder.resolve().is_relative_to(root.resolve()):
                return _kept(folder)
    return None


def seal(key: bytes, *pieces: bytes) -> bytes:
    """Return what only those who know a key can make of byte strings in their order."""
    return hashed(*pieces, size=SIZE, key=key).digest()


def hashed(*pieces: bytes, size: int, key: bytes = b"") -> blake2b:
    """Return the BLAKE2b hash of byte strings in their order, each with its length."""
    made = blake2b(digest_size=size, key=key)
    for piece in pieces:
        made.update(len(piece).to_bytes(8, "big"))
        made.update(piece)
    return made


def write_seals(root: Path, made: Path, name: str) -> None:
    """Seal a file of what was made for a project, and what will be set aside for it, where there is a secret."""
    key = secret(root)
    if key is None:
        return
    with (made / SEALS).open("xb") as file:
        file.write(seal(key, b"made", read_below(made, name, LIST_LIMIT)) + seal(key, b"set aside"))
        file.flush()
        os.fsync(file.fileno())
    sync(made)


def seals_in(root: Path, made: Path, name: str) -> tuple[bool, bool]:
    """Say whether this machine sealed a file as it is, and whether it sealed what was set aside."""
    key, found, raw = secret(root), b"", b""
    if key is None or made.is_symlink():
        return False, False
    with suppress(OSError):
        found = read_own(made / SEALS, 2 * SIZE + 1)
        raw = read_below(made, name, LIST_LIMIT)
    wanted = seal(key, b"made", raw), seal(key, b"set aside")
    return hmac.compare_digest(found[:SIZE], wanted[0]), hmac.compare_digest(found[SIZE:], wanted[1])


def _places() -> Iterator[Path]:
    """Yield the folders in which the secret may lie, the best first."""
    state = Path(os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME", ""))
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - says nothing where there is none
    if state.is_absolute():
        yield state / "factpack"
    elif home.is_absolute():
        yield home / ".local" / "state" / "factpack"
    yield Path(tempfile.gettempdir()) / f"factpack-{_user()}"


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _kept(folder: Path) -> bytes:
    """Return the secret that a folder keeps, made where it is missing; raises OSError."""
    private_folder(folder)
    _ours(folder.lstat(), folder)
    path = folder / "secret"
    if not path.exists():
        _make(path)
    with open_own(path) as file:
        _ours(os.fstat(file.fileno()), path)
        found = file.read(SIZE + 1)
    if len(found) != SIZE:
        raise OSError(errno.EINVAL, "is not a secret", str(path))
    return found


def _make(path: Path) -> None:
    """Make the secret as a whole; whoever made it first at the same time has made it."""
    aside = path.with_name(secrets.token_hex(8))
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()


def _ours(status: os.stat_result, path: Path) -> None:
    """Raise OSError where something belongs to somebody else, or others may read or write it."""
    if sys.platform != "win32" and (status.st_uid != _user() or stat.S_IMODE(status.st_mode) & 0o077):
        raise OSError(errno.EPERM, "is not private", str(path))
