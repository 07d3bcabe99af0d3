"""Which API versions a Kubernetes minor serves."""

from __future__ import annotations

from functools import cache

from trimtab.catalogue.kubernetes.structures import Kind, Minor, kinds_of

_BETA_BY_DEFAULT = {"flowcontrol.apiserver.k8s.io/v1beta3"}
"""Beta versions that are served unless switched off. Since 1.24 new ones are not (kubernetes/enhancements 3136); this
one is older than that in its group (pkg/controlplane/instance.go, legacyBetaEnabledByDefaultResources)."""


@cache
def served(minor: Minor) -> frozenset[Kind]:
    """Give group, version and kind of all that an API server of a minor version can serve, alpha and beta ones too."""
    return frozenset(kinds_of(minor))


def served_versions(minor: Minor, group: str, kind: str) -> tuple[str, ...]:
    """Give the versions a kind is served in, the stable ones first."""
    found = {version for its_group, version, its_kind in served(minor) if (its_group, its_kind) == (group, kind)}
    return tuple(sorted(found, key=lambda version: ("alpha" in version, "beta" in version, version)))


@cache
def api_versions(minor: Minor) -> tuple[str, ...]:
    """Give what a chart finds in `.Capabilities.APIVersions` on a plain cluster: `apps/v1` and `apps/v1/Deployment`.

    Alpha and beta versions are left out unless they are served by default.
    """
    found = set()
    for group, version, kind in served(minor):
        group_version = f"{group}/{version}" if group else version
        if _is_on(group_version, version):
            found |= {group_version, f"{group_version}/{kind}"}
    return tuple(sorted(found))


def _is_on(group_version: str, version: str) -> bool:
    return ("alpha" not in version and "beta" not in version) or group_version in _BETA_BY_DEFAULT
