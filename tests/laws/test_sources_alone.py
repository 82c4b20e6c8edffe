"""Law: a build gives the bytes of the sources alone, whatever `.factpack` and `build/` held before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest

from command_line import Run
from factpack.disk.cache import Cache, open_cache, world
from factpack.disk.project import Project
from factpack.disk.secret import seal
from factpack.disk.stage import Stage
from projects import git, replace, tree

TRUE, FALSE = b"5.5", b"9.5"
"""A value of the sources, and what a forger would like to be published in its place."""
PACKAGE_PATH = "sources/package.yaml"


def forged(raw: bytes) -> bytes:
    return raw.replace(TRUE, FALSE)


def results(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the file of each result in the cache, with the result."""
    cache = open_cache(Project(root))
    assert cache
    for path in list(cache.folder.iterdir()):
        result = cache.read(path.name)
        assert result is not None
        yield path, result


def with_checksums(root: Path) -> None:
    """Edit the results, and renew checksums that need no secret."""
    for path, result in results(root):
        path.write_bytes(crc32(forged(result)).to_bytes(4, "big") + forged(result))


def with_seals_of_ones_own(root: Path) -> None:
    """Edit the results, and seal them with the key of another machine."""
    for path, result in results(root):
        key = seal(b"another secret", b"cache", world(Project(root)).encode())
        Cache(path.parent, key).write(path.name, forged(result))


def with_seals_as_they_were(root: Path) -> None:
    """Edit the results and leave their seals."""
    for path, _ in results(root):
        path.write_bytes(forged(path.read_bytes()))


def exchanged(root: Path) -> None:
    """Put each result of this machine in the place of another one."""
    paths = [path for path, _ in results(root)]
    raws = [path.read_bytes() for path in paths]
    for path, raw in zip(paths, [*raws[1:], raws[0]], strict=True):
        path.write_bytes(raw)


def of_another_world(root: Path) -> None:
    """Put the results that this machine made for another package in the place of those for this one."""
    found, before = list(results(root)), (root / PACKAGE_PATH).read_bytes()
    replace(root / PACKAGE_PATH, "version: 0.1.0", "version: 0.2.0")
    cache = open_cache(Project(root))
    assert cache
    raws = {}
    for path, result in found:
        cache.write(path.name, forged(result))
        raws[path] = (cache.folder / path.name).read_bytes()
    (root / PACKAGE_PATH).write_bytes(before)
    assert open_cache(Project(root))
    for path, raw in raws.items():
        path.write_bytes(raw)


def package(root: Path, folder: Path) -> None:
    """Make a package that is consistent and false."""
    if folder != root:
        shutil.copytree(root / "build", folder / "build")
    descriptor = json.loads((root / "datapackage.json").read_bytes())
    for each in descriptor["resources"]:
        raw = forged((folder / each["path"]).read_bytes())
        (folder / each["path"]).write_bytes(raw)
        each["bytes"], each["hash"] = len(raw), f"sha256:{sha256(raw).hexdigest()}"
    descriptor["title"] = "Forged"
    (folder / "datapackage.json").write_text(json.dumps(descriptor))


def following(root: Path) -> None:
    """Bring a package to be put in place."""
    package(root, root / ".factpack" / "next")


def following_with_a_seal(root: Path) -> None:
    """Bring one with a seal of another machine."""
    following(root)
    raw = (root / ".factpack" / "next" / "datapackage.json").read_bytes()
    made = seal(b"another secret", b"made", raw) + seal(b"another secret", b"set aside")
    (root / ".factpack" / "next" / "seal").write_bytes(made)


def descriptor_of_what_is_there(root: Path) -> None:
    """Bring a descriptor as if only that had still to be moved."""
    (root / ".factpack" / "next").mkdir()
    descriptor = json.loads((root / "datapackage.json").read_bytes())
    (root / ".factpack" / "next" / "datapackage.json").write_text(json.dumps({**descriptor, "title": "Forged"}))


def set_aside(root: Path) -> None:
    """Bring tables as if they had been set aside for new ones."""
    package(root, root / "false")
    (root / "false" / "build").rename(root / ".factpack" / "old")
    shutil.rmtree(root / "false")
    shutil.rmtree(root / "build")


def begun(root: Path) -> None:
    """Bring a stage with tables in it."""
    package(root, root / ".factpack" / "stage")


def in_place(root: Path) -> None:
    """Bring a false package where the true one is to be."""
    package(root, root)


def more(root: Path) -> None:
    """Bring more than there should be, and less."""
    (root / "build" / "csv" / "more.csv").write_text("id\n")
    (root / "build" / "deep" / "er").mkdir(parents=True)
    (root / "build" / "deep" / "er" / "x").write_text("x")
    (root / "build" / "csv" / "ids.csv").unlink()


CACHES = (with_checksums, with_seals_of_ones_own, with_seals_as_they_were, exchanged, of_another_world)
FORGERIES: dict[str, tuple[Callable[[Path], None], ...]] = {
    **{
        each.__name__: (each,)
        for each in (
            *CACHES,
            following,
            following_with_a_seal,
            descriptor_of_what_is_there,
            set_aside,
            begun,
            in_place,
            more,
        )
    },
    "the false package in place, with the results that would give it": (with_checksums, in_place),
    "everything at once": (with_seals_of_ones_own, following_with_a_seal, begun, in_place, more),
}
OTHERS = (("check",), ("show", "ind-gdp-growth"), ("outcomes",), ("cite",), ("diff",))


@pytest.fixture
def truth(published: Path, tmp_path: Path, run: Run) -> dict[str, bytes]:
    """What a clean clone gives."""
    git(published, "clone", "-q", published, tmp_path / "clean")
    assert run(tmp_path / "clean", "build", "--no-cache")[0] == 0
    return built(tmp_path / "clean")


def built(root: Path) -> dict[str, bytes]:
    return {path: raw for path, raw in tree(root).items() if path.startswith(("build/", "datapackage.json"))}


@pytest.mark.parametrize("forgeries", FORGERIES.values(), ids=FORGERIES)
def test_a_build_gives_what_the_sources_say_whatever_was_brought(
    published: Path,
    truth: dict[str, bytes],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    forgeries: tuple[Callable[[Path], None], ...],
) -> None:
    assert run(published, "build")[0] == 0
    for forge in forgeries:
        forge(published)
    before = built(published)
    for command in OTHERS:
        run(published, *command)
        assert built(published) == before, command
    made: list[dict[str, str]] = []
    close = Stage.close

    def noting(stage: Stage) -> None:
        made.append({each.path: each.sha256 for each in stage.made().values()})
        close(stage)

    monkeypatch.setattr(Stage, "close", noting)
    code, out, _ = run(published, "build", "--check")
    assert made == [{path: sha256(raw).hexdigest() for path, raw in truth.items()}]
    told = {line.partition(": ")[0] for line in out.splitlines()}
    assert told == {path for path in {*before, *truth} if before.get(path) != truth.get(path)}
    assert (code, built(published)) == (1 if told else 0, before)
    wrong = published / "sources" / "places" / "plc-wrong.yaml"
    wrong.write_text("id: plc-wrong\n")
    assert (run(published, "build")[0], built(published)) == (1, before)
    wrong.unlink()
    assert run(published, "build", "--allow-shrink")[0] == 0
    assert built(published) == truth


def test_the_forger_would_publish_something_else(published: Path, truth: dict[str, bytes]) -> None:
    assert any(TRUE in raw for path, raw in truth.items() if path.startswith("build/csv/"))
    package(published, published)
    assert built(published) != truth
