"""A whole tree as `trimtab verify` reads it: every check is made on it, and every finding has a place in it."""

from __future__ import annotations

from datetime import date

from fuzz_support.given import check_placed
from trimtab.findings.report import Report
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.tree_source import TreeSource
from trimtab.tree.manifest_files import ManifestFiles

_NAMES = ("apps/a.yaml", "apps/b.json", "crds/c.yaml", "index.json")


def fuzz(data: bytes) -> None:
    """Verify bytes as a tree of files, with zeros between them."""
    contents = dict(zip(_NAMES, data.split(b"\0", len(_NAMES) - 1), strict=False))
    source = TreeSource(
        files=ManifestFiles(contents=contents, names=frozenset(contents)), shown="tree/", prefix="tree/"
    )
    examined = examine_tree(source, kubernetes="1.35", today=date(2026, 1, 1))
    for finding in examined.findings:
        assert finding.place is not None, finding
        check_placed(finding, finding.place.file)
        assert finding.place.file.removeprefix("tree/") in contents, finding
    Report(examined.findings)
