"""Rules on Calico's pools and data plane; those on BGP have a room of their own."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from trimtab.components.calico.pools import (
    BLOCK_SIZES,
    family_of,
    wanted_block_size,
    wanted_dataplane,
    wanted_nat,
)
from trimtab.components.calico.settings import Settings
from trimtab.findings.finding import Severity
from trimtab.plan.ranges import is_private
from trimtab.rules import calico_bgp
from trimtab.rules.calico_bgp import CALICO, calico_of, is_readable
from trimtab.rules.rule import Problem, Rule, Subject


def _pools(subject: Subject) -> Iterator[tuple[Settings, str]]:
    for settings in calico_of(subject):
        for cidr in subject.cluster.settings.network.pods:
            if is_readable(cidr):
                yield settings, cidr


def check_pod_route_not_advertised(subject: Subject) -> Iterator[Problem]:
    """Find pods whose packets are neither wrapped nor routed by BGP."""
    for settings in calico_of(subject):
        if settings.encapsulation == "None" and settings.bgp is None:
            yield Problem(
                path=(*CALICO, "encapsulation"),
                message="without an overlay and without BGP no node knows the way to another node's pods",
                help="set components.calico.bgp: {} or remove `encapsulation`",
            )


def check_encapsulation_not_possible(subject: Subject) -> Iterator[Problem]:
    """Find IPIP where it cannot work: for IPv6 pods, or without BGP."""
    for settings in calico_of(subject):
        wanted = settings.encapsulation or ""
        ipv6 = [cidr for cidr in subject.cluster.settings.network.pods if ":" in cidr]
        if wanted.startswith("IPIP") and (ipv6 or settings.bgp is None):
            reason = f"cannot carry the IPv6 pods of {ipv6[0]}" if ipv6 else "needs BGP to tell nodes where pods are"
            yield Problem(
                path=(*CALICO, "encapsulation"),
                message=f"{wanted} {reason}",
                help=f"write {wanted.replace('IPIP', 'VXLAN')}",
            )


def check_private_pods_without_nat(subject: Subject) -> Iterator[Problem]:
    """Find private pods that leave under their own address though nobody outside knows the way back."""
    network = subject.cluster.settings.network
    for _, cidr in _pools(subject):
        if is_private(cidr) and not wanted_nat(cidr, subject.cluster) and not network.routed:
            yield Problem(
                path=("network", "natOutgoing"),
                message=f"pods of the private range {cidr} leave without NAT, and nothing says that answers find back",
                help="remove `natOutgoing`, or set network.routed: true once the routers outside know the range",
                related=((("network", "pods"), "the pod ranges"),),
            )


def check_block_size_not_possible(subject: Subject) -> Iterator[Problem]:
    """Find block sizes that Calico refuses, and pod ranges that are smaller than a block."""
    for settings, cidr in _pools(subject):
        family, prefix = family_of(cidr), ip_network(cidr, strict=False).prefixlen
        size, allowed = wanted_block_size(family, cidr, settings, subject.cluster), BLOCK_SIZES[family]
        given = family in settings.block_size
        path = (*CALICO, "blockSize", family) if given else ("network", "pods")
        if size not in allowed:
            message = f"a block of /{size} is not possible in {family}"
            yield Problem(path=path, message=message, help=f"between {allowed[0]} and {allowed[-1]}")
        elif size < prefix:
            message = f"a block of /{size} does not fit into the pod range {cidr}"
            yield Problem(path=path, message=message, help=f"write {prefix} or more, or take a wider range")


def check_data_planes_differ(subject: Subject) -> Iterator[Problem]:
    """Find a Calico that filters packets in another way than kube-proxy."""
    mode = subject.cluster.settings.network.kube_proxy.mode
    for settings in calico_of(subject):
        wanted = wanted_dataplane(settings, subject.cluster)
        if wanted != "BPF" and (wanted == "Nftables") != (mode == "nftables"):
            yield Problem(
                path=(*CALICO, "dataplane"),
                message=f"Calico uses {wanted}, kube-proxy uses {mode}: rules of one pass by those of the other",
                help="remove `dataplane`: it follows kube-proxy",
                related=((("network", "kubeProxy", "mode"), "kube-proxy's mode"),),
            )


def check_bpf_without_endpoint(subject: Subject) -> Iterator[Problem]:
    """Find the BPF data plane without a way to the API server that needs no kube-proxy."""
    for settings in calico_of(subject):
        if settings.dataplane == "BPF" and subject.cluster.settings.kubernetes.endpoint is None:
            yield Problem(
                path=(*CALICO, "dataplane"),
                message="with BPF Calico takes kube-proxy's place and must reach the API server without a Service",
                help="set kubernetes.endpoint: host:port",
            )


_OPERATOR = "tigera/operator v1.42.3 pkg/controller"

RULES = (
    Rule(
        code="pod-route-not-advertised",
        severity=Severity.ERROR,
        meaning="Pods are to be reached without an overlay, and nothing announces the way to them.",
        why="Pods on two nodes never meet; the operator refuses it too "
        f"({_OPERATOR}/installation/validation.go:177-182).",
        cure="Set `components.calico.bgp: {}`, or remove `encapsulation` to go back to an overlay.",
        check=check_pod_route_not_advertised,
    ),
    Rule(
        code="encapsulation-not-possible",
        severity=Severity.ERROR,
        meaning="IPIP is to carry IPv6 pods, or to work without BGP.",
        why=f"The operator refuses both ({_OPERATOR}/installation/validation.go:154-176).",
        cure="Write VXLAN, which carries both families and needs no BGP.",
        check=check_encapsulation_not_possible,
    ),
    Rule(
        code="private-pods-without-nat",
        severity=Severity.ERROR,
        soft=True,
        meaning="Private pods leave the cluster under their own address, and nobody outside can answer.",
        why="Nothing in a pod reaches the world: Argo CD fetches no Git, cert-manager no certificate. It is Calico's "
        f"own default for IPv6 ({_OPERATOR}/ippool/defaults.go:191).",
        cure="Remove `natOutgoing`, which is on by default; or set `network.routed: true` once the routers outside "
        "know the range.",
        check=check_private_pods_without_nat,
    ),
    Rule(
        code="block-size-not-possible",
        severity=Severity.ERROR,
        meaning="The blocks that nodes take from a pod range are too wide, too narrow, or wider than the range.",
        why=f"The operator refuses the pool ({_OPERATOR}/ippool/validation.go:103-130).",
        cure="Take a size from 20 to 32 for IPv4, or from 116 to 128 for IPv6, and not wider than the range itself.",
        check=check_block_size_not_possible,
    ),
    Rule(
        code="data-planes-differ",
        severity=Severity.ERROR,
        soft=True,
        meaning="Calico and kube-proxy filter packets in two different ways.",
        why="Calico's nftables mode needs kube-proxy in nftables mode, and the other way round "
        "(docs.tigera.io, nftables data plane; kubernetes-sigs/kubespray issue 12198).",
        cure="Remove `dataplane` of Calico: it follows kube-proxy. Or bring kube-proxy to the same mode.",
        check=check_data_planes_differ,
    ),
    Rule(
        code="bpf-without-endpoint",
        severity=Severity.ERROR,
        soft=True,
        meaning="The BPF data plane is wanted and no address of the API server is given.",
        why="Services work only once Calico runs, and Calico runs only once it reaches the API server "
        "(docs.tigera.io, install eBPF).",
        cure="Set `kubernetes.endpoint` to the host:port of the API server that every node reaches without Services.",
        check=check_bpf_without_endpoint,
    ),
    *calico_bgp.RULES,
)
