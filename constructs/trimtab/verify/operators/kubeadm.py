"""What kubeadm and the kubelet are told: documents that look like objects and that no API server is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_network
from typing import Any

from trimtab.findings.path import Path
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields
from trimtab.verify.world import ChartUse

CODES = ("pod-range-too-small", "targets-always-down", "etcd-quota", "certificate-expired", "disk-full-of-images")
_LEAST_QUOTA = 1024**3
"""Bytes; etcd's own default is 2 GiB (etcd v3.6 server/storage/quota.go)."""
_USUAL_MASK = {4: 24, 6: 64}
"""What kubeadm leaves the controller manager at (Kubernetes v1.36 cmd/kube-controller-manager nodeipamcontroller)."""
_LONGER = 8
"""By how many bits the block that is proposed is longer than the range: 256 nodes; 16 are the most that is taken."""
_LOCAL = frozenset({"", "127.0.0.1", "::1", "localhost"})
_SERVED = (
    (("controllerManager",), "bind-address", "the controller manager", "kubeControllerManager"),
    (("scheduler",), "bind-address", "the scheduler", "kubeScheduler"),
    (("etcd", "local"), "listen-metrics-urls", "etcd", "kubeEtcd"),
)
"""Who serves metrics on the machine itself alone unless told otherwise (kubeadm v1.36 app/phases/controlplane), and the
key under which the chart is told to ask for them (kube-prometheus-stack 88.5.3 values.yaml)."""
_STACK = "kube-prometheus-stack"


def check_configuration(entry: Entry, charts: Sequence[ChartUse]) -> Iterator[Complaint]:
    """Find settings of kubeadm and the kubelet that break a cluster months later.

    Args:
        entry: A document of kubeadm's or the kubelet's own; it has no name.
        charts: The tree's charts, one of which may ask the control plane for its metrics.
    """
    if entry.kind == "ClusterConfiguration":
        yield from _targets(entry, [use.values for use in charts if use.chart == _STACK])
        yield from _quota(entry)
        yield from _pod_ranges(entry)
    elif entry.kind == "KubeletConfiguration":
        yield from _kubelet(entry)


def _targets(entry: Entry, stacks: Sequence[Mapping[str, Any]]) -> Iterator[Complaint]:
    for keys, name, who, switch in _SERVED:
        part = fields_of(entry.manifest, *keys)
        path, value = _argument(part, name)
        is_elsewhere = keys[0] == "etcd" and "external" in fields_of(entry.manifest, "etcd")
        is_asked = any(fields_of(values, switch).get("enabled") is not False for values in stacks)
        if is_asked and str(value or "") in _LOCAL and not is_elsewhere:
            meant = "'::' or '0.0.0.0'" if name == "bind-address" else "'http://<its address>:2381'"
            yield Complaint(
                code="targets-always-down",
                about=entry,
                path=(*keys, *(path or ("extraArgs",))),
                message=f"{who} shows its metrics to its own machine alone, and the monitoring of this tree asks for"
                " them",
                help=f"give it the argument '{name}' with {meant}, or switch `{switch}` off in the chart",
            )


def _quota(entry: Entry) -> Iterator[Complaint]:
    path, value = _argument(fields_of(entry.manifest, "etcd", "local"), "quota-backend-bytes")
    if path and str(value).isdecimal() and 0 < int(str(value)) < _LEAST_QUOTA:
        yield Complaint(
            code="etcd-quota",
            about=entry,
            path=("etcd", "local", *path),
            message=f"etcd may hold {value} bytes, and refuses every change once it has them",
            help="write 2147483648 (2 GiB) or more, up to 8 GiB, and the same on every member",
        )


def _pod_ranges(entry: Entry) -> Iterator[Complaint]:
    manager = fields_of(entry.manifest, "controllerManager")
    ranges = fields_of(entry.manifest, "networking").get("podSubnet")
    if str(_argument(manager, "allocate-node-cidrs")[1]).lower() == "false" or not isinstance(ranges, str):
        return
    for text in ranges.split(","):
        try:
            pods = ip_network(text.strip(), strict=False)
        except ValueError:
            continue
        names = (f"node-cidr-mask-size-ipv{pods.version}", "node-cidr-mask-size")
        given = next((value for name in names if (value := _argument(manager, name)[1])), _USUAL_MASK[pods.version])
        mask = int(str(given)) if str(given).isdecimal() else _USUAL_MASK[pods.version]
        if mask <= pods.prefixlen:
            yield Complaint(
                code="pod-range-too-small",
                about=entry,
                path=("networking", "podSubnet"),
                message=f"each node gets a block of /{mask} from {pods}, which is enough for"
                f" {'one node' if mask == pods.prefixlen else 'none'}",
                help=f"take a wider range, or give the controller manager '{names[0]}:"
                f" {min(pods.prefixlen + _LONGER, pods.max_prefixlen - 2)}'",
            )


def _kubelet(entry: Entry) -> Iterator[Complaint]:
    if entry.manifest.get("rotateCertificates") is False:
        yield Complaint(
            code="certificate-expired",
            about=entry,
            path=("rotateCertificates",),
            message="the kubelet does not renew its certificate, and is locked out after a year",
            help="write true, as kubeadm does",
        )
    if entry.manifest.get("imageGCHighThresholdPercent") == 100:
        yield Complaint(
            code="disk-full-of-images",
            about=entry,
            path=("imageGCHighThresholdPercent",),
            message="the kubelet never deletes an image: at 100 it does not look at the disk",
            help="write 85 or less, and `imageMaximumGCAge: 336h` beside it",
        )


def _argument(part: Mapping[str, Any], name: str) -> tuple[Path, Any]:
    """Give the place and value of an argument: a key up to v1beta3, an item of a list since v1beta4."""
    arguments = part.get("extraArgs")
    if isinstance(arguments, Mapping) and name in arguments:
        return ("extraArgs", name), arguments[name]
    for position, one in iter_fields(part, "extraArgs"):
        if one.get("name") == name:
            return ("extraArgs", position, "value"), one.get("value")
    return (), None
