"""Clusters with Argo CD, as small as a test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trimtab.components.argocd.charts import charts
from trimtab.components.argocd.offers import applications, offers
from trimtab.components.argocd.settings import Settings
from trimtab.findings.path import get_value
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Offer
from trimtab.rules.argocd import RULES
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings as Root

IPV6 = {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]}
IPV4 = {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"]}
DUAL = {"pods": ["10.244.0.0/16", "2001:db8:1::/56"], "services": ["10.96.0.0/12", "2001:db8:2::/108"]}
NETWORKS = {"IPv4": IPV4, "IPv6": IPV6, "dual": DUAL}
GITOPS = {"repoURL": "https://git.example.org/platform.git"}


def make_root(**settings: Any) -> Cluster:
    """Make a cluster named place7 from settings; `gitops` lies over an address of its own."""
    gitops = {**GITOPS, **settings.pop("gitops", {})}
    given = {"cluster": "place7", "kubernetes": {"version": "1.34"}, "network": IPV6, **settings, "gitops": gitops}
    return Cluster(Root.model_validate(given))


@dataclass(frozen=True)
class Made:
    """A cluster with Argo CD in it."""

    settings: Settings
    facts: Facts

    @property
    def applications(self) -> tuple[Application, ...]:
        """Its applications: Argo CD, or none."""
        return applications(self.settings, self.facts)

    @property
    def chart(self) -> ChartRelease:
        """Its one chart release."""
        source = charts(self.settings, self.facts)["argocd"]
        assert isinstance(source, ChartRelease)
        return source

    def value(self, *path: str) -> Any:
        """Give one chart value; nothing where it is not set."""
        return get_value(self.chart.values, path)

    def problems(self, code: str) -> list[Problem]:
        """Give what one rule finds."""
        rule = next(rule for rule in RULES if rule.code == code)
        subject = Subject(
            cluster=self.facts.cluster,
            components={"argocd": self.settings},
            facts=self.facts,
            applications=self.applications,
        )
        return list(rule.check(subject))


def make_argocd(argocd: dict[str, Any] | None = None, *, also: tuple[Offer, ...] = (), **settings: Any) -> Made:
    """Make a cluster with Argo CD; `also` is what other components offer."""
    cluster = make_root(**settings)
    own = Settings.model_validate(argocd or {})
    return Made(settings=own, facts=Facts(cluster, (*offers(own, cluster), *also)))
