"""The files that travel with the program: what a new project starts from, and what the pages of a site load."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PROGRAM = Path(__file__).parent.parent
"""The folder of the package factpack."""
HIDDEN = "dot-"
"""What the names of templates begin with whose files begin with a point: here git and GitHub must not heed them."""


def _starter() -> Path:
    """Return the folder of a project to start from: in the wheel `factpack/starter`, else the repository itself."""
    carried = PROGRAM / "starter"
    return carried if carried.is_dir() else PROGRAM.parent.parent


def schemas_folder() -> Path:
    """Return the folder of the schemas, `*.schema.json`."""
    return _starter() / "schemas"


def units_folder() -> Path:
    """Return the folder of the standard units, `unt-*.yaml`: all that a new project gets."""
    return PROGRAM / "edit" / "units"


def unit_files() -> Mapping[str, bytes]:
    """Return the standard units as they are written, by id, in the order of their ids."""
    return {path.stem: path.read_bytes() for path in sorted(units_folder().glob("*.yaml"))}


def client_bundle() -> Path:
    """Return the folder of what the pages load: a wheel brings it, in a repository `make site` makes it."""
    return PROGRAM / "site" / "client" / "bundle"


def schema_files() -> Mapping[str, bytes]:
    """Return the bytes of each schema by its name, as `Project.schemas` does."""
    return {path.name.partition(".")[0]: path.read_bytes() for path in sorted(schemas_folder().glob("*.schema.json"))}


def templates() -> Mapping[str, str]:
    """Return the templates of all other files of a new project by their paths in it; see `factpack.edit.templates`."""
    folder = PROGRAM / "edit" / "project"
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name.replace(HIDDEN, ".", 1): path.read_text("utf-8") for name, path in found.items()}
