"""The user's constructs, built a second time: what comes out differently changes at every build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from posixpath import dirname

from trimtab.charts.rendering import Identity, Manifest
from trimtab.charts.stability import find_unstable
from trimtab.documents.values import parse_values
from trimtab.doors.second_build import read_second_build
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path, render_path
from trimtab.pipeline.origins import find_path, find_place
from trimtab.pipeline.state import ClusterState, State
from trimtab.verify.files.found import is_object

_MOST = 3
"""Fields that are named of one object."""


def build_again(state: State) -> State:
    """Build the clusters with constructs of the user's again, and name the fields that differ.

    Raises:
        OutsideError: The second build fails.
    """
    clusters = [one for one in state.clusters if one.require_plan().cluster.settings.constructs]
    if not clusters:
        return state
    again = read_second_build(state.options.root, [one.name for one in clusters])
    return state.found(*(finding for one in clusters for finding in _iter_findings(one, again)))


def _iter_findings(cluster: ClusterState, again: Mapping[str, bytes]) -> Iterator[Finding]:
    for application, folder, files in _iter_applications(cluster):
        others = {path: content for path, content in again.items() if dirname(path) == folder}
        differ = [path for path in sorted(files.keys() | others.keys()) if files.get(path) != others.get(path)]
        first, second = (list(_iter_objects(each, differ)) for each in (files, others))
        unstable = find_unstable("", first, second)
        for identity, found in groupby(unstable, key=lambda one: one.identity):
            yield _tell(cluster, application, identity, [one.field for one in found])


def _iter_applications(cluster: ClusterState) -> Iterator[tuple[str, str, dict[str, bytes]]]:
    """Give each folder of an application's with its files."""
    files: dict[tuple[str, str], dict[str, bytes]] = {}
    for one in cluster.files:
        if one.application and one.path.endswith(".yaml"):
            files.setdefault((one.application, dirname(one.path)), {})[one.path] = one.content
    yield from ((application, folder, its) for (application, folder), its in files.items())


def _iter_objects(files: Mapping[str, bytes], paths: Iterable[str]) -> Iterator[Manifest]:
    for path in paths:
        for value in parse_values(files.get(path, b""), file=path).values:
            if isinstance(value, dict) and is_object(value):
                yield value


def _tell(cluster: ClusterState, application: str, identity: Identity, fields: Sequence[Path]) -> Finding:
    origin = _origin(cluster, application, identity)
    names = ", ".join(map(render_path, fields[:_MOST]))
    more = f" and {len(fields) - _MOST} more" if len(fields) > _MOST else ""
    return Finding(
        code="changes-on-every-render",
        severity=Severity.ERROR,
        soft=True,
        message=f"{identity} of the application '{application}' comes out differently each time it is built: {names}"
        f"{more}",
        help="take out what is random or tells the time, and sort what comes from a set; what has to differ can be"
        " given in the construct's settings",
        path=find_path(origin),
        place=find_place(cluster, origin),
        cluster=cluster.name,
        about=str(identity),
    )


def _origin(cluster: ClusterState, application: str, identity: Identity) -> tuple[str, ...]:
    for one in cluster.objects.get(application, ()):
        metadata = one.manifest["metadata"]
        if (one.manifest["kind"], metadata.get("name")) == (identity.kind, identity.name):
            return one.origin
    return ()
