"""Which folder of each node holds its volumes."""

from __future__ import annotations

from trimtab.components.local_path.settings import Settings
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts

EVERY_OTHER_NODE = "DEFAULT_PATH_FOR_NON_LISTED_NODES"
"""The provisioner's word for nodes that its map does not name (local-path-provisioner v0.0.37 provisioner.go)."""

DEFAULT_PATH = "/opt/local-path-provisioner"
"""Upstream's own."""


def plan_paths(settings: Settings, cluster: Cluster) -> dict[str, str]:
    """Give the folder of every node that has one of its own, and the one of all others."""
    default = settings.path or DEFAULT_PATH
    special = {node.name: path for node in cluster.nodes if (path := plan_path(settings, node)) != default}
    return {EVERY_OTHER_NODE: default, **special}


def plan_path(settings: Settings, node: NodeFacts) -> str:
    """Give the folder of one node: below its data directory where its root is in memory and nothing else is said."""
    if settings.path:
        return settings.path
    return f"{node.data.rstrip('/')}/local-path" if node.root == "tmpfs" and node.data else DEFAULT_PATH


def is_in_memory(settings: Settings, node: NodeFacts) -> bool:
    """Say whether a node's volumes would be gone after a restart."""
    if node.root != "tmpfs":
        return False
    return node.data is None or not f"{plan_path(settings, node)}/".startswith(f"{node.data.rstrip('/')}/")
