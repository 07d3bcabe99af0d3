"""The first cluster's settings file: what was answered, and where the rest goes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trimtab.init.answers import Answers

_BRING_NETWORK = frozenset({"kubespray", "k3s", "rke2", "k0s", "microk8s"})
"""Distributions that install a pod network themselves; with the others it is ours to bring."""


def render_cluster(answers: Answers) -> str:
    """Write the settings file of a cluster."""
    return "\n".join([*_head(answers), *_nodes(answers), *_network(answers), *_components(answers), ""])


def _head(answers: Answers) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../../schemas/cluster.schema.json"
    yield "apiVersion: trimtab/v1"
    yield f"cluster: {_quote(answers.name)}"
    yield ""
    yield "kubernetes:"
    yield f"  version: {_quote(answers.kubernetes)}"
    yield f"  distribution: {answers.distribution}"
    yield "  # Where the API server is reached: a second control plane needs it, and later means new certificates."
    yield f'  # endpoint: "api.{answers.name}.example.org:6443"'
    yield ""


def _nodes(answers: Answers) -> Iterator[str]:
    if not answers.nodes:
        yield "# Machines by name say more (address, disks, arch, taints): `trimtab explain nodes`."
        yield "nodeCount: {controlPlane: 1, workers: 0}"
        return
    yield "nodes:"
    for index, (name, address) in enumerate(answers.nodes):
        role = "roles: [control-plane], " if index == 0 else ""
        yield f"  {_quote(name)}: {{{role}address: {_quote(address)}}}"


def _network(answers: Answers) -> Iterator[str]:
    yield from ("", "network:")
    yield f"  pods: {_list(answers.pods)}"
    yield f"  services: {_list(answers.services)}"
    if all(":" in one for one in answers.services):
        yield "  # An assumption: IPv4 hosts are reached through NAT64. Without it they need mirrors, which go into"
        yield "  # `repositories` and `registries`."
        yield "  nat64: true"
    if answers.nodes:
        yield "  # Any NTP servers that the hosts reach; of the pool's names this one has IPv6 addresses too."
        yield "  timeServers: [2.pool.ntp.org]"
    yield "  # Addresses for Services of type LoadBalancer."
    yield "  # loadBalancers: []"
    if answers.nodes:
        yield from ("", "backup:", "  etcd: {every: 6h}")


def _components(answers: Answers) -> Iterator[str]:
    yield from ("", "# What there is: `trimtab explain components`. Argo CD comes by itself.", "components:")
    if answers.distribution not in _BRING_NETWORK:
        yield "  calico: {}"
    yield "  cert-manager:"
    yield "    issuers:"
    yield f"      {answers.name}-ca: {{selfSigned: {{commonName: {answers.name} CA}}}}"


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quote, texts))}]"


def _quote(text: str) -> str:
    """Quote what was typed, so that YAML reads text and nothing else: `on`, `1e3` and `::1` are names and addresses."""
    return json.dumps(text)
