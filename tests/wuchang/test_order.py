"""The commands of docs/data.md that sort and join tables do what the page says, in every locale."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from factpack.package.package import open_package
from pages import blocks, read
from projects import ROOT


@pytest.mark.parametrize("page", ["docs/data.md", "docs/data.zh-CN.md"])
@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8"])
def test_the_commands_that_sort_and_join_tables_lose_no_row(page: str, locale: str, tmp_path: Path) -> None:
    (tmp_path / "build").symlink_to(ROOT / "build")
    (code,) = (body for of, body in blocks(read(page)) if of == "sh")
    env = {**os.environ, "LC_ALL": locale, "LANG": locale}
    done = subprocess.run(
        ["sh", "-e", "-c", code], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    targets = {row["id"] for row in open_package(ROOT).rows["targets"]}
    assert sorted(done.stdout.splitlines()) == sorted(f"{each},current" for each in targets)
