"""What a person must know or do when a component passes a version, and where upstream says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trimtab.catalogue.versions import is_version, parse_version


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeStep:
    """One thing that comes with a version."""

    component: str
    at: str
    """The first version it comes with: who goes from below it to it, or past it, meets it."""
    text: str
    source: str
    is_manual: bool = False
    """Whether somebody must do something; else it is only good to know."""


def _step(component: str, at: str, text: str, source: str) -> UpgradeStep:
    return UpgradeStep(component=component, at=at, text=text, source=source)


def _task(component: str, at: str, text: str, source: str) -> UpgradeStep:
    return UpgradeStep(component=component, at=at, text=text, source=source, is_manual=True)


_ROOK = "rook/rook Documentation/Upgrade/rook-upgrade.md"
_CALICO = "tigera/docs calico_versioned_docs/version-3.32"
_ECK = "elastic/cloud-on-k8s docs/release-notes/breaking-changes.md"
_HARBOR = "goharbor/harbor-helm docs/Upgrade.md"
_STACK = "prometheus-community/helm-charts charts/kube-prometheus-stack/UPGRADE.md"

STEPS = (
    _step("argocd", "9.0.0", "the chart no longer sets configs.params itself: Argo CD's own defaults hold",
          "argoproj/argo-helm charts/argo-cd/README.md (9.0.0)"),
    _step("argocd", "9.7.1", "the application goes from 3.3 to 3.4: a Missing resource no longer makes the whole"
          " application Missing", "argoproj/argo-cd docs/operator-manual/upgrading/3.3-3.4.md"),
    _step("argocd", "10.0.0", "the chart brings NetworkPolicies: repo-server, redis and the ApplicationSet controller"
          " are reached by Argo CD alone", "argoproj/argo-helm charts/argo-cd/README.md (10.0.0)"),
    _step("calico", "3.31.0", "the value kubeletVolumePluginPath moved to installation.kubeletVolumePluginPath",
          "projectcalico/calico charts/tigera-operator/values.yaml"),
    _task("calico", "3.32.0", "AdminNetworkPolicy and BaselineAdminNetworkPolicy are gone: write them as"
          " ClusterNetworkPolicy first", f"{_CALICO}/release-notes/index.mdx"),
    _task("calico", "3.32.0", "the tier allow-tigera is now calico-system: rename it in policies of your own",
          f"{_CALICO}/release-notes/index.mdx"),
    _step("cert-manager", "1.21.0", "a service account of the controller may no longer make tokens for itself: an"
          " issuer with serviceAccountRef to it needs a Role of its own",
          "cert-manager/website content/docs/releases/upgrading/upgrading-1.20-1.21.md"),
    _step("cert-manager", "1.21.0", "the Service's port tcp-prometheus-servicemonitor is now http-metrics",
          "cert-manager/website content/docs/releases/upgrading/upgrading-1.20-1.21.md"),
    _step("gateway-api", "1.6.0", "the policy safe-upgrades denies definitions of 1.5 and older: other charts must not"
          " bring theirs, and there is no way back",
          "kubernetes-sigs/gateway-api@v1.6.1 config/crd/standard/gateway.networking.k8s.io_vap_safeupgrades.yaml"),
    *(
        _task("harbor", at, "back up the database first: it is migrated at the start, and no migration leads back",
              f"{_HARBOR}:9-17")
        for at in ("1.18.0", "1.19.0")
    ),
    _step("logging", "3.4.0", "all pods of Elasticsearch and Kibana restart once (a seccomp profile), and Kibana's"
          " default memory limit goes from 1Gi to 2Gi", _ECK),
    _step("metallb", "0.16.0", "FRR-K8s is on by default in the chart, and metrics are served over https alone",
          "metallb/metallb website/content/release-notes/_index.md"),
    *(
        _step("prometheus", at, f"the operator goes to {operator}, with new definitions: their application syncs first",
              _STACK)
        for at, operator in (("87.0.0", "0.92"), ("88.0.0", "0.93"))
    ),
    _task("rook", "1.18.0", "StorageClasses gained the secrets of controller-publish: parameters cannot change, so"
          " delete each class and let the sync make it anew; volumes stay", f"{_ROOK} (1.18)"),
    _task("rook", "1.19.0", "Ceph must be at 19.2.0 or newer before the operator is", f"{_ROOK} (1.19)"),
    _task("rook", "1.20.0", "the operator must be at 1.19.5 or newer before, which marks the CSI objects as those of"
          " the new chart", f"{_ROOK}:92-95"),
    _step("rook", "1.20.0", "the CSI drivers are a chart of their own, ceph-csi-drivers: without it no volume is"
          " mounted", f"{_ROOK}:97-101,122-129"),
    *(
        _task("rook", at, "wait for HEALTH_OK before and after: Rook does not upgrade a Ceph in HEALTH_ERR",
              "rook/rook Documentation/Upgrade/ceph-upgrade.md:39-41")
        for at in ("1.19.0", "1.20.0")
    ),
)  # fmt: skip
"""Every step that is known, by component and version."""


def iter_steps(component: str, old: str, new: str) -> Iterator[UpgradeStep]:
    """Give what one meets on the way between two versions, in order, each thing once.

    Args:
        component: Its name.
        old: Where one comes from; its own steps are behind.
        new: Where one goes; its own steps count.
    """
    if is_version(old) and is_version(new):
        here, there = parse_version(old), parse_version(new)
        met = (s for s in STEPS if s.component == component and here < parse_version(s.at) <= there)
        yield from {step.text: step for step in met}.values()
