"""The fast reader of manifests: it says what the exact one says."""

from __future__ import annotations

from trimtab.documents.reader import parse_yaml
from trimtab.documents.values import MANIFEST_LIMITS, parse_values


def fuzz(data: bytes) -> None:
    """Read bytes both ways; what is compared is written out, so that `1`, `1.0` and `true` are three values."""
    fast = parse_values(data, file="f.yaml")
    exact = parse_yaml(data, file="f.yaml", limits=MANIFEST_LIMITS)
    assert repr(fast.values) == repr(tuple(document.value for document in exact.documents))
    assert fast.findings == exact.findings
