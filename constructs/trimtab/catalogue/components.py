"""All components the catalogue knows, and their releases, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from trimtab.catalogue.chart import ChartPin, Release
from trimtab.catalogue.data import (
    argocd,
    calico,
    ceph_csi,
    cert_manager,
    csi_driver_nfs,
    external_secrets,
    gateway_api,
    harbor,
    ingress_nginx,
    local_path,
    logging,
    metallb,
    prometheus,
    rook,
    sealed_secrets,
    traefik,
)
from trimtab.catalogue.versions import parse_version

_COMPONENTS: Mapping[str, tuple[Release, ...]] = MappingProxyType(
    {
        "argocd": argocd.RELEASES,
        "calico": calico.RELEASES,
        "ceph-csi": ceph_csi.RELEASES,
        "cert-manager": cert_manager.RELEASES,
        "csi-driver-nfs": csi_driver_nfs.RELEASES,
        "external-secrets": external_secrets.RELEASES,
        "gateway-api": gateway_api.RELEASES,
        "harbor": harbor.RELEASES,
        "ingress-nginx": ingress_nginx.RELEASES,
        "local-path": local_path.RELEASES,
        "logging": logging.RELEASES,
        "metallb": metallb.RELEASES,
        "prometheus": prometheus.RELEASES,
        "rook": rook.RELEASES,
        "sealed-secrets": sealed_secrets.RELEASES,
        "traefik": traefik.RELEASES,
    }
)


def iter_components() -> Iterator[str]:
    """Give the names of all components, in alphabetical order."""
    yield from _COMPONENTS


def releases(component: str) -> tuple[Release, ...]:
    """Give a component's releases, newest first; none for a component that the catalogue does not know."""
    return _COMPONENTS.get(component, ())


def join_releases(component: str, own: Sequence[Release] = ()) -> tuple[Release, ...]:
    """Give a component's releases together with those that the repository names itself, newest first."""
    every = (*releases(component), *own)
    return tuple(sorted(every, key=lambda one: parse_version(one.version), reverse=True)) if own else every


def find_release(component: str, version: str, own: Iterable[Release] = ()) -> Release | None:
    """Find a release by its version; a leading `v` may be there or not.

    Args:
        component: The component's name.
        version: Its version.
        own: The releases of it that the repository names itself.
    """
    wanted = version.removeprefix("v")
    return next((r for r in (*releases(component), *own) if r.version.removeprefix("v") == wanted), None)


def newest_of_minor(component: str, version: str, own: Sequence[Release] = ()) -> Release | None:
    """Find the newest release we know of the same minor: what comes nearest to a patch that we do not know.

    Args:
        component: The component's name.
        version: A version of it.
        own: The releases of it that the repository names itself.

    Raises:
        ValueError: `version` is not a version.
    """
    minor = parse_version(version).minor
    return next((release for release in join_releases(component, own) if release.minor == minor), None)


def newest_release(component: str) -> Release:
    """Give the release that is used where the settings name none.

    Raises:
        KeyError: The catalogue does not know the component.
    """
    return _COMPONENTS[component][0]


def iter_charts() -> Iterator[ChartPin]:
    """Give every chart of every release once, components in alphabetical order, newest release first."""
    seen: set[tuple[str, str]] = set()
    for component in _COMPONENTS:
        for release in releases(component):
            for pin in release.charts.values():
                if (pin.chart, pin.version) not in seen:
                    seen.add((pin.chart, pin.version))
                    yield pin
