"""The machines of a cluster as everybody sees them: defaults filled in, counts taken over those that can be used."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.settings.nodes import Architecture, Disk, KernelModules, Node, NodeCommon, OperatingSystem, Role
from trimtab.settings.root import Settings

CONTROL_PLANE_TAINT = "node-role.kubernetes.io/control-plane:NoSchedule"
"""What kubeadm puts on control-plane nodes (kubernetes.io, well-known labels, annotations and taints)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFacts:
    """One machine with everything filled in."""

    name: str
    address: str | None
    secondary_address: str | None
    roles: tuple[str, ...]
    arch: str
    os: str
    memory: str | None
    cpu: int | None
    zone: str | None
    labels: tuple[tuple[str, str], ...]
    taints: tuple[str, ...]
    """Taints as kubectl writes them; kubeadm's own among them where it stays on."""
    disks: tuple[Disk, ...]
    kernel_modules: KernelModules
    root: str
    data: str | None

    @property
    def is_control_plane(self) -> bool:
        """Whether the node runs the control plane."""
        return Role.CONTROL_PLANE in self.roles

    @property
    def is_schedulable(self) -> bool:
        """Whether a pod that tolerates nothing may run here."""
        return not any(taint.endswith((":NoSchedule", ":NoExecute")) for taint in self.taints)


def plan_nodes(settings: Settings) -> tuple[NodeFacts, ...]:
    """Give every machine of the cluster, by name; machines that are only counted get names of their own."""
    named = {name: _merge(settings.node_defaults, node) for name, node in settings.nodes.items()}
    if not named:
        named = dict(_counted(settings))
    lonely = not any(Role.WORKER in (node.roles or _WORKER) and not _is_control_plane(node) for node in named.values())
    return tuple(_facts(name, node, lonely) for name, node in sorted(named.items()))


_WORKER = [Role.WORKER]


def _is_control_plane(node: NodeCommon) -> bool:
    return Role.CONTROL_PLANE in (node.roles or _WORKER)


def _merge(defaults: NodeCommon, node: Node) -> NodeCommon:
    """Lay what a node says over what all share; copied, since to validate or dump would wake pydantic's compiler."""
    shared = {name: getattr(defaults, name) for name in defaults.model_fields_set - node.model_fields_set}
    return node.model_copy(update={**shared, "labels": {**defaults.labels, **node.labels}})


def _counted(settings: Settings) -> list[tuple[str, NodeCommon]]:
    count = settings.node_count
    if count is None:
        return []
    control = settings.node_defaults.model_copy(update={"roles": [Role.CONTROL_PLANE]})
    worker = settings.node_defaults.model_copy(update={"roles": [Role.WORKER]})
    return [(f"control-plane-{i + 1}", control) for i in range(count.control_plane)] + [
        (f"worker-{i + 1}", worker) for i in range(count.workers)
    ]


def _facts(name: str, node: NodeCommon, lonely: bool) -> NodeFacts:
    roles = tuple(node.roles or _WORKER)
    keeps_taint = _is_control_plane(node) and not (lonely if node.schedulable is None else node.schedulable)
    return NodeFacts(
        name=name,
        address=getattr(node, "address", None),
        secondary_address=getattr(node, "secondary_address", None),
        roles=roles,
        arch=node.arch or Architecture.AMD64,
        os=node.os or OperatingSystem.DEBIAN,
        memory=node.memory,
        cpu=node.cpu,
        zone=node.zone,
        labels=tuple(sorted(node.labels.items())),
        taints=(*node.taints, *([CONTROL_PLANE_TAINT] if keeps_taint else [])),
        disks=tuple(node.disks),
        kernel_modules=node.kernel_modules or KernelModules.model_construct(),
        root=node.root or "disk",
        data=node.data,
    )
