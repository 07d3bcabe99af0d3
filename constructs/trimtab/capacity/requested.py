"""What the pods of finished objects ask the scheduler for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trimtab.capacity.reading import count, mappings
from trimtab.kube.manifests import Manifest, split_api_version
from trimtab.plan.nodes import NodeFacts
from trimtab.plan.quantities import parse_quantity
from trimtab.verify.reading import fields_of

NOTHING = Decimal(0)
Nodes = Sequence[NodeFacts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Processor time in cores, and bytes."""

    cpu: Decimal = NOTHING
    memory: Decimal = NOTHING
    ephemeral: Decimal = NOTHING

    def __add__(self, other: Amount) -> Amount:
        return Amount(
            cpu=self.cpu + other.cpu, memory=self.memory + other.memory, ephemeral=self.ephemeral + other.ephemeral
        )

    def __mul__(self, times: int) -> Amount:
        return Amount(cpu=self.cpu * times, memory=self.memory * times, ephemeral=self.ephemeral * times)

    def at_least(self, other: Amount) -> Amount:
        """Give the larger of two amounts, each part for itself."""
        return Amount(
            cpu=max(self.cpu, other.cpu),
            memory=max(self.memory, other.memory),
            ephemeral=max(self.ephemeral, other.ephemeral),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """Pods of one kind."""

    name: str
    each: Amount
    count: int

    @property
    def total(self) -> Amount:
        """What all of them ask for."""
        return self.each * self.count


def iter_requests(manifest: Manifest, nodes: Sequence[NodeFacts]) -> Iterator[Requested]:
    """Give what the pods of one object ask for; custom resources are read as their operators read them.

    Args:
        manifest: The object.
        nodes: The machines, for what runs on each of them.
    """
    group, _ = split_api_version(manifest["apiVersion"])
    read = _READERS.get((group, str(manifest["kind"])))
    if read is not None:
        name = f"{manifest['kind']} {fields_of(manifest, 'metadata').get('name', '')}"
        yield from read(name, fields_of(manifest, "spec"), nodes)


def is_placed(pod: Mapping[str, Any], node: NodeFacts) -> bool:
    """Say whether a pod that runs on every machine runs on this one: by node selector and tolerations alone."""
    labels = {"kubernetes.io/arch": node.arch, "kubernetes.io/os": "linux", **dict(node.labels)}
    wanted = fields_of(pod, "nodeSelector")
    if any(key in labels and labels[key] != value for key, value in wanted.items()):
        return False
    tolerations = mappings(pod.get("tolerations"))
    return all(any(_tolerates(one, taint) for one in tolerations) for taint in node.taints if _keeps_off(taint))


def _keeps_off(taint: str) -> bool:
    return taint.endswith((":NoSchedule", ":NoExecute"))


def _tolerates(toleration: Mapping[str, Any], taint: str) -> bool:
    wanted, _, effect = taint.rpartition(":")
    key, _, value = wanted.partition("=")
    if toleration.get("effect") not in (None, "", effect):
        return False
    if toleration.get("operator") == "Exists":
        return toleration.get("key") in (None, "", key)
    return toleration.get("key") == key and (toleration.get("value") or "") == value


def _iter_pod(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    yield Requested(name=name, each=_pod(spec), count=1)


def _iter_replicas(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    yield Requested(name=name, each=_template(spec), count=count(spec.get("replicas")))


def _iter_daemons(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    pod = fields_of(spec, "template", "spec")
    yield Requested(name=name, each=_pod(pod), count=sum(1 for node in nodes if is_placed(pod, node)))


def _iter_job(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    copies = 0 if spec.get("suspend") is True else count(spec.get("parallelism"))
    yield Requested(name=name, each=_template(spec), count=copies)


def _iter_elasticsearch(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    for one in mappings(spec.get("nodeSets")):
        yield Requested(name=name, each=_pod(fields_of(one, "podTemplate", "spec")), count=count(one.get("count")))


def _iter_kibana(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    yield Requested(name=name, each=_pod(fields_of(spec, "podTemplate", "spec")), count=count(spec.get("count")))


def _iter_monitor(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    yield Requested(name=name, each=_container(spec), count=count(spec.get("replicas")))


def _iter_filesystem(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    servers = fields_of(spec, "metadataServer")
    copies = count(servers.get("activeCount")) * (2 if servers.get("activeStandby") else 1)
    yield Requested(name=name, each=_container(servers), count=copies)


def _iter_object_store(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    gateway = fields_of(spec, "gateway")
    yield Requested(name=name, each=_container(gateway), count=count(gateway.get("instances")))


def _iter_ceph(name: str, spec: Mapping[str, Any], nodes: Nodes) -> Iterator[Requested]:
    """Count the daemons: `storage.nodes` names the disks, one daemon each (rook ceph-cluster-crd.md)."""
    if fields_of(spec, "external").get("enable"):
        return  # the daemons run somewhere else
    resources = fields_of(spec, "resources")
    disks = sum(len(mappings(node.get("devices"))) for node in mappings(fields_of(spec, "storage").get("nodes")))
    counts = {
        "mon": count(fields_of(spec, "mon").get("count")),
        "mgr": count(fields_of(spec, "mgr").get("count")),
        "osd": disks,
        "crashcollector": 0 if fields_of(spec, "crashCollector").get("disable") else len(nodes),
        "exporter": 0 if fields_of(spec, "monitoring").get("metricsDisabled") else len(nodes),
    }
    for daemon, copies in counts.items():
        yield Requested(name=f"Ceph {daemon}", each=_amounts(fields_of(resources, daemon)), count=copies)


def _template(spec: Mapping[str, Any]) -> Amount:
    return _pod(fields_of(spec, "template", "spec"))


def _pod(spec: Mapping[str, Any]) -> Amount:
    """Sum the containers; an init container counts where it alone asks for more, a side-car as a container.

    Source: Kubernetes documentation, Init Containers, "Resource sharing within containers".
    """
    init = mappings(spec.get("initContainers"))
    stays = [*mappings(spec.get("containers")), *(one for one in init if one.get("restartPolicy") == "Always")]
    total = sum(map(_container, stays), Amount())
    for one in init:
        total = total.at_least(_container(one))
    overhead = fields_of(spec, "overhead")
    return total + _read(overhead)


def _container(container: Mapping[str, Any]) -> Amount:
    return _amounts(fields_of(container, "resources"))


def _amounts(resources: Mapping[str, Any]) -> Amount:
    """A container without a request asks for its limit (Kubernetes documentation, Resource Management)."""
    return _read({**fields_of(resources, "limits"), **fields_of(resources, "requests")})


def _read(amounts: Mapping[str, Any]) -> Amount:
    return Amount(
        cpu=parse_quantity(amounts.get("cpu")) or NOTHING,
        memory=parse_quantity(amounts.get("memory")) or NOTHING,
        ephemeral=parse_quantity(amounts.get("ephemeral-storage")) or NOTHING,
    )


_READERS: Mapping[tuple[str, str], Callable[[str, Mapping[str, Any], Nodes], Iterator[Requested]]] = {
    ("", "Pod"): _iter_pod,
    ("", "ReplicationController"): _iter_replicas,
    ("apps", "DaemonSet"): _iter_daemons,
    ("apps", "Deployment"): _iter_replicas,
    ("apps", "ReplicaSet"): _iter_replicas,
    ("apps", "StatefulSet"): _iter_replicas,
    ("batch", "Job"): _iter_job,
    ("ceph.rook.io", "CephCluster"): _iter_ceph,
    ("ceph.rook.io", "CephFilesystem"): _iter_filesystem,
    ("ceph.rook.io", "CephObjectStore"): _iter_object_store,
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): _iter_elasticsearch,
    ("kibana.k8s.elastic.co", "Kibana"): _iter_kibana,
    ("monitoring.coreos.com", "Alertmanager"): _iter_monitor,
    ("monitoring.coreos.com", "Prometheus"): _iter_monitor,
}
