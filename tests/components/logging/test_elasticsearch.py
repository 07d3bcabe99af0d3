"""Elasticsearch stands on one machine and on many, and its volumes outlive it."""

from __future__ import annotations

from typing import Any

import pytest

from logging_support.made import STORAGE, Made, make_cluster
from trimtab.catalogue.components import releases

ARM = {"nodeDefaults": {"arch": "arm"}}


def machines(*architectures: str) -> dict[str, Any]:
    """Name machines by their processors."""
    return {"nodes": {f"n{i}": {"address": f"2001:db8::{i + 1}", "arch": a} for i, a in enumerate(architectures)}}


@pytest.mark.parametrize(("count", "nodes"), [(0, 3), (1, 1), (2, 1), (3, 3), (9, 3)])
def test_nodes_follow_the_machines(count: int, nodes: int) -> None:
    """Three nodes, or one where three would share machines; what is not known of machines changes nothing."""
    assert make_cluster(machines=count).node_set["count"] == nodes


def test_small_clusters_have_one_node() -> None:
    """The size class decides before the machines do, and the user before both."""
    assert make_cluster(size="small").node_set["count"] == 1
    assert make_cluster({"sizeClass": "small"}).node_set["count"] == 1
    assert make_cluster({"elasticsearch": {"nodes": 3}}, size="small").node_set["count"] == 3


def test_machines_that_cannot_take_it_do_not_count() -> None:
    """Two of four machines are 32-bit, so that three nodes would share two."""
    assert make_cluster(**machines("amd64", "arm64", "arm", "arm")).node_set["count"] == 1


@pytest.mark.parametrize("version", [release.version for release in releases("logging")])
def test_logs_lost_with_the_app_volumes_outlive_the_object(version: str) -> None:
    """Deleting the object deletes no volume; only nodes that are taken away lose theirs."""
    assert (
        make_cluster({"version": version}).spec("Elasticsearch")["volumeClaimDeletePolicy"] == "DeleteOnScaledownOnly"
    )


def test_data_pruned_only_when_a_person_confirms() -> None:
    """Argo CD asks before it deletes what holds data."""
    made = make_cluster()
    options = made.find("Elasticsearch")["metadata"]["annotations"]["argocd.argoproj.io/sync-options"]
    assert options == "Prune=confirm,Delete=confirm"
    assert made.applications["logging"].holds_data
    assert made.applications["logging-crds"].keeps_on_delete


@pytest.mark.parametrize(("nodes", "blocked"), [(1, False), (3, True)])
def test_drain_blocked_not_by_a_single_node(nodes: int, blocked: bool) -> None:
    """One node has no budget at all: the operator's would allow no disruption. Several keep the operator's."""
    spec = make_cluster({"elasticsearch": {"nodes": nodes}}).spec("Elasticsearch")
    assert ("podDisruptionBudget" not in spec) is blocked
    assert spec.get("podDisruptionBudget", {}) == {}


def _affinity(made: Made) -> Any:
    return made.node_set["podTemplate"]["spec"].get("affinity", {})


def test_nodes_have_machines_of_their_own() -> None:
    """By force where there is a machine for each, else where it can be; one node has no wishes."""
    [term] = _affinity(make_cluster())["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert term["topologyKey"] == "kubernetes.io/hostname"
    assert term["labelSelector"]["matchLabels"] == {"elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch"}
    shared = _affinity(make_cluster({"elasticsearch": {"nodes": 3}}, machines=2))
    assert list(shared["podAntiAffinity"]) == ["preferredDuringSchedulingIgnoredDuringExecution"]
    assert _affinity(make_cluster(machines=1)) == {}


def test_pods_keep_off_processors_without_an_image() -> None:
    """The image exists for amd64 and arm64; a cluster with a 32-bit machine says so, one without says nothing."""
    required = _affinity(make_cluster(**machines("amd64", "arm64", "arm")))["nodeAffinity"]
    [term] = required["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"][0]["values"] == ["amd64", "arm64"]
    assert "nodeAffinity" not in _affinity(make_cluster(**machines("amd64", "arm64")))


def test_hosts_need_no_preparation() -> None:
    """Files are not mapped into memory unless somebody says that every machine's kernel allows it."""
    assert make_cluster().node_set["config"] == {"node.store.allow_mmap": False}
    assert "config" not in make_cluster({"elasticsearch": {"allowMmap": True}}).node_set


def test_claims_name_a_class_only_where_it_is_set() -> None:
    """A class that is the default today need not be written into what cannot be changed."""
    [claim] = make_cluster({"elasticsearch": {"size": "100Gi"}}).node_set["volumeClaimTemplates"]
    assert claim["metadata"]["name"] == "elasticsearch-data"
    assert claim["spec"]["resources"]["requests"]["storage"] == "100Gi"
    assert "storageClassName" not in claim["spec"]
    [claim] = make_cluster({"elasticsearch": {"storageClass": "slow"}}).node_set["volumeClaimTemplates"]
    assert claim["spec"]["storageClassName"] == "slow"


@pytest.mark.parametrize(("size", "memory"), [("small", "1536Mi"), ("medium", "2Gi"), ("large", "8Gi")])
def test_memory_follows_the_size_class(size: str, memory: str) -> None:
    """Request and limit are one, since half of the limit is heap from the start."""
    [container] = make_cluster(size=size).node_set["podTemplate"]["spec"]["containers"]
    assert container["resources"] == {"requests": {"memory": memory}, "limits": {"memory": memory}}


def test_the_users_resources_win() -> None:
    """What is set is taken as it is."""
    given = {"limits": {"memory": "4Gi"}}
    [container] = make_cluster({"resources": {"elasticsearch": given}}).node_set["podTemplate"]["spec"]["containers"]
    assert container["resources"] == given


def test_every_release_brings_its_own_elasticsearch() -> None:
    """Operator, Elasticsearch and Kibana are one release, and another version can be kept for a while."""
    found = {r.version: make_cluster({"version": r.version}).spec("Kibana")["version"] for r in releases("logging")}
    assert found == {"3.5.0": "9.5.0", "3.4.1": "9.4.2", "3.3.2": "9.3.0"}
    kept = make_cluster({"elasticsearch": {"version": "9.4.2"}}, brought=(STORAGE,))
    assert kept.spec("Elasticsearch")["version"] == kept.spec("Kibana")["version"] == "9.4.2"
    assert kept.spec("Job")["template"]["spec"]["containers"][0]["image"].endswith("/elasticsearch:9.4.2")
