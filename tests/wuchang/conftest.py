"""These tests speak of the data of Wuchang: where `sources/` holds another package, they are skipped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from projects import ROOT

WUCHANG = "wuchang-government-work-report"
"""The name of the package in `sources/package.yaml`."""
NAME = yaml.safe_load((ROOT / "sources" / "package.yaml").read_text("utf-8"))["name"]


class OfOtherData(pytest.Module):
    """A module that is not even imported: it may read at once what a fork with sources of its own does not have."""

    def collect(self) -> Iterable[pytest.Item]:
        """Skip all of it."""
        pytest.skip(f"sources/ holds {NAME}")


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip the modules of this folder in a fork."""
    if NAME == WUCHANG:
        return None
    module: pytest.Module = OfOtherData.from_parent(parent, path=module_path)
    return module
