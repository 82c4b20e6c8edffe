"""The server of `site --watch`: what it sends of a folder, to whom, and how it tells that the site was made anew."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from factpack.site.making.serve import ALIVE, CHANGES, LISTENS, RELOAD, Server, serving

PAGE = b"<html><body><p>a </body> in a text</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for path, raw in {
        "index.html": PAGE,
        "404.html": b"<body>missing</body>",
        "en/index.html": b"<body>English</body>",
        "id/ind-gdp/index.html": b"<body>GDP</body>",
        "id/ind-gdp/ind-gdp.yaml": b"id: ind-gdp\n",
        "site.js": b"// </body>",
        "data.json": b"{}",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(raw)
    (tmp_path / "secret.txt").write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder, 0) as running:
        yield running


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


def test_a_page_is_sent_with_the_script_that_loads_it_again_at_its_end(server: Server, folder: Path) -> None:
    response, page = ask(server, "/")
    assert response.status == 200
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert response.getheader("Cache-Control") == "no-store"
    assert page == PAGE.removesuffix(b"</body></html>") + LISTENS + b"</body></html>"


def test_nothing_in_the_folder_is_changed(server: Server, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for path in before:
        ask(server, f"/{path.relative_to(folder).as_posix()}")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/site.js", "javascript"),
        ("/data.json", "application/json"),
        ("/id/ind-gdp/ind-gdp.yaml", "text/yaml; charset=utf-8"),
    ],
)
def test_other_files_are_sent_as_they_are(server: Server, folder: Path, path: str, form: str) -> None:
    response, raw = ask(server, path)
    assert form in str(response.getheader("Content-Type"))
    assert raw == (folder / path[1:]).read_bytes()


def test_a_folder_leads_to_its_page(server: Server) -> None:
    response, _ = ask(server, "/id/ind-gdp?q=1")
    assert (response.status, response.getheader("Location")) == (302, "/id/ind-gdp/?q=1")
    assert b"GDP" in ask(server, "/id/ind-gdp/")[1]
    assert ask(server, "//id/ind-gdp")[0].getheader("Location") == "/id/ind-gdp/"


@pytest.mark.parametrize(
    "path",
    ["/none", "/../secret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt", "/link.txt", "/%00", "/en/none/", "/%ff"],
)
def test_what_is_no_file_of_the_site_is_missing(server: Server, path: str) -> None:
    response, page = ask(server, path)
    assert response.status == 404
    assert page == b"<body>missing" + LISTENS + b"</body>"


def test_before_the_first_site_is_made_a_page_says_so_and_waits(tmp_path: Path) -> None:
    with serving(tmp_path / "none", 0) as server:
        response, page = ask(server, "/")
        assert response.status == 404
        assert LISTENS in page


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "0.0.0.0:{port}", ""])
def test_a_page_of_another_name_gets_nothing(server: Server, host: str) -> None:
    for path in ("/", "/data.json", RELOAD, CHANGES):
        response, page = ask(server, path, Host=host.format(port=server.server_port))
        assert response.status == 421
        assert b"site" not in page


def test_it_is_reached_by_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert ask(server, "/", Host=f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_taken(server: Server, method: str) -> None:
    assert ask(server, "/", method)[0].status == 501


def test_a_head_is_that_of_the_page_without_it(server: Server) -> None:
    response, page = ask(server, "/", "HEAD")
    assert (response.status, page) == (200, b"")
    assert int(str(response.getheader("Content-Length"))) == len(PAGE) + len(LISTENS)
    assert ask(server, CHANGES, "HEAD")[1] == b""


def listen(server: Server) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=6 * ALIVE)
    connection.request("GET", CHANGES)
    return connection.getresponse()


def event(stream: HTTPResponse) -> bytes:
    line = stream.readline()
    assert stream.readline() == b"\n"
    return line


def test_who_listens_is_told_of_a_new_making_and_who_comes_later_of_the_last(server: Server) -> None:
    one, two = listen(server), listen(server)
    assert one.getheader("Content-Type") == "text/event-stream"
    first = event(one)
    assert first.startswith(b"data: ")
    assert event(two) == first
    server.renew()
    second = event(one)
    assert event(two) == second != first
    assert event(listen(server)) == second


def test_another_server_has_another_making(folder: Path, server: Server) -> None:
    """A page that is still open when the command is called again loads the new site."""
    with serving(folder, 0) as later:
        assert event(listen(later)) != event(listen(server))


def test_a_browser_that_goes_leaves_no_word(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    stream = listen(server)
    event(stream)
    stream.close()
    for _ in range(3):
        server.renew()
        assert ask(server, "/")[0].status == 200
    assert capfd.readouterr() == ("", "")


def test_a_port_that_is_taken_is_an_error(server: Server, folder: Path) -> None:
    with pytest.raises(OSError, match="in use"), serving(folder, server.server_port):
        pass
