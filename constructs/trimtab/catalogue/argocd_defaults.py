"""What Argo CD does unless told otherwise, as far as it decides whether an object is applied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedKinds:
    """Kinds that Argo CD leaves out of every cluster and never applies, though the Application says Synced."""

    groups: frozenset[str]
    kinds: frozenset[str]


def _exclude(groups: str, kinds: str) -> ExcludedKinds:
    """Read groups and kinds separated by blanks; `core` stands for the group without a name."""
    names = frozenset("" if group == "core" else group for group in groups.split())
    return ExcludedKinds(groups=names, kinds=frozenset(kinds.split()))


# `resource.exclusions` as Argo CD 3.0 and newer set it: argoproj/argo-helm charts/argo-cd/values.yaml, configs.cm.
EXCLUSIONS = (
    _exclude("core discovery.k8s.io", "Endpoints EndpointSlice"),
    _exclude("coordination.k8s.io", "Lease"),
    _exclude(
        "authentication.k8s.io authorization.k8s.io",
        "SelfSubjectReview TokenReview LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview "
        "SubjectAccessReview",
    ),
    _exclude("certificates.k8s.io", "CertificateSigningRequest"),
    _exclude("cert-manager.io", "CertificateRequest"),
    _exclude("cilium.io", "CiliumIdentity CiliumEndpoint CiliumEndpointSlice"),
    _exclude(
        "kyverno.io reports.kyverno.io wgpolicyk8s.io",
        "PolicyReport ClusterPolicyReport EphemeralReport ClusterEphemeralReport AdmissionReport "
        "ClusterAdmissionReport BackgroundScanReport ClusterBackgroundScanReport UpdateRequest",
    ),
)


def is_excluded(group: str, kind: str) -> bool:
    """Say whether Argo CD ignores objects of this kind unless its `resource.exclusions` are changed."""
    return any(group in entry.groups and kind in entry.kinds for entry in EXCLUSIONS)
