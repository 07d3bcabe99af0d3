"""A generated file, before anything touches the disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSpec:
    """One file of the tree: where it goes and what is in it."""

    path: str
    """Relative to dist/, with `/` between the parts; the first part is the cluster."""
    content: bytes
    application: str | None = None
    """The application it belongs to; nothing for what belongs to the cluster."""


def content_digest(content: bytes) -> str:
    """Work out the SHA-256 of a file's bytes, in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
