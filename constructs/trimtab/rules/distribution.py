"""Rules on who installed Kubernetes: what is there already, and where the kubelet looks."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Severity
from trimtab.plan.cluster import POD_NETWORKS
from trimtab.rules.rule import Problem, Rule, Subject

_MOUNTERS = ("ceph-csi", "csi-driver-nfs", "rook")
"""Components that must be told where the kubelet looks for volumes."""


def check_installed_twice(subject: Subject) -> Iterator[Problem]:
    """Find components that the distribution installs already."""
    provided = set(subject.cluster.provides)
    distribution = subject.cluster.settings.kubernetes.distribution
    for name in subject.components:
        brought = sorted(provided & (POD_NETWORKS if name == "calico" else {name}))
        if brought:
            again = "a second one" if brought[0] == name else f"a second network beside {brought[0]}"
            yield Problem(
                path=("components", name),
                on_key=True,
                message=f"{distribution} brings {brought[0]} already, and this is {again}",
                help=f"remove components.{name}; or switch {brought[0]} off in {distribution}, and say in"
                " kubernetes.provides what is left",
                related=((("kubernetes", "provides"), "what the distribution brings"),),
            )


def check_kubelet_dir_mismatch(subject: Subject) -> Iterator[Problem]:
    """Find distributions whose kubelet directory is not known while something mounts volumes."""
    for name in _MOUNTERS:
        if name in subject.components and subject.cluster.kubelet_dir is None:
            yield Problem(
                path=("kubernetes", "distribution"),
                message=f"{name} must know where the kubelet keeps its state, and of this distribution nobody does",
                help="set kubernetes.kubeletDir to what the kubelet's --root-dir says",
                related=((("components", name), "what needs it"),),
            )


def check_load_balancer_strict_arp(subject: Subject) -> Iterator[Problem]:
    """Find ipvs beside MetalLB."""
    metallb = "metallb" in subject.components or "metallb" in subject.cluster.provides
    if metallb and subject.cluster.settings.network.kube_proxy.mode == "ipvs":
        yield Problem(
            path=("network", "kubeProxy", "mode"),
            message="with ipvs every node answers for the addresses that MetalLB gives to one of them",
            help="set strictARP: true in kube-proxy's own settings, then allow this with that reason; or take nftables",
        )


def check_deprecated_ipvs(subject: Subject) -> Iterator[Problem]:
    """Find ipvs on a Kubernetes that deprecates it."""
    if subject.cluster.settings.network.kube_proxy.mode == "ipvs" and subject.cluster.kubernetes_minor >= (1, 35):
        yield Problem(
            path=("network", "kubeProxy", "mode"),
            message="kube-proxy's mode ipvs is deprecated since Kubernetes 1.35",
            help="plan the move to nftables",
        )


RULES = (
    Rule(
        code="installed-twice-by-distribution",
        severity=Severity.ERROR,
        soft=True,
        meaning="The distribution installs a component already.",
        why="Two owners fight, and the next run of the distribution's installer puts the old one back.",
        cure="Remove the component here; or switch it off in the distribution, and take it out of "
        "`kubernetes.provides`.",
        check=check_installed_twice,
    ),
    Rule(
        code="kubelet-dir-mismatch",
        severity=Severity.ERROR,
        meaning="Nobody knows where the kubelet looks for volumes.",
        why="A driver that is installed elsewhere makes every mount time out.",
        cure="Look at the kubelet's flag --root-dir on a node, and set `kubernetes.kubeletDir` to that.",
        check=check_kubelet_dir_mismatch,
    ),
    Rule(
        code="load-balancer-strict-arp",
        severity=Severity.WARNING,
        meaning="kube-proxy in mode ipvs answers for addresses that MetalLB announces.",
        why="ipvs puts every Service address on an interface of every node; without strictARP all of them answer"
        " (MetalLB documentation, installation, preparation).",
        cure="Set `strictARP: true` in kube-proxy's own configuration and allow this with that reason, or move "
        "kube-proxy to nftables.",
        check=check_load_balancer_strict_arp,
    ),
    Rule(
        code="deprecated-ipvs",
        severity=Severity.WARNING,
        meaning="kube-proxy runs in a mode that Kubernetes is going to drop.",
        why="Kubernetes 1.35 deprecates ipvs (KEP-5495).",
        cure="Plan the move to nftables: set kube-proxy's mode in the distribution's settings, then drain and "
        "restart node after node.",
        check=check_deprecated_ipvs,
    ),
)
