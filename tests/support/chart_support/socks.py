"""A SOCKS 5 proxy for tests: takes every host for one on this machine, and notes what it was asked."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chart_support.proxy import join


@dataclass
class SocksServer:
    """A proxy at work."""

    netloc: str
    asked: list[tuple[str, int]] = field(default_factory=list)
    """Host and port of each request."""
    users: list[tuple[str, str]] = field(default_factory=list)
    """User and password, where they were asked for."""


@contextmanager
def run_socks(target: str, *, user: str = "", reply: int = 0, answer: bytes | None = None) -> Iterator[SocksServer]:
    """Run a proxy that brings everything to `target`, a host and port.

    Args:
        target: Where everything goes.
        user: `user:password` without which nobody may ask.
        reply: What is answered to each request; anything but 0 ends it.
        answer: Bytes to say in the place of all that, and nothing after them.
    """
    host, _, port = target.rpartition(":")

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if answer is not None:
                self.rfile.read1(100)
                self.wfile.write(answer)
                return
            _, count = self.rfile.read(2)
            methods = self.rfile.read(count)
            wanted = 2 if user else 0
            self.wfile.write(bytes([5, wanted if wanted in methods else 255]))
            if wanted not in methods or (user and not self.log_in()):
                return
            server.asked.append(self.read_request())
            self.wfile.write(bytes([5, reply, 0, 3, 3]) + b"abc" + b"\0\0" if reply == 0 else bytes([5, reply, 0, 1]))
            if reply == 0:
                with socket.create_connection((host, int(port)), timeout=30) as there:
                    join(self.connection, there)

        def log_in(self) -> bool:
            name = self.rfile.read(self.rfile.read(2)[1]).decode()
            password = self.rfile.read(self.rfile.read(1)[0]).decode()
            server.users.append((name, password))
            is_right = f"{name}:{password}" == user
            self.wfile.write(bytes([1, 0 if is_right else 1]))
            return is_right

        def read_request(self) -> tuple[str, int]:
            kind = self.rfile.read(4)[3]
            if kind == 3:
                name = self.rfile.read(self.rfile.read(1)[0]).decode()
            else:
                family = socket.AF_INET if kind == 1 else socket.AF_INET6
                name = socket.inet_ntop(family, self.rfile.read(4 if kind == 1 else 16))
            return name, int.from_bytes(self.rfile.read(2), "big")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as tcp:
        tcp.daemon_threads = True
        server = SocksServer(f"127.0.0.1:{tcp.server_address[1]}")
        threading.Thread(target=tcp.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            tcp.shutdown()
