"""Bytes as a tree of files that `trimtab verify` reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fuzz_support.given import check_placed
from trimtab.findings.report import Report
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.tree_source import TreeSource
from trimtab.tree.manifest_files import ManifestFiles


def verify_bytes(data: bytes, names: Sequence[str]) -> None:
    """Verify bytes as files of these names, with zeros between them: every finding has a place in one of them."""
    contents = dict(zip(names, data.split(b"\0", len(names) - 1), strict=False))
    source = TreeSource(
        files=ManifestFiles(contents=contents, names=frozenset(contents)), shown="tree/", prefix="tree/"
    )
    examined = examine_tree(source, kubernetes="1.35", today=date(2026, 1, 1))
    for finding in examined.findings:
        assert finding.place is not None, finding
        check_placed(finding, finding.place.file)
        assert finding.place.file.removeprefix("tree/") in contents, finding
    Report(examined.findings)
