"""Objects to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trimtab import __version__
from trimtab.bootstrap.plan import plan_bootstrap
from trimtab.components.assemble import Plan, iter_offers_by
from trimtab.components.releases import release_versions
from trimtab.documents.canonical import order_manifest
from trimtab.kube.argocd import plan_root
from trimtab.kube.release import ChartRelease, Source, is_rendered
from trimtab.pipeline.delivering import is_chart_hook
from trimtab.pipeline.state import ClusterState, State
from trimtab.plan.application import Application
from trimtab.plan.offers import Need
from trimtab.tree.file import FileSpec
from trimtab.tree.index import ApplicationEntry, ChartSource, ExpectedSecret, Index, render_index
from trimtab.tree.layout import ApplicationFiles, file_digests, plan_files
from trimtab.tree.paths import index_path


def lay_out_clusters(state: State) -> State:
    """Turn every cluster's objects into the files of its folder."""
    clusters = []
    for cluster in state.clusters:
        laid_out, state = _lay_out(cluster, state)
        clusters.append(laid_out)
    return replace(state, clusters=tuple(clusters))


def _lay_out(cluster: ClusterState, state: State) -> tuple[ClusterState, State]:
    plan = cluster.require_plan()
    layout = plan_files(
        cluster.name,
        root=order_manifest(plan_root(plan.cluster)),
        root_objects=[order_manifest(manifest) for manifest in cluster.root_objects],
        applications=[_application_files(cluster, plan, application) for application in plan.applications],
    )
    with_manifests = {name for name, objects in cluster.objects.items() if objects}
    files = (*layout.files, *plan_bootstrap(plan, with_manifests=with_manifests))
    index = render_index(_index(cluster, plan, files))
    files = (*files, FileSpec(path=index_path(cluster.name), content=index.encode()))
    findings = (replace(finding, cluster=cluster.name) for finding in layout.findings)
    return replace(cluster, files=files), state.found(*findings)


def _application_files(cluster: ClusterState, plan: Plan, application: Application) -> ApplicationFiles:
    source = plan.sources.get(application.name)
    objects = cluster.objects.get(application.name, ())
    return ApplicationFiles(
        name=application.name,
        values=_sorted(source.values) if isinstance(source, ChartRelease) else None,
        manifests=[order_manifest(built.manifest) for built in objects if not is_chart_hook(built)],
        is_rendered=is_rendered(source),
        hooks=[order_manifest(built.manifest) for built in objects if is_chart_hook(built)],
    )


def _sorted(value: Mapping[str, object]) -> dict[str, object]:
    return {key: _sorted(inner) if isinstance(inner := value[key], Mapping) else inner for key in sorted(value)}


def _index(cluster: ClusterState, plan: Plan, files: tuple[FileSpec, ...]) -> Index:
    wanted = [secret for application in plan.applications for secret in application.secrets]
    secrets = sorted({(secret.namespace, secret.name, secret.keys) for secret in wanted})
    hosts = sorted({name for application in plan.applications for name in application.host_names})
    settings = plan.cluster.settings
    return Index(
        version=__version__,
        cluster=cluster.name,
        kubernetes=settings.kubernetes.version,
        distribution=str(settings.kubernetes.distribution),
        distribution_version=settings.kubernetes.distribution_version,
        pods=tuple(settings.network.pods),
        services=tuple(settings.network.services),
        files=file_digests(files, None),
        applications=tuple(_entry(plan, application, cluster, files) for application in plan.applications),
        secrets=tuple(ExpectedSecret(namespace=namespace, name=name, keys=keys) for namespace, name, keys in secrets),
        host_names=tuple(hosts),
    )


def _entry(
    plan: Plan, application: Application, cluster: ClusterState, files: tuple[FileSpec, ...]
) -> ApplicationEntry:
    source = plan.sources.get(application.name)
    release = source if isinstance(source, ChartRelease) else None
    origins = {path for built in cluster.objects.get(application.name, ()) for path in built.origin}
    return ApplicationEntry(
        name=application.name,
        component=application.component,
        version=release_versions(plan.settings).get(application.component),
        wave=plan.order.waves[application.name],
        namespace=application.namespace,
        chart=_chart(source, cluster.digests.get(application.name)),
        release_name=release.release_name if release else None,
        delivery=str(release.delivery) if release else None,
        needs=tuple(dict.fromkeys(str(need) for need in application.needs if _is_met(need, plan))),
        gives=tuple(dict.fromkeys(str(offer) for offer in iter_offers_by(plan.offers, application.name))),
        origins=tuple(sorted({*application.origins, *origins, *(source.origins if source else ())})),
        files=file_digests(files, application.name),
    )


def _is_met(need: Need, plan: Plan) -> bool:
    return any(need.is_met_by(offer) for offer in plan.offers)


def _chart(source: Source | None, digest: str | None) -> ChartSource | None:
    if isinstance(source, ChartRelease):
        pin = source.pin
        return ChartSource(repo_url=pin.repo_url, name=pin.chart, version=pin.version, digest=digest)
    return None
