"""Clusters with logging, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.components.logging.build import build
from trimtab.components.logging.charts import charts
from trimtab.components.logging.offers import applications, offers
from trimtab.components.logging.settings import Settings
from trimtab.findings.path import get_value
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, IngressClass, Issuer, MonitorSelector, Offer, StorageClass
from trimtab.rules.claims import RULES as CLAIM_RULES
from trimtab.rules.logging import RULES as LOGGING_RULES
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings as Root

NETWORKS = {
    "IPv4": {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"]},
    "IPv6": {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]},
    "dual": {"pods": ["10.244.0.0/16", "2001:db8:1::/56"], "services": ["10.96.0.0/12", "2001:db8:2::/108"]},
}
STORAGE = StorageClass(by="s", name="fast", default=True)
INGRESS = IngressClass(by="t", name="traefik", default=True)
ISSUER = Issuer(by="c", name="letsencrypt")
MONITORING = (ApiGroup(by="p", name="monitoring.coreos.com"), MonitorSelector(by="p", labels=(("release", "kps"),)))
ALL = (STORAGE, INGRESS, ISSUER, *MONITORING)
"""What a cluster with everything offers."""

RULES = (*LOGGING_RULES, *CLAIM_RULES)


@dataclass(frozen=True)
class Made:
    """A cluster with logging in it."""

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

    def find(self, kind: str) -> Mapping[str, Any]:
        """Give the one object of a kind."""
        [one] = [built.manifest for built in self.built if built.manifest["kind"] == kind]
        return one

    def spec(self, kind: str) -> Any:
        """Give the spec of that object."""
        return self.find(kind)["spec"]

    @property
    def node_set(self) -> Any:
        """The one set of Elasticsearch nodes."""
        [one] = self.spec("Elasticsearch")["nodeSets"]
        return one

    def problems(self, code: str) -> list[Problem]:
        """Give what the rule with a code finds."""
        subject = Subject(
            cluster=self.facts.cluster,
            components={"logging": self.settings},
            facts=self.facts,
            applications=tuple(self.applications.values()),
        )
        [rule] = [rule for rule in RULES if rule.code == code]
        return list(rule.check(subject))


def make_cluster(
    logging: Mapping[str, Any] | None = None,
    *,
    machines: int = 3,
    net: str = "IPv6",
    brought: tuple[Offer, ...] = (STORAGE,),
    **root: Any,
) -> Made:
    """Make a cluster with logging.

    Args:
        logging: Its settings.
        machines: How many machines; none for a cluster that says nothing of machines.
        net: `IPv4`, `IPv6` or `dual`.
        brought: What others bring.
        root: Further keys of the cluster's settings.
    """
    given = {
        "cluster": "test",
        "kubernetes": {"version": "1.35"},
        "gitops": {"repoURL": "https://git.example.org/platform.git"},
        "nodes": {f"n{i}": {"address": f"2001:db8::{i + 1}"} for i in range(machines)},
        "network": NETWORKS[net],
        **root,
    }
    settings = Settings.model_validate(logging or {})
    cluster = Cluster(Root.model_validate(given))
    return Made(settings=settings, facts=Facts(cluster=cluster, offers=(*brought, *offers(settings, cluster))))
