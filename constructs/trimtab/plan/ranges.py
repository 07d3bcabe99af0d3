"""Ranges of addresses: which family, how many, whether two of them meet."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Bounds = tuple[IPv4Address | IPv6Address, IPv4Address | IPv6Address]


@lru_cache(maxsize=1 << 12)
def range_bounds(text: str) -> Bounds:
    """Give the first and last address of a range in CIDR form or written `first-last`.

    Raises:
        ValueError: The text is no range.
    """
    first, dash, last = text.partition("-")
    if dash:
        bounds = ip_address(first), ip_address(last)
        if bounds[0].version != bounds[1].version or int(bounds[0]) > int(bounds[1]):
            raise ValueError(f"{text} does not run from a first to a last address of one family")
        return bounds
    network = ip_network(text, strict=False)
    return network[0], network[-1]


def is_range(text: str) -> bool:
    """Say whether a text is a range, in CIDR form or written `first-last`."""
    try:
        range_bounds(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 12)
def is_address(text: str) -> bool:
    """Say whether a text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def range_family(text: str) -> str:
    """Give `IPv4` or `IPv6`."""
    return f"IPv{range_bounds(text)[0].version}"


def range_size(text: str) -> int:
    """Count the addresses of a range."""
    first, last = range_bounds(text)
    return int(last) - int(first) + 1


def is_overlapping(one: str, other: str) -> bool:
    """Say whether two ranges share an address."""
    (low, high), (other_low, other_high) = range_bounds(one), range_bounds(other)
    return low.version == other_low.version and int(low) <= int(other_high) and int(other_low) <= int(high)


def is_private(text: str) -> bool:
    """Say whether a range is private: RFC 1918, ULA (RFC 4193) or shared address space (RFC 6598)."""
    network = ip_network(text, strict=False)
    return any(network.version == private.version and network.subnet_of(private) for private in _PRIVATE)  # type: ignore[arg-type]


_PRIVATE = tuple(
    ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
