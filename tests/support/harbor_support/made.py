"""Clusters with Harbor in them, and with all that it needs."""

from __future__ import annotations

from typing import Any

from platform_support.made import NETWORK, TRAEFIK, Made, make_cluster
from trimtab.catalogue.components import releases
from trimtab.plan.offers import Controller, Issuer, Offer, StorageClass

HOST = "registry.example.org"
VERSIONS = [release.version for release in releases("harbor")]

BLOCK = StorageClass(by="rook-cluster", name="block", default=True, access_modes=frozenset({"ReadWriteOnce"}))
FILES = StorageClass(by="rook-cluster", name="files", access_modes=frozenset({"ReadWriteOnce", "ReadWriteMany"}))
CERT_MANAGER = Controller(by="cert-manager", name="cert-manager.io")
LETSENCRYPT = Issuer(by="cert-manager-issuers", name="letsencrypt", challenge="dns01")
OWN_CA = Issuer(by="cert-manager-issuers", name="lab", challenge=None)
BROUGHT: tuple[Offer, ...] = (NETWORK, TRAEFIK, BLOCK, FILES, CERT_MANAGER, LETSENCRYPT)
WITHOUT_CERTIFICATES: tuple[Offer, ...] = (NETWORK, TRAEFIK, BLOCK, FILES)

FULL: dict[str, Any] = {
    "size": "200Gi",
    "databaseSize": "10Gi",
    "scanner": True,
    "storageClass": "files",
    "databaseStorageClass": "block",
    "replicas": 2,
    "resources": {
        name: {"requests": {"cpu": "100m"}}
        for name in (
            *("core", "portal", "jobservice", "registry", "registryController"),
            *("scanner", "database", "redis", "exporter"),
        )
    },
}
OUTSIDE: dict[str, Any] = {
    "externalDatabase": {"host": "db.example.org", "user": "u", "sslMode": "verify-full"},
    "objectStorage": {"bucket": "images", "endpoint": "https://s3.example.org"},
}


def make_harbor(settings: dict[str, Any] | None = None, **rest: Any) -> Made:
    """Give a cluster with Harbor under `HOST`; `others` are more components."""
    rest.setdefault("brought", BROUGHT)
    others = rest.pop("others", {})
    return make_cluster({"harbor": {"host": HOST, **(settings or {})}, **others}, **rest)
