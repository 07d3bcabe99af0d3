"""Settings of Calico."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.settings.component import ComponentSettings, Resources
from trimtab.settings.model import Cidr, DnsName, Duration, Model, Port

Family = Literal["IPv4", "IPv6"]
"""A family of addresses."""

Encapsulation = Literal["None", "IPIP", "IPIPCrossSubnet", "VXLAN", "VXLANCrossSubnet"]
"""How packets between pods of two nodes are wrapped, in the operator's words."""

AsNumber = Annotated[int, Field(ge=1, le=4294967295)]
"""The number of an autonomous system (RFC 6793)."""

Workload = Literal[
    "operator", "node", "typha", "kube-controllers", "csi-node-driver", "apiserver", "goldmane", "whisker"
]
"""What can be given resources."""


class SecretKey(Model):
    """A key of a Secret that somebody makes outside Git."""

    secret_name: DnsName
    """The Secret, in the namespace `calico-system`."""
    key: str = Field("password", title="a key of a Secret", pattern=r"^[-._a-zA-Z0-9]+$", examples=["password"])
    """Its key."""


class Peer(Model):
    """A router that the nodes exchange routes with."""

    address: str = Field(min_length=1, max_length=64, examples=["2001:db8::1", "[2001:db8::1]:1179"])
    """Its address, with a port where it is not 179. Brackets around an IPv6 address may be there or not."""
    port: Port | None = None
    """Its port. Default: the one in `address`, else 179."""
    as_number: AsNumber
    """The number of its autonomous system. Calico holds at most 2147483647."""
    password: SecretKey | None = None
    """The session's password (RFC 2385), at most 80 characters: only ever a reference to a Secret."""
    node_selector: str | None = Field(None, min_length=1, max_length=1024, examples=["rack == 'r1'"])
    """Which nodes speak to it, in Calico's selector words over node labels. Default: all."""
    next_hop_mode: Literal["Auto", "Self", "Keep"] | None = None
    """Which next hop the nodes announce to it. Default: Calico's, `Auto`."""
    max_restart_time: Duration | None = None
    """How long it keeps our routes while a node's routing daemon restarts (RFC 4724). Default: Calico's, `120s`."""
    source_address: Literal["UseNodeIP", "None"] | None = None
    """Whether sessions start from the node's address. Default: Calico's, `UseNodeIP`."""


class Bgp(Model):
    """Routes to pods by BGP."""

    as_number: AsNumber = 64512
    """The number of the nodes' autonomous system. Calico holds at most 2147483647."""
    peers: dict[DnsName, Peer] = Field({}, examples=[{"router1": {"address": "2001:db8::1", "asNumber": 65533}}])
    """Routers outside, by name."""
    node_to_node_mesh: bool = True
    """Whether every node speaks to every other one."""
    advertise: list[Literal["services", "loadBalancers"]] = []
    """Which of the cluster's ranges are announced beside the pods'. With `loadBalancers` Calico also gives Services of
    type LoadBalancer their addresses, from `network.loadBalancers`."""
    external_ips: list[Cidr] = Field([], alias="externalIPs", examples=[["2001:db8:9::/120"]])
    """Ranges of the `externalIPs` of Services that are announced."""
    listen_port: Port | None = None
    """The port that nodes listen on. Default: 179."""


class NodeInterface(Model):
    """The node's address is that of an interface."""

    interface: str = Field(min_length=1, examples=["eth0,enp.*"])
    """Regular expressions over interface names, with commas between them."""


class NodeRanges(Model):
    """The node's address is the one in these ranges."""

    cidrs: list[Cidr] = Field(min_length=1, examples=[["2001:db8::/64"]])
    """The ranges."""


class Settings(ComponentSettings):
    """Calico: the network of pods, by its operator, and BGP with the routers outside."""

    bgp: Bgp | None = None
    """Routes to pods by BGP; `{}` for a mesh between the nodes alone. Default: off, pods meet through an overlay."""
    encapsulation: Encapsulation | None = None
    """How packets between pods of two nodes are wrapped. Default: not at all with BGP, else VXLAN, which carries both
    families. IPIP carries IPv4 alone."""
    block_size: dict[Family, int] = Field({}, examples=[{"IPv6": 122}])
    """The prefix length of the blocks that nodes take from the pod range: IPv4 20 to 32, IPv6 116 to 128. It cannot be
    changed afterwards. Default: 26 and 122, longer where the range would not give each node a block."""
    dataplane: Literal["Iptables", "Nftables", "BPF"] | None = None
    """What filters and forwards packets on the nodes. Default: what kube-proxy uses."""
    node_address: dict[Family, Literal["NodeInternalIP"] | NodeInterface | NodeRanges] = Field(
        {}, examples=[{"IPv6": {"interface": "eth0"}}]
    )
    """How a node's own address is found. Default: the one in `network.nodes`, else what Kubernetes holds for its
    internal address."""
    csi: bool = False
    """Whether Calico's CSI driver runs on each node; only policies above layer 4 need it."""
    control_plane_replicas: int | None = Field(None, ge=1, le=10)
    """How many pods of the API server and of the controllers. Default: 2, one on small clusters."""
    goldmane: bool = False
    """Whether flows between pods are collected. It takes memory on every cluster, so it is off unless asked for."""
    whisker: bool = False
    """Whether there is a web page of these flows; brings what collects them along."""
    resources: dict[Workload, Resources] = Field({}, examples=[{"node": {"requests": {"cpu": "250m"}}}])
    """Requests and limits by the name of the workload."""
