"""Built objects that fetch something under a name that moves."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Finding
from trimtab.kube.manifests import object_identity, render_identity
from trimtab.kube.pins import iter_unpinned
from trimtab.pipeline.fields import find_field
from trimtab.pipeline.origins import find_path
from trimtab.pipeline.state import ClusterState, State
from trimtab.rules.codes import CODES


def check_pins(state: State) -> State:
    """Find images, charts and revisions that are not pinned; our own repository may be followed by its branch."""
    return state.found(*(finding for cluster in state.clusters for finding in _check(cluster)))


def _check(cluster: ClusterState) -> Iterator[Finding]:
    own = (cluster.require_plan().cluster.settings.gitops.repo_url,)
    code = CODES["unpinned-source"]
    for objects in cluster.objects.values():
        for built in objects:
            for unpinned in iter_unpinned(built.manifest, own):
                yield Finding(
                    code="unpinned-source",
                    severity=code.severity,
                    soft=code.soft,
                    message=f"{render_identity(object_identity(built.manifest))}: {unpinned.message}",
                    help=unpinned.help,
                    path=find_path(built.origin),
                    place=find_field(cluster, built, unpinned.path),
                    about=render_identity(object_identity(built.manifest)),
                    cluster=cluster.name,
                )
