"""Whether objects of a kind live in a namespace: Kubernetes' own kinds, and those of the charts we know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from trimtab.catalogue.chart_facts import CustomKind, Scope, chart_facts, known_charts


def _kinds(group: str, *, namespaced: str = "", cluster: str = "") -> dict[tuple[str, str], Scope]:
    table: dict[tuple[str, str], Scope] = {(group, kind): "Namespaced" for kind in namespaced.split()}
    return table | {(group, kind): "Cluster" for kind in cluster.split()}


# Every kind of Kubernetes 1.31 to 1.36 that a manifest may hold; beta and alpha ones count, a gate may be open.
# Source: the API reference of each minor, kubernetes.io/docs/reference/kubernetes-api.
_BUILT_IN: Mapping[tuple[str, str], Scope] = MappingProxyType(
    _kinds(
        "",
        namespaced="Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate "
        "ReplicationController ResourceQuota Secret Service ServiceAccount",
        cluster="ComponentStatus Namespace Node PersistentVolume",
    )
    | _kinds("apps", namespaced="ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet")
    | _kinds("batch", namespaced="CronJob Job")
    | _kinds("autoscaling", namespaced="HorizontalPodAutoscaler Scale")
    | _kinds("policy", namespaced="Eviction PodDisruptionBudget")
    | _kinds("rbac.authorization.k8s.io", namespaced="Role RoleBinding", cluster="ClusterRole ClusterRoleBinding")
    | _kinds("networking.k8s.io", namespaced="Ingress NetworkPolicy", cluster="IPAddress IngressClass ServiceCIDR")
    | _kinds(
        "storage.k8s.io",
        namespaced="CSIStorageCapacity",
        cluster="CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
    )
    | _kinds("storagemigration.k8s.io", cluster="StorageVersionMigration")
    | _kinds("apiextensions.k8s.io", cluster="CustomResourceDefinition")
    | _kinds("apiregistration.k8s.io", cluster="APIService")
    | _kinds(
        "admissionregistration.k8s.io",
        cluster="MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration "
        "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
    )
    | _kinds("authentication.k8s.io", namespaced="TokenRequest", cluster="SelfSubjectReview TokenReview")
    | _kinds(
        "authorization.k8s.io",
        namespaced="LocalSubjectAccessReview",
        cluster="SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    )
    | _kinds(
        "certificates.k8s.io",
        namespaced="PodCertificateRequest",
        cluster="CertificateSigningRequest ClusterTrustBundle",
    )
    | _kinds("coordination.k8s.io", namespaced="Lease LeaseCandidate")
    | _kinds("discovery.k8s.io", namespaced="EndpointSlice")
    | _kinds("events.k8s.io", namespaced="Event")
    | _kinds("flowcontrol.apiserver.k8s.io", cluster="FlowSchema PriorityLevelConfiguration")
    | _kinds("internal.apiserver.k8s.io", cluster="StorageVersion")
    | _kinds("node.k8s.io", cluster="RuntimeClass")
    | _kinds("scheduling.k8s.io", namespaced="PodGroup Workload", cluster="PriorityClass")
    | _kinds(
        "resource.k8s.io",
        namespaced="ResourceClaim ResourceClaimTemplate",
        cluster="DeviceClass DeviceTaintRule ResourceSlice",
    )
)
_BUILT_IN_GROUPS = frozenset(group for group, _ in _BUILT_IN)


def scope(group: str, kind: str) -> Scope | None:
    """Say whether objects of a kind belong to a namespace or to the cluster; nothing when the kind is not known."""
    return _BUILT_IN.get((group, kind)) or _custom_scopes().get((group, kind))


def is_namespaced(group: str, kind: str) -> bool:
    """Say whether objects of a kind live in a namespace; what nobody knows does not."""
    return scope(group, kind) == "Namespaced"


def is_built_in_group(group: str) -> bool:
    """Say whether Kubernetes itself serves this API group; the core group is the empty text."""
    return group in _BUILT_IN_GROUPS


def iter_built_in_kinds() -> Iterator[tuple[str, str, Scope]]:
    """Give group, kind and scope of everything Kubernetes itself serves, by group."""
    for (group, kind), where in sorted(_BUILT_IN.items()):
        yield group, kind, where


def custom_kinds(chart: str, version: str) -> tuple[CustomKind, ...]:
    """Give the kinds that a chart version adds to the cluster; none when the chart is not known or adds none."""
    facts = chart_facts(chart, version)
    return facts.custom_kinds if facts else ()


@lru_cache(maxsize=1)
def _custom_scopes() -> Mapping[tuple[str, str], Scope]:
    """Join the kinds of all charts at hand; a kind never changes its scope, Kubernetes forbids it."""
    every = (kind for chart, version in known_charts() for kind in custom_kinds(chart, version))
    return MappingProxyType({(kind.group, kind.kind): kind.scope for kind in every})
