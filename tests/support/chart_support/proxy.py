"""A proxy for tests: takes every host for one on this machine, and notes what it was asked."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Proxy:
    """A proxy at work."""

    netloc: str
    heads: list[str] = field(default_factory=list)
    """The head of each request: first line and headers."""


@contextmanager
def run_proxy(target: str, refuse: int | None = None) -> Iterator[Proxy]:
    """Run a proxy that brings everything to `target`, a host and port; or answers all with the status `refuse`."""
    host, _, port = target.rpartition(":")

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while (line := self.rfile.readline()) not in {b"\r\n", b""}:
                head += line
            proxy.heads.append(head.decode())
            if refuse is not None:
                self.wfile.write(f"HTTP/1.1 {refuse} No\r\nContent-Length: 0\r\n\r\n".encode())
                return
            with socket.create_connection((host, int(port)), timeout=30) as there:
                if head.startswith(b"CONNECT "):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                else:
                    there.sendall(_as_origin(head))
                join(self.connection, there)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        proxy = Proxy(f"127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()


def _as_origin(head: bytes) -> bytes:
    """Write a request as the server itself wants it: only the path, and one request a connection."""
    first, _, rest = head.partition(b"\r\n")
    method, url, version = first.split(b" ")
    path = b"/" + url.split(b"/", 3)[3]
    return b" ".join([method, path, version]) + b"\r\nConnection: close\r\n" + rest + b"\r\n"


def join(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes between two connections until one end says no more."""

    def copy(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                target.sendall(part)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    back = threading.Thread(target=copy, args=(other, one), daemon=True)
    back.start()
    copy(one, other)
    back.join(5)
