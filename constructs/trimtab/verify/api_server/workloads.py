"""What the API server wants of Deployments, StatefulSets, DaemonSets, Jobs and CronJobs."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.kubernetes.time_zones import time_zones
from trimtab.findings.path import Path
from trimtab.rules.cron import iter_cron_faults
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import iter_specs, number_of, text_of
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_DESCRIPTORS = {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}
_ENDING = {("batch", "Job"), ("batch", "CronJob")}
_FREE = {("", "Pod"), ("", "PodTemplate")}
_COUNTS = ("replicas", "minReadySeconds", "revisionHistoryLimit", "parallelism", "completions", "backoffLimit")


def check_restart_policies(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find pods whose restart policy does not fit what makes them.

    Source: kubernetes v1.35.4 pkg/apis/apps/validation/validation.go (ValidatePodTemplateSpecForReplicaSet:833,
    ValidateDaemonSetSpec:440, ValidateStatefulSetSpec:127), kubernetes v1.35.4
    pkg/apis/batch/validation/validation.go (validateJobSpec:191).
    """
    for pod in tree.pods:
        kind, policy = (pod.entry.group, pod.entry.kind), pod.spec.get("restartPolicy") or "Always"
        path = (*pod.path, "spec", *(("restartPolicy",) if "restartPolicy" in pod.spec else ()))
        if kind in _ENDING and policy == "Always":
            yield _wrong_policy(pod, path, "a pod that never ends", "write restartPolicy: OnFailure or Never")
        elif kind not in _ENDING | _FREE and policy in ("Never", "OnFailure"):
            yield _wrong_policy(pod, path, f"the restart policy {policy}", "leave it away: only Always is allowed")


def _wrong_policy(pod: PodTemplate, path: Path, what: str, cure: str) -> Complaint:
    said = "has no restart policy, and so makes" if path[-1] != "restartPolicy" and "never" in what else "has"
    return complain("value-not-allowed", pod.entry, path, f"{said} {what}", cure)


def check_counts(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find counts below zero (kubernetes v1.35.4 pkg/apis/apps/validation/validation.go, ValidateDeploymentSpec)."""
    for entry, spec in (
        *iter_specs(tree, "apps", "Deployment", "DaemonSet", "ReplicaSet", "StatefulSet"),
        *iter_specs(tree, "batch", "Job"),
    ):
        for key in _COUNTS:
            number = number_of(spec, key)
            if number is not None and number < 0:
                yield complain("field-out-of-range", entry, ("spec", key), f"has {number} {key}", "write 0 or more")


def check_cron_jobs(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find schedules and time zones that are none.

    Source: kubernetes v1.35.4 pkg/apis/batch/validation/validation.go (validateCronJobSpec:782,
    validateScheduleFormat:833, validateTimeZone:859).
    """
    for entry, spec in iter_specs(tree, "batch", "CronJob"):
        schedule, zone = text_of(spec, "schedule"), spec.get("timeZone")
        here = ("spec", "schedule")
        if "TZ" in schedule:
            what = "names a time zone in its schedule"
            yield complain("invalid-schedule", entry, here, what, "write it in spec.timeZone")
        elif schedule not in _DESCRIPTORS and not schedule.startswith("@every "):
            for fault in iter_cron_faults(schedule):
                cure = "write minute, hour, day of the month, month, day of the week; Sunday is 0"
                yield complain("invalid-schedule", entry, here, f"has the schedule '{schedule}': {fault}", cure)
        if isinstance(zone, str) and zone not in time_zones():
            what = f"has the time zone '{zone}', which nobody knows"
            yield complain(
                "invalid-schedule", entry, ("spec", "timeZone"), what, "write one as Europe/Berlin, or Etc/UTC"
            )


CHECKS = (
    Check(name="restart policies", codes=("value-not-allowed",), run=check_restart_policies),
    Check(name="counts", codes=("field-out-of-range",), run=check_counts),
    Check(name="cron jobs", codes=("invalid-schedule",), run=check_cron_jobs),
)
