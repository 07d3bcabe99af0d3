"""Clusters with a few components in them, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trimtab.components.protocol import Component
from trimtab.findings.path import get_value
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.release import ChartRelease, Source
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.given import plan_given
from trimtab.plan.offers import ApiGroup, IngressClass, MonitorSelector, Offer, PodNetwork
from trimtab.plan.order import Order, plan_order
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.component import ComponentSettings
from trimtab.settings.root import Settings

NETWORKS: dict[str, dict[str, list[str]]] = {
    "IPv4": {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"], "loadBalancers": ["192.0.2.64/28"]},
    "IPv6": {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"], "loadBalancers": ["2001:db8:3::/112"]},
    "dual": {
        "pods": ["10.244.0.0/16", "2001:db8:1::/56"],
        "services": ["10.96.0.0/12", "2001:db8:2::/108"],
        "loadBalancers": ["192.0.2.64-192.0.2.79", "2001:db8:3::/112"],
    },
}
NETWORK = PodNetwork(by="network")
TRAEFIK = IngressClass(by="traefik", name="traefik", default=True)
PROMETHEUS = (
    ApiGroup(by="prometheus", name="monitoring.coreos.com"),
    MonitorSelector(by="prometheus", labels=(("release", "kps"),)),
)

NODES: dict[str, dict[str, Any]] = {
    "unknown": {},
    "one": {"n1": {"address": "192.0.2.1", "roles": ["control-plane"]}},
    "many": {
        "cp": {"address": "192.0.2.1", "roles": ["control-plane"]},
        "w1": {"address": "192.0.2.2", "taints": ["role=infra:NoSchedule"]},
        "w2": {"address": "192.0.2.3", "arch": "arm64"},
    },
    "mixed": {
        "cp": {"address": "192.0.2.1", "roles": ["control-plane"], "arch": "amd64"},
        "w1": {"address": "192.0.2.2", "arch": "arm64"},
        "w2": {"address": "192.0.2.3", "arch": "arm"},
    },
    "arm64": {"n1": {"address": "192.0.2.1", "arch": "arm64"}, "n2": {"address": "192.0.2.2", "arch": "arm64"}},
}
"""Nodes of the shapes a cluster comes in."""

SHAPES = [(net, nodes) for net in NETWORKS for nodes in NODES]


@dataclass(frozen=True)
class Made:
    """A cluster with a few components."""

    parts: Mapping[str, tuple[Component, ComponentSettings]]
    facts: Facts

    @property
    def cluster(self) -> Cluster:
        """The cluster itself."""
        return self.facts.cluster

    @cached_property
    def applications(self) -> dict[str, Application]:
        """All applications by name."""
        return {
            application.name: application
            for component, settings in self.parts.values()
            for application in component.offers.applications(settings, self.facts)
        }

    @property
    def order(self) -> Order:
        """The order of the applications."""
        return plan_order(tuple(self.applications.values()), self.facts.offers)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Chart releases and Git files by application."""
        found: dict[str, Source] = {}
        for component, settings in self.parts.values():
            found.update(component.charts.charts(settings, self.facts))
        return found

    def release(self, application: str) -> ChartRelease:
        """Give the chart release of an application."""
        source = self.sources[application]
        assert isinstance(source, ChartRelease)
        return source

    def value(self, application: str, dotted: str) -> Any:
        """Give one chart value, by its keys joined with dots."""
        return get_value(self.release(application).values, tuple(dotted.split(".")))

    @cached_property
    def built(self) -> list[Built]:
        """All objects of all applications."""
        into = Collected()
        for component, settings in self.parts.values():
            for application in component.offers.applications(settings, self.facts):
                component.build.build(into, application.name, settings, self.facts)
        return list(into)

    def spec(self, kind: str, name: str | None = None) -> Any:
        """Give the spec of the one object of a kind, or of the one with a name."""
        found = [b.manifest for b in self.built if b.manifest["kind"] == kind]
        [one] = [manifest for manifest in found if name in (None, manifest["metadata"]["name"])]
        return one["spec"]

    def problems(self, rules: tuple[Rule, ...], code: str) -> list[Problem]:
        """Give what the rule with a code finds."""
        [rule] = [rule for rule in rules if rule.code == code]
        subject = Subject(
            cluster=self.cluster,
            components={name: settings for name, (_, settings) in self.parts.items()},
            facts=self.facts,
            applications=tuple(self.applications.values()),
            order=self.order,
            sources=self.sources,
        )
        return list(rule.check(subject))


def make_cluster(
    components: Mapping[str, Any],
    *,
    net: str = "IPv6",
    nodes: str = "unknown",
    brought: tuple[Offer, ...] = (NETWORK, TRAEFIK),
    named: Mapping[str, Any] | None = None,
    **root: Any,
) -> Made:
    """Make a cluster.

    Args:
        components: Component to its settings, as a settings file has them.
        net: One of `NETWORKS`.
        nodes: One of `NODES`.
        brought: What others offer.
        named: Nodes of one's own, instead of `nodes`.
        root: Anything else of the cluster's settings.
    """
    whole = {
        "cluster": "c",
        "kubernetes": {"version": "1.34"},
        "gitops": {"repoURL": "https://git.example.org/x.git"},
        "network": NETWORKS[net],
        "nodes": NODES[nodes] if named is None else named,
        "components": dict(components),
        **root,
    }
    cluster = Cluster(Settings.model_validate(whole))
    known = {name: Component(name) for name in components}
    parts = {name: (known[name], known[name].settings.model_validate(given)) for name, given in components.items()}
    offers = tuple(o for component, settings in parts.values() for o in component.offers.offers(settings, cluster))
    return Made(parts, Facts(cluster, (*plan_given(cluster), *brought, *offers)))
