"""Law: whatever becomes of records, pages or a making before, a site that is made again is the one made anew."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from command_line import in_process
from factpack.disk import cache
from factpack.disk import publish as publishing
from factpack.disk.cache import open_cache
from factpack.disk.files import OutputError
from factpack.disk.project import Project
from factpack.disk.publish import Earlier, publish
from factpack.package.package import open_package
from factpack.run.executor import Executor, open_executor
from factpack.run.workspace import open_workspace
from factpack.site import templating
from factpack.site.making import build, kept
from factpack.site.making.questions import Answers
from projects import LINXI, LINXI_NEXT, assemble
from rendered_site import ASSETS, rendered

STEPS = 30
TEXT = re.compile(r"(?m)^( *(?:en|zh|locator): )(?=[^'\"|>\s])")
BREAKS = 30
"""Files after which a making ends that is broken off."""


class BrokenOff(Exception):
    """A making that is broken off."""


@dataclass(frozen=True)
class Making:
    """A project whose site is made again and again."""

    root: Path

    @property
    def out(self) -> Path:
        """The folder of its site."""
        return self.root / "dist" / "site"

    def build(self) -> bool:
        """Build the package; say whether there is one."""
        return in_process(self.root, "build", "--allow-shrink").exit_code == 0

    def make(self, workers: int = 1, until: int = 1 << 30) -> set[str]:
        """Make the site, or break off; return the paths of the files that were made and not left as they were."""
        project, earlier = Project(self.root), Earlier(self.out)
        space = open_workspace(project).with_cache(open_cache(project))
        assert space.cache
        site = build.open_site(open_package(self.root), space, {})
        world, shared, made = build.world(site), build.shared(site, space), set[str]()
        making = kept.Making(kept.kept(space.cache, world), shared.context.answers, earlier)

        def noted(files: Iterator[build.StandingFile]) -> Iterator[build.StandingFile]:
            for at, (path, raw) in enumerate(files):
                if at == until:
                    raise BrokenOff
                made.update([path] if raw is not None else [])
                yield path, raw

        with open_executor(shared, Executor(workers)) as mapped:
            assets = dict.fromkeys(ASSETS, b"")
            files = build.site_files(site, shared.context, mapped, assets, {}, lambda _: None, making)
            sums = publish(self.root, self.out, noted(files), earlier, "site").sums
        making.keep(space.cache, world, sums)
        return made

    def files(self) -> dict[str, bytes]:
        """Return the files of the site that is there, by path."""
        return {path: (self.out / path).read_bytes() for path in self.paths()}

    def paths(self) -> list[str]:
        """Return the paths of the files of the site, but for the list of their checksums."""
        found = (path.relative_to(self.out).as_posix() for path in self.out.rglob("*") if path.is_file())
        return sorted(path for path in found if path != publishing.SUMS)

    def demand_as_anew(self) -> None:
        """Demand that the site is the one that is made of the package anew."""
        anew, there = rendered(self.root), self.files()
        assert there.keys() == anew.keys()
        assert [path for path in anew if anew[path] != there[path]] == []


@pytest.fixture(autouse=True)
def not_written_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave it to the system when files reach the disk: that of a test machine may be busy for minutes."""
    monkeypatch.setattr(os, "sync", lambda: None)


@pytest.fixture
def linxi(tmp_path: Path) -> Making:
    """The frozen project with its site."""
    made = Making(assemble(tmp_path / "project", LINXI))
    assert made.build()
    made.make()
    return made


def records(root: Path) -> list[Path]:
    """Return the files of the records of a project."""
    return sorted(path for path in (root / "sources").rglob("*.yaml") if path.parent.name != "sources")


def change(root: Path, chance: random.Random) -> None:
    """Change some texts in one to three records, or take a record away."""
    for path in chance.sample(records(root), chance.randint(1, 3)):
        raw = path.read_text("utf-8")
        if chance.random() < 0.15:
            path.unlink()
        else:
            path.write_text(TEXT.sub(lambda found: found[1] + chance.choice(("", "", "A", "B")), raw), "utf-8")


def test_random_changes_give_the_site_made_anew(linxi: Making) -> None:
    chance, built = random.Random(1), 0
    for step in range(STEPS):
        before = linxi.root.parent / "before"
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(linxi.root / "sources", before)
        change(linxi.root, chance)
        if linxi.build():
            built += 1
            linxi.make(workers=1 + step % 2)
            linxi.demand_as_anew()
        else:
            shutil.rmtree(linxi.root / "sources")
            shutil.copytree(before, linxi.root / "sources")
    assert built > STEPS / 3


def test_documents_that_are_added_and_taken_away_give_the_site_made_anew(linxi: Making) -> None:
    added = assemble(linxi.root.parent / "next", LINXI, LINXI_NEXT)
    sources = linxi.root / "sources"
    for folder in (added / "sources", LINXI / "sources"):
        texts = sources / "texts"
        kept_texts = {path.name: path.read_bytes() for path in texts.iterdir()} if texts.is_dir() else {}
        shutil.rmtree(sources)
        shutil.copytree(folder, sources)
        texts.mkdir(exist_ok=True)
        for name, raw in kept_texts.items():
            if (sources / "documents" / name).with_suffix(".yaml").is_file() and not (texts / name).exists():
                (texts / name).write_bytes(raw)
        if linxi.build():
            linxi.make()
            linxi.demand_as_anew()


