"""The small languages in Argo CD's objects: jq, JSON pointers, patterns, addresses."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from fuzz_support.given import split, to_text
from trimtab.verify.argocd.globs import is_match, is_permitted_by, normalise_repository
from trimtab.verify.argocd.jq.expression import compile_jq
from trimtab.verify.argocd.jq.tokens import RichError, SyntaxFaultError
from trimtab.verify.argocd.pointers import parse_pointer, resolve_pointer

OBJECT: Any = json.loads(
    """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "annotations": {"a/b": "c", "x~y": "1"}},
    "spec": {"list": [1, 2, {"name": "x", "deep": [[0, [null]]]}], "on": true, "": {"": 1}},
    "webhooks": [{"clientConfig": {"caBundle": "x"}}, {}]}"""
)


def fuzz(data: bytes) -> None:
    """Read bytes as each of them, and hold them against an object."""
    text = to_text(data)
    with contextlib.suppress(RichError, SyntaxFaultError):
        compile_jq(text).leads_somewhere(OBJECT)
    parts = parse_pointer(text)
    if parts is not None:
        resolve_pointer(parts, OBJECT)
    pattern, name = (to_text(part) for part in split(data, 2))
    for separator in ("", "/"):
        is_match(pattern, name, separator)
        is_match(pattern, text, separator)
        is_permitted_by(pattern, name, separator)
    normalise_repository(text)
