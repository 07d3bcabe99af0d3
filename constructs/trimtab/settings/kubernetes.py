"""Which Kubernetes this is, and what it brings with it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from trimtab.settings.model import VERSION, Address, DnsName, Model, Quantity


class Distribution(StrEnum):
    """Who installed Kubernetes."""

    KUBEADM = "kubeadm"
    KUBESPRAY = "kubespray"
    K3S = "k3s"
    K0S = "k0s"
    RKE2 = "rke2"
    MICROK8S = "microk8s"
    OTHER = "other"


class EndpointProvider(StrEnum):
    """What makes one address lead to every control plane."""

    KUBE_VIP = "kube-vip"
    HAPROXY_KEEPALIVED = "haproxy-keepalived"
    NONE = "none"


class Etcd(Model):
    """etcd, which keeps the state of the cluster."""

    quota: Quantity = Field("4Gi", examples=["8Gi"])
    """How large its database may grow, in bytes, the same on every member; once it is full the whole cluster refuses
    writes. etcd suggests no more than 8Gi; less leaves room to raise it in need."""
    own_volume: bool = False
    """Whether `/var/lib/etcd` of every control plane is a volume of its own, so that images and logs cannot fill it up.
    The hosts are checked for it; you make it."""


class Kubernetes(Model):
    """Which Kubernetes this is, and what it brings with it."""

    version: str = Field(
        title="a version of Kubernetes", pattern=r"^1\.[1-9][0-9](\.(0|[1-9][0-9]{0,8}))?$", examples=["1.35"]
    )
    """The version of the API server: a minor (`1.35`) or an exact version."""
    distribution: Distribution = Distribution.KUBEADM
    """Who installed Kubernetes: decides the kubelet's directories and what is there already."""
    distribution_version: str | None = Field(None, title="a version", pattern=VERSION, examples=["v2.31.0"])
    """The version of the distribution: for kubespray its tag."""
    endpoint: str | None = Field(
        None,
        title="host:port",
        pattern=r"^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}$",
        examples=["api.example.org:6443"],
    )
    """Where the API server is reached: `host:port`, an IPv6 address in brackets. Several control planes need one."""
    endpoint_provider: EndpointProvider = EndpointProvider.NONE
    """What makes the endpoint lead to every control plane: its files are written for the hosts. Default: somebody
    else's load balancer, or a DNS record."""
    endpoint_address: Address | None = None
    """The address that moves between the control planes, where `endpoint` is a name. Default: the one in `endpoint`."""
    etcd: Etcd = Field(default_factory=Etcd)
    """etcd, which keeps the state of the cluster."""
    provides: list[str] | None = Field(None, examples=[["calico", "coredns"]])
    """What the distribution installs itself and Argo CD must not own. Default: what this distribution is known to
    bring."""
    cluster_domain: DnsName = "cluster.local"
    """The DNS domain of Services inside the cluster."""
    kubelet_dir: str | None = Field(
        None, title="an absolute path", pattern=r"^/[^ \t\r\n]+$", examples=["/var/lib/kubelet"]
    )
    """The kubelet's root directory. Default: the distribution's."""
    volume_plugin_dir: str | None = Field(
        None, title="an absolute path", pattern=r"^/[^ \t\r\n]+$", examples=["/var/lib/kubelet/volume-plugins"]
    )
    """Where the kubelet looks for FlexVolume plugins. Default: the distribution's."""
