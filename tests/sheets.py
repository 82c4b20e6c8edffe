"""Data that tests read from YAML: each file once in a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def sheet(path: Path) -> dict[str, Any]:
    """Return what a YAML file of tests holds."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - one of the two safe ones
    return found
