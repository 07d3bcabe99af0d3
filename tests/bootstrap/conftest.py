"""Clusters as they come, and the files of day 0 that they get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml

from trimtab.bootstrap.plan import plan_bootstrap
from trimtab.components.assemble import Part, Plan, plan_components
from trimtab.components.protocol import Component
from trimtab.plan.cluster import Cluster
from trimtab.settings.root import Settings

Made = Callable[..., "Day0"]

RANGES: Mapping[str, dict[str, Any]] = {
    "IPv4": {"pods": ["10.244.0.0/16"], "services": ["10.96.0.0/16"], "nodes": ["192.0.2.0/24"]},
    "IPv6": {"pods": ["2001:db8:1::/64"], "services": ["2001:db8:2::/108"], "nodes": ["2001:db8::/64"]},
    "dual": {
        "pods": ["2001:db8:1::/56", "10.244.0.0/16"],
        "services": ["2001:db8:2::/108", "10.96.0.0/16"],
        "nodes": ["2001:db8::/64", "192.0.2.0/24"],
    },
}
_ADDRESS = {"IPv4": "192.0.2.{}", "IPv6": "2001:db8::{}", "dual": "2001:db8::{}"}
_ROLES = ("control-plane", "control-plane", "control-plane", "worker")


class Day0:
    """The files of one cluster."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        names = {application.name for application in plan.applications}
        files = plan_bootstrap(plan, with_manifests=names)
        self.files = {file.path.split("/", 2)[2]: file.content.decode() for file in files}

    def __getitem__(self, path: str) -> str:
        return self.files[path]

    def documents(self, path: str) -> dict[str, Any]:
        """Give the objects of a file by kind."""
        return {one["kind"]: one for one in yaml.safe_load_all(self.files[path])}

    def document(self, path: str) -> Any:
        """Give the one value of a file."""
        return yaml.safe_load(self.files[path])


def nodes_of(shape: str, family: str) -> dict[str, Any]:
    """Give one node, or three control planes and a worker."""
    count = {"one": 1, "many": 4}[shape]
    found: dict[str, Any] = {}
    for number, role in enumerate(_ROLES[:count], 1):
        found[f"n{number}"] = {"address": _ADDRESS[family].format(number), "roles": [role]}
        if family == "dual":
            found[f"n{number}"]["secondaryAddress"] = f"192.0.2.{number}"
    return found


@pytest.fixture
def day0() -> Made:
    """Make the files of a cluster: `day0(family, shape, kubernetes={…}, network={…}, components={…}, …)`."""
    return make


def make(family: str = "IPv6", shape: str = "many", **more: Any) -> Day0:
    """Make a cluster with an endpoint, and the components asked for."""
    components = {"argocd": {}, **more.pop("components", {})}
    settings = {
        "cluster": "lab",
        "kubernetes": {"version": "1.35", "endpoint": "api.example.org:6443", **more.pop("kubernetes", {})},
        "network": {**RANGES[family], **more.pop("network", {})},
        "nodes": more.pop("nodes", nodes_of(shape, family)),
        "components": components,
        "gitops": {"repoURL": "https://git.example.org/platform.git", **more.pop("gitops", {})},
        **more,
    }
    parts = []
    for name, given in sorted(components.items()):
        component = Component(name)
        parts.append(Part(component=component, settings=component.settings.model_validate(given)))
    return Day0(plan_components(Cluster(Settings.model_validate(settings)), parts))
