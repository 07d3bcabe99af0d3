"""Addresses of Ceph's monitors: their form, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

USUAL_PORT = 6789
"""Where monitors speak the protocol that every client knows (docs.ceph.com, Messenger v2)."""

_PORTS = ("6789", "3300")
"""What stands behind an IPv6 address without brackets is a port where it is one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """Where a monitor answers."""

    address: IPv4Address | IPv6Address
    port: int

    def __str__(self) -> str:
        host = f"[{self.address}]" if self.address.version == 6 else str(self.address)
        return f"{host}:{self.port}"


def parse_monitor(text: str) -> Monitor:
    """Read an address with its port: `10.42.2.1:6789`, `[2001:db8::1]:3300`.

    Raises:
        ValueError: It is something else; the words say what.
    """
    host, _, port = text.rpartition(":")
    if ":" in host and not text.startswith("["):
        raise ValueError("has an IPv6 address without brackets")
    if text.endswith("]") or ":" not in text:
        raise ValueError("has no port")
    if not _is_port(port):
        raise ValueError(f"has no port, for {port or 'nothing'} is none")
    bare = host.removeprefix("[").removesuffix("]")
    if not _is_address(bare) or host != (f"[{bare}]" if ":" in bare else bare):
        raise ValueError("begins with no IP address")
    return Monitor(address=ip_address(bare), port=int(port))


def render_monitors(monitors: Mapping[str, str]) -> dict[str, str]:
    """Give name to address in the one form that all clients read; what is none stays, and is a finding of its own."""
    return {name: _render(text) for name, text in sorted(monitors.items())}


def suggest_monitor(text: str) -> str:
    """Give what was probably meant: brackets and a port where they lack, else an example."""
    host, _, port = text.rpartition(":")
    if not text.startswith("[") and port in _PORTS and ":" in host and _is_address(host):
        return f"[{host}]:{port}"
    bare = text.removeprefix("[").removesuffix("]")
    if _is_address(bare):
        return str(Monitor(address=ip_address(bare), port=USUAL_PORT))
    return "10.42.2.1:6789 or [2001:db8::1]:6789"


def _render(text: str) -> str:
    try:
        return str(parse_monitor(text))
    except ValueError:
        return text


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535
