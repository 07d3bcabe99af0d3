"""What the API server asks of workloads, autoscalers and budgets.

Source: kubernetes v1.35.4 pkg/apis/apps/validation/validation.go, pkg/apis/batch/validation/validation.go,
pkg/apis/autoscaling/validation/validation.go.
"""

from __future__ import annotations

from trimtab.verify.kubernetes.limits.forms import KEY, LABEL, QUALIFIED, SEGMENT, VALUE
from trimtab.verify.kubernetes.limits.limit import FILLED, LOOSE, NEEDED, Limit, Limits, choice, number, text

_COUNT = number(0)
_TARGET = choice("Utilization", "Value", "AverageValue", needed=True)
_REFERRED = {"kind": text(SEGMENT, needed=True), "name": text(SEGMENT, needed=True)}
_HAS_SPEC = {"spec": NEEDED}

WORKLOADS: Limits = {
    "apps.v1.ControllerRevision": {"data": NEEDED},
    "apps.v1.DaemonSet": _HAS_SPEC,
    "apps.v1.Deployment": _HAS_SPEC,
    "apps.v1.ReplicaSet": _HAS_SPEC,
    "apps.v1.ReplicaSetSpec": {"template": NEEDED},
    "apps.v1.StatefulSet": _HAS_SPEC,
    "apps.v1.DeploymentSpec": {"progressDeadlineSeconds": _COUNT},
    "apps.v1.RollingUpdateStatefulSetStrategy": {"partition": _COUNT},
    "apps.v1.StatefulSetSpec": {"serviceName": text(LABEL)},
    "apps.v1.StatefulSetOrdinals": {"start": _COUNT},
    "core.v1.ReplicationControllerSpec": {
        "minReadySeconds": _COUNT,
        "replicas": _COUNT,
        "selector": Limit(keys=KEY, each=text(VALUE)),
        "template": NEEDED,
    },
    "batch.v1.CronJob": _HAS_SPEC,
    "batch.v1.Job": _HAS_SPEC,
    "batch.v1.JobTemplateSpec": _HAS_SPEC,
    "batch.v1.CronJobSpec": {
        "failedJobsHistoryLimit": _COUNT,
        "startingDeadlineSeconds": _COUNT,
        "successfulJobsHistoryLimit": _COUNT,
    },
    "batch.v1.JobSpec": {
        "activeDeadlineSeconds": _COUNT,
        "backoffLimitPerIndex": _COUNT,
        "managedBy": Limit(form=QUALIFIED),
        "maxFailedIndexes": _COUNT,
        "ttlSecondsAfterFinished": _COUNT,
    },
    "batch.v1.SuccessPolicy": {"rules": Limit(needed=True, most_items=20)},
    "batch.v1.PodFailurePolicy": {"rules": Limit(most_items=20)},
    "batch.v1.PodFailurePolicyRule": {"action": NEEDED},
    "batch.v1.PodFailurePolicyOnExitCodesRequirement": {"operator": NEEDED, "values": NEEDED},
    "batch.v1.PodFailurePolicyOnPodConditionsPattern": {
        "status": choice("False", "True", "Unknown", ""),
        "type": text(QUALIFIED, needed=True),
    },
    "autoscaling.v1.HorizontalPodAutoscaler": _HAS_SPEC,
    "autoscaling.v2.HorizontalPodAutoscaler": _HAS_SPEC,
    "autoscaling.v1.HorizontalPodAutoscalerSpec": {"targetCPUUtilizationPercentage": number(1)},
    "autoscaling.v1.CrossVersionObjectReference": _REFERRED,
    "autoscaling.v2.CrossVersionObjectReference": _REFERRED,
    "autoscaling.v2.MetricSpec": {
        "type": choice("ContainerResource", "External", "Object", "Pods", "Resource", needed=True)
    },
    "autoscaling.v2.MetricIdentifier": {"name": text(SEGMENT, needed=True), "selector": LOOSE},
    "autoscaling.v2.MetricTarget": {"averageUtilization": number(1), "type": _TARGET},
    "autoscaling.v2.ResourceMetricSource": {"name": NEEDED},
    "autoscaling.v2.ContainerResourceMetricSource": {"container": text(LABEL, needed=True), "name": NEEDED},
    "autoscaling.v2.HPAScalingRules": {
        "policies": FILLED,
        "selectPolicy": choice("Disabled", "Max", "Min"),
        "stabilizationWindowSeconds": number(0, 3600),
    },
    "autoscaling.v2.HPAScalingPolicy": {
        "periodSeconds": number(1, 1800),
        "type": choice("Percent", "Pods", needed=True),
        "value": number(1),
    },
}
