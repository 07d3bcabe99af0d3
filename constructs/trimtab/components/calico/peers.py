"""Addresses of BGP peers, and which nodes a peer speaks to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address

from trimtab.components.calico.settings import Family, Peer

_BRACKETS = r"^\[(?P<host>[^\[\]]*)\](:(?P<port>[0-9]+))?$"
_IPV4 = r"^(?P<host>[0-9.]+):(?P<port>[0-9]+)$"
_LAST_PORT = 65535


def parse_peer(peer: Peer) -> tuple[str, int | None]:
    """Take a peer's address apart.

    Returns:
        The bare address and the port, None for the usual one.

    Raises:
        ValueError: It is no address, or there are two ports.
    """
    match = re.match(_BRACKETS, peer.address) or re.match(_IPV4, peer.address)
    host, port = (match["host"], match["port"]) if match else (peer.address, None)
    if "%" in host:
        raise ValueError("an address with a zone belongs to one link only")
    if port and peer.port and int(port) != peer.port:
        raise ValueError(f"the address says port {port} and `port` says {peer.port}")
    if port and not 0 < int(port) <= _LAST_PORT:
        raise ValueError(f"there is no port {port}")
    return _normal(host), peer.port or (int(port) if port else None)


@lru_cache(maxsize=1 << 12)
def _normal(host: str) -> str:
    return str(ip_address(host))


def render_peer(peer: Peer) -> str:
    """Write a peer's address as Calico reads it: brackets only where a port follows an IPv6 address.

    Source: projectcalico/calico v3.32.1 libcalico-go/lib/validator/v3/validator.go:847-884.

    Raises:
        ValueError: It is no address.
    """
    host, port = parse_peer(peer)
    if port is None:
        return host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def peer_family(peer: Peer) -> Family | None:
    """Give the family of a peer's address; None where it is no address."""
    try:
        host, _ = parse_peer(peer)
    except ValueError:
        return None
    return "IPv6" if ":" in host else "IPv4"


_TERM = r"""^(?P<key>[^\s=!'"()]+)\s*(?P<operator>==|!=)\s*(?P<quote>['"])(?P<value>[^'"]*)(?P=quote)$"""
_HAS = r"^(?P<no>!)?\s*has\((?P<key>[^\s()]+)\)$"


def is_selecting(selector: str | None, labels: Mapping[str, str]) -> bool:
    """Say whether a peer's node selector takes a node with these labels.

    Terms (`key == 'value'`, `key != 'value'`, `has(key)`, `!has(key)`, `all()`) joined by `&&` are worked out; of any
    richer selector it is assumed that it does.
    """
    return selector is None or all(_is_term_selecting(term.strip(), labels) for term in selector.split("&&"))


def _is_term_selecting(term: str, labels: Mapping[str, str]) -> bool:
    if match := re.match(_TERM, term):
        return (labels.get(match["key"]) == match["value"]) == (match["operator"] == "==")
    if match := re.match(_HAS, term):
        return (match["key"] in labels) != bool(match["no"])
    return True
