"""API versions that were served once and are no more, with what took their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trimtab.catalogue.kubernetes.structures import Minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """What became of an API version."""

    gone_in: str
    """The first release that does not serve it: `Kubernetes 1.22`."""
    minor: Minor | None = None
    """The same for Kubernetes' own."""
    instead: str | None
    """The `apiVersion` to write; nothing where nothing took its place."""
    advice: str = ""
    """What else changes, or what to use where nothing took its place."""


_NEW_SPEC = "some fields moved"


def _kubernetes(minor: int, group_version: str, kinds: str, instead: str | None, advice: str = "") -> _Rows:
    for kind in kinds.split():
        group, _, version = group_version.rpartition("/")
        yield (
            (group, version, kind),
            Retired(gone_in=f"Kubernetes 1.{minor}", minor=(1, minor), instead=instead, advice=advice),
        )


_Rows = Iterator[tuple[tuple[str, str, str], Retired]]

_APPS = "set spec.selector, it has no default any more"
_INGRESS = "backends are service.name and service.port now, and each path needs a pathType"
_POLICIES = "label the namespaces instead: pod-security.kubernetes.io/enforce"
_HPA = "targets are below metrics[].resource.target now"
_CRD = "each version needs a schema of its own"
_HOOKS = "sideEffects and admissionReviewVersions are required now"

