"""Pools: copies, failure domains, erasure coding."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from rook_support.made import make_cluster
from trimtab.components.rook.settings import Settings

POOL: dict[str, Any] = {"blockPools": {"p": {}}}


@pytest.mark.parametrize(
    ("hosts", "domain", "size"),
    [
        ([1], "osd", 1),
        ([2], "osd", 2),
        ([5], "osd", 3),
        ([1, 1], "host", 2),
        ([2, 2, 1, 1], "host", 3),
        ([4, 0, 0], "osd", 3),
        (None, "host", 3),
    ],
)
def test_pool_wider_than_cluster_is_never_derived(hosts: list[int] | None, domain: str, size: int) -> None:
    """Without a word, a pool has three copies, or as many as hosts or, on one host, disks can hold."""
    spec = make_cluster(POOL, hosts=hosts).spec("CephBlockPool", "p")
    assert (spec["failureDomain"], spec["replicated"]["size"]) == (domain, size)


def test_one_copy_may_be() -> None:
    """One copy leaves out what forbids it, and Ceph does not warn of what was meant."""
    made = make_cluster(POOL, hosts=[1])
    assert made.spec("CephBlockPool", "p")["replicated"] == {"size": 1}
    assert made.spec("CephCluster")["cephConfig"]["global"]["mon_warn_on_pool_no_redundancy"] == "false"


@pytest.mark.parametrize("size", [2, 3])
def test_several_copies_stay_safe(size: int) -> None:
    """Several copies forbid a change to one, and Ceph warns as usual."""
    made = make_cluster({"blockPools": {"p": {"replicas": size}}}, hosts=[1, 1, 1])
    assert made.spec("CephBlockPool", "p")["replicated"] == {"size": size, "requireSafeReplicaSize": True}
    assert "cephConfig" not in made.spec("CephCluster")


@pytest.mark.parametrize(("hosts", "size"), [([1], 1), ([3], 3), ([1, 1], 2)])
def test_pool_wider_than_cluster_is_not_the_managers(hosts: list[int], size: int) -> None:
    """Ceph's own pools would have three copies on three hosts: below that they are told otherwise."""
    made = make_cluster(hosts=hosts)
    assert made.spec("CephBlockPool", "builtin-mgr")["name"] == ".mgr"
    assert made.spec("CephBlockPool", "builtin-mgr")["replicated"]["size"] == size
    assert made.spec("CephCluster")["cephConfig"]["global"]["osd_pool_default_size"] == str(size)


def test_three_hosts_need_no_pool_for_the_manager() -> None:
    """With three hosts Ceph's default holds."""
    assert [b for b in make_cluster(hosts=[1, 1, 1]).built if b.manifest["kind"] == "CephBlockPool"] == []


def test_erasure_coding_brings_a_pool_for_headers() -> None:
    """Image headers cannot be erasure coded: they lie in a second pool, in copies, and the class names both."""
    pool = {
        "erasureCoded": {"dataChunks": 2, "codingChunks": 1},
        "storageClass": {"name": "ec"},
        "compression": "force",
    }
    made = make_cluster({"blockPools": {"p": pool}}, hosts=[1, 1, 1])
    assert made.spec("CephBlockPool", "p") == {
        "failureDomain": "host",
        "parameters": {"compression_mode": "force"},
        "erasureCoded": {"dataChunks": 2, "codingChunks": 1},
    }
    assert made.spec("CephBlockPool", "p-metadata")["replicated"]["size"] == 3
    parameters = made.find("StorageClass", "ec")["parameters"]
    assert (parameters["pool"], parameters["dataPool"]) == ("p-metadata", "p")


@pytest.mark.parametrize("chunks", [{"dataChunks": 1, "codingChunks": 1}, {"dataChunks": 2, "codingChunks": 0}])
def test_erasure_coding_has_least_numbers(chunks: dict[str, int]) -> None:
    """Two data chunks and one coding chunk are the least that Ceph takes."""
    with pytest.raises(ValidationError):
        Settings.model_validate({"blockPools": {"p": {"erasureCoded": chunks}}})


def test_object_store_names_are_short() -> None:
    """A name of 39 characters would make a Service name that is too long."""
    Settings.model_validate({"objectStores": {"a" * 38: {}}})
    with pytest.raises(ValidationError):
        Settings.model_validate({"objectStores": {"a" * 39: {}}})


def test_first_data_pool_is_in_copies() -> None:
    """The first pool of a filesystem and its metadata are copies; only further pools may be erasure coded."""
    bulk = {"erasureCoded": {"dataChunks": 2, "codingChunks": 1}}
    spec = make_cluster({"filesystems": {"f": {"dataPools": {"bulk": bulk}}}}, hosts=[1, 1, 1]).spec("CephFilesystem")
    assert [pool["name"] for pool in spec["dataPools"]] == ["data0", "bulk"]
    assert spec["dataPools"][0]["replicated"]["size"] == spec["metadataPool"]["replicated"]["size"] == 3
    assert "erasureCoded" in spec["dataPools"][1]


def test_filesystem_has_the_group_that_volumes_go_to() -> None:
    """The driver makes volumes in the subvolume group `csi` of the filesystem."""
    group = make_cluster({"filesystems": {"shared": {}}}, hosts=[1]).find("CephFilesystemSubVolumeGroup")
    assert group["metadata"]["name"] == "shared-csi"
    assert (group["spec"]["name"], group["spec"]["filesystemName"]) == ("csi", "shared")


@pytest.mark.parametrize(("hosts", "spare"), [([1], None), ([1, 1], True)])
def test_metadata_server_has_a_standby_where_it_fits(hosts: list[int], spare: bool | None) -> None:
    """A standby on the same node would save nothing."""
    servers = make_cluster({"filesystems": {"f": {}}}, hosts=hosts).spec("CephFilesystem")["metadataServer"]
    assert servers.get("activeStandby") is spare


def test_object_store_fits_the_cluster() -> None:
    """Its index is always in copies; on one node there is one gateway, and the pools fit the disks."""
    store = {"erasureCoded": {"dataChunks": 2, "codingChunks": 1}}
    spec = make_cluster({"objectStores": {"o": store}}, hosts=[3]).spec("CephObjectStore")
    assert spec["metadataPool"]["replicated"]["size"] == 3
    assert spec["metadataPool"]["failureDomain"] == spec["dataPool"]["failureDomain"] == "osd"
    assert (spec["gateway"]["port"], spec["gateway"]["instances"]) == (80, 1)
