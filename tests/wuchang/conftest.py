"""These tests speak of the data of Wuchang: where `sources/` holds another package, they are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from projects import ROOT

WUCHANG = "wuchang-government-work-report"
"""The name of the package in `sources/package.yaml`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this folder in a fork with sources of its own."""
    name = yaml.safe_load((ROOT / "sources" / "package.yaml").read_text("utf-8"))["name"]
    if name != WUCHANG:
        skip = pytest.mark.skip(reason=f"sources/ holds {name}")
        for item in items:
            if item.path.is_relative_to(Path(__file__).parent):
                item.add_marker(skip)
