"""The Secrets by which Rook and the CSI drivers sign in at a Ceph outside the cluster."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.rook.csi import SECRET_PREFIX
from trimtab.components.rook.settings import External, Settings
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.ceph_users import iter_csi_secrets, plan_checking_user
from trimtab.plan.application import WantedSecret
from trimtab.plan.cluster import Cluster

_TYPE = "kubernetes.io/rook"
"""The type that Rook gives its own Secrets (rook v1.20.6 deploy/examples/import-external-cluster.sh:140-288)."""


def iter_external_secrets(settings: Settings, cluster: Cluster) -> Iterator[WantedSecret]:
    """Give the Secrets for a Ceph outside the cluster; none where Rook runs Ceph, since it makes them itself."""
    if settings.external:
        namespace = wanted_namespace(settings)
        yield _connection(settings.external, cluster, namespace)
        yield from iter_csi_secrets(settings.external, cluster, namespace=namespace, prefix=SECRET_PREFIX, type=_TYPE)


def _connection(external: External, cluster: Cluster, namespace: str) -> WantedSecret:
    """Give Rook's own: two of its keys hold the words that stand for "there is no such key here"."""
    user = plan_checking_user(cluster)
    held = {
        "cluster-name": f"the text {namespace}",
        "fsid": f"the text {external.fsid}",
        "admin-secret": "the text admin-secret",
        "mon-secret": "the text mon-secret",
        "ceph-username": f"the text {user.name}",
        "ceph-secret": "the key in what the command prints",
    }
    return WantedSecret(
        namespace=namespace,
        name=external.secret.name,
        keys=tuple(held),
        formats=tuple(held.values()),
        why="the user of Ceph by which Rook asks for health and monitors",
        type=_TYPE,
        obtained_by=user.command,
    )
