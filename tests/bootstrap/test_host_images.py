"""Images that hosts pull before there is a cluster: those that are known, and who names the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trimtab.bootstrap.host_images import plan_host_images, plan_unknown_host_images
from trimtab.catalogue.kubeadm_images import other_images
from trimtab.images.reference import parse_reference

Made = Callable[..., Any]

KUBE_VIP = {"endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"}
MIRRORS = {
    "registry.k8s.io": {"mirror": "https://m.example.org/v2/k8s", "rewrite": True},
    "docker.io": {"mirror": "https://m.example.org/v2/hub", "rewrite": True},
}


@pytest.mark.parametrize(
    ("version", "etcd", "coredns", "pause"),
    [
        ("1.33.5", "3.5.21-0", "v1.12.0", "3.10"),
        ("1.33.6", "3.5.24-0", "v1.12.0", "3.10"),
        ("1.34.1", "3.6.4-0", "v1.12.1", "3.10.1"),
        ("1.34.2", "3.6.5-0", "v1.12.1", "3.10.1"),
        ("1.35.4", "3.6.6-0", "v1.13.1", "3.10.1"),
        ("1.36.0", "3.6.8-0", "v1.14.2", "3.10.2"),
    ],
)
def test_each_patch_has_its_own_etcd_coredns_and_pause(version: str, etcd: str, coredns: str, pause: str) -> None:
    """Patches change etcd within a minor."""
    wanted = (f"coredns/coredns:{coredns}", f"pause:{pause}", f"etcd:{etcd}")
    assert other_images(version) == tuple(f"registry.k8s.io/{one}" for one in wanted)


@pytest.mark.parametrize("version", ["1.32.0", "1.36.99", "1.37.0", "1.36.0-rc.1"])
def test_a_patch_that_nobody_has_looked_at_is_not_guessed(version: str) -> None:
    """A new patch may bring another etcd."""
    assert other_images(version) is None


def test_exact_version_has_all_of_kubeadms_images(day0: Made) -> None:
    """Seven of them, and the static pod; of containerd's own pause image it is said who knows."""
    made = day0("dual", kubernetes={"version": "1.35.4", **KUBE_VIP})
    images = [one.image for one in plan_host_images(made.plan.cluster)]
    assert [parse_reference(one).repository for one in images] == [
        *("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy"),
        *("coredns/coredns", "pause", "etcd", "kube-vip/kube-vip"),
    ]
    assert all("arm64" in one.architectures for one in plan_host_images(made.plan.cluster))
    (unknown,) = plan_unknown_host_images(made.plan.cluster)
    assert "containerd config dump" in unknown


@pytest.mark.parametrize(
    ("version", "count", "command"),
    [("1.35", 0, "exact kubernetes.version"), ("1.35.99", 4, "config images list --kubernetes-version v1.35.99")],
)
def test_what_is_not_known_is_said_with_the_command(day0: Made, version: str, count: int, command: str) -> None:
    """A minor alone is whatever is newest on that day."""
    cluster = day0(kubernetes={"version": version}).plan.cluster
    assert len(plan_host_images(cluster)) == count
    assert command in plan_unknown_host_images(cluster)[0]


def test_kubespray_names_its_own(day0: Made) -> None:
    """It has versions of its own for etcd and CoreDNS."""
    cluster = day0(kubernetes={"version": "1.35.4", "distribution": "kubespray", **KUBE_VIP}).plan.cluster
    assert plan_host_images(cluster) == ()
    (unknown,) = plan_unknown_host_images(cluster)
    assert "contrib/offline/generate_list.sh" in unknown


def test_nothing_is_said_of_hosts_that_are_not_ours(day0: Made) -> None:
    """Without machines no file of day 0 is written."""
    cluster = day0(kubernetes={"version": "1.35.4", "distribution": "k3s"}).plan.cluster
    assert plan_host_images(cluster) == ()
    assert plan_unknown_host_images(cluster) == ()


def test_what_hosts_pull_is_rewritten_too(day0: Made) -> None:
    """CoreDNS lies one step lower only upstream; the list still has upstream's names."""
    made = day0("IPv6", kubernetes={"version": "1.35.4", **KUBE_VIP}, registries=MIRRORS)
    config = made.documents("10-kubeadm/init-n1.yaml")["ClusterConfiguration"]
    assert config["imageRepository"] == "m.example.org/k8s"
    assert config["dns"] == {"imageRepository": "m.example.org/k8s/coredns"}
    (container,) = made.document("10-kubeadm/kube-vip.yaml")["spec"]["containers"]
    assert container["image"].startswith("m.example.org/hub/plndr/kube-vip:")
    assert not any("m.example.org" in one.image for one in plan_host_images(made.plan.cluster))


def test_nothing_is_written_about_images_unless_asked(day0: Made) -> None:
    """A mirror that nodes are told of needs no other name."""
    made = day0("IPv6", registries={"registry.k8s.io": {"mirror": "https://m.example.org/v2/k8s"}})
    config = made.documents("10-kubeadm/init-n1.yaml")["ClusterConfiguration"]
    assert not {"imageRepository", "dns"} & config.keys()
