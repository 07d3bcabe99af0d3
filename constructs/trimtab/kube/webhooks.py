"""What somebody else writes into webhooks, so that Argo CD must not compare it."""

from __future__ import annotations

from typing import Literal

from trimtab.plan.application import Ignored

Configuration = Literal["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]


def ignore_authority(kind: Configuration = "ValidatingWebhookConfiguration") -> Ignored:
    """Give the authority of webhooks: whoever makes their certificates tells the API server of it."""
    return Ignored(
        group="admissionregistration.k8s.io",
        kind=kind,
        jq_path_expressions=(".webhooks[]?.clientConfig.caBundle",),
    )


def ignore_authorities() -> tuple[Ignored, ...]:
    """Give the authority of webhooks of both kinds."""
    return ignore_authority("MutatingWebhookConfiguration"), ignore_authority()
