"""What is said of custom resources that their definition refuses."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes

CODES: tuple[Code, ...] = tell_codes(
    [
        (
            "refused-by-rule",
            "A custom resource breaks a rule that stands in its definition.",
            (
                "The API server evaluates the rules of a definition on every object and refuses what fails one, the"
                " error message is the rule's (kubernetes.io, CRD validation rules; x-kubernetes-validations)."
            ),
            (
                "Change the fields that the rule speaks of until it holds; the message has the rule's words, the "
                "help its expression."
            ),
        ),
    ],
    needs_build=True,
)
"""Faults against a definition's schema have the codes that Kubernetes' own kinds have."""
