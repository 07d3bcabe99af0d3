"""Objects of the user's constructs that hold what YAML cannot, such as a Python set: a mistake, not a bug of ours."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.documents.writer import UnwritableValue, render_yaml
from trimtab.findings.finding import Finding, Severity
from trimtab.kube.manifests import object_identity, render_identity
from trimtab.pipeline.state import ClusterState
from trimtab.synth.records import ChartObject, ClusterResult


def check_writable(cluster: ClusterState, result: ClusterResult) -> Iterator[Finding]:
    """Find the objects of the user's constructs that cannot be written.

    Args:
        cluster: The cluster, for its settings.
        result: What was read back from cdk8s; objects of ours are taken as they are.
    """
    for application, objects in result.objects.items():
        for one in objects:
            if one.from_user and (reason := _refusal(one)):
                yield _finding(cluster, application, one, reason)


def _refusal(one: ChartObject) -> str | None:
    try:
        render_yaml(one.manifest)
    except UnwritableValue as error:
        return str(error)
    return None


def _finding(cluster: ClusterState, application: str, one: ChartObject, reason: str) -> Finding:
    own = sorted(cluster.settings.constructs.items()) if cluster.settings else []
    names = [name for name, construct in own if construct.application == application and construct.file in one.origin]
    path = ("constructs", *names[:1])
    return Finding(
        code="user-construct-failed",
        severity=Severity.ERROR,
        message=f"{render_identity(object_identity(one.manifest))} of a user construct cannot be written: {reason}",
        help="use mappings, lists, text, numbers, true, false and None",
        path=path,
        place=cluster.loaded.merged.key_place_of(path),
        cluster=cluster.name,
    )
