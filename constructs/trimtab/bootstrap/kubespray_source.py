"""kubespray itself: which tag is wanted, where it comes from, and where it lies for who runs it."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.catalogue.versions import parse_version
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.nodes import Architecture

_DEFAULT_TAG = "v2.31.0"
"""The tag that is taken where the settings name none; the names of the variables are its own."""
_REPOSITORY = "https://github.com/kubernetes-sigs/kubespray.git"

_WITHOUT_ARM = "v2.29.0"
"""The oldest tag seen without a kubelet for 32-bit ARM; v2.27.0 had one (kubelet_checksums in checksums.yml)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KubespraySource:
    """One tag of kubespray, fetched with what it needs from Python."""

    tag: str
    folder: str
    """Where it lies, as a shell reads it."""
    commands: tuple[str, ...]
    """What fetches it."""


def plan_source(cluster: Cluster) -> KubespraySource:
    """Give the tag that a cluster's settings name, from the mirror that they name for it."""
    tag = cluster.settings.kubernetes.distribution_version or _DEFAULT_TAG
    tag = tag if tag.startswith("v") else f"v{tag}"
    folder = f'"$HOME/kubespray-{tag}"'
    mirror = cluster.settings.repositories.get(_REPOSITORY)
    return KubespraySource(
        tag=tag,
        folder=folder,
        commands=(
            f"git clone --depth 1 --branch {tag} {mirror.mirror if mirror else _REPOSITORY} {folder}",
            f"python3 -m venv {folder}/venv",
            f"{folder}/venv/bin/pip install --requirement {folder}/requirements.txt",
        ),
    )


def installable_nodes(cluster: Cluster) -> tuple[NodeFacts, ...]:
    """Give the nodes that kubespray has binaries for: newer tags have none for 32-bit ARM."""
    has_arm = parse_version(plan_source(cluster).tag) < parse_version(_WITHOUT_ARM)
    return tuple(node for node in cluster.nodes if has_arm or node.arch != Architecture.ARM)
