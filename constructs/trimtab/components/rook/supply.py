"""What Ceph's volumes are made of: the named disks, and how often each byte lies on them."""

from __future__ import annotations

from trimtab.components.rook.pool_settings import Pool
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import Copied, plan_copies, storage_hosts
from trimtab.plan.cluster import Cluster
from trimtab.plan.quantities import parse_quantity
from trimtab.plan.storage import Supply

Path = tuple[str | int, ...]


def plan_supply(settings: Settings, cluster: Cluster, pool: Copied, path: Path) -> Supply | None:
    """Give what a pool's volumes are made of.

    Args:
        settings: Rook's settings.
        cluster: The cluster.
        pool: The pool, or a filesystem that keeps its files like one.
        path: The settings path of the pool.

    Returns:
        Nothing where the disks are not named, or the pool takes only one kind of them: which is which is not said.
    """
    if settings.devices != "fromNodes" or getattr(pool, "device_class", None) is not None:
        return None
    sizes = [parse_quantity(disk.size) for node in storage_hosts(settings, cluster) for disk in node.disks]
    known = [int(size) for size in sizes if size is not None]
    if not known:
        return None
    return Supply(disks="Ceph", raw=sum(known), factor=_factor(settings, cluster, pool), path=path)


def plan_filesystem_supply(settings: Settings, cluster: Cluster, name: str) -> Supply | None:
    """Give what the volumes of a filesystem's class are made of: the data pool that the class names."""
    filesystem = settings.filesystems[name]
    path: Path = ("components", "rook", "filesystems", name)
    wanted = filesystem.storage_class.pool if filesystem.storage_class else ""
    pool = filesystem.data_pools.get(wanted)
    if pool is None:
        return plan_supply(settings, cluster, filesystem, path)
    return plan_supply(settings, cluster, pool, (*path, "dataPools", wanted))


def _factor(settings: Settings, cluster: Cluster, pool: Copied) -> float:
    coded = pool.erasure_coded if isinstance(pool, Pool) else None
    if coded is not None:
        return (coded.data_chunks + coded.coding_chunks) / coded.data_chunks
    return float(plan_copies(settings, cluster, pool))
