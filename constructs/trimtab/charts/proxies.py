"""Which proxy an address is asked through, by the variables that every other program reads."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from trimtab.charts.reference import LOOPBACK
from trimtab.doors.http_trouble import HttpError, Trouble
from trimtab.doors.socks import SCHEMES

_KINDS = ("http", "https", *SCHEMES)


def choose_proxy(url: str, environment: Mapping[str, str]) -> str | None:
    """Choose the proxy for a URL: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in capitals or not.

    Read as Go's programs read them, helm and Argo CD among them (golang.org/x/net/http/httpproxy): names in `NO_PROXY`
    stand for their subdomains too, addresses and ranges (CIDR) count for addresses, `*` for all; what is on this
    machine is never asked through a proxy.

    Returns:
        The proxy's address, which may hold a password; nothing where there is none.

    Raises:
        HttpError: It is a kind of proxy that cannot be used; Go's programs cannot use it either (net/http
            transport.go, Transport.Proxy).
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    variable = f"{parts.scheme}_proxy"
    proxy = _variable(environment, variable)
    if not proxy or _is_local(host):
        return None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if any(_covers(entry.strip().lower(), host, port) for entry in _variable(environment, "no_proxy").split(",")):
        return None
    scheme, separator, _ = proxy.partition("://")
    if separator and scheme.lower() not in _KINDS:
        name = variable.upper() if environment.get(variable.upper()) else variable
        raise HttpError(Trouble.ADDRESS, f"{name} names a proxy that is none of http://, https:// and socks5://")
    return proxy if separator else f"http://{proxy}"


def _variable(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name.upper()) or environment.get(name) or ""


def _is_local(host: str) -> bool:
    address = _address(host)
    return host in LOOPBACK or (address is not None and address.is_loopback)


def _covers(entry: str, host: str, port: int) -> bool:
    if not entry or entry == "*":
        return bool(entry)
    name, wanted_port = _split_port(entry)
    if wanted_port is not None and wanted_port != port:
        return False
    address = _address(host)
    if address is not None:
        try:
            return address in ipaddress.ip_network(name.strip("[]"), strict=False)
        except ValueError:
            return False
    bare = name.removeprefix("*").lstrip(".")
    return bool(bare) and (host.endswith(f".{bare}") or (host == bare and not name.startswith(".")))


def _split_port(entry: str) -> tuple[str, int | None]:
    head, colon, tail = entry.rpartition(":")
    if colon and tail.isdigit() and (":" not in head or head.endswith("]")):
        return head, int(tail)
    return entry, None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
