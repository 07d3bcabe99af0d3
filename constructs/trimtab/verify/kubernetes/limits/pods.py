"""What the API server asks of the parts of pods.

Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go, the function named beside each line.
"""

from __future__ import annotations

from trimtab.verify.kubernetes.limits.forms import (
    ADDRESS,
    AMOUNT,
    CONFIG_KEY,
    HEADER,
    KEY,
    LABEL,
    QUALIFIED,
    SEARCH,
    SUBDOMAIN,
    SYSCTL,
    VALUE,
    VARIABLE,
)
from trimtab.verify.kubernetes.limits.limit import NEEDED, Limit, Limits, choice, each, number, text

_ID = number(0, 2**31 - 1)
"""Of a user or a group (apimachinery pkg/util/validation, IsValidUserID)."""
_LABELS = Limit(keys=KEY, each=text(VALUE))

PODS: Limits = {
    "core.v1.PodTemplateSpec": {"spec": NEEDED},
    "core.v1.Pod": {"spec": NEEDED},
    "core.v1.PodSpec": {  # ValidatePodSpec, :4692
        "activeDeadlineSeconds": number(1, 2**31 - 1),
        "hostname": text(LABEL),
        "nodeName": text(SUBDOMAIN),
        "nodeSelector": _LABELS,
        "priorityClassName": text(SUBDOMAIN),
        "runtimeClassName": text(SUBDOMAIN),
        "serviceAccountName": text(SUBDOMAIN),
        "subdomain": text(LABEL),
    },
    "core.v1.PodSecurityContext": {  # ValidatePodSecurityContext
        "fsGroup": _ID,
        "runAsGroup": _ID,
        "runAsUser": _ID,
        "supplementalGroups": each(_ID),
    },
    "core.v1.SecurityContext": {"runAsGroup": _ID, "runAsUser": _ID},  # ValidateSecurityContext
    "core.v1.Sysctl": {"name": text(SYSCTL, needed=True)},  # validateSysctls
    "core.v1.PodOS": {"name": choice("linux", "windows", needed=True)},  # validateOS
    "core.v1.PodReadinessGate": {"conditionType": text(QUALIFIED, needed=True)},  # validateReadinessGates
    "core.v1.PodSchedulingGate": {"name": text(QUALIFIED, needed=True)},  # validateSchedulingGates
    "core.v1.HostAlias": {"hostnames": each(text(SUBDOMAIN, may_be_empty=False)), "ip": text(ADDRESS, needed=True)},
    "core.v1.PodDNSConfig": {  # validatePodDNSConfig
        "nameservers": Limit(each=text(ADDRESS, may_be_empty=False), most_items=3),
        "searches": Limit(each=text(SEARCH, may_be_empty=False), most_items=32),
    },
    "core.v1.PodDNSConfigOption": {"name": NEEDED},
    "core.v1.Container": {"name": NEEDED},  # validateContainerCommon
    "core.v1.ContainerPort": {"containerPort": NEEDED},  # validateContainerPorts
    "core.v1.ContainerResizePolicy": {  # validateResizePolicy
        "resourceName": choice("cpu", "memory", needed=True),
        "restartPolicy": choice("NotRequired", "RestartContainer", needed=True),
    },
    "core.v1.EnvFromSource": {"prefix": text(VARIABLE)},  # validateEnvFrom
    "core.v1.ConfigMapEnvSource": {"name": text(SUBDOMAIN, needed=True)},
    "core.v1.SecretEnvSource": {"name": text(SUBDOMAIN, needed=True)},
    "core.v1.ConfigMapKeySelector": {"key": text(CONFIG_KEY, needed=True), "name": text(SUBDOMAIN, needed=True)},
    "core.v1.SecretKeySelector": {"key": text(CONFIG_KEY, needed=True), "name": text(SUBDOMAIN, needed=True)},
    "core.v1.ResourceFieldSelector": {"resource": text(AMOUNT, needed=True)},  # validateContainerResourceFieldSelector
    "core.v1.ObjectFieldSelector": {"apiVersion": choice("", "v1"), "fieldPath": NEEDED},
    "core.v1.ExecAction": {"command": NEEDED},  # validateExecAction
    "core.v1.HTTPHeader": {"name": text(HEADER, needed=True)},  # validateHTTPGetAction
    "core.v1.Probe": {"terminationGracePeriodSeconds": number(1)},  # validateLivenessProbe
    "core.v1.VolumeMount": {  # ValidateVolumeMounts, validateMountRecursiveReadOnly
        "mountPath": NEEDED,
        "name": NEEDED,
        "recursiveReadOnly": choice("Disabled", "Enabled", "IfPossible"),
    },
    "core.v1.NodeSelector": {"nodeSelectorTerms": NEEDED},  # ValidateNodeSelector
    "core.v1.NodeSelectorRequirement": {"key": text(KEY, needed=True), "operator": NEEDED},
    "core.v1.PreferredSchedulingTerm": {"weight": number(1, 100, needed=True)},  # ValidatePreferredSchedulingTerms
    "core.v1.WeightedPodAffinityTerm": {"weight": number(1, 100, needed=True)},
    "core.v1.PodAffinityTerm": {  # validatePodAffinityTerm
        "matchLabelKeys": each(text(KEY, may_be_empty=False)),
        "mismatchLabelKeys": each(text(KEY, may_be_empty=False)),
        "namespaces": each(text(LABEL, may_be_empty=False)),
        "topologyKey": text(KEY, needed=True),
    },
    "core.v1.TopologySpreadConstraint": {  # validateTopologySpreadConstraints
        "matchLabelKeys": each(text(KEY, may_be_empty=False)),
        "maxSkew": number(1, needed=True),
        "minDomains": number(1),
        "topologyKey": NEEDED,
        "whenUnsatisfiable": NEEDED,
    },
    "core.v1.Toleration": {"key": text(KEY)},  # ValidateTolerations
    "meta.v1.LabelSelector": {"matchLabels": _LABELS},  # ValidateLabelSelector
    "meta.v1.LabelSelectorRequirement": {
        "key": text(KEY, needed=True),
        "operator": NEEDED,
        "values": each(text(VALUE)),
    },
}
