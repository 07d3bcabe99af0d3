"""Complaints that may be none: what is wrong is filled in, or written over, before it is applied."""

from __future__ import annotations

import re
from collections.abc import Mapping

from trimtab.findings.path import get_value
from trimtab.verify.complaint import Complaint
from trimtab.verify.files.found import Found

_FILLED_IN = re.compile(r"\$\{[A-Za-z_]\w*(?:[:=-][^}]*)?\}|^\{[A-Z_]+\}$|<path:[^>]+>")
"""A variable as Flux, and envsubst, fill it in; or a whole text as tests do; or a path as argocd-vault-plugin does."""
_TEMPLATED = re.compile(r"\{\{.*\}\}")
"""A place to fill in as Helm and many another tool mark it; Argo CD fills the ones in its own sets."""
_VAR = re.compile(r"\$\([A-Za-z_][\w-]*\)")
"""A variable as kustomize fills it in; elsewhere than in an object's own names Kubernetes does."""
_PATCHED = "what a patch or another field of a kustomization writes into an object"
_VARIABLE = "what is filled in for a variable such as ${NAME}"
_ENCRYPTED = "objects that SOPS has encrypted"


def find_doubt(complaint: Complaint) -> str | None:
    """Say why a complaint may be none; nothing where it holds.

    Returns:
        What was not checked, in the words of a note.
    """
    origin = complaint.about.origin
    if not isinstance(origin, Found):
        return None
    if isinstance(complaint.about.manifest.get("sops"), Mapping):
        return _ENCRYPTED
    if origin.changes is not None and complaint.path and origin.changes.covers(complaint.path):
        return _PATCHED
    if complaint.path and not complaint.on_key and _is_filled_in(complaint):
        return _VARIABLE
    return _VARIABLE if complaint.code == "invalid-name" and _VAR.search(complaint.about.name) else None


def _is_filled_in(complaint: Complaint) -> bool:
    text = get_value(complaint.about.manifest, complaint.path)
    if not isinstance(text, str) or "\n" in text:
        return False
    if complaint.code == "wrong-field-form" and _VAR.search(text):
        return True
    return _FILLED_IN.search(text) is not None or (
        complaint.about.kind != "ApplicationSet" and _TEMPLATED.search(text) is not None
    )
