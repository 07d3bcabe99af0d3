"""Paths of settings, as people write them."""

from __future__ import annotations

from fuzz_support.given import to_text
from trimtab.findings.path import parse_path, render_path


def fuzz(data: bytes) -> None:
    """Read bytes as a path; one that is read is the same after it is written."""
    try:
        path = parse_path(to_text(data))
    except ValueError:
        return
    assert parse_path(render_path(path)) == path