def test_of_an_unchanged_package_no_page_is_made(linxi: Making) -> None:
    inodes = {path: (linxi.out / path).stat().st_ino for path in linxi.paths()}
    for _ in range(3):
        made = linxi.make()
        assert not [
            path
            for path in made
            if path.endswith((".html", ".json", "search/data.js"))
            and "build/" not in path
            and path != "datapackage.json"
        ]
        assert inodes == {path: (linxi.out / path).stat().st_ino for path in linxi.paths()}


def test_one_changed_record_makes_its_pages_and_few_others(linxi: Making) -> None:
    path = next(path for path in records(linxi.root) if path.parent.name == "indicators")
    path.write_text(re.sub(r"(?m)^(  en: )(?=\w)", r"\1A ", path.read_text("utf-8"), count=1), "utf-8")
    assert linxi.build()
    made = linxi.make()
    pages = [each for each in linxi.paths() if each.startswith("id/") and each.endswith(".html")]
    assert f"id/{path.stem}/index.html" in made
    assert len(made.intersection(pages)) < len(pages) / 2
    linxi.demand_as_anew()


@pytest.mark.parametrize("seed", range(3))
def test_pages_that_were_damaged_or_deleted_are_made_again(linxi: Making, seed: int) -> None:
    chance, paths = random.Random(seed), linxi.paths()
    for path in chance.sample(paths, 12):
        (linxi.out / path).write_bytes(b"damaged" if chance.random() < 0.5 else (linxi.out / path).read_bytes()[:-1])
    for path in chance.sample(paths, 6):
        (linxi.out / path).unlink(missing_ok=True)
    shutil.rmtree(linxi.out / chance.choice(["id", "en", "list"]))
    linxi.make()
    linxi.demand_as_anew()


def test_a_damaged_page_with_its_checksum_is_made_again(linxi: Making) -> None:
    sums, path = linxi.out / publishing.SUMS, linxi.out / "index.html"
    path.write_bytes(b"damaged")
    digest = "".join(["0" * 64, "  index.html"])
    sums.write_text(re.sub(r"(?m)^.{64}  index\.html$", digest, sums.read_text()), "utf-8")
    linxi.make()
    linxi.demand_as_anew()


@pytest.mark.parametrize("left", ["nothing", "a file", "a link", "another site"])
def test_what_lies_where_the_next_site_is_made_does_not_matter(linxi: Making, tmp_path: Path, left: str) -> None:
    spare, elsewhere = linxi.root / ".factpack" / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    linxi.make()
    shutil.rmtree(spare)
    if left == "a file":
        spare.write_bytes(b"x")
    elif left == "a link":
        spare.symlink_to(elsewhere)
    elif left == "another site":
        for path, raw in {"index.html/x": b"x", "id": b"x", "strange": b"x", "en/y": b"x"}.items():
            (spare / path).parent.mkdir(parents=True, exist_ok=True)
            (spare / path).write_bytes(raw)
        (spare / "list").symlink_to(elsewhere)
    linxi.make()
    linxi.demand_as_anew()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("until", [0, 1, BREAKS, 4 * BREAKS])
def test_a_making_that_is_broken_off_leaves_the_site_and_the_next_one_is_as_anew(linxi: Making, until: int) -> None:
    before, path = linxi.files(), records(linxi.root)[-1]
    path.write_text(TEXT.sub(r"\1A", path.read_text("utf-8"), count=2), "utf-8")
    assert linxi.build()
    with pytest.raises(BrokenOff):
        linxi.make(until=until)
    assert linxi.files() == before
    linxi.make()
    linxi.demand_as_anew()


def test_a_making_that_cannot_be_put_in_place_leaves_the_site(linxi: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = linxi.files()
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "exchange", fail)
        with pytest.raises(OutputError):
            linxi.make()
    assert linxi.files() == before
    linxi.make()
    linxi.demand_as_anew()


def test_another_template_makes_every_page_again(
    linxi: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(templating.TEMPLATES, templates)
    (templates / "outline.html.j2").write_text("other", "utf-8")
    monkeypatch.setattr(templating.environment("zh"), "loader", FileSystemLoader(templates))
    templating.loaded.cache_clear()
    made = linxi.make()
    templating.loaded.cache_clear()
    assert set(linxi.paths()) == made


def test_other_words_or_code_make_every_page_again(linxi: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_code_kept", lambda _: b"another digest")
    assert set(linxi.paths()) == linxi.make()


def test_another_title_of_a_table_is_another_world(linxi: Making) -> None:
    space = open_workspace(Project(linxi.root))
    site = build.open_site(open_package(linxi.root), space, {})
    tables = {name: replace(table, title={"zh": "x", "en": "x"}) for name, table in site.package.tables.items()}
    other = replace(site, package=replace(site.package))
    other.package.__dict__["tables"] = tables
    assert build.world(other) != build.world(site)


def test_a_page_that_rests_on_what_has_no_digest_is_refused(linxi: Making) -> None:
    space = open_workspace(Project(linxi.root))
    site = build.open_site(open_package(linxi.root), space, {})
    answers = Answers(replace(site, area=iter("x")))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not JSON serializable"):
        answers.site.area  # noqa: B018
    with pytest.raises(RuntimeError):  # a table has its columns only: rows are asked of the package
        next(answers.site.package.tables["units"].rows())
