"""The volumes that objects ask for."""

from __future__ import annotations

from typing import Any

from trimtab.capacity.claimed import iter_claims


def claims(manifest: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Give name, size and count of what an object asks for."""
    found = iter_claims({"metadata": {"name": "x"}, **manifest})
    return [(claim.name, claim.size, claim.count) for claim in found]


def template(name: str, **spec: Any) -> dict[str, Any]:
    """Make the template of a claim of one gibibyte."""
    return {"metadata": {"name": name}, "spec": {"resources": {"requests": {"storage": "1Gi"}}, **spec}}


def test_stateful_set_asks_for_a_volume_a_replica() -> None:
    """Of each template."""
    spec = {"replicas": 3, "volumeClaimTemplates": [template("data"), template("log")]}
    found = claims({"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": spec})
    assert found == [("data", "1Gi", 3), ("log", "1Gi", 3)]


def test_elasticsearch_asks_for_one_a_node() -> None:
    """Of each set of nodes."""
    node_sets = [{"count": 2, "volumeClaimTemplates": [template("elasticsearch-data")]}]
    manifest = {
        "apiVersion": "elasticsearch.k8s.elastic.co/v1",
        "kind": "Elasticsearch",
        "spec": {"nodeSets": node_sets},
    }
    assert claims(manifest) == [("elasticsearch-data", "1Gi", 2)]


def test_claim_of_a_volume_that_is_there_asks_for_none() -> None:
    """It names the volume, or an empty class: nobody makes one for it."""
    claim = {"apiVersion": "v1", "kind": "PersistentVolumeClaim"}
    assert claims({**claim, "spec": template("")["spec"]}) == [("x", "1Gi", 1)]
    assert not claims({**claim, "spec": template("", volumeName="pv1")["spec"]})
    assert not claims({**claim, "spec": template("", storageClassName="")["spec"]})
