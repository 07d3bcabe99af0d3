"""What everybody may know of a cluster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trimtab.plan.cluster import Cluster
from trimtab.plan.given import plan_given
from trimtab.plan.offers import PodNetwork, StorageClass
from trimtab.settings.kubernetes import Distribution

MakeCluster = Callable[..., Cluster]
V4, V6 = "10.2.0.0/16", "2001:db8:2::/108"


@pytest.mark.parametrize(
    ("services", "families", "policy", "ipv6_only"),
    [
        ([V4], ("IPv4",), "SingleStack", False),
        ([V6], ("IPv6",), "SingleStack", True),
        ([V6, V4], ("IPv6", "IPv4"), "PreferDualStack", False),
        ([V4, V6], ("IPv4", "IPv6"), "PreferDualStack", False),
    ],
)
def test_families_follow_from_the_services_ranges(
    cluster: MakeCluster, services: list[str], families: tuple[str, ...], policy: str, ipv6_only: bool
) -> None:
    """The first range's family is the cluster's first family."""
    made = cluster(network={"services": services})
    assert (made.ip_families, made.ip_family_policy, made.is_ipv6_only) == (families, policy, ipv6_only)


def test_a_range_is_found_by_its_family(cluster: MakeCluster) -> None:
    """Pods and Services of each family, or nothing."""
    made = cluster(network={"services": [V6], "pods": ["2001:db8:1::/56"]})
    assert (made.services("IPv6"), made.services("IPv4"), made.pods("IPv6")) == (V6, None, "2001:db8:1::/56")


@pytest.mark.parametrize("distribution", [one for one in Distribution if one is not Distribution.OTHER])
def test_every_known_distribution_has_its_directories(cluster: MakeCluster, distribution: str) -> None:
    """Volumes are mounted where the kubelet of that distribution looks."""
    made = cluster(kubernetes={"distribution": distribution})
    assert (made.kubelet_dir or "").startswith("/var")
    assert (made.volume_plugin_dir or "").startswith("/")


def test_of_another_distribution_nothing_is_assumed(cluster: MakeCluster) -> None:
    """No directory is guessed, nothing is taken to be there; what is said holds."""
    made = cluster(kubernetes={"distribution": "other"})
    assert (made.kubelet_dir, made.volume_plugin_dir, made.provides) == (None, None, ())
    assert cluster(kubernetes={"distribution": "other", "kubeletDir": "/k"}).kubelet_dir == "/k"


def test_what_a_distribution_brings_can_be_said_otherwise(cluster: MakeCluster) -> None:
    """Calico comes with kubespray, unless it was told not to; an empty list is an answer."""
    assert "calico" in cluster(kubernetes={"distribution": "kubespray"}).provides
    assert cluster(kubernetes={"distribution": "kubespray", "provides": []}).provides == ()


def test_what_is_given_is_offered_by_kubernetes(cluster: MakeCluster) -> None:
    """k3s brings a pod network and a default StorageClass; kubeadm brings neither."""
    given = plan_given(cluster(kubernetes={"distribution": "k3s"}))
    assert {type(offer) for offer in given} >= {PodNetwork, StorageClass}
    assert {offer.by for offer in given} == {"kubernetes"}
    assert plan_given(cluster()) == ()


@pytest.mark.parametrize(("version", "minor"), [("1.35", (1, 35)), ("1.35.2", (1, 35))])
def test_the_minor_is_read_from_either_form(cluster: MakeCluster, version: str, minor: tuple[int, int]) -> None:
    """A minor and an exact version name the same minor."""
    assert cluster(kubernetes={"version": version}).kubernetes_minor == minor


def test_one_node_makes_a_small_cluster(cluster: MakeCluster) -> None:
    """Replicas are cut where there is one machine, and where the settings ask for it."""
    one = {"one": {"address": "10.0.0.1"}}
    assert (cluster(nodes=one).is_small, cluster(size="small").is_small, cluster().is_small) == (True, True, False)
