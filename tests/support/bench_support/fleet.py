"""The settings of a fleet: clusters as a user would write them, each large enough to be worth measuring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

PEERS, POOLS, SHARED, ISSUERS = 64, 44, 6, 12
"""How many things of each kind a cluster's settings name: with the rest they make some 200 objects."""

_PLATFORM = {
    "apiVersion": "trimtab/v1",
    "gitops": {"repoURL": "https://git.example.org/platform.git", "credentials": {"secretName": "repo-platform"}},
    "allow": {"local-volume-pins-workload": {"components.local-path": {"reason": "scratch space alone lies there"}}},
}
_PROFILE = {
    "apiVersion": "trimtab/v1",
    "nodeDefaults": {"os": "debian", "arch": "amd64", "schedulable": True},
    "network": {"timeServers": ["time.example.org"]},
    "backup": {"etcd": {"every": "6h"}},
}


def write_fleet(root: Path, clusters: int) -> None:
    """Write `apps/` for a number of clusters below `root`."""
    _write(root / "apps/platform.yaml", _PLATFORM)
    _write(root / "apps/profiles/racks.yaml", _PROFILE)
    for number in range(clusters):
        write_cluster(root, number)


def write_cluster(root: Path, number: int, *, first_as: int = 64512) -> None:
    """Write the settings of one cluster; `first_as` is the one setting that a measurement changes."""
    _write(root / f"apps/clusters/{_name(number)}.yaml", plan_cluster(number, first_as))


def plan_cluster(number: int, first_as: int = 64512) -> dict[str, Any]:
    """Plan the settings of one cluster; no two are alike."""
    name, net = _name(number), f"10.{number % 250}"
    return {
        "apiVersion": "trimtab/v1",
        "cluster": name,
        "profiles": ["racks"],
        "domain": f"{name}.example.org",
        "kubernetes": {"version": "1.35", "distribution": "kubeadm", "endpoint": f"api.{name}.example.org:6443"},
        "nodes": {f"{name}-n{at}": _node(f"{net}.0.{10 + at}", at) for at in range(12)},
        "network": {
            "pods": ["172.16.0.0/16"],
            "services": ["172.17.0.0/20"],
            "nodes": [f"{net}.0.0/24"],
            "loadBalancers": [f"{net}.8.0/24"],
        },
        "components": _components(name, net, first_as + number),
    }


def _name(number: int) -> str:
    return f"site{number:03}"


def _node(address: str, at: int) -> dict[str, Any]:
    role = {"roles": ["control-plane"]} if at < 3 else {}
    disks = [{"name": "sdb", "size": "2Ti"}, {"name": "sdc", "size": "2Ti"}]
    return {**role, "address": address, "disks": disks, "cpu": 16, "memory": "64Gi"}


def _components(name: str, net: str, own_as: int) -> dict[str, Any]:
    peers = {f"rack{at}": _peer(net, at) for at in range(PEERS)}
    pools = {f"team{at}": _pool(f"team{at}", default=at == 0) for at in range(POOLS)}
    shared = {f"shared{at}": {"replicas": 3, "storageClass": {"name": f"shared{at}"}} for at in range(SHARED)}
    return {
        "calico": {"bgp": {"asNumber": own_as, "peers": peers, "advertise": ["services", "loadBalancers"]}},
        "cert-manager": {"issuers": {f"team{at}": _issuer(name, at) for at in range(ISSUERS)}},
        "gateway-api": {},
        "local-path": {"storageClass": {"name": "scratch"}},
        "rook": {"blockPools": pools, "filesystems": shared, "toolbox": {}, "dashboard": {}},
    }


def _peer(net: str, at: int) -> dict[str, Any]:
    return {"address": f"{net}.1.{at + 1}", "asNumber": 65000 + at, "nodeSelector": f"rack == 'r{at}'"}


def _pool(name: str, *, default: bool) -> dict[str, Any]:
    return {"replicas": 3, "storageClass": {"name": name, **({"default": True} if default else {})}}


def _issuer(name: str, at: int) -> dict[str, Any]:
    key = {"name": f"tsig-team{at}", "key": "secret"}
    rfc2136 = {"nameserver": "192.0.2.53", "keyName": f"team{at}", "keySecret": key}
    dns01 = {"rfc2136": rfc2136, "zones": [f"team{at}.{name}.example.org"]}
    return {"acme": {"email": f"team{at}@{name}.example.org", "dns01": dns01}}


def _write(file: Path, value: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(value, sort_keys=False), encoding="utf-8")
