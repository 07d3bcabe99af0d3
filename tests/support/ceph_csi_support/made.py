"""Clusters with Ceph's CSI drivers, as small as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.components.assemble import Part, Plan, plan_components
from trimtab.components.protocol import Component
from trimtab.findings.path import get_value
from trimtab.kube.manifests import Built, Collected
from trimtab.kube.release import ChartRelease
from trimtab.plan.cluster import Cluster
from trimtab.rules import ceph_csi, ceph_external, distribution, rook
from trimtab.rules.rule import Problem, Subject
from trimtab.settings.root import Settings as Root

RULES = (*rook.RULES, *ceph_external.RULES, *ceph_csi.RULES, *distribution.RULES)
NETWORKS = {
    "IPv4": {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/12"]},
    "IPv6": {"pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"]},
    "dual": {"pods": ["10.244.0.0/16", "2001:db8:1::/56"], "services": ["10.96.0.0/12", "2001:db8:2::/108"]},
}
MONITORS = {
    "IPv4": {"a": "10.42.2.1:6789", "b": "10.42.2.2:3300"},
    "IPv6": {"a": "[2001:db8:9::1]:6789", "b": "[2001:db8:9::2]:3300"},
    "dual": {"a": "10.42.2.1:6789", "b": "[2001:db8:9::2]:3300"},
}
FSID = "4f4a7a1e-5b0c-4d6e-9c2a-0d3b8a1f7e55"
BLOCK: dict[str, Any] = {"block": {"pool": "kube", "storageClass": {"name": "ceph-rbd", "default": True}}}
SHARED: dict[str, Any] = {"filesystem": {"name": "cephfs", "storageClass": {"name": "cephfs"}}}


@dataclass(frozen=True)
class Made:
    """A plan with the drivers in it."""

    plan: Plan

    def chart(self, application: str) -> ChartRelease:
        """Give the chart release of an application."""
        source = self.plan.sources[application]
        assert isinstance(source, ChartRelease)
        return source

    def value(self, application: str, dotted: str) -> Any:
        """Give one chart value, by its keys joined with dots."""
        return get_value(self.chart(application).values, tuple(dotted.split(".")))

    @property
    def built(self) -> list[Built]:
        """All objects of all applications."""
        manifests = Collected()
        for part in self.plan.parts:
            for application in self.plan.applications:
                if application.component == part.component.name:
                    part.component.build.build(manifests, application.name, part.settings, self.plan.facts)
        return list(manifests)

    def find(self, kind: str, name: str | None = None) -> Mapping[str, Any]:
        """Give the one object of a kind, or the one with a name."""
        found = [b.manifest for b in self.built if b.manifest["kind"] == kind]
        [one] = [manifest for manifest in found if name in (None, manifest["metadata"]["name"])]
        return one

    def problems(self, code: str) -> list[Problem]:
        """Give what the rule with a code finds."""
        plan = self.plan
        subject = Subject(
            cluster=plan.cluster, components=plan.settings, facts=plan.facts, applications=plan.applications
        )
        [rule] = [rule for rule in RULES if rule.code == code]
        return list(rule.check(subject))


def make_csi(
    csi: Mapping[str, Any] | None = None,
    *,
    net: str = "IPv6",
    components: Mapping[str, Mapping[str, Any]] | None = None,
    **root: Any,
) -> Made:
    """Make a cluster with the drivers.

    Args:
        csi: Their settings, beside monitors of the network's family and an fsid.
        net: One of `NETWORKS`.
        components: Other components with their settings.
        root: Anything else of the cluster's settings.
    """
    whole = {
        "cluster": "c",
        "kubernetes": {"version": "1.35", "distribution": "kubespray"},
        "gitops": {"repoURL": "https://git.example.org/x.git"},
        "network": NETWORKS[net],
        **root,
    }
    wanted = {"ceph-csi": {"monitors": MONITORS[net], "fsid": FSID, **(csi or {})}, **(components or {})}
    parts = [
        Part(component=Component(name), settings=Component(name).settings.model_validate(settings))
        for name, settings in wanted.items()
    ]
    return Made(plan_components(Cluster(Root.model_validate(whole)), parts))


def make_nodes(*arches: str, **common: Any) -> dict[str, Any]:
    """Give nodes of these architectures, named after their number."""
    return {f"n{i}": {"address": f"2001:db8::{i + 1:x}", "arch": arch, **common} for i, arch in enumerate(arches)}
