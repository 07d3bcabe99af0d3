"""`Chart.yaml` and `Chart.lock` of a chart of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from trimtab.catalogue.chart import KubernetesRange
from trimtab.catalogue.versions import parse_version
from trimtab.documents.writer import render_yaml
from trimtab.own_charts.dependency import Dependency, describe_lock
from trimtab.own_charts.ingredients import Ingredients

_SHORT = 12
_UNVERSIONED = "0.0.0"
"""For the user's own applications, which nobody numbers."""


def render_chart_file(given: Ingredients, dependencies: Sequence[Dependency], files: Mapping[str, bytes]) -> str:
    """Write a Chart.yaml.

    Args:
        given: What the chart is made of.
        dependencies: The charts it brings.
        files: Its other files, whose bytes make the version.
    """
    kubernetes = find_kubernetes(given)
    return render_yaml(
        {
            "apiVersion": "v2",
            "name": given.name,
            "description": f"{given.name} of the cluster {given.cluster}, as its settings have it",
            "type": "application",
            "version": plan_version(given.version, files, dependencies),
            "appVersion": _app_version(given),
            **({"kubeVersion": kubernetes} if kubernetes else {}),
            **({"dependencies": [dict(one) for one in dependencies]} if dependencies else {}),
        }
    )


def render_chart_lock(dependencies: Sequence[Dependency]) -> str:
    """Write the Chart.lock that belongs to these dependencies."""
    return render_yaml(describe_lock(dependencies))


def plan_version(release: str | None, files: Mapping[str, bytes], dependencies: Sequence[Dependency]) -> str:
    """Make a chart's version: the component's, and behind a `+` what its bytes are.

    Semantic versioning takes what stands behind the `+` for no newer and no older (semver.org, item 10).

    Args:
        release: The component's version, in any spelling; nothing where it has none.
        files: The chart's files by path.
        dependencies: The charts it brings.
    """
    digest = hashlib.sha256(repr([sorted(one.items()) for one in dependencies]).encode())
    for path in sorted(files):
        digest.update(f"\0{path}\0{len(files[path])}\0".encode() + files[path])
    return f"{_release(release)}+{digest.hexdigest()[:_SHORT]}"


def find_kubernetes(given: Ingredients) -> str | None:
    """Give the range of Kubernetes versions: upstream's chart's own, else that of the component's release.

    helm asks the outermost chart only (helm v3.18.0 pkg/action/action.go, renderResources), so what upstream's chart
    refuses must be said here again. Nothing where neither is known, or the cluster is outside of what the release
    names: then somebody has allowed it.
    """
    if given.facts is not None and given.facts.kube_version:
        return given.facts.kube_version
    if given.supported is None or given.kubernetes not in given.supported:
        return None
    return _render_range(given.supported)


def _render_range(supported: KubernetesRange) -> str:
    oldest = f">={parse_version(supported.oldest).minor}.0-0"
    if supported.newest is None:
        return oldest
    newest = parse_version(supported.newest)
    return f"{oldest} <{newest.major}.{newest.minor_number + 1}.0-0"


def _release(text: str | None) -> str:
    if text is None:
        return _UNVERSIONED
    found = parse_version(text)
    pre = f"-{'.'.join(found.pre)}" if found.pre else ""
    return f"{found.minor}.{found.patch}{pre}"


def _app_version(given: Ingredients) -> Any:
    return given.release.pin.app_version if given.release else given.version or _UNVERSIONED
