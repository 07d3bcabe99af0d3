"""Digests as locks, indexes and registries write them."""

from __future__ import annotations

import hashlib

from trimtab.charts.errors import ChartError


def digest_of(content: bytes) -> str:
    """Give `sha256:` and the 64 hexadecimal digits of these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def check_digest(content: bytes, wanted: str, what: str, said_by: str) -> None:
    """Refuse bytes that are not what was promised.

    Args:
        content: The bytes.
        wanted: The digest they should have.
        what: What they are, for people.
        said_by: Who promised: the index, the manifest.

    Raises:
        ChartError: `chart-digest-mismatch`.
    """
    found = digest_of(content)
    if found != wanted:
        raise ChartError(
            "chart-digest-mismatch",
            f"{what} is {found}, but {said_by} says {wanted}",
            "do not use it: ask who publishes it, or take another mirror",
        )
