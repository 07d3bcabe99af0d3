"""What everybody may know of a cluster, worked out once from its settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_network

from trimtab.plan.nodes import NodeFacts, plan_nodes
from trimtab.settings.kubernetes import Distribution
from trimtab.settings.root import Settings

_KUBELET_DIR = {
    Distribution.KUBEADM: "/var/lib/kubelet",
    Distribution.KUBESPRAY: "/var/lib/kubelet",
    Distribution.K3S: "/var/lib/kubelet",
    Distribution.RKE2: "/var/lib/kubelet",
    Distribution.K0S: "/var/lib/k0s/kubelet",
    Distribution.MICROK8S: "/var/snap/microk8s/common/var/lib/kubelet",
}
"""Where each distribution's kubelet keeps its state (their documentation of `--root-dir`)."""

_VOLUME_PLUGIN_DIR = {
    Distribution.KUBEADM: "/usr/libexec/kubernetes/kubelet-plugins/volume/exec",
    Distribution.KUBESPRAY: "/var/lib/kubelet/volume-plugins",
    Distribution.RKE2: "/var/lib/kubelet/volumeplugins",
    Distribution.K3S: "/usr/libexec/kubernetes/kubelet-plugins/volume/exec",
    Distribution.K0S: "/usr/libexec/k0s/kubelet-plugins/volume/exec",
    Distribution.MICROK8S: "/usr/libexec/kubernetes/kubelet-plugins/volume/exec",
}
"""Where each distribution's kubelet looks for FlexVolume plugins (`--volume-plugin-dir`)."""

_PROVIDES = {
    Distribution.KUBEADM: ("coredns", "kube-proxy"),
    Distribution.KUBESPRAY: ("calico", "coredns", "kube-proxy", "nodelocaldns"),
    Distribution.K3S: ("flannel", "coredns", "traefik", "local-path", "metrics-server", "servicelb"),
    Distribution.RKE2: ("canal", "coredns", "kube-proxy", "ingress-nginx", "metrics-server"),
    Distribution.K0S: ("kube-router", "coredns", "kube-proxy", "metrics-server"),
    Distribution.MICROK8S: ("calico", "coredns"),
    Distribution.OTHER: (),
}
"""What each distribution installs by default."""

POD_NETWORKS = frozenset(
    {"calico", "flannel", "canal", "cilium", "kube-router", "weave", "kube-ovn", "reference-plugins"}
)
"""Words in `kubernetes.provides` that mean: pods have a network."""


@dataclass(frozen=True)
class Cluster:
    """A cluster's settings and what follows from them alone."""

    settings: Settings

    @property
    def name(self) -> str:
        """The cluster's name."""
        return self.settings.cluster

    @cached_property
    def nodes(self) -> tuple[NodeFacts, ...]:
        """Every machine, by name."""
        return plan_nodes(self.settings)

    @cached_property
    def schedulable_nodes(self) -> tuple[NodeFacts, ...]:
        """The machines on which a pod that tolerates nothing may run."""
        return tuple(node for node in self.nodes if node.is_schedulable)

    @property
    def has_nodes(self) -> bool:
        """Whether the settings say anything of machines."""
        return bool(self.nodes)

    @property
    def is_single_node(self) -> bool:
        """Whether there is exactly one machine."""
        return len(self.nodes) == 1

    @property
    def is_small(self) -> bool:
        """Whether replicas and requests are cut."""
        return self.settings.size == "small" or self.is_single_node

    @cached_property
    def architectures(self) -> tuple[str, ...]:
        """The processor architectures of the machines, sorted; amd64 where nothing is said."""
        return tuple(sorted({str(node.arch) for node in self.nodes})) or ("amd64",)

    @cached_property
    def taints(self) -> tuple[str, ...]:
        """All taints of all machines, sorted, as kubectl writes them."""
        return tuple(sorted({taint for node in self.nodes for taint in node.taints}))

    @cached_property
    def ip_families(self) -> tuple[str, ...]:
        """`("IPv6",)`, `("IPv4",)` or both, the family of the first Service range first."""
        return tuple(dict.fromkeys(f"IPv{_version(cidr)}" for cidr in self.settings.network.services))

    @property
    def is_dual_stack(self) -> bool:
        """Whether pods and Services have both families."""
        return len(self.ip_families) == 2

    @property
    def is_ipv6_only(self) -> bool:
        """Whether there is no IPv4 at all."""
        return self.ip_families == ("IPv6",)

    @property
    def ip_family_policy(self) -> str:
        """What a Service of this cluster says in `ipFamilyPolicy`."""
        return "PreferDualStack" if self.is_dual_stack else "SingleStack"

    @property
    def provides(self) -> tuple[str, ...]:
        """What the distribution installs, which no application of ours may own."""
        given = self.settings.kubernetes.provides
        return _PROVIDES[self.settings.kubernetes.distribution] if given is None else tuple(given)

    @property
    def kubelet_dir(self) -> str | None:
        """The kubelet's root directory; nothing for an unknown distribution that does not say."""
        kubernetes = self.settings.kubernetes
        return kubernetes.kubelet_dir or _KUBELET_DIR.get(kubernetes.distribution)

    @property
    def volume_plugin_dir(self) -> str | None:
        """Where the kubelet looks for FlexVolume plugins; nothing for an unknown distribution that does not say."""
        kubernetes = self.settings.kubernetes
        return kubernetes.volume_plugin_dir or _VOLUME_PLUGIN_DIR.get(kubernetes.distribution)

    @property
    def kubernetes_minor(self) -> tuple[int, int]:
        """The minor version of Kubernetes: `(1, 35)`."""
        major, minor, *_ = self.settings.kubernetes.version.split(".")
        return int(major), int(minor)

    def pods(self, family: str) -> str | None:
        """The pod range of a family (`IPv4`, `IPv6`), as written."""
        return next((cidr for cidr in self.settings.network.pods if f"IPv{_version(cidr)}" == family), None)

    def services(self, family: str) -> str | None:
        """The Service range of a family (`IPv4`, `IPv6`), as written."""
        return next((cidr for cidr in self.settings.network.services if f"IPv{_version(cidr)}" == family), None)


def _version(cidr: str) -> int:
    return ip_network(cidr, strict=False).version
