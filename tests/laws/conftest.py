"""The wheel of this repository, for the laws that install it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from projects import ROOT
from wheels import built

CLIENT = ROOT / "scripts" / "factpack" / "site" / "client"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    if shutil.which("npm") is None:
        pytest.skip("needs Node")
    if not (CLIENT / "node_modules").is_dir():
        pytest.skip("needs the packages of the site's client (make site)")
    found, said = built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))
    assert found.is_file(), said
    return found
