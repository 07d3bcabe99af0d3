"""From the objects and values of a cluster to the files of its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.documents.writer import UnwritableValue, render_yaml, widen_integers
from trimtab.findings.finding import Finding, Severity
from trimtab.tree.file import FileSpec, content_digest
from trimtab.tree.names import object_file_name
from trimtab.tree.paths import (
    hooks_path,
    manifests_path,
    path_in_cluster,
    rendered_path,
    root_objects_path,
    root_path,
    values_path,
)

SKIP_LINE = "# +argocd:skip-file-rendering"
"""Makes Argo CD's directory reader pass a file over: the second belt, should values ever lie below a source path."""

_START = "---\n"

Render = Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFiles:
    """What one application puts into the tree."""

    name: str
    values: Mapping[str, Any] | None = None
    """The values of its chart; nothing when it has none."""
    manifests: Sequence[Mapping[str, Any]] = ()
    is_rendered: bool = False
    """Whether what its chart renders is among them."""
    hooks: Sequence[Mapping[str, Any]] = ()
    """The hooks among what its chart renders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of a cluster, sorted by path, without the inventory, and what kept one of them from being laid out."""

    files: tuple[FileSpec, ...]
    findings: tuple[Finding, ...]


def plan_files(
    cluster: str,
    *,
    root: Mapping[str, Any],
    root_objects: Sequence[Mapping[str, Any]],
    applications: Sequence[ApplicationFiles],
    render: Render = render_yaml,
) -> Layout:
    """Lay out a cluster's folder, all but `index.json`.

    Args:
        cluster: The cluster's name.
        root: The Application that a person applies once.
        root_objects: Applications and AppProjects.
        applications: What lies below `apps/`.
        render: From a value to YAML that begins with a document start.

    Returns:
        The files; of two objects that would share one, the first, and a `duplicate-object` finding.

    Raises:
        ValueError: an object has no kind, version or name.
    """
    files = [FileSpec(path=root_path(cluster), content=render(root).encode())]
    files += _object_files(root_objects_path(cluster), root_objects, None, render)
    for application in applications:
        files += _application_files(cluster, application, render)
    return _sorted_once(files)


def render_values(values: Mapping[str, Any], render: Render = render_yaml) -> str:
    """Write Helm values, marked so that Argo CD never takes them for objects."""
    text = render(values)
    return f"{_START}{SKIP_LINE}\n{text.removeprefix(_START)}"


def file_digests(files: Iterable[FileSpec], application: str | None) -> dict[str, str]:
    """Digest the files of one application, or those of the cluster, for the inventory.

    Args:
        files: Any files of a cluster.
        application: Whose files to take; `None` for those that belong to no application.

    Returns:
        SHA-256 in hexadecimal by path inside the cluster's folder, sorted.
    """
    own = sorted((file for file in files if file.application == application), key=lambda file: file.path)
    return {path_in_cluster(file.path): content_digest(file.content) for file in own}


def _application_files(cluster: str, application: ApplicationFiles, render: Render) -> Iterator[FileSpec]:
    name = application.name
    if application.values is not None:
        text = render_values(application.values, render)
        yield FileSpec(path=values_path(cluster, name), content=text.encode(), application=name)
    folder = rendered_path(cluster, name) if application.is_rendered else manifests_path(cluster, name)
    yield from _object_files(folder, application.manifests, name, render)
    yield from _object_files(hooks_path(cluster, name), application.hooks, name, render)


def _object_files(
    folder: str, objects: Iterable[Mapping[str, Any]], application: str | None, render: Render
) -> Iterator[FileSpec]:
    for manifest in objects:
        path = f"{folder}/{object_file_name(manifest)}"
        yield FileSpec(path=path, content=_render_object(manifest, render).encode(), application=application)


def _render_object(manifest: Mapping[str, Any], render: Render) -> str:
    """Write an object; Kubernetes reads integers of 64 bits exactly, which values for Helm would lose (as JSON does).

    Traefik's definitions hold such numbers.
    """
    try:
        return render(manifest)
    except UnwritableValue:
        return render(widen_integers(manifest))


def _sorted_once(files: Iterable[FileSpec]) -> Layout:
    first: dict[str, FileSpec] = {}
    findings = tuple(_duplicate(file) for file in files if first.setdefault(file.path, file) is not file)
    return Layout(files=tuple(first[path] for path in sorted(first)), findings=findings)


def _duplicate(file: FileSpec) -> Finding:
    whose = f"application '{file.application}' has" if file.application else "the root has"
    name = path_in_cluster(file.path).rpartition("/")[2]
    return Finding(
        code="duplicate-object",
        severity=Severity.ERROR,
        message=f"{whose} two objects for one file, {name}",
        help="give one of them another name, or leave one out",
    )
