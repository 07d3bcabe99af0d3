"""Argo CD's own objects: the Application of each application, and the root that brings them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.argocd_names import COMPARE_OPTIONS, GENERATE_PATHS, IN_CLUSTER, IN_CLUSTER_NAME, SYNC_WAVE
from trimtab.kube.objects import CONFIRMED, plan_object
from trimtab.kube.release import ChartRelease, GitFiles, Source, is_rendered
from trimtab.plan.application import Application, Ignored
from trimtab.plan.cluster import Cluster
from trimtab.tree.paths import application_path, manifests_path, rendered_path, root_objects_path, values_path

API_VERSION = "argoproj.io/v1alpha1"

DIRECTORY: Mapping[str, Any] = {"recurse": True, "include": "*.yaml"}
"""Never `{}`, which Argo CD normalises away (argo-cd v3.5.1 util/argo/argo.go:1035)."""

FINALIZER = "resources-finalizer.argocd.argoproj.io"
"""Deleting the Application deletes its objects; `/background` does not put `foregroundDeletion` on custom resources."""

SERVER_SIDE_DIFF = "ServerSideDiff=true"
ROOT = "root"
"""The name of the Application that brings all others, after the cluster's."""

SYNC_OPTIONS = ("ServerSideApply=true", "ApplyOutOfSyncOnly=true", "PruneLast=true", "RespectIgnoreDifferences=true")
"""What every Application has: exact words, for a misspelt one is ignored (gitops-engine/pkg/sync/common/types.go)."""

BACKOFF = {"duration": "10s", "factor": 2, "maxDuration": "5m"}
"""How long to wait between tries of a failed sync: ten of them take half an hour."""


def application_name(cluster: Cluster, name: str) -> str:
    """Name an Application in Argo CD, which may serve many clusters: `<cluster>-<application>`."""
    return f"{cluster.name}-{name}"


def is_at_home(cluster: Cluster) -> bool:
    """Say whether Argo CD runs in the cluster itself, and not in another one that applies to many."""
    wanted = cluster.settings.gitops.destination
    return wanted.name in {None, IN_CLUSTER_NAME} and wanted.server in {None, IN_CLUSTER}


def repository_url(cluster: Cluster, url: str) -> str:
    """Give the address that Argo CD fetches a repository from: its mirror where there is one."""
    mirror = cluster.settings.repositories.get(url)
    return mirror.mirror if mirror else url


def path_in_repository(cluster: Cluster, path: str) -> str:
    """Give a path below `dist/` as Argo CD sees it: from the top of the Git repository."""
    prefix = cluster.settings.gitops.path
    return "/".join(part for part in (prefix, "dist", path) if part)


def plan_destination(cluster: Cluster, namespace: str | None = None) -> dict[str, str]:
    """Say which cluster, and which namespace for objects that name none."""
    wanted = cluster.settings.gitops.destination
    where = {"name": wanted.name} if wanted.name else {"server": wanted.server or IN_CLUSTER}
    return {**where, **({"namespace": namespace} if namespace else {})}


def plan_application(
    application: Application, source: Source | None, *, cluster: Cluster, wave: int, has_manifests: bool
) -> dict[str, Any]:
    """Give the Application object of one application.

    Args:
        application: The application.
        source: Its chart release or Git files, where it has one.
        cluster: The cluster.
        wave: Its sync wave in the root.
        has_manifests: Whether objects lie in its folder: our own, or what we render of its chart.
    """
    sources = _sources(application, source, cluster, has_manifests)
    spec: dict[str, Any] = {
        "project": cluster.name,
        "destination": plan_destination(cluster, application.namespace),
        **({"source": sources[0]} if len(sources) == 1 else {"sources": sources}),
        "syncPolicy": _sync_policy(
            application.sync, cluster, (*SYNC_OPTIONS, *application.sync_options), retry_limit=application.retry_limit
        ),
    }
    if application.ignored:
        spec["ignoreDifferences"] = [_ignored(ignored) for ignored in application.ignored]
    manifest = plan_object(
        API_VERSION,
        "Application",
        application_name(cluster, application.name),
        namespace=cluster.settings.gitops.namespace,
        labels={"trimtab.dev/cluster": cluster.name, "trimtab.dev/component": application.component},
        annotations=_annotations(application, source, cluster, wave),
        spec=spec,
    )
    if not application.keeps_on_delete:
        manifest["metadata"]["finalizers"] = [f"{FINALIZER}/background" if application.holds_data else FINALIZER]
    return manifest


def plan_root(cluster: Cluster) -> dict[str, Any]:
    """Give the one Application that a person applies once: it brings the AppProject and all the others.

    It lies where Argo CD runs, whichever cluster the others go to. It syncs by itself, prunes and heals only where
    `gitops.sync` says so: pruning an Application deletes what it brought.
    """
    gitops = cluster.settings.gitops
    source = {
        "repoURL": gitops.repo_url,
        "targetRevision": gitops.target_revision,
        "path": path_in_repository(cluster, root_objects_path(cluster.name)),
        "directory": dict(DIRECTORY),
    }
    return plan_object(
        API_VERSION,
        "Application",
        application_name(cluster, ROOT),
        namespace=gitops.namespace,
        labels={"trimtab.dev/cluster": cluster.name},
        annotations={COMPARE_OPTIONS: SERVER_SIDE_DIFF, GENERATE_PATHS: f"/{source['path']}"},
        spec={
            "project": "default",
            "destination": {"server": IN_CLUSTER, "namespace": gitops.namespace},
            "source": source,
            "syncPolicy": _sync_policy({}, cluster, SYNC_OPTIONS, retry_limit=10),
        },
    )


