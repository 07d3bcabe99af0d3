"""Whether the machines have a journal that Fluent Bit can read."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.logging.settings import Settings
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.nodes import OperatingSystem

WITHOUT_SYSTEMD = frozenset({OperatingSystem.ALPINE})
"""Operating systems whose services no systemd starts, so that there is no journal (wiki.alpinelinux.org, OpenRC)."""

_UNKNOWN = frozenset({OperatingSystem.OTHER})


def iter_nodes_without_journal(cluster: Cluster) -> Iterator[NodeFacts]:
    """Give the machines that certainly have none."""
    return (node for node in cluster.nodes if node.os in WITHOUT_SYSTEMD)


def reads_journal(settings: Settings, cluster: Cluster) -> bool:
    """Say whether the journal is read: as it is set, else only where every machine surely has one.

    The pods mount `/etc/machine-id` as a file, and a pod whose file is missing never starts.
    """
    if settings.journal is not None:
        return settings.journal
    systems = {node.os for node in cluster.nodes} or {cluster.settings.node_defaults.os or OperatingSystem.DEBIAN}
    return not systems & (WITHOUT_SYSTEMD | _UNKNOWN)
