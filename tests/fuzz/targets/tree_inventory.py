"""`index.json`, the inventory of a cluster's folder."""

from __future__ import annotations

import contextlib

from fuzz_support.given import check_placed, to_text
from trimtab.findings.finding import Finding
from trimtab.tree.index import render_index
from trimtab.tree.index_parsing import parse_index


def fuzz(data: bytes) -> None:
    """Read bytes as an inventory."""
    found = parse_index(to_text(data), file="dist/lab/index.json")
    if isinstance(found, Finding):
        check_placed(found, "dist/lab/index.json")
        return
    with contextlib.suppress(UnicodeEncodeError):
        assert parse_index(render_index(found)) == found
