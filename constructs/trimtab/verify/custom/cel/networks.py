"""Addresses, networks and URLs in rules: `cidr(self).containsIP("fd00::1")`, `url(self).getHost()`.

Source: k8s.io/apiserver pkg/cel/library/ip.go, cidr.go and urls.go.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from trimtab.verify.custom.cel.function import Function, tag, untag

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Interface = ipaddress.IPv4Interface | ipaddress.IPv6Interface

_URL = re.compile(r"(?:/|[a-zA-Z][a-zA-Z0-9+.\-]*:)[^\x00-\x20\x7f]*")


def _address(text: str) -> Address:
    found = ipaddress.ip_address(text)
    if "%" in text or (isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None):
        raise ValueError("an address has no zone, and no address of IPv4 within one of IPv6")
    return found


def _interface(text: str) -> Interface:
    address, _, length = text.partition("/")
    _address(address)
    if not length.isdigit() or (length != "0" and length.startswith("0")):
        raise ValueError("no network")
    return ipaddress.ip_interface(text)


def _split(text: str) -> SplitResult:
    if not _URL.fullmatch(text):
        raise ValueError(f"no URL: {text}")
    parts = urlsplit(text)
    _ = parts.port  # raises where it is no number
    return parts


def _is(parse: Callable[[str], Any]) -> Callable[[str], bool]:
    def is_one(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return is_one


def _of_address(read: Callable[[Address], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda held: read(_address(untag(held, "ip")))


def _of_url(read: Callable[[SplitResult], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda held: read(_split(untag(held, "url")))


def _cidr(text: str) -> dict[str, str]:
    return tag("cidr", _interface(text).with_prefixlen)


def _of_cidr(held: dict[str, Any]) -> Interface:
    return _interface(untag(held, "cidr"))


def _contains_ip(held: dict[str, Any], other: dict[str, Any] | str) -> bool:
    return _address(other if isinstance(other, str) else untag(other, "ip")) in _of_cidr(held).network


def _contains_cidr(held: dict[str, Any], other: dict[str, Any] | str) -> bool:
    outer = _of_cidr(held).network
    inner = (_interface(other) if isinstance(other, str) else _of_cidr(other)).network
    return outer.version == inner.version and inner.subnet_of(outer)  # type: ignore[arg-type]


def _is_global(address: Address) -> bool:
    """Tell what Go calls global unicast: private addresses are among them."""
    is_broadcast = str(address) == "255.255.255.255"
    special = address.is_unspecified or address.is_loopback or address.is_multicast or address.is_link_local
    return not (special or is_broadcast)


def _is_link_local_multicast(address: Address) -> bool:
    networks = ("224.0.0.0/24", "ff02::/16")
    return any(address in ipaddress.ip_network(network) for network in networks)


def _host(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _host_name(parts: SplitResult) -> str:
    host = _host(parts)
    return host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]


FUNCTIONS = (
    Function("ip", ("string",), "map", lambda text: tag("ip", str(_address(text))), is_member=False),
    Function("ip", ("map",), "map", lambda held: tag("ip", str(_of_cidr(held).ip))),
    Function("isIP", ("string",), "bool", _is(_address), is_member=False),
    Function("ip.isCanonical", ("string",), "bool", lambda text: str(_address(text)) == text, is_member=False),
    Function("family", ("map",), "int", _of_address(lambda address: address.version)),
    Function("isUnspecified", ("map",), "bool", _of_address(lambda address: address.is_unspecified)),
    Function("isLoopback", ("map",), "bool", _of_address(lambda address: address.is_loopback)),
    Function("isLinkLocalUnicast", ("map",), "bool", _of_address(lambda address: address.is_link_local)),
    Function("isLinkLocalMulticast", ("map",), "bool", _of_address(_is_link_local_multicast)),
    Function("isGlobalUnicast", ("map",), "bool", _of_address(_is_global)),
    Function("cidr", ("string",), "map", _cidr, is_member=False),
    Function("isCIDR", ("string",), "bool", _is(_interface), is_member=False),
    Function("containsIP", ("map", "string"), "bool", _contains_ip),
    Function("containsIP", ("map", "map"), "bool", _contains_ip),
    Function("containsCIDR", ("map", "string"), "bool", _contains_cidr),
    Function("containsCIDR", ("map", "map"), "bool", _contains_cidr),
    Function("masked", ("map",), "map", lambda held: tag("cidr", str(_of_cidr(held).network))),
    Function("prefixLength", ("map",), "int", lambda held: _of_cidr(held).network.prefixlen),
    Function("url", ("string",), "map", lambda text: tag("url", _split(text).geturl()), is_member=False),
    Function("isURL", ("string",), "bool", _is(_split), is_member=False),
    Function("getScheme", ("map",), "string", _of_url(lambda parts: parts.scheme)),
    Function("getHost", ("map",), "string", _of_url(_host)),
    Function("getHostname", ("map",), "string", _of_url(_host_name)),
    Function("getPort", ("map",), "string", _of_url(lambda parts: str(parts.port or ""))),
    Function("getEscapedPath", ("map",), "string", _of_url(lambda parts: parts.path)),
    Function("getQuery", ("map",), "map", _of_url(lambda parts: parse_qs(parts.query, keep_blank_values=True))),
)
