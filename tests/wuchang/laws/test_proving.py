"""The report's own facts, transcribed and proven again with its text: many come back, and none in a wrong place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import Run
from projects import ROOT
from transcribed import proofs, transcribe
from wuchang.laws.test_mutations import DOCUMENT, TEXT

pytestmark = pytest.mark.skipif(not TEXT.is_file(), reason="needs the published text: set FACTPACK_TEXTS to its folder")


def test_what_is_proven_again_stands_where_people_found_it(tmp_path: Path, run: Run) -> None:
    for folder in ("schemas", "sources"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    transcribe(tmp_path, DOCUMENT)
    run(tmp_path, "verify", DOCUMENT, str(TEXT), "--prove")
    found = proofs(ROOT, tmp_path, DOCUMENT)
    assert found.wrong == []
    assert found.observations >= 0.8 * (found.observations + found.left)
    _, out, _ = run(tmp_path, "--lang", "en", "check")
    codes = {line.split("[")[1].split("]")[0] for line in out.splitlines() if ": error[" in line}
    assert codes == {"locator-with-text"}
