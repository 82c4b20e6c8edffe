"""`site --watch` in a process of its own: what is saved is on the open page; what is wrong leaves it as it was."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from http.client import HTTPConnection, HTTPResponse
from json import dumps, loads
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the libraries of the extra site are not installed")
pytest.importorskip("PIL", reason="the libraries of the extra site are not installed")
pytest.importorskip("watchdog", reason="the library of the extra watch is not installed")

from command_line import Run
from factpack.site.making.serve import CHANGES, LISTENS, Server, serving
from projects import ROOT, replace
from watching import Watching

BUNDLE = ROOT / "scripts" / "factpack" / "site" / "client" / "bundle"
PLAYWRIGHT = ROOT / "tests" / "node_modules" / "playwright-core"
NODE, CHROMIUM = shutil.which("node"), shutil.which("chromium")
GDP = Path("sources/indicators/ind-gdp.yaml")

in_chromium = pytest.mark.skipif(
    not (NODE and CHROMIUM and PLAYWRIGHT.is_dir()), reason="needs Node.js, Chromium and playwright-core"
)
bundled = pytest.mark.skipif(not (BUNDLE / "site.js").is_file(), reason="needs the bundle of the site (make site)")


@bundled
def test_the_site_is_made_anew_after_a_change_and_stays_after_a_mistake(linxi_copy: Path) -> None:
    shutil.rmtree(linxi_copy / "build")  # it is built first
    right = (linxi_copy / GDP).read_text("utf-8")
    name = re.search(r"  en: (.*)", right)
    assert name
    site = linxi_copy / "dist" / "site"
    with Watching(linxi_copy, "site", "--watch", "--workers", "1") as watching:
        assert " 0 errors" in watching.answer()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", watching.last)
        assert port

        def asked(path: str) -> HTTPResponse:
            connection = HTTPConnection("127.0.0.1", int(port[1]), timeout=300)
            connection.request("GET", path)
            return connection.getresponse()

        def page() -> bytes:
            return asked("/en/id/ind-gdp/").read()

        changes = asked(CHANGES)
        first = changes.readline()
        assert page().count(LISTENS) == 1
        (linxi_copy / GDP).write_text(right.replace(name[0], "  en: Product of the district"), "utf-8")
        watching.answer()
        assert b"Product of the district" in page()
        assert any(line.startswith(b"data: ") and line != first for line in changes)
        made = page()
        (linxi_copy / GDP).write_text(right + "more: 1\n", "utf-8")
        assert "error[unknown-field]" in watching.answer()
        assert page() == made
        assert not [path for path in site.rglob("*") if path.is_file() and b"/.factpack/" in path.read_bytes()]
        status, _ = watching.end()
        assert status == 1


@bundled
def test_a_port_that_is_taken_and_one_without_watching_are_refused(linxi_copy: Path, run: Run, tmp_path: Path) -> None:
    with serving(tmp_path, 0) as server:
        code, _, err = run(linxi_copy, "site", "--watch", "--port", str(server.server_port))
        assert code == 2
        assert f"cannot be served at port {server.server_port}" in err
    code, _, err = run(linxi_copy, "site", "--port", "8000")
    assert (code, err.splitlines()[-1]) == (2, "Error: --port can be used only with --watch")


@in_chromium
def test_an_open_page_loads_again_without_a_complaint_of_its_rules(tmp_path: Path) -> None:
    """The rules are those of the pages; the script of the server keeps them."""
    rules = re.search(r'<meta http-equiv="Content-Security-Policy"[^>]*>', base_template())
    assert rules
    page = tmp_path / "index.html"
    page.write_text(f"<!DOCTYPE html><html><head>{rules[0]}<title>old</title></head><body></body></html>", "utf-8")
    (tmp_path / "favicon.ico").touch()
    listening = threading.Event()
    with serving(tmp_path, 0) as server:

        def make_anew() -> None:
            assert listening.wait(120)
            replace(page, "old", "new")
            server.renew()

        _told(server, listening)
        threading.Thread(target=make_anew).start()
        asked = dumps({"chromium": CHROMIUM, "base": server.address, "title": "new"})
        done = subprocess.run(
            [str(NODE), "reload.mjs", asked], capture_output=True, cwd=Path(__file__).parent, timeout=300, check=True
        )
    told = loads(done.stdout)
    assert told["title"] == "new"
    assert [each for each in told["complaints"] if CHANGES not in each] == []  # which the reload itself ends


def base_template() -> str:
    return (ROOT / "scripts/factpack/site/templates/base.html.j2").read_text("utf-8")


def _told(server: Server, listening: threading.Event) -> None:
    """Set an event when a page listens."""
    wait = server.wait

    def waited(making: str) -> None:
        listening.set()
        wait(making)

    server.wait = waited  # type: ignore[method-assign]
