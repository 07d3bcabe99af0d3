"""Rules on the cluster's ranges, which are set once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import ip_network

from trimtab.findings.finding import Severity
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.settings.words import join_and

_CEPH_SOURCE = "rook/rook Documentation/CRDs/Cluster/ceph-cluster-crd.md, network configuration settings"
_BOUND = {"rook": "Ceph's network settings"}
"""What a component keeps of the families it was made with; Calico, for one, takes a pool more."""


def check_ip_family_changed(subject: Subject) -> Iterator[Problem]:
    """Find clusters whose address families are others than before."""
    old = subject.base.services if subject.base else ()
    new = subject.cluster.settings.network.services
    before, now = _families(old), _families(new)
    bound = [text for name, text in _BOUND.items() if name in subject.components and _had(subject, name)]
    gains_one = set(before) < set(now) and before == now[:1]
    if not before or before == now or (gains_one and not bound):
        return
    kept = f", and {join_and(bound)} cannot be changed" if bound else ""
    source = _CEPH_SOURCE if bound else "kubernetes.io, IPv4/IPv6 dual-stack"
    yield Problem(
        path=("network", "services"),
        message=f"the cluster had {_tell(before)} in the base, and has {_tell(now)} here{kept}",
        help=f"keep the families; to change them, build a second cluster and move the workloads ({source})",
    )


def _had(subject: Subject, component: str) -> bool:
    return subject.base is not None and component in subject.base.versions


def check_range_changed(subject: Subject) -> Iterator[Problem]:
    """Find ranges of pods and Services that are others than before."""
    base, network = subject.base, subject.cluster.settings.network
    if base is None:
        return
    for key, what, old, new in (
        ("pods", "of pods", base.pods, network.pods),
        ("services", "of Services", base.services, network.services),
    ):
        before, now = _by_family(old), _by_family(new)
        for family in sorted(before.keys() & now.keys()):
            if before[family] != now[family]:
                yield Problem(
                    path=("network", key),
                    message=f"the {family} range {what} was {before[family]} in the base, and is {now[family]} here",
                    help="keep the range: nodes, Services and certificates hold addresses of the old one",
                )


def _by_family(ranges: Sequence[str]) -> dict[str, str]:
    return {f"IPv{network.version}": str(network) for network in (ip_network(one, strict=False) for one in ranges)}


def _families(ranges: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"IPv{ip_network(one, strict=False).version}" for one in ranges))


def _tell(families: Sequence[str]) -> str:
    return f"{families[0]} alone" if len(families) == 1 else f"{families[0]} first, then {families[1]}"


RULES = (
    Rule(
        code="ip-family-changed",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="The cluster's address families are others than in the base revision.",
        why="Ceph's network settings cannot be changed after it is deployed (rook/rook"
        " Documentation/CRDs/Cluster/ceph-cluster-crd.md), and the family of the first Service range is that of every"
        " Service (kubernetes.io, IPv4/IPv6 dual-stack).",
        cure="Put the families back. To change them, build a second cluster and move the workloads.",
        check=check_ip_family_changed,
    ),
    Rule(
        code="range-changed",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="The range of pods or Services is another than in the base revision.",
        why="kubeadm and kubespray read the ranges when the cluster is made: the API server, the nodes' blocks and the"
        " certificate of the API server keep the old ones (kubernetes.io, kubeadm ClusterConfiguration).",
        cure="Put the old range back: nodes, Services and certificates hold addresses of it. To change it, build a "
        "second cluster.",
        check=check_range_changed,
    ),
)
