"""Adds to a wheel what the program needs besides its own folder: the schemas, and the bundle for the pages.

npm makes the bundle in a temporary folder. An editable install adds nothing: there the program finds the schemas
in the repository (`factpack.edit.starter`), and `make site` makes the bundle.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STARTER = {"schemas": "factpack/starter/schemas"}
"""Folders of the repository, each with its place in the wheel."""
CLIENT = "scripts/factpack/site/client"
BUNDLE = "factpack/site/client/bundle"
COMMANDS = ("ci --ignore-scripts --no-audit --no-fund --loglevel=error", "run --loglevel=error bundle")
"""What npm is told in the folder of the client."""


class WheelHook(BuildHookInterface[Any]):
    """What hatchling calls before and after it writes a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files, unless the wheel is that of an editable install."""
        if version == "editable":
            return
        self.temporary = TemporaryDirectory(prefix="factpack-wheel-")
        bundle = bundled(Path(self.root, CLIENT), Path(self.temporary.name, "client"))
        folders = {str(Path(self.root, folder)): place for folder, place in STARTER.items()}
        build_data["force_include"] |= {**folders, str(bundle): BUNDLE}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if version != "editable":
            self.temporary.cleanup()


def bundled(client: Path, copy: Path) -> Path:
    """Return the folder of the bundle, made in a copy of the client; ends the build where that cannot be done."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("the wheel holds scripts that npm bundles: install Node.js 20 or later, which brings npm")
    shutil.copytree(client, copy, ignore=shutil.ignore_patterns("node_modules", "bundle"))
    for command in COMMANDS:
        done = subprocess.run(  # noqa: S603 - no shell, and the commands are those above
            [npm, *command.split()], cwd=copy, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise SystemExit(f"npm {command} failed in a copy of {client}:\n{done.stderr or done.stdout}")
    return copy / "bundle"
