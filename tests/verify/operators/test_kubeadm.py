"""What kubeadm and the kubelet are told, in a tree that also holds it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from trimtab.verify.entry import Entry
from trimtab.verify.operators.kubeadm import check_configuration
from trimtab.verify.world import ChartUse

STACK = "kube-prometheus-stack"
NEW = "{extraArgs: [{name: bind-address, value: '::'}]}"
OLD = "{extraArgs: {bind-address: 0.0.0.0}}"
LISTEN = "etcd: {local: {extraArgs: {listen-metrics-urls: 'http://10.0.0.1:2381'}}}"


def find(text: str, kind: str = "ClusterConfiguration", *, chart: str = STACK, **values: Any) -> list[str]:
    """Give `code path` of what is found, in a tree with a chart."""
    entry = Entry(manifest=yaml.safe_load(text), group="", version="", kind=kind, namespace="", name="")
    use = ChartUse(application="a", chart=chart, version="1", namespace="n", release_name="r", values=values)
    return [f"{one.code} {'.'.join(map(str, one.path))}" for one in check_configuration(entry, [use])]


def test_metrics_on_localhost_are_found_for_each_of_the_three() -> None:
    """Where monitoring asks for them, and they are told nothing or to stay there."""
    assert find("{etcd: {local: {}}, scheduler: {extraArgs: [{name: bind-address, value: 127.0.0.1}]}}") == [
        "targets-always-down controllerManager.extraArgs",
        "targets-always-down scheduler.extraArgs.0.value",
        "targets-always-down etcd.local.extraArgs",
    ]


@pytest.mark.parametrize("form", [NEW, OLD])
def test_metrics_that_are_open_are_quiet(form: str) -> None:
    """In both forms of arguments."""
    assert find(f"{{controllerManager: {form}, scheduler: {form}, {LISTEN}}}") == []


def test_metrics_that_nobody_asks_for_are_quiet() -> None:
    """Without the chart, with its targets switched off, and of an etcd elsewhere."""
    assert find("{}", chart="traefik") == []
    off: dict[str, Any] = {key: {"enabled": False} for key in ("kubeControllerManager", "kubeScheduler", "kubeEtcd")}
    assert find("{}", **off) == []
    assert find(f"{{controllerManager: {OLD}, scheduler: {OLD}, etcd: {{external: {{}}}}}}") == []


def test_quota_of_megabytes_is_found() -> None:
    """20 MiB for 20 GiB."""
    text = "{etcd: {local: {extraArgs: [{name: quota-backend-bytes, value: '%d'}]}}}"
    assert find(text % (20 * 1024**2), chart="") == ["etcd-quota etcd.local.extraArgs.0.value"]
    assert find(text % (2 * 1024**3), chart="") == []
    assert find(text % 0, chart="") == []


def test_kubelet_that_renews_or_deletes_nothing_is_found() -> None:
    """Only where somebody wrote so."""
    text = "{rotateCertificates: false, imageGCHighThresholdPercent: 100}"
    found = ["certificate-expired rotateCertificates", "disk-full-of-images imageGCHighThresholdPercent"]
    assert find(text, "KubeletConfiguration") == found
    assert find("{imageGCHighThresholdPercent: 85}", "KubeletConfiguration") == []


@pytest.mark.parametrize(
    ("ranges", "arguments", "count"),
    [
        ("10.244.0.0/16,fd00::/56", "", 0),
        ("fd00::/64", "", 1),
        ("fd00::/64", "{name: node-cidr-mask-size-ipv6, value: '80'}", 0),
        ("10.244.0.0/25", "", 1),
        ("10.244.0.0/25", "{name: allocate-node-cidrs, value: 'false'}", 0),
        ("not a range", "", 0),
    ],
)
def test_range_of_one_block_is_found(ranges: str, arguments: str, count: int) -> None:
    """A block a node, of the usual length or of the one that is given."""
    text = f"{{networking: {{podSubnet: '{ranges}'}}, controllerManager: {{extraArgs: [{arguments}]}}}}"
    assert find(text, chart="") == ["pod-range-too-small networking.podSubnet"] * count
