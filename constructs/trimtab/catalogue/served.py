"""What Kubernetes itself serves, by minor: the list that a chart may ask before it writes an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from trimtab.catalogue.versions import parse_version

OLDEST_MINOR = 31
"""The oldest minor of Kubernetes 1 this table is made for; for an older one the list of this one is given."""

# Stable versions only: since 1.24 no beta API is on by default (KEP-3136), and 1.32 removed the last one that had been
# (flowcontrol.apiserver.k8s.io/v1beta3, kubernetes.io/docs/reference/using-api/deprecation-guide).
# Source of the kinds: the OpenAPI documents of Kubernetes 1.31 and 1.36, api/openapi-spec/swagger.json.
_SERVED: Mapping[str, str] = MappingProxyType(
    {
        "v1": "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume "
        "PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
        "admissionregistration.k8s.io/v1": "MutatingWebhookConfiguration ValidatingAdmissionPolicy "
        "ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
        "apiextensions.k8s.io/v1": "CustomResourceDefinition",
        "apiregistration.k8s.io/v1": "APIService",
        "apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
        "authentication.k8s.io/v1": "SelfSubjectReview TokenRequest TokenReview",
        "authorization.k8s.io/v1": "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview "
        "SubjectAccessReview",
        "autoscaling/v1": "HorizontalPodAutoscaler Scale",
        "autoscaling/v2": "HorizontalPodAutoscaler",
        "batch/v1": "CronJob Job",
        "certificates.k8s.io/v1": "CertificateSigningRequest",
        "coordination.k8s.io/v1": "Lease",
        "discovery.k8s.io/v1": "EndpointSlice",
        "events.k8s.io/v1": "Event",
        "flowcontrol.apiserver.k8s.io/v1": "FlowSchema PriorityLevelConfiguration",
        "networking.k8s.io/v1": "Ingress IngressClass NetworkPolicy",
        "node.k8s.io/v1": "RuntimeClass",
        "policy/v1": "Eviction PodDisruptionBudget",
        "rbac.authorization.k8s.io/v1": "ClusterRole ClusterRoleBinding Role RoleBinding",
        "scheduling.k8s.io/v1": "PriorityClass",
        "storage.k8s.io/v1": "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment",
    }
)

# What came later, by the minor that made it stable (the CHANGELOG of that minor in kubernetes/kubernetes).
_ADDED: Mapping[int, Mapping[str, str]] = MappingProxyType(
    {
        33: {"networking.k8s.io/v1": "IPAddress ServiceCIDR"},
        34: {
            "resource.k8s.io/v1": "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
            "storage.k8s.io/v1": "VolumeAttributesClass",
        },
        36: {"admissionregistration.k8s.io/v1": "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding"},
    }
)


def iter_served(kubernetes: str) -> Iterator[tuple[str, str]]:
    """Give API version and kind of all that this version of Kubernetes serves by default.

    Args:
        kubernetes: A version or a minor, such as `1.35`.
    """
    minor = parse_version(kubernetes).minor_number
    for since, table in ((OLDEST_MINOR, _SERVED), *sorted(_ADDED.items())):
        if since <= max(minor, OLDEST_MINOR):
            for api_version, kinds in table.items():
                yield from ((api_version, kind) for kind in kinds.split())
