"""A whole tree as `trimtab verify` reads it: every check is made on it, and every finding has a place in it."""

from __future__ import annotations

from fuzz_support.verified import verify_bytes

_NAMES = ("apps/a.yaml", "apps/b.json", "crds/c.yaml", "index.json")


def fuzz(data: bytes) -> None:
    """Verify bytes as a tree of files, with zeros between them."""
    verify_bytes(data, _NAMES)
