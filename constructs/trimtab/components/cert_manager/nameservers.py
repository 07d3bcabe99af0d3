"""Name servers as cert-manager reads them: an IPv6 address in brackets, the port named."""

from __future__ import annotations

from ipaddress import IPv6Address


def bracketed(nameserver: str) -> str:
    """Write a name server as cert-manager wants it; a `https://` address stays as it is.

    Source: cert-manager v1.21.1 internal/apis/certmanager/validation/issuer.go:674-680.
    """
    if nameserver.startswith("https://"):
        return nameserver
    if _is_ipv6(nameserver):
        return f"[{nameserver}]:53"
    host, colon, port = nameserver.rpartition(":")
    if not (colon and port.isdigit()):
        return f"{nameserver}:53"
    return f"[{host}]:{port}" if _is_ipv6(host) else nameserver


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
