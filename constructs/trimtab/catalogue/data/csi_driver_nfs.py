"""csi-driver-nfs: volumes on an NFS server that is there already."""

from __future__ import annotations

from trimtab.catalogue.chart import Release
from trimtab.catalogue.data.make import build_charts, build_pin, build_range, build_sources

# Two archives of 4.13.4 exist, one of the tag and one of the main branch; this address serves the second.
_INDEX = "https://raw.githubusercontent.com/kubernetes-csi/csi-driver-nfs/master/charts"


def _release(version: str) -> Release:
    return Release(
        component="csi-driver-nfs",
        version=version,
        charts=build_charts(main=build_pin("csi-driver-nfs", "csi-driver-nfs", version, _INDEX)),
        kubernetes=build_range("1.21"),
        architectures=("amd64", "arm64"),
        source=build_sources(
            charts="kubernetes-csi/csi-driver-nfs charts/README.md:21",
            kubernetes=f"kubernetes-csi/csi-driver-nfs@v{version} README.md (supported versions)",
            architectures=f"kubernetes-csi/csi-driver-nfs@v{version} Makefile (ALL_ARCH.linux)",
        ),
    )


RELEASES = (_release("4.13.4"), _release("4.12.1"))
