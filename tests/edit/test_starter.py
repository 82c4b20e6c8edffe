"""Where the program finds the files that travel with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from factpack.edit import starter

ROOT = Path(__file__).resolve().parents[2]


def test_in_a_repository_the_files_are_those_beside_scripts() -> None:
    assert starter.schemas_folder() == ROOT / "schemas"
    assert starter.units_folder() == ROOT / "scripts" / "factpack" / "edit" / "units"
    assert starter.client_bundle() == ROOT / "scripts" / "factpack" / "site" / "client" / "bundle"


def test_in_a_wheel_the_files_are_those_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "starter").mkdir()
    monkeypatch.setattr(starter, "PROGRAM", tmp_path)
    assert starter.schemas_folder() == tmp_path / "starter" / "schemas"
    assert starter.units_folder() == tmp_path / "edit" / "units"
    assert starter.client_bundle() == tmp_path / "site" / "client" / "bundle"
