"""The checks of Kubernetes' own kinds, in the order they are made."""

from __future__ import annotations

from trimtab.verify.check import Check
from trimtab.verify.kubernetes.checking import check_structure
from trimtab.verify.kubernetes.fault import STRUCTURE_CODES
from trimtab.verify.kubernetes.repeating import check_repeats
from trimtab.verify.kubernetes.serving import check_served

CHECKS = (
    Check(name="API versions", codes=("kind-not-served", "retired-api"), run=check_served),
    Check(
        name="structure of Kubernetes' own kinds",
        codes=(*STRUCTURE_CODES, "invalid-label", "contradicting-fields"),
        run=check_structure,
    ),
    Check(
        name="entries that stand twice",
        codes=("duplicate-entry", "shadowed-entry", "missing-field"),
        run=check_repeats,
    ),
)
