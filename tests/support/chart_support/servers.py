"""Web servers for tests, on this machine alone: each answers from a table and notes what it was asked."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """One answer; `cut` promises the whole body and gives so many bytes, `stall` sends nothing for so many seconds."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    stall: threading.Event | None = None


Answerer = Callable[[Asked], Reply]


@dataclass
class Server:
    """A server at work."""

    url: str
    """Without a slash at its end."""
    asked: list[Asked] = field(default_factory=list)

    @property
    def netloc(self) -> str:
        """Host and port."""
        return self.url.partition("://")[2]

    def paths(self) -> list[str]:
        """Give the paths asked for, in order."""
        return [one.path for one in self.asked]


class _Quiet(ThreadingHTTPServer):
    """Says nothing where a client leaves in the middle, which many tests want."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Go on."""


@contextmanager
def serve(answer: Answerer, *, certificate: Path | None = None, key: Path | None = None) -> Iterator[Server]:
    """Serve on a free port of this machine until the block ends."""
    scheme = "https" if certificate else "http"
    web = _Quiet(("127.0.0.1", 0), _handler(answer))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        web.socket = context.wrap_socket(web.socket, server_side=True)
    server = Server(f"{scheme}://127.0.0.1:{web.server_address[1]}")
    web.note = server.asked.append  # type: ignore[attr-defined]
    thread = threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        web.shutdown()
        web.server_close()
        thread.join()


def table(replies: Mapping[str, Reply | bytes | list[Reply]]) -> Answerer:
    """Answer by path; of a list, one after the other, and the last for ever; 404 for the rest."""
    waiting: dict[str, list[Reply]] = {path: list(r) for path, r in replies.items() if isinstance(r, list)}

    def answer(asked: Asked) -> Reply:
        found = replies.get(asked.path)
        if isinstance(found, list):
            rest = waiting[asked.path]
            return rest.pop(0) if len(rest) > 1 else rest[0]
        return Reply(found) if isinstance(found, bytes) else found or Reply(b"not there", 404)

    return answer


def _handler(answer: Answerer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, self.rfile.read(length))
            self.server.note(asked)  # type: ignore[attr-defined]
            reply = answer(asked)
            if reply.stall is not None:
                reply.stall.wait(20)
            self.send_response(reply.status)
            for name, value in {"content-length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: reply.cut])
            if reply.cut is not None:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_HEAD = do_PATCH = _serve

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    return Handler
