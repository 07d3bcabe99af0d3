"""Fields of Kubernetes' own kinds that are set once: the API server refuses a change."""

from __future__ import annotations

from trimtab.rules.upgrades.field import Fixed, How, fix_group

_KUBERNETES = "kubernetes/kubernetes pkg/apis"
_ANEW = "let Argo CD make it anew: annotation argocd.argoproj.io/sync-options: Force=true,Replace=true"
_NEW_CLASS = f"give the class another name and let new claims ask for it; or {_ANEW}, which leaves the volumes"
_NEW_CLAIM = "make a claim under another name, and copy the data over"
_NEW_WORKLOAD = f"give the object another name; or {_ANEW}, for which its pods stop"
_NEW_SET = "delete the set alone first (kubectl delete statefulset --cascade=orphan), which leaves its pods and volumes"

_STORAGE = (
    *fix_group(
        "storage.k8s.io",
        ("StorageClass",),
        f"{_KUBERNETES}/storage/validation/validation.go, ValidateStorageClassUpdate",
        _NEW_CLASS,
        "provisioner",
        ("parameters", {}),
        ("reclaimPolicy", "Delete"),
        ("volumeBindingMode", "Immediate"),
    ),
    *fix_group(
        "storage.k8s.io",
        ("CSIDriver",),
        f"{_KUBERNETES}/storage/validation/validation.go, ValidateCSIDriverUpdate",
        f"while nothing is being mounted, {_ANEW}",
        ("spec.attachRequired", True),
        ("spec.volumeLifecycleModes", ["Persistent"]),
    ),
    *fix_group(
        "",
        ("PersistentVolumeClaim",),
        f"{_KUBERNETES}/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate",
        _NEW_CLAIM,
        "spec.accessModes",
        "spec.selector",
        "spec.dataSource",
        ("spec.volumeMode", "Filesystem"),
    ),
    *fix_group(
        "",
        ("PersistentVolumeClaim",),
        f"{_KUBERNETES}/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate",
        _NEW_CLAIM,
        "spec.storageClassName",
        "spec.volumeName",
        how=How.ONCE_SET,
    ),
    *fix_group(
        "",
        ("PersistentVolumeClaim",),
        f"{_KUBERNETES}/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate",
        "keep the size: a volume grows and never shrinks; for a smaller one, make a new claim and copy the data over",
        "spec.resources.requests.storage",
        how=How.NOT_SMALLER,
    ),
    *fix_group(
        "",
        ("PersistentVolume",),
        f"{_KUBERNETES}/core/validation/validation.go, ValidatePersistentVolumeUpdate",
        "make a volume under another name",
        *(f"spec.{kind}" for kind in ("nfs", "local", "hostPath", "csi", "iscsi")),
        ("spec.volumeMode", "Filesystem"),
    ),
)

_WORKLOADS = (
    *fix_group(
        "apps",
        ("Deployment", "DaemonSet", "ReplicaSet"),
        f"{_KUBERNETES}/../registry/apps/*/strategy.go, ValidateUpdate",
        _NEW_WORKLOAD,
        "spec.selector",
    ),
    *fix_group(
        "apps",
        ("StatefulSet",),
        f"{_KUBERNETES}/apps/validation/validation.go, ValidateStatefulSetUpdate",
        _NEW_SET,
        "spec.selector",
        ("spec.serviceName", ""),
        ("spec.podManagementPolicy", "OrderedReady"),
        "spec.volumeClaimTemplates",
    ),
    *fix_group(
        "batch",
        ("Job",),
        f"{_KUBERNETES}/batch/validation/validation.go, ValidateJobSpecUpdate",
        f"put a digest of the work into the name, so that each work has a Job of its own; or {_ANEW}",
        "spec.template",
        "spec.selector",
        ("spec.completionMode", "NonIndexed"),
        "spec.podFailurePolicy",
        "spec.successPolicy",
    ),
    *fix_group(
        "scheduling.k8s.io",
        ("PriorityClass",),
        f"{_KUBERNETES}/scheduling/validation/validation.go, ValidatePriorityClassUpdate",
        "make a class with another name, and name it in the workloads",
        "value",
        ("preemptionPolicy", "PreemptLowerPriority"),
    ),
)

_REST = (
    *fix_group(
        "",
        ("Service",),
        f"{_KUBERNETES}/core/validation/validation.go, ValidateServiceUpdate",
        "delete the Service first, or give the new one another name",
        "spec.clusterIP",
        "spec.ipFamilies.0",
        "spec.loadBalancerClass",
        how=How.ONCE_SET,
    ),
    *fix_group(
        "",
        ("Secret",),
        f"{_KUBERNETES}/core/validation/validation.go, ValidateSecretUpdate",
        "delete the Secret first, or give the new one another name",
        ("type", "Opaque"),
    ),
    *fix_group(
        "networking.k8s.io",
        ("IngressClass",),
        f"{_KUBERNETES}/networking/validation/validation.go, ValidateIngressClassUpdate",
        f"give the class another name, and name it in the Ingresses; or {_ANEW}",
        "spec.controller",
    ),
    *fix_group(
        "rbac.authorization.k8s.io",
        ("RoleBinding", "ClusterRoleBinding"),
        f"{_KUBERNETES}/rbac/validation/validation.go, ValidateRoleBindingUpdate",
        f"give the binding another name; or {_ANEW}",
        "roleRef.kind",
        "roleRef.name",
    ),
    *fix_group(
        "apiextensions.k8s.io",
        ("CustomResourceDefinition",),
        "kubernetes/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go, requireImmutableNames",
        "make a definition under another group or name: objects of the old one are lost with it",
        "spec.scope",
        "spec.names.kind",
        "spec.names.plural",
    ),
)

KUBERNETES_FIELDS: tuple[Fixed, ...] = (*_STORAGE, *_WORKLOADS, *_REST)
"""The fields, by topic."""
