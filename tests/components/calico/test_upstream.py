"""Every object against the CRDs of its release, every value against its chart."""

from __future__ import annotations

from typing import Any

import pytest

from calico_support.made import make_cluster
from trimtab.catalogue.components import releases
from upstream_support.chart_values import chart_defaults, value_errors
from upstream_support.crd_schemas import load_crds, validate, validate_spec
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

pytestmark = pytest.mark.skipif(find_upstream() is None, reason=MISSING)

VERSIONS = [release.version for release in releases("calico")]
AMOUNTS = {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"memory": "1Gi"}}
WORKLOADS = ("operator", "node", "typha", "kube-controllers", "csi-node-driver", "apiserver", "goldmane", "whisker")
PEER: dict[str, Any] = {
    "address": "[2001:db8::ff]:1179",
    "asNumber": 65001,
    "password": {"secretName": "bgp"},
    "nodeSelector": "rack == 'r1'",
    "nextHopMode": "Keep",
    "maxRestartTime": "4m",
    "sourceAddress": "None",
}
FULL: dict[str, Any] = {
    "bgp": {
        "asNumber": 65000,
        "peers": {"router": PEER},
        "advertise": ["services", "loadBalancers"],
        "externalIPs": ["2001:db8:9::/120"],
        "listenPort": 1179,
    },
    "csi": True,
    "whisker": True,
    "dataplane": "BPF",
    "resources": dict.fromkeys(WORKLOADS, AMOUNTS),
}
NETWORK = {"loadBalancers": ["10.0.1.8-10.0.1.17", "2001:db8:3::/112"], "mtu": 1400}
KUBERNETES = {"version": "1.35", "endpoint": "api.example.org:6443"}
SHAPES: dict[str, dict[str, Any]] = {
    "as it comes": {"calico": {}, "net": "IPv6"},
    "one node": {"calico": {}, "net": "IPv4", "nodes": 1},
    "all": {"calico": FULL, "net": "dual", "network": NETWORK, "kubernetes": KUBERNETES},
    "tainted": {"calico": FULL, "net": "IPv6", "nodeDefaults": {"taints": ["a=b:NoSchedule"], "arch": "arm"}},
}


@pytest.fixture(params=list(SHAPES))
def shape(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Give each shape of a cluster in turn."""
    return dict(SHAPES[str(request.param)])


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_is_valid(version: str, shape: dict[str, Any]) -> None:
    """The API server of each release would take every custom resource, with nothing dropped."""
    made = make_cluster({**shape.pop("calico"), "version": version}, **shape)
    # The kinds that an aggregated API serves have CRDs in one release only; the fields are the same.
    served = load_crds("calico", "v3.32.1", file_names=("crds-native-v3.yaml",))
    crds = release_crds("calico", version) | served
    judged = [built.manifest for built in made.all_built if crds.covers(built.manifest)]
    assert {"Installation", "APIServer"} <= {manifest["kind"] for manifest in judged}
    assert [problem for manifest in judged for problem in validate(manifest, crds)] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_release_can_store_what_we_say(version: str) -> None:
    """Calico keeps its objects in CRDs of its own, which must know each field that we write."""
    made = make_cluster({**FULL, "version": version}, **{k: v for k, v in SHAPES["all"].items() if k != "calico"})
    crds = release_crds("calico", version)
    judged = [built.manifest for built in made.built("calico-config") if "calico" in built.manifest["apiVersion"]]
    assert {manifest["kind"] for manifest in judged} == {"BGPConfiguration", "BGPPeer", "IPPool"}
    for manifest in judged:
        kind = manifest["kind"]
        assert validate_spec(manifest["spec"], crds, group="crd.projectcalico.org", version="v1", kind=kind) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_dead_helm_value_every_key_is_read(version: str, shape: dict[str, Any]) -> None:
    """Each chart reads every value that we write for it."""
    made = make_cluster({**shape.pop("calico"), "version": version}, **shape)
    assert made.charts
    for found in made.charts.values():
        assert value_errors(found.values, found.pin.chart, found.pin.version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_chart_brings_no_object_that_is_ours(version: str) -> None:
    """What the chart would make of custom resources by itself is all switched off."""
    defaults = chart_defaults("tigera-operator", version)
    switches = {key for key, value in defaults.items() if isinstance(value, dict) and value.get("enabled") is True}
    values = make_cluster({"version": version}).charts["calico-operator"].values
    assert switches
    assert {key: values[key] for key in switches} == {key: {"enabled": False} for key in switches}
