"""Clusters with Prometheus, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.components.prometheus.build import build
from trimtab.components.prometheus.charts import charts
from trimtab.components.prometheus.offers import applications, offers
from trimtab.components.prometheus.settings import Settings
from trimtab.findings.path import get_value
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, IngressClass, Issuer, Offer, StorageClass
from trimtab.rules.monitoring import RULES
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings as Root

NETWORKS = {
    "IPv4": {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"]},
    "IPv6": {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]},
    "dual": {"pods": ["10.244.0.0/16", "2001:db8:1::/56"], "services": ["10.96.0.0/12", "2001:db8:2::/108"]},
}
STORAGE = StorageClass(by="s", name="fast", default=True)
CERTIFICATES = (
    ApiGroup(by="c", name="cert-manager.io"),
    Controller(by="c", name="cert-manager.io"),
    Issuer(by="c", name="letsencrypt"),
)
INGRESS = IngressClass(by="t", name="traefik", default=True)
GATEWAY = {"name": "public", "namespace": "gateways"}
CEPH = Controller(by="r", name="ceph.rook.io")
ARGOCD = Controller(by="a", name="argoproj.io")
ALL = (STORAGE, *CERTIFICATES, INGRESS, CEPH, ARGOCD)
"""What a cluster with everything offers."""


@dataclass(frozen=True)
class Made:
    """A cluster with Prometheus in it."""

    settings: Settings
    facts: Facts

    @property
    def applications(self) -> dict[str, Application]:
        """Its applications by name."""
        return {application.name: application for application in applications(self.settings, self.facts)}

    @property
    def charts(self) -> dict[str, ChartRelease]:
        """Its chart releases by application."""
        sources = charts(self.settings, self.facts)
        return {name: source for name, source in sources.items() if isinstance(source, ChartRelease)}

    def value(self, dotted: str) -> Any:
        """Give one value of the stack, by its keys joined with dots."""
        return get_value(self.charts["prometheus"].values, tuple(dotted.split(".")))

    @property
    def built(self) -> list[Built]:
        """All objects of all applications."""
        manifests = Collected()
        for name in self.applications:
            build(manifests, name, self.settings, self.facts)
        return list(manifests)

    def find(self, kind: str) -> list[Mapping[str, Any]]:
        """Give the objects of a kind."""
        return [built.manifest for built in self.built if built.manifest["kind"] == kind]

    @property
    def topics(self) -> set[str]:
        """The names of its PrometheusRules."""
        return {manifest["metadata"]["name"] for manifest in self.find("PrometheusRule")}

    @property
    def alerts(self) -> dict[str, Mapping[str, Any]]:
        """All our alerts by name."""
        groups = [group for manifest in self.find("PrometheusRule") for group in manifest["spec"]["groups"]]
        return {rule["alert"]: rule for group in groups for rule in group["rules"]}

    def problems(self, code: str) -> list[Problem]:
        """Give what the rule with a code finds."""
        subject = Subject(cluster=self.facts.cluster, components={"prometheus": self.settings}, facts=self.facts)
        [rule] = [rule for rule in RULES if rule.code == code]
        return list(rule.check(subject))


def make_cluster(
    prometheus: Mapping[str, Any] | None = None,
    *,
    net: str = "IPv6",
    distribution: str = "kubeadm",
    brought: tuple[Offer, ...] = (STORAGE,),
    **root: Any,
) -> Made:
    """Make a cluster with Prometheus.

    Args:
        prometheus: Its settings.
        net: One of `NETWORKS`.
        distribution: Who installed Kubernetes.
        brought: What others offer.
        root: Anything else of the cluster's settings.
    """
    settings = Settings.model_validate(prometheus or {})
    whole = {
        "cluster": "c",
        "kubernetes": {"version": "1.35", "distribution": distribution},
        "gitops": {"repoURL": "https://git.example.org/x.git"},
        "network": NETWORKS[net],
        **root,
    }
    cluster = Cluster(Root.model_validate(whole))
    return Made(settings, Facts(cluster, (*brought, *offers(settings, cluster))))


def masters(*addresses: str, **more: Any) -> dict[str, Any]:
    """Give nodes of a control plane, one an address."""
    return {f"m{i}": {"address": a, "roles": ["control-plane"], **more} for i, a in enumerate(addresses, 1)}