def _annotations(application: Application, source: Source | None, cluster: Cluster, wave: int) -> dict[str, str]:
    protected = CONFIRMED if application.holds_data or application.keeps_on_delete else {}
    return {
        SYNC_WAVE: str(wave),
        COMPARE_OPTIONS: SERVER_SIDE_DIFF,
        GENERATE_PATHS: ";".join(_watched_paths(application, source, cluster)),
        **protected,
    }


def _watched_paths(application: Application, source: Source | None, cluster: Cluster) -> Iterator[str]:
    """Give the paths whose change makes Argo CD render again, in whichever repository they lie.

    A new revision that changes nothing below them is taken for the old one: upstream's files must be among them, else
    another version of theirs would never arrive (argo-cd v3.5.1 docs/operator-manual/high_availability.md).
    """
    yield f"/{path_in_repository(cluster, application_path(cluster.name, application.name))}"
    if isinstance(source, GitFiles):
        yield f"/{source.pin.path}"


def _sources(
    application: Application, source: Source | None, cluster: Cluster, has_manifests: bool
) -> list[dict[str, Any]]:
    if is_rendered(source):
        return [_rendered_source(application, cluster)]
    own = _own_source(application, cluster, has_manifests, has_values=isinstance(source, ChartRelease))
    if isinstance(source, ChartRelease):
        return [_chart_source(application, source, cluster), own] if own else []
    if isinstance(source, GitFiles):
        files = {
            "repoURL": repository_url(cluster, source.pin.repo_url),
            "targetRevision": source.pin.revision,
            "path": source.pin.path,
            "directory": dict(DIRECTORY),
        }
        return [files, own] if own else [files]
    return [own] if own else []


def _chart_source(application: Application, release: ChartRelease, cluster: Cluster) -> dict[str, Any]:
    values = path_in_repository(cluster, values_path(cluster.name, application.name))
    helm: dict[str, Any] = {"releaseName": release.release_name, "valueFiles": [f"$values/{values}"]}
    if release.api_versions:
        helm["apiVersions"] = list(release.api_versions)
    if release.skip_crds:
        helm["skipCrds"] = True
    return {
        "repoURL": repository_url(cluster, release.pin.repo_url),
        "chart": release.pin.chart,
        "targetRevision": release.pin.version,
        "helm": helm,
    }


def _rendered_source(application: Application, cluster: Cluster) -> dict[str, Any]:
    gitops = cluster.settings.gitops
    return {
        "repoURL": gitops.repo_url,
        "targetRevision": gitops.target_revision,
        "path": path_in_repository(cluster, rendered_path(cluster.name, application.name)),
        "directory": dict(DIRECTORY),
    }


def _own_source(
    application: Application, cluster: Cluster, has_manifests: bool, *, has_values: bool
) -> dict[str, Any] | None:
    gitops = cluster.settings.gitops
    entry: dict[str, Any] = {"repoURL": gitops.repo_url, "targetRevision": gitops.target_revision}
    if has_values:
        entry["ref"] = "values"
    if has_manifests:
        entry["path"] = path_in_repository(cluster, manifests_path(cluster.name, application.name))
        entry["directory"] = dict(DIRECTORY)
    return entry if has_values or has_manifests else None


def _sync_policy(
    own: Mapping[str, Any], cluster: Cluster, sync_options: tuple[str, ...], *, retry_limit: int
) -> dict[str, Any]:
    """Give the sync policy: what the component says, else what `gitops.sync` says, else yes."""
    general = cluster.settings.gitops.sync

    def is_wanted(key: str) -> bool:
        said = own.get(key)
        return getattr(general, key) is not False if said is None else bool(said)

    policy: dict[str, Any] = {}
    if is_wanted("automated"):
        extras = {"prune": is_wanted("prune"), "selfHeal": is_wanted("self_heal")}
        policy["automated"] = {"enabled": True, **{key: True for key, wanted in extras.items() if wanted}}
    policy["syncOptions"] = list(dict.fromkeys(sync_options))
    # `refresh` takes up a newer commit meanwhile (Argo CD 3.2 and newer).
    policy["retry"] = {"limit": retry_limit, "refresh": True, "backoff": dict(BACKOFF)}
    return policy


def _ignored(ignored: Ignored) -> dict[str, Any]:
    fields: Mapping[str, Any] = {
        "group": ignored.group,
        "kind": ignored.kind,
        "name": ignored.name,
        "namespace": ignored.namespace,
        "jsonPointers": list(ignored.json_pointers),
        "jqPathExpressions": list(ignored.jq_path_expressions),
    }
    return {key: value for key, value in fields.items() if value}