# Source: kubernetes.io/docs/reference/using-api/deprecation-guide, and the API as each minor lists it.
_OWN: Mapping[tuple[str, str, str], Retired] = dict(
    row
    for rows in (
        _kubernetes(16, "extensions/v1beta1", "DaemonSet Deployment ReplicaSet", "apps/v1", _APPS),
        _kubernetes(16, "apps/v1beta1", "Deployment StatefulSet ControllerRevision", "apps/v1", _APPS),
        _kubernetes(
            16, "apps/v1beta2", "DaemonSet Deployment ReplicaSet StatefulSet ControllerRevision", "apps/v1", _APPS
        ),
        _kubernetes(16, "extensions/v1beta1", "NetworkPolicy", "networking.k8s.io/v1"),
        _kubernetes(16, "extensions/v1beta1", "PodSecurityPolicy", None, _POLICIES),
        _kubernetes(22, "extensions/v1beta1", "Ingress", "networking.k8s.io/v1", _INGRESS),
        _kubernetes(22, "networking.k8s.io/v1beta1", "Ingress", "networking.k8s.io/v1", _INGRESS),
        _kubernetes(22, "networking.k8s.io/v1beta1", "IngressClass", "networking.k8s.io/v1"),
        _kubernetes(
            22,
            "admissionregistration.k8s.io/v1beta1",
            "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
            "admissionregistration.k8s.io/v1",
            _HOOKS,
        ),
        _kubernetes(22, "apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "apiextensions.k8s.io/v1", _CRD),
        _kubernetes(22, "apiregistration.k8s.io/v1beta1", "APIService", "apiregistration.k8s.io/v1"),
        _kubernetes(22, "authentication.k8s.io/v1beta1", "TokenReview", "authentication.k8s.io/v1"),
        _kubernetes(
            22,
            "authorization.k8s.io/v1beta1",
            "LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview",
            "authorization.k8s.io/v1",
        ),
        _kubernetes(
            22,
            "certificates.k8s.io/v1beta1",
            "CertificateSigningRequest",
            "certificates.k8s.io/v1",
            "spec.signerName and spec.usages are required now",
        ),
        _kubernetes(22, "coordination.k8s.io/v1beta1", "Lease", "coordination.k8s.io/v1"),
        _kubernetes(
            22,
            "rbac.authorization.k8s.io/v1beta1",
            "ClusterRole ClusterRoleBinding Role RoleBinding",
            "rbac.authorization.k8s.io/v1",
        ),
        _kubernetes(
            22,
            "rbac.authorization.k8s.io/v1alpha1",
            "ClusterRole ClusterRoleBinding Role RoleBinding",
            "rbac.authorization.k8s.io/v1",
        ),
        _kubernetes(22, "scheduling.k8s.io/v1beta1", "PriorityClass", "scheduling.k8s.io/v1"),
        _kubernetes(
            22, "storage.k8s.io/v1beta1", "CSIDriver CSINode StorageClass VolumeAttachment", "storage.k8s.io/v1"
        ),
        _kubernetes(25, "batch/v1beta1", "CronJob", "batch/v1"),
        _kubernetes(25, "discovery.k8s.io/v1beta1", "EndpointSlice", "discovery.k8s.io/v1"),
        _kubernetes(25, "events.k8s.io/v1beta1", "Event", "events.k8s.io/v1", _NEW_SPEC),
        _kubernetes(25, "autoscaling/v2beta1", "HorizontalPodAutoscaler", "autoscaling/v2", _HPA),
        _kubernetes(
            25,
            "policy/v1beta1",
            "PodDisruptionBudget",
            "policy/v1",
            "an empty selector selects every pod of the namespace now, no longer none",
        ),
        _kubernetes(25, "policy/v1beta1", "PodSecurityPolicy", None, _POLICIES),
        _kubernetes(25, "node.k8s.io/v1beta1", "RuntimeClass", "node.k8s.io/v1"),
        _kubernetes(26, "autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling/v2", _HPA),
        _kubernetes(27, "storage.k8s.io/v1beta1", "CSIStorageCapacity", "storage.k8s.io/v1"),
        _kubernetes(20, "settings.k8s.io/v1alpha1", "PodPreset", None, "set it in each pod's template"),
        *(
            _kubernetes(
                minor,
                f"flowcontrol.apiserver.k8s.io/{version}",
                "FlowSchema PriorityLevelConfiguration",
                "flowcontrol.apiserver.k8s.io/v1",
                "assuredConcurrencyShares is nominalConcurrencyShares now",
            )
            for minor, version in ((26, "v1beta1"), (29, "v1beta2"), (32, "v1beta3"))
        ),
    )
    for row in rows
)

_CERT_MANAGER = Retired(gone_in="cert-manager 1.6", instead="cert-manager.io/v1", advice=_NEW_SPEC)
_FIRST_CERT_MANAGER = Retired(gone_in="cert-manager 0.11", instead="cert-manager.io/v1", advice=_NEW_SPEC)
_ACME = Retired(gone_in="cert-manager 1.6", instead="acme.cert-manager.io/v1")
_FIRST_ACME = Retired(gone_in="cert-manager 0.11", instead="acme.cert-manager.io/v1", advice=_NEW_SPEC)
_OLD_VERSIONS = ("v1alpha2", "v1alpha3", "v1beta1")

# Sources: release notes of cert-manager 0.11 and 1.6, Rook 1.0, Traefik 3.0 and external-snapshotter.
_CUSTOM: Mapping[tuple[str, str], Retired] = {
    **{("cert-manager.io", version): _CERT_MANAGER for version in _OLD_VERSIONS},
    **{("acme.cert-manager.io", version): _ACME for version in _OLD_VERSIONS},
    ("certmanager.k8s.io", "v1alpha1"): _FIRST_CERT_MANAGER,
    ("ceph.rook.io", "v1alpha1"): Retired(gone_in="Rook 1.0", instead="ceph.rook.io/v1", advice=_NEW_SPEC),
    ("ceph.rook.io", "v1beta1"): Retired(gone_in="Rook 1.0", instead="ceph.rook.io/v1", advice=_NEW_SPEC),
    ("traefik.containo.us", "v1alpha1"): Retired(gone_in="Traefik 3.0", instead="traefik.io/v1alpha1"),
    ("snapshot.storage.k8s.io", "v1alpha1"): Retired(
        gone_in="external-snapshotter 4", instead="snapshot.storage.k8s.io/v1"
    ),
    ("snapshot.storage.k8s.io", "v1beta1"): Retired(
        gone_in="external-snapshotter 7", instead="snapshot.storage.k8s.io/v1"
    ),
}


def find_retired(minor: Minor, group: str, version: str, kind: str) -> Retired | None:
    """Say what became of an API version that a cluster no longer serves.

    Args:
        minor: The cluster's Kubernetes.
        group: The group of what is asked for.
        version: Its version.
        kind: Its kind.

    Returns:
        Nothing where it is not retired at this minor, or was never known.
    """
    own = _OWN.get((group, version, kind))
    if own is not None:
        return own if own.minor is not None and minor >= own.minor else None
    if group == "certmanager.k8s.io" and kind in {"Order", "Challenge"}:
        return _FIRST_ACME
    return _CUSTOM.get((group, version))
