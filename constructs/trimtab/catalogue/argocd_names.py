"""The names that Argo CD heeds: annotations, options, hooks and finalizers, with the values that count.

Source: argo-cd v3.5.1 common/common.go, controller/sync.go, controller/hook.go, controller/health.go and
gitops-engine/pkg/sync: common/types.go, sync_context.go, hook/hook.go, hook/helm/type.go.
"""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "argocd.argoproj.io/"
HELM_PREFIX = "helm.sh/hook"
SYNC_WAVE = f"{PREFIX}sync-wave"
SYNC_OPTIONS = f"{PREFIX}sync-options"
COMPARE_OPTIONS = f"{PREFIX}compare-options"
HOOK = f"{PREFIX}hook"
HOOK_DELETE_POLICY = f"{PREFIX}hook-delete-policy"
GENERATE_PATHS = f"{PREFIX}manifest-generate-paths"
HELM_HOOK = "helm.sh/hook"
HELM_WEIGHT = "helm.sh/hook-weight"
HELM_DELETE_POLICY = "helm.sh/hook-delete-policy"

IN_CLUSTER = "https://kubernetes.default.svc"
IN_CLUSTER_NAME = "in-cluster"
"""What Argo CD calls the cluster that it runs in (pkg/apis/application/v1alpha1, cluster_constants.go)."""

_TRUTHS = ("true", "false", "True", "False", "TRUE", "FALSE", "t", "f", "T", "F", "1", "0")
"""What Go reads as true or false (strconv.ParseBool)."""

ONE_OF: Mapping[str, tuple[str, ...]] = {
    f"{PREFIX}ignore-healthcheck": ("true", "false"),
    f"{PREFIX}skip-reconcile": _TRUTHS,
    f"{PREFIX}ignore-default-links": _TRUTHS,
    f"{PREFIX}ignore-resource-updates": _TRUTHS,
}
"""Annotations that are on or off."""

ANNOTATIONS = frozenset(
    {
        *(SYNC_WAVE, SYNC_OPTIONS, COMPARE_OPTIONS, HOOK, HOOK_DELETE_POLICY, GENERATE_PATHS, *ONE_OF),
        *(f"{PREFIX}{name}" for name in ("tracking-id", "installation-id", "instance", "managed-by", "managed-by-url")),
        *(f"{PREFIX}{name}" for name in ("refresh", "refresh-timestamp", "hydrate", "hydrate-timestamp")),
        *(f"{PREFIX}{name}" for name in ("application-set-refresh", "deletion-approved", "hook-finalizer")),
        *(f"{PREFIX}{name}" for name in ("client-side-apply-migration-manager", "ignore-restart-policy")),
        *(f"{PREFIX}{name}" for name in ("secret-type", "kubernetes-version", "auto-label-cluster-info")),
    }
)
"""Keys below Argo CD's own domain that mean something, labels too, for a label's name is no slip of an annotation's."""

ONLY_ANNOTATIONS = frozenset({SYNC_WAVE, SYNC_OPTIONS, COMPARE_OPTIONS, HOOK, HOOK_DELETE_POLICY, GENERATE_PATHS})
"""Keys that people write among the labels by mistake."""

COMPARE_OPTIONS_OF_OBJECTS = ("IgnoreExtraneous",)
COMPARE_OPTIONS_OF_APPLICATIONS = ("ServerSideDiff=true", "ServerSideDiff=false", "IncludeMutationWebhook=true")

_ON_OFF = ("true", "false")
_GUARDED = ("true", "false", "confirm")

OBJECT_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "Validate": _ON_OFF,
    "PruneLast": _ON_OFF,
    "Replace": _ON_OFF,
    "Force": _ON_OFF,
    "ServerSideApply": _ON_OFF,
    "ApplyOutOfSyncOnly": _ON_OFF,
    "SkipDryRunOnMissingResource": _ON_OFF,
    "Prune": _GUARDED,
    "Delete": _GUARDED,
}
"""Sync options of one object, in its annotation, with all values; some only say what holds anyway."""

APPLICATION_OPTIONS: Mapping[str, tuple[str, ...]] = {
    **{name: values for name, values in OBJECT_OPTIONS.items() if name != "Force"},
    "CreateNamespace": _ON_OFF,
    "FailOnSharedResource": _ON_OFF,
    "RespectIgnoreDifferences": _ON_OFF,
    "ClientSideApplyMigration": _ON_OFF,
    "PrunePropagationPolicy": ("foreground", "background", "orphan"),
}
"""Sync options of an Application, in `spec.syncPolicy.syncOptions`."""

HOOKS = ("PreSync", "Sync", "PostSync", "SyncFail", "PreDelete", "PostDelete", "Skip")
"""The phases that a hook can be of. `PreDelete` is heeded from Argo CD 3.3 on."""

HELM_HOOKS: Mapping[str, str] = {
    "pre-install": "PreSync",
    "pre-upgrade": "PreSync",
    "post-install": "PostSync",
    "post-upgrade": "PostSync",
    "pre-delete": "PreDelete",
    "post-delete": "PostDelete",
}
"""Helm's phases that Argo CD runs, and which of its own each is."""

HELM_HOOKS_UNHEEDED = ("pre-rollback", "post-rollback", "test", "test-success", "test-failure", "crd-install")
"""Helm's phases that Argo CD knows of and does not run."""

HELM_DELETE_POLICIES: Mapping[str, str] = {
    "hook-succeeded": "HookSucceeded",
    "hook-failed": "HookFailed",
    "before-hook-creation": "BeforeHookCreation",
}
"""Helm's policies, and which of Argo CD's own each is (gitops-engine/pkg/sync/hook/helm/delete_policy.go)."""

DELETE_POLICIES = tuple(HELM_DELETE_POLICIES.values())
"""Argo CD's own."""

FINALIZERS = (
    "resources-finalizer.argocd.argoproj.io",
    "resources-finalizer.argocd.argoproj.io/foreground",
    "resources-finalizer.argocd.argoproj.io/background",
    "pre-delete-finalizer.argocd.argoproj.io",
    "pre-delete-finalizer.argocd.argoproj.io/cleanup",
    "post-delete-finalizer.argocd.argoproj.io",
    "post-delete-finalizer.argocd.argoproj.io/cleanup",
)
"""The finalizers that Argo CD takes away again (controller/appcontroller.go)."""
