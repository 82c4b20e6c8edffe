"""The site as this machine sees it while it is worked on: its files as they are, on the loopback.

Pages load again when the site was made anew. What does that is put into what is sent, never into the folder.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import MimeTypes
from pathlib import Path
from threading import Condition, Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from factpack.disk.below import BUILT_LIMIT, has_below, read_below

HOST = "127.0.0.1"
"""Where it is served: no other machine reaches this address."""
INDEX, MISSING = "index.html", "404.html"
RELOAD, CHANGES = "/.factpack/reload.js", "/.factpack/changes"
"""Addresses of the script that loads a page again, and of what it listens to."""
LISTENS = f'<script src="{RELOAD}"></script>'.encode()
SCRIPT = b"""// Loads the page again when the site was made anew. A hidden page listens when it is seen again:
// browsers keep few connections to one server.
let seen, source;
const listen = () => {
  source?.close();
  if (document.hidden) return;
  source = new EventSource("%s");
  source.onmessage = ({data}) => {
    if (data !== (seen ??= data)) location.reload();
  };
};
document.addEventListener("visibilitychange", listen);
listen();
""" % CHANGES.encode()
ALIVE = 10.0
"""Seconds after which something is sent to a page that listens, which tells whether it still does."""
TYPES = MimeTypes()
"""Types of files by their names, the same on every system."""
TYPES.add_type("text/yaml", ".yaml")


class Server(ThreadingHTTPServer):
    """Serves a folder with a site. Its threads end with the process."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__((HOST, port), _Answer)
        self.folder = folder
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))
        """What browsers of this machine call it. No other name is answered, wherever it comes from."""
        self.making = str(time.time_ns())
        """What tells one making of the site from another, of an earlier server too."""
        self._renewed = Condition()

    @property
    def address(self) -> str:
        """The address of the front page."""
        return f"http://{HOST}:{self.server_port}/"

    def renew(self) -> None:
        """Have the open pages loaded again: the site was made anew."""
        with self._renewed:
            self.making = str(time.time_ns())
            self._renewed.notify_all()

    def wait(self, making: str) -> None:
        """Return when the site has another making than this one, or after `ALIVE`."""
        with self._renewed:
            self._renewed.wait_for(lambda: self.making != making, ALIVE)

    def handle_error(self, *_: Any) -> None:
        """Pass over a browser that has gone; anything else is a bug and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*_)


@contextmanager
def serving(folder: Path, port: int) -> Iterator[Server]:
    """Give the server of a folder, at a port of this machine (0: a free one), while it runs; raises OSError."""
    with Server(folder, port) as server:
        Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class _Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server

    def do_GET(self) -> None:
        """Send what is asked for."""
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        if self.headers.get("Host") not in self.server.hosts:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif path == RELOAD:
            self._send(RELOAD, SCRIPT)
        elif path == CHANGES:
            self._tell_changes()
        else:
            self._send_file(path.lstrip("/"), asked.query)

    do_HEAD = do_GET  # noqa: N815 - the name that is called

    def log_message(self, *_: Any) -> None:
        """Log nothing: the terminal shows what is wrong with the records."""

    def _send_file(self, path: str, query: str) -> None:
        if path and not path.endswith("/") and has_below(self.server.folder, f"{path}/{INDEX}"):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"/{quote(path)}/" + (f"?{query}" if query else ""))
            self.end_headers()
            return
        if not path or path.endswith("/"):
            path += INDEX
        raw = self._read(path)
        if raw is not None:
            self._send(path, raw)
        else:
            self._send(MISSING, self._read(MISSING) or b"<body>There is no such page.</body>", HTTPStatus.NOT_FOUND)

    def _read(self, path: str) -> bytes | None:
        """Return a file of the site, or None where there is none that is its own."""
        with suppress(OSError):
            return read_below(self.server.folder, path, BUILT_LIMIT)
        return None

    def _send(self, path: str, raw: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send a file, a page with the script that loads it again."""
        form = TYPES.guess_type(path)[0] or "application/octet-stream"
        if form == "text/html":
            raw = _listening(raw)
        self.send_response(status)
        self.send_header("Content-Type", f"{form}; charset=utf-8" if form.startswith("text/") else form)
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def _tell_changes(self) -> None:
        """Tell a page which making of the site there is, now and whenever there is another, as long as it listens."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        while self.command != "HEAD":
            making = self.server.making
            self.wfile.write(f"data: {making}\n\n".encode())
            self.server.wait(making)


def _listening(page: bytes) -> bytes:
    """Return a page with the script that loads it again at its end."""
    head, end, tail = page.rpartition(b"</body>")
    return head + LISTENS + end + tail
