"""IP addresses and address blocks as the API server reads them."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_ZEROS = re.compile(r"(?<![0-9A-Fa-f:.])0+(?=[0-9]+\.)|(?<=\.)0+(?=[0-9])")
"""Zeros before a number of an IPv4 address, which the API server still takes (k8s.io/utils net, ParseIPSloppy)."""
_LENGTH = re.compile(r"[0-9]+\Z")
_CACHED = 1 << 12


@lru_cache(maxsize=_CACHED)
def find_address_fault(text: str) -> str | None:
    """Check an IP address.

    Source: apimachinery v0.35.4 pkg/util/validation/ip.go (IsValidIPForLegacyField:81); zeros in front are taken with
    a warning.
    """
    if parse_address(text) is None:
        return "leave the zone away" if "%" in text else "write it as 192.0.2.1 or 2001:db8::1"
    return None


@lru_cache(maxsize=_CACHED)
def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Read an IP address; nothing where the API server would refuse it."""
    try:
        address = ip_address(_ZEROS.sub("", text) if "." in text else text)
    except ValueError:
        return None
    return None if "%" in text else address


def find_block_fault(text: str) -> str | None:
    """Check an address block (IsValidCIDRForLegacyField); bits beyond its length are taken with a warning."""
    return None if parse_block(text) is not None else "write it as 192.0.2.0/24 or 2001:db8::/64"


@lru_cache(maxsize=_CACHED)
def parse_block(text: str) -> IPv4Network | IPv6Network | None:
    """Read an address block; nothing where the API server would refuse it."""
    address, slash, length = text.partition("/")
    if not slash or find_address_fault(address) is not None or not _LENGTH.match(length):
        return None
    try:
        return ip_network(f"{_ZEROS.sub('', address) if '.' in address else address}/{int(length)}", strict=False)
    except ValueError:
        return None
