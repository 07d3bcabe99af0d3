"""The distributions whose installer is known, so that day 0 can be told."""

from __future__ import annotations

from trimtab.plan.cluster import Cluster
from trimtab.settings.kubernetes import Distribution

KNOWN = frozenset({Distribution.KUBEADM, Distribution.KUBESPRAY})
"""The distributions whose files are written."""


def has_bootstrap(cluster: Cluster) -> bool:
    """Say whether day 0 can be told: the machines are named, one is a control plane, and the installer is known."""
    settings = cluster.settings
    planes = any(node.is_control_plane for node in cluster.nodes)
    return bool(settings.nodes) and planes and settings.kubernetes.distribution in KNOWN
