"""Each rule is quiet where its bad example is mended: the near miss beside every `tests/bad/<code>/`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

METALLB = "network: {loadBalancers: [10.0.1.0/24]}\ncomponents: {metallb: {}}\n"
ALLOWED = "allow: {local-volume-pins-workload: {components.local-path: {reason: one node}}}\n"

QUIET = {
    "not-a-range": "network: {loadBalancers: [10.0.1.10-10.0.1.99, 10.0.2.0/24]}",
    "overlapping-ranges": "network: {nodes: [192.168.0.0/24], loadBalancers: [192.168.0.200-192.168.0.250]}",
    "families-differ": 'network: {pods: [10.233.64.0/18, "fd00::/56"], services: [10.233.0.0/18, "fd01::/108"]}',
    "service-range-size": "network: {services: [10.233.0.0/28]}",
    "pod-range-too-small": "nodeCount: {controlPlane: 3, workers: 40}\nnetwork: {pods: [10.234.0.0/22]}",
    "not-an-address": "nodes: {one: {address: 10.0.0.11}}",
    "node-address-ambiguous": "network: {nodes: [10.0.0.0/24]}\nnodes: {one: {address: 10.0.0.11}}",
    "node-address-twice": "nodes: {one: {address: 10.0.0.11}, two: {address: 10.0.0.12}}",
    "control-plane-without-endpoint": "nodeCount: {controlPlane: 3}",
    "even-control-planes": "kubernetes: {endpoint: 'api.example.org:6443'}\nnodeCount: {controlPlane: 5}",
    "nothing-schedulable": "nodes: {one: {address: 10.0.0.11, roles: [control-plane]}}",
    "installed-twice-by-distribution": METALLB,
    "load-balancer-strict-arp": METALLB + "kubernetes: {version: '1.34'}",
    "deprecated-ipvs": "kubernetes: {version: '1.34'}\nnetwork: {kubeProxy: {mode: ipvs}}",
    "source-without-ipv6": "gitops: {repoURL: 'https://github.com/example/platform.git'}",
    "several-default-classes": "components: {local-path: {storageClass: {default: true}}}\n" + ALLOWED,
    "local-volume-pins-workload": "components: {cert-manager: {}}",
    "unknown-release": "components: {cert-manager: {version: v1.20.3}}",
    "kubernetes-out-of-range": "kubernetes: {version: 1.35.2}\ncomponents: {cert-manager: {}}",
    "known-bad-version": "kubernetes: {distributionVersion: v2.18.2}\nnodes: {one: {address: 10.0.0.11}}",
    "dead-helm-value": "components: {cert-manager: {values: {cert-manager: {replicaCount: 2}}}}",
    "values-without-chart": "components: {cert-manager: {values: {cert-manager: {}}}}",
    "derived-value-overridden": "components: {cert-manager: {values: {cert-manager: {crds: {enabled: true}}}}}",
    "ring": "applications: {shop: {after: [search]}, search: {}}",
    "unknown-application": "components: {cert-manager: {}}\napplications: {shop: {after: [cert-manager]}}",
    "reserved-name": "applications: {roots: {}}",
    "destination-twice": "gitops: {destination: {name: lab}}",
    "nodes-named-and-counted": "nodeCount: {controlPlane: 1}",
}
"""Settings that come near the bad thing and are not it."""


@pytest.mark.parametrize("code", QUIET)
def test_the_mended_example_is_quiet(codes: Callable[[str], list[str]], code: str) -> None:
    """What is right is found by no rule at all."""
    assert codes(QUIET[code]) == []
