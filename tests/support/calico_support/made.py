"""Clusters with Calico, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.components.calico.build import build
from trimtab.components.calico.charts import charts
from trimtab.components.calico.offers import applications, offers
from trimtab.components.calico.settings import Settings
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Offer
from trimtab.rules.calico import RULES
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings as Root

IPV6: dict[str, Any] = {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]}
IPV4: dict[str, Any] = {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"]}
DUAL: dict[str, Any] = {"pods": IPV4["pods"] + IPV6["pods"], "services": IPV4["services"] + IPV6["services"]}
ULA: dict[str, Any] = {"pods": ["fd00:1::/56"], "services": ["fd00:2::/108"]}
NETWORKS = {"IPv4": IPV4, "IPv6": IPV6, "dual": DUAL, "ULA": ULA}


@dataclass(frozen=True)
class Made:
    """A cluster with Calico in it."""

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

    def built(self, application: str) -> list[Built]:
        """Give the objects of an application."""
        manifests = Collected()
        build(manifests, application, self.settings, self.facts)
        return list(manifests)

    @property
    def all_built(self) -> list[Built]:
        """All objects of all applications."""
        return [built for name in self.applications for built in self.built(name)]

    def objects(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """Give the objects of a kind by name."""
        manifests = [built.manifest for built in self.all_built]
        return {manifest["metadata"]["name"]: manifest for manifest in manifests if manifest["kind"] == kind}

    @property
    def installation(self) -> Any:
        """The spec of the Installation."""
        return self.objects("Installation")["default"]["spec"]

    @property
    def pools(self) -> dict[str, dict[str, Any]]:
        """The Installation's pools by range."""
        return {pool["cidr"]: pool for pool in self.installation["calicoNetwork"]["ipPools"]}

    @property
    def codes(self) -> set[str]:
        """The codes of all rules on Calico that find something."""
        return {rule.code for rule in RULES if self.problems(rule.code)}

    def problems(self, code: str) -> list[Problem]:
        """Give what the rule with a code finds."""
        subject = Subject(cluster=self.facts.cluster, components={"calico": self.settings}, facts=self.facts)
        [rule] = [rule for rule in RULES if rule.code == code]
        return list(rule.check(subject))


def make_cluster(
    calico: Mapping[str, Any] | None = None,
    *,
    net: str = "IPv6",
    nodes: int = 3,
    machines: Mapping[str, Any] | None = None,
    network: Mapping[str, Any] | None = None,
    brought: tuple[Offer, ...] = (),
    **more: Any,
) -> Made:
    """Make a cluster with Calico.

    Args:
        calico: Calico's settings.
        net: `IPv4`, `IPv6` (both routed but for IPv4, which is private), `dual`, or `ULA`.
        nodes: How many machines; none for a cluster that says nothing of machines.
        machines: The machines by name, instead of a count.
        network: Further keys of `network`.
        brought: What others bring.
        more: Further keys of the cluster's settings.
    """
    named = {f"node{i}": {"address": f"2001:db8::{i}"} for i in range(1, nodes + 1)}
    root = Root.model_validate(
        {
            "cluster": "test",
            "kubernetes": {"version": "1.35"},
            "nodes": named if machines is None else dict(machines),
            "gitops": {"repoURL": "https://git.example.org/platform.git"},
            **more,
            "network": {**NETWORKS[net], **(network or {})},
        }
    )
    settings = Settings.model_validate(calico or {})
    cluster = Cluster(root)
    return Made(settings=settings, facts=Facts(cluster=cluster, offers=(*brought, *offers(settings, cluster))))
