"""Clusters with Rook, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.components.rook.build import build
from trimtab.components.rook.charts import charts
from trimtab.components.rook.offers import applications, offers
from trimtab.components.rook.settings import Settings
from trimtab.findings.path import get_value
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Offer
from trimtab.rules import ceph_external, rook
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings as Root

IPV6 = {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]}
IPV4 = {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"]}
DUAL = {"pods": ["10.244.0.0/16", "2001:db8:1::/56"], "services": ["10.96.0.0/12", "2001:db8:2::/108"]}
NETWORKS = {"IPv4": IPV4, "IPv6": IPV6, "dual": DUAL}


@dataclass(frozen=True)
class Made:
    """A cluster with Rook in it."""

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

    def value(self, application: str, dotted: str) -> Any:
        """Give one chart value, by its keys joined with dots."""
        return get_value(self.charts[application].values, tuple(dotted.split(".")))

    @property
    def built(self) -> list[Built]:
        """All objects of all applications."""
        manifests = Collected()
        for name in self.applications:
            build(manifests, name, self.settings, self.facts)
        return list(manifests)

    def find(self, kind: str, name: str | None = None) -> Mapping[str, Any]:
        """Give the one object of a kind, or the one with a name."""
        found = [b.manifest for b in self.built if b.manifest["kind"] == kind]
        [one] = [manifest for manifest in found if name in (None, manifest["metadata"]["name"])]
        return one

    def spec(self, kind: str, name: str | None = None) -> Any:
        """Give the spec of that object."""
        return self.find(kind, name)["spec"]

    def problems(self, code: str) -> list[Problem]:
        """Give what the rule with a code finds."""
        subject = Subject(cluster=self.facts.cluster, components={"rook": self.settings}, facts=self.facts)
        [rule] = [rule for rule in (*rook.RULES, *ceph_external.RULES) if rule.code == code]
        return list(rule.check(subject))


def make_cluster(
    rook: Mapping[str, Any] | None = None,
    *,
    hosts: list[int] | None = None,
    net: str = "IPv6",
    brought: tuple[Offer, ...] = (),
    **root: Any,
) -> Made:
    """Make a cluster with Rook.

    Args:
        rook: Rook's settings.
        hosts: How many disks each node has; no nodes at all by default.
        net: One of `NETWORKS`.
        brought: What others offer.
        root: Anything else of the cluster's settings.
    """
    settings = Settings.model_validate(rook or {})
    nodes = {f"n{i}": _node(i, count) for i, count in enumerate(hosts or [])}
    whole = {
        "cluster": "c",
        "kubernetes": {"version": "1.34"},
        "gitops": {"repoURL": "https://git.example.org/x.git"},
        "network": NETWORKS[net],
        **({"nodes": nodes} if nodes else {}),
        **root,
    }
    cluster = Cluster(Root.model_validate(whole))
    return Made(settings, Facts(cluster, (*brought, *offers(settings, cluster))))


def _node(number: int, count: int) -> dict[str, Any]:
    disks = [{"name": f"sd{chr(ord('b') + disk)}", "size": "8Gi"} for disk in range(count)]
    return {"address": f"2001:db8::{number + 1:x}", "disks": disks, "roles": ["control-plane"], "schedulable": True}
