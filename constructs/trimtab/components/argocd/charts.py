"""Values of the chart argo-cd, the same for every version held."""

from __future__ import annotations

from trimtab.catalogue.argocd_names import SYNC_OPTIONS
from trimtab.components.argocd.configs import plan_configs
from trimtab.components.argocd.offers import ARGOCD, REDIS_SECRET
from trimtab.components.argocd.settings import Settings
from trimtab.components.argocd.workloads import plan_scheduling, plan_workloads
from trimtab.components.releases import wanted_release
from trimtab.kube.argocd import is_at_home
from trimtab.kube.monitoring import MONITORING_APIS
from trimtab.kube.release import ChartRelease, Source, Values, match_reasons, merge_values
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import MonitorSelector

_REASONS = {
    ("crds", "install"): "the Applications of this tree are its custom resources",
    ("crds", "keep"): "deleting the CRDs deletes every Application in the cluster",
    ("crds", "annotations"): "the ApplicationSet CRD is too long for anything but server-side apply",
    ("redisSecretInit", "enabled"): "the Job runs at every sync of a self-managed Argo CD and may hang it",
    ("repoServer", "env"): "without the proxy no chart outside can be fetched",
    ("server", "env"): "without the proxy nobody outside can be asked who somebody is",
    ("redis-ha", "existingSecret"): "the chart would make a password of its own otherwise",
    ("global", "networkPolicy", "create"): "the chart's default changed in 10.0.0; Redis is open to every pod without",
    (
        "configs",
        "cm",
        "resource.customizations.health.argoproj.io_Application",
    ): "without it waves between Applications do nothing",
    (
        "configs",
        "cm",
        "resource.customizations.health.ceph.rook.io_CephCluster",
    ): "a warning of Ceph's would fail the sync of the whole cluster",
    ("configs", "cm", "application.resourceTrackingMethod"): "operators copy labels, and copies would be pruned",
    ("configs", "params", "controller.sync.timeout.seconds"): "a sync that waits for ever keeps every later commit out",
    ("configs", "secret", "createSecret"): "the chart's Secret is empty, and Argo CD needs it to be there",
}


def charts(settings: Settings, facts: Facts) -> dict[str, Source]:
    """Give the one release; nothing where the Argo CD of another cluster brings this one."""
    if not is_at_home(facts.cluster):
        return {}
    release = wanted_release("argocd", settings)
    values = _values(settings, facts, release.architectures)
    return {
        ARGOCD: ChartRelease(
            pin=release.charts["main"],
            release_name=settings.release_name or "argocd",
            namespace=facts.cluster.settings.gitops.namespace,
            values=values,
            reasons=match_reasons(_REASONS, values),
            api_versions=MONITORING_APIS if facts.has(MonitorSelector) else (),
            origins=("components.argocd",),
        )
    }


def _values(settings: Settings, facts: Facts, architectures: tuple[str, ...]) -> Values:
    cluster = facts.cluster
    values: Values = {
        "crds": {
            "install": True,
            "keep": True,
            "annotations": {SYNC_OPTIONS: "ServerSideApply=true"},
        },
        "global": {"networkPolicy": {"create": True}, **_addresses(settings, cluster)},
        "configs": plan_configs(settings, facts),
        # The Job that makes Redis' password is a hook: it would run at every sync.
        "redisSecretInit": {"enabled": False},
        # Their images lie on a host without IPv6 (catalogue/hosts.py); nothing here needs either unasked.
        "dex": {"enabled": settings.dex},
        "redis": {"exporter": {"enabled": False}},
        "notifications": {"enabled": settings.notifications},
        "redis-ha": _redis(settings),
    }
    for more in (plan_workloads(settings, facts), plan_scheduling(settings, cluster, architectures)):
        values = merge_values(values, more)
    return values


def _addresses(settings: Settings, cluster: Cluster) -> Values:
    values: Values = {"domain": settings.host} if settings.host else {}
    if cluster.is_dual_stack:
        values["dualStack"] = {"ipFamilyPolicy": cluster.ip_family_policy, "ipFamilies": list(cluster.ip_families)}
    return values


def _redis(settings: Settings) -> Values:
    if not settings.high_availability:
        return {"enabled": False}
    # Redis' proxy must listen on both families by its own option (argo-cd docs/operator-manual/high_availability.md).
    return {"enabled": True, "existingSecret": REDIS_SECRET, "haproxy": {"IPv6": {"enabled": True}}}
