"""Wherever a real build is killed, `build/` is one version as a whole, and the next build tidies up.

`python -m laws.killed_builds` tries it more often.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from laws.killed_builds import NONE, VERSIONS, survey, two_versions


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are killed as on Unix")
def test_a_build_killed_at_any_moment_leaves_a_whole_package_and_the_next_build_tidies_up(tmp_path: Path) -> None:
    result = survey(two_versions(tmp_path), 18, 1)
    assert result.failures == []
    assert result.killed.total() == 18
    assert len(result.killed) > 3


def test_the_two_versions_differ_and_a_mixture_of_them_is_told_from_either(tmp_path: Path) -> None:
    project = two_versions(tmp_path)
    one, two = (project.packages[version] for version in VERSIONS)
    different = sorted(name for name in one if one[name] != two[name])
    assert one.keys() == two.keys()
    assert len(different) > 10
    assert (project.version("build/"), project.version()) == (VERSIONS[0], VERSIONS[0])
    changed = next(name for name in different if name.startswith("build/"))
    (project.root / changed).write_bytes(two[changed])
    assert (project.version("build/"), project.version()) == (None, None)
    (project.root / changed).write_bytes(one[changed])
    (project.root / "datapackage.json").write_bytes(two["datapackage.json"])
    assert (project.version("build/"), project.version()) == (VERSIONS[0], None)
    (project.root / "datapackage.json").unlink()
    (project.root / "build").rename(tmp_path / "away")
    assert (project.version("build/"), project.version()) == (NONE, NONE)
