"""Ceph's pools: what each spec says, and the block pools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from trimtab.components.rook.pool_settings import BlockPool, FailureDomain, Pool
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import Copied, count_domains, plan_copies, plan_domain, wanted_namespace
from trimtab.kube.manifests import Manifests
from trimtab.kube.objects import CONFIRMED, plan_object, without_nothing
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts

API = "ceph.rook.io/v1"
METADATA_SUFFIX = "-metadata"
"""What Rook's own chart calls the pool of an erasure-coded pool's image headers (templates/cephecblockpool.yaml)."""

Reasons = Mapping[tuple[str | int, ...], str]

WIDE = "more copies than failure domains would leave placement groups waiting for ever"


def build_block_pools(manifests: Manifests, settings: Settings, facts: Facts) -> None:
    """Add the pools of block devices, and the manager's own where the cluster is too small for Ceph's default."""
    for name, pool in settings.block_pools.items():
        origin = (f"components.rook.blockPools.{name}", "nodes")
        for pool_name, spec in _block_pool(name, pool, settings, facts.cluster).items():
            _add(manifests, settings, pool_name, spec, origin)
    if needs_own_manager_pool(settings, facts.cluster):
        spec = {"name": ".mgr", **plan_replicated(settings, facts.cluster)}
        _add(manifests, settings, "builtin-mgr", spec, ("components.rook", "nodes"))


def needs_own_manager_pool(settings: Settings, cluster: Cluster) -> bool:
    """Say whether three copies on three hosts, which Ceph gives its manager's pool by itself, cannot be had."""
    hosts = count_domains(settings, cluster, "host")
    return hosts is not None and hosts < 3


def plan_pool(pool: Pool, settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give the spec of a pool of either kind."""
    if pool.erasure_coded is None:
        return plan_replicated(settings, cluster, pool)
    chunks = pool.erasure_coded
    kind = {"erasureCoded": {"dataChunks": chunks.data_chunks, "codingChunks": chunks.coding_chunks}}
    return {**_common(settings, cluster, pool.failure_domain, pool.device_class, pool.compression), **kind}


def plan_replicated(
    settings: Settings,
    cluster: Cluster,
    pool: Copied | None = None,
    device_class: str | None = None,
    compression: Literal["none", "passive", "aggressive", "force"] | None = None,
) -> dict[str, Any]:
    """Give the spec of a pool in copies; without `pool` one as the cluster's size allows.

    One copy needs `requireSafeReplicaSize: false` (rook v1.20.6 pkg/operator/ceph/pool/validate.go:129-132), which is
    what leaving it out means: Rook drops a written false, and Argo CD would put it back for ever.
    """
    if isinstance(pool, Pool):
        device_class, compression = pool.device_class, pool.compression
    copies = plan_copies(settings, cluster, pool)
    replicated: dict[str, Any] = {"size": copies, **({"requireSafeReplicaSize": True} if copies > 1 else {})}
    asked = pool.failure_domain if pool else None
    return {**_common(settings, cluster, asked, device_class, compression), "replicated": replicated}


def _common(
    settings: Settings,
    cluster: Cluster,
    asked: FailureDomain | None,
    device_class: str | None,
    compression: str | None,
) -> dict[str, Any]:
    return without_nothing(
        {
            "failureDomain": plan_domain(settings, cluster, asked),
            "deviceClass": device_class,
            "parameters": {"compression_mode": compression} if compression else None,
        }
    )


def _block_pool(name: str, pool: BlockPool, settings: Settings, cluster: Cluster) -> dict[str, dict[str, Any]]:
    """Give pool name to spec: image headers cannot be erasure coded, so that kind has a second pool for them."""
    specs = {name: plan_pool(pool, settings, cluster)}
    if pool.erasure_coded is not None:
        headers = pool.model_copy(update={"compression": None})
        specs[f"{name}{METADATA_SUFFIX}"] = plan_replicated(settings, cluster, headers)
    return specs


def _add(manifests: Manifests, settings: Settings, name: str, spec: dict[str, Any], origin: tuple[str, ...]) -> None:
    namespace = wanted_namespace(settings)
    manifest = plan_object(API, "CephBlockPool", name, namespace=namespace, annotations=CONFIRMED, spec=spec)
    manifests.add(manifest, origin=origin, reasons=pool_reasons(("spec",), spec))


def pool_reasons(at: tuple[str | int, ...], spec: Mapping[str, Any]) -> Reasons:
    """Say why a pool's spec is as it is, by the paths that it has."""
    kind = "replicated" if "replicated" in spec else "erasureCoded"
    return {(*at, "failureDomain"): WIDE, (*at, kind): WIDE}
