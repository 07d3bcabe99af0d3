"""The door through a SOCKS proxy: a connection that it makes for us, by the name that we give it."""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import urllib3
import urllib3.exceptions as problems
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SCHEMES = ("socks5", "socks5h")
"""The host's name goes to the proxy with both (net/http transport.go, dialConn; golang.org/x/net/internal/socks)."""
_PORT = 1080
_VERSION = 5
_PLAIN, _PASSWORD = 0, 2
_CONNECT = 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_LONGEST = 255
_REPLIES = {
    1: "the proxy failed",
    2: "the proxy may not connect there",
    3: "the proxy cannot reach its network",
    4: "the proxy cannot reach it",
    5: "the proxy says that it refuses",
    6: "the proxy gave up",
    7: "the proxy does not connect for others",
    8: "the proxy does not know such addresses",
}
"""Source: RFC 1928, section 6."""


class _RefusedError(OSError):
    """The proxy speaks, and does not connect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocksProxy:
    """A proxy, and who asks it."""

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def parse_socks(url: str) -> SocksProxy:
    """Read a proxy's address; its port is 1080 unless it says another.

    Args:
        url: The address, its scheme one of `SCHEMES`.

    Raises:
        ValueError: There is no host, or no port is like that.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("the proxy's address has no host")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SocksProxy(host=parts.hostname, port=parts.port or _PORT, user=user, password=password)


def make_socks_manager(proxy: SocksProxy, pools: int, context: ssl.SSLContext | None) -> urllib3.PoolManager:
    """Make what asks everything through a SOCKS proxy.

    Args:
        proxy: The proxy.
        pools: How many hosts are kept connections to, and how many to each.
        context: What is trusted, for https.
    """

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, proxy)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, proxy)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(pools, maxsize=pools, ssl_context=context)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _connect(connection: HTTPConnection, proxy: SocksProxy) -> socket.socket:
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else None
    try:
        made = socket.create_connection((proxy.host, proxy.port), timeout)
    except OSError as error:
        raise problems.ProxyError("no connection to the proxy", error) from error
    try:
        _greet(made, proxy)
        _ask(made, connection)
    except Exception as error:
        made.close()
        raise _translate(error, connection) from error
    return made


def _translate(error: Exception, connection: HTTPConnection) -> Exception:
    """Give what the library's callers expect; what the proxy said of the host is no trouble of the proxy."""
    if isinstance(error, TimeoutError):
        return problems.ConnectTimeoutError(connection, "the proxy did not answer in time")
    if isinstance(error, _RefusedError):
        return problems.NewConnectionError(connection, str(error))
    return problems.ProxyError("the proxy cannot be used", error) if isinstance(error, OSError) else error


def _greet(made: socket.socket, proxy: SocksProxy) -> None:
    """Agree on who asks (RFC 1928, section 3; RFC 1929)."""
    methods = bytes([_PLAIN, _PASSWORD]) if proxy.user else bytes([_PLAIN])
    made.sendall(bytes([_VERSION, len(methods)]) + methods)
    version, method = _read(made, 2)
    if version != _VERSION:
        raise OSError(errno.EPROTO, "it does not speak SOCKS 5")
    if method == _PASSWORD and proxy.user:
        user, password = proxy.user.encode(), proxy.password.encode()
        if max(len(user), len(password)) > _LONGEST:
            raise OSError(errno.EINVAL, "its user or password is too long")
        made.sendall(b"\1" + bytes([len(user)]) + user + bytes([len(password)]) + password)
        if _read(made, 2)[1] != 0:
            raise OSError(errno.EACCES, "it refuses this user and password")
    elif method != _PLAIN:
        raise OSError(errno.EACCES, "it wants a user and a password")


def _ask(made: socket.socket, connection: HTTPConnection) -> None:
    """Ask for a connection to host and port (RFC 1928, sections 4 to 6)."""
    port = connection.port or connection.default_port
    made.sendall(bytes([_VERSION, _CONNECT, 0]) + _render_host(connection.host) + port.to_bytes(2, "big"))
    _, reply, _, kind = _read(made, 4)
    if reply != 0:
        raise _RefusedError(errno.EHOSTUNREACH, _REPLIES.get(reply, _REPLIES[1]))
    _read(made, {_IPV4: 4, _IPV6: 16}.get(kind) or _read(made, 1)[0])
    _read(made, 2)


def _render_host(host: str) -> bytes:
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        name = host.rstrip(".").encode("idna")
        return bytes([_NAME, len(name)]) + name
    return bytes([_IPV4 if address.version == 4 else _IPV6]) + address.packed


def _read(made: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = made.recv(count - len(found))
        if not part:
            raise OSError(errno.ECONNRESET, "it broke off")
        found += part
    return found
