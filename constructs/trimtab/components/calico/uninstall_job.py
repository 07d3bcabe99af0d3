"""The chart's uninstall Job, taken out of Argo CD's hands."""

from __future__ import annotations

from trimtab.catalogue.argocd_names import HOOK
from trimtab.kube.manifests import Manifest
from trimtab.kube.objects import plan_object

NAME = "tigera-operator-uninstall"
"""The chart's own name for it in all releases held (its templates/tigera-operator/00-uninstall.yaml)."""

REASON = "stands in the place of the chart's Job, which would delete the pod network with the Application"

_IMAGE = "registry.k8s.io/pause:3.10"


def plan_disarmed_job(namespace: str) -> Manifest:
    """Give a Job that replaces the chart's and never runs.

    No value of the chart leaves its `pre-delete` Job out, and Argo CD runs such a hook when the Application is deleted,
    even without a finalizer of ours: it adds one for the hook. But of two objects with one identity Argo CD takes that
    of the last source, and it does so before it looks for hooks. Ours comes last, and it is marked as skipped: never
    applied. Should anything else apply it, it is suspended, and its image only sleeps.

    Source: argo-cd v3.5.1 controller/state.go:555-580,744,848, docs/user-guide/multiple_sources.md:42 and
    gitops-engine/pkg/sync/sync_phase.go:10; v3.3.0 has the same order (controller/state.go:664,766).
    """
    pod = {"restartPolicy": "Never", "containers": [{"name": "cleanup-job", "image": _IMAGE}]}
    return plan_object(
        "batch/v1",
        "Job",
        NAME,
        namespace=namespace,
        annotations={HOOK: "Skip"},
        spec={"suspend": True, "template": {"spec": pod}},
    )
