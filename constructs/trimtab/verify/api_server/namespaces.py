"""Namespaces: the labels by which Kubernetes knows what pods may do there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.suggest import suggest
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_PREFIX = "pod-security.kubernetes.io/"
_LEVELS = ("privileged", "baseline", "restricted")
_MODES = ("enforce", "audit", "warn")
_VERSION = re.compile(r"(?:latest|v1\.(?:0|[1-9][0-9]*))\Z")


def check_namespaces(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find labels of pod security that its admission refuses.

    Source: k8s.io/pod-security-admission v0.35.4 admission/admission.go (ValidateNamespace), api/helpers.go
    (PolicyToEvaluate).
    """
    for entry in tree.of_kind("", "Namespace"):
        labels = fields_of(entry.manifest, "metadata", "labels")
        for mode in _MODES:
            level, version = labels.get(_PREFIX + mode), labels.get(f"{_PREFIX}{mode}-version")
            if isinstance(level, str) and level not in _LEVELS:
                near = suggest(level, _LEVELS)
                cure = f"did you mean '{near}'?" if near else f"choose one of {', '.join(_LEVELS)}"
                what = f"asks for the level '{level}' of pod security"
                yield complain("value-not-allowed", entry, ("metadata", "labels", _PREFIX + mode), what, cure)
            if isinstance(version, str) and not _VERSION.match(version):
                path = ("metadata", "labels", f"{_PREFIX}{mode}-version")
                what = f"asks for the version '{version}' of pod security"
                yield complain("value-not-allowed", entry, path, what, "write latest, or one as v1.35")


CHECKS = (Check(name="pod security of namespaces", codes=("value-not-allowed",), run=check_namespaces),)
