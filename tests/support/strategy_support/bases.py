"""Clusters that are right as they are, of each family and of the ways to install them."""

from __future__ import annotations

from typing import Any

RANGES: dict[str, dict[str, list[str]]] = {
    "IPv4": {
        "pods": ["10.244.0.0/16"], "services": ["10.96.0.0/16"], "nodes": ["192.0.2.0/25"],
        "loadBalancers": ["192.0.2.192/27"],
    },
    "IPv6": {
        "pods": ["2001:db8:1::/56"], "services": ["2001:db8:2::/108"], "nodes": ["2001:db8:4::/64"],
        "loadBalancers": ["2001:db8:3::/112"],
    },
    "dual": {
        "pods": ["10.244.0.0/16", "2001:db8:1::/56"], "services": ["10.96.0.0/16", "2001:db8:2::/108"],
        "nodes": ["192.0.2.0/25", "2001:db8:4::/64"], "loadBalancers": ["192.0.2.192/27", "2001:db8:3::/112"],
    },
}  # fmt: skip
DISTRIBUTIONS = ("kubeadm", "kubespray")
BASES = tuple((family, distribution) for family in RANGES for distribution in DISTRIBUTIONS)


def base(family: str, distribution: str, components: dict[str, Any] | None = None) -> dict[str, Any]:
    """Give the settings of a cluster with a control plane and three workers, each with a disk.

    Args:
        family: One of `RANGES`.
        distribution: One of `DISTRIBUTIONS`.
        components: What runs in it.
    """
    address = "2001:db8:4::{}" if family == "IPv6" else "192.0.2.{}"
    control = {"address": address.format(10), "roles": ["control-plane"]}
    workers = {
        f"w{number}": {"address": address.format(number), "memory": "32Gi", "disks": [{"name": "sdb", "size": "500Gi"}]}
        for number in (11, 12, 13)
    }
    own: dict[str, Any] = {"calico": {}} if distribution == "kubeadm" else {}
    return {
        "apiVersion": "trimtab/v1",
        "cluster": "lab",
        "domain": "lab.example.org",
        "kubernetes": {"version": "1.35", "distribution": distribution},
        "network": {**RANGES[family], "timeServers": ["time.example.org"], "nat64": family == "IPv6"},
        "backup": {"etcd": {}},
        "gitops": {"repoURL": "https://git.example.org/platform.git"},
        "nodes": {"cp": control, **workers},
        "components": own | (components or {}),
    }


LEAST: dict[str, dict[str, Any]] = {
    "harbor": {"tls": {"trusted": True}},
    "ceph-csi": {"monitors": {"a": "192.0.2.5:6789"}, "fsid": "b9127830-b0cc-4e34-aa47-9d1a2e9949a8"},
}
"""What components cannot be without, or are not right without."""
_STORAGE: dict[str, Any] = {"local-path": {"storageClass": {"default": True}}}
_WEB: dict[str, Any] = {"metallb": {}, "traefik": {}}
_CERTIFICATES: dict[str, Any] = {"cert-manager": {"issuers": {"ca": {"selfSigned": {"commonName": "lab"}}}}}
COMPANY: dict[str, dict[str, Any]] = {
    "harbor": {**_STORAGE, **_WEB, **_CERTIFICATES},
    "ingress-nginx": {"metallb": {}},
    "logging": _STORAGE,
    "prometheus": _STORAGE,
    "traefik": {"metallb": {}},
}
"""What else has to run where a component does."""


def base_with(family: str, distribution: str, component: str) -> dict[str, Any]:
    """Give a cluster with one component, and with what that needs."""
    least = LEAST.get(component, {})
    if component == "ceph-csi" and family == "IPv6":
        least = {**least, "monitors": {"a": "[2001:db8:4::5]:6789"}}
    return base(family, distribution, {**COMPANY.get(component, {}), component: least})
