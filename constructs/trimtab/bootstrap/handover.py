"""Applications that come before Argo CD: applied by hand exactly as it will, so that it finds no difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from trimtab.bootstrap.files import Files, quote, render_script
from trimtab.components.assemble import Plan
from trimtab.kube.argocd import is_at_home, repository_url
from trimtab.kube.release import ChartRelease, is_rendered
from trimtab.plan.application import Application
from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import PodNetwork
from trimtab.tree.paths import manifests_path, path_in_cluster, rendered_path, root_path, values_path

CNI = "20-cni/install.sh"
ARGOCD = "40-argocd/install.sh"

APPLY = "kubectl apply --server-side --field-manager argocd-controller --force-conflicts"
"""Argo CD's own field manager: what it adopts must not be owned by a second one
(argo-cd v3.5.1 common/common.go, ArgoCDSSAManager)."""

_CRDS = "kubectl wait --for condition=established --timeout 120s customresourcedefinition --all"
_CHECKS: Mapping[str, tuple[str, ...]] = {
    "calico-crds": (_CRDS,),
    "calico-operator": (_CRDS, "kubectl --namespace tigera-operator rollout status deployment tigera-operator"),
    "calico": (
        "until kubectl get tigerastatus calico apiserver >/dev/null 2>&1; do sleep 5; done",
        "kubectl wait --for condition=Available --timeout 600s tigerastatus calico apiserver",
    ),
}
"""Application to what shows that the next one can follow."""


def plan_handover(plan: Plan, with_manifests: Collection[str]) -> Files:
    """Give the scripts that bring the pod network, and Argo CD with the root.

    Args:
        plan: The cluster's plan.
        with_manifests: Applications that have objects of their own in the tree.
    """
    files: Files = {}
    if names := network_applications(plan):
        lines = [line for name in names for line in _install(plan, plan.application(name), with_manifests)]
        ready = "kubectl wait --for condition=Ready --timeout 600s node --all"
        files[CNI] = render_script(_PURPOSE, *_TOP, *lines, "", ready)
    purpose = "Brings Argo CD, and the one Application that brings all others."
    files[ARGOCD] = render_script(purpose, *_TOP, *_argocd(plan, with_manifests))
    return files


def network_applications(plan: Plan) -> tuple[str, ...]:
    """Give the applications of whoever brings the pod network, in their order; none where the distribution does."""
    givers = {offer.by for offer in plan.facts.iter_offers(PodNetwork)}
    components = {application.component for application in plan.applications if application.name in givers}
    wanted = [application.name for application in plan.applications if application.component in components]
    return tuple(sorted(wanted, key=lambda name: (plan.order.waves.get(name, 0), name)))


_PURPOSE = """Brings the pod network, which Argo CD needs before it can bring anything.
Helm's hooks are left out: one of them removes the network when it is taken for an ordinary Job."""

_TOP = ('cd "$(dirname -- "$0")/../.."',)


def _argocd(plan: Plan, with_manifests: Collection[str]) -> Iterator[str]:
    namespace = plan.cluster.settings.gitops.namespace
    if is_at_home(plan.cluster):
        yield from _install(plan, plan.application("argocd"), with_manifests)
        here = f"kubectl --namespace {namespace}"
        yield f"for one in $({here} get deployment,statefulset --output name); do"
        yield f'  {here} rollout status --timeout 600s "$one"'
        yield "done"
    else:
        yield "# Argo CD runs in another cluster: kubectl must speak to that one here."
    yield ""
    yield f"{APPLY} --filename {path_in_cluster(root_path(plan.cluster.name))}"


def _install(plan: Plan, application: Application, with_manifests: Collection[str]) -> Iterator[str]:
    """Give the commands of one application: its namespace, its chart as Argo CD renders it, its own objects."""
    name, cluster = application.name, plan.cluster
    source = plan.sources.get(name)
    folder = rendered_path if is_rendered(source) else manifests_path
    manifests = path_in_cluster(folder(cluster.name, name))
    yield ""
    yield f"echo {quote(name)}"
    if name in with_manifests and application.creates_namespace:
        yield f"{APPLY} --filename {manifests}/namespace_{application.namespace}.yaml"
    if is_rendered(source):  # not below it, where the hooks lie
        yield f"{APPLY} --namespace {application.namespace} --filename {manifests}"
    elif isinstance(source, ChartRelease):
        yield from render_release(name, source, cluster)
    if name in with_manifests and not is_rendered(source):
        yield f"{APPLY} --recursive --namespace {application.namespace} --filename {manifests}"
    yield from _CHECKS.get(name, ())


def render_release(name: str, release: ChartRelease, cluster: Cluster) -> Iterator[str]:
    """Give the command that renders a chart as Argo CD does, hooks left out, and applies it."""
    repository = repository_url(cluster, release.pin.repo_url)
    if release.pin.oci and "://" not in repository:
        chart = [quote(f"oci://{repository}/{release.pin.chart}")]
    else:
        chart = [release.pin.chart, "--repo", quote(repository)]
    words = ["helm", "template", release.release_name, *chart, "--version", release.pin.version]
    words += ["--namespace", release.namespace, "--no-hooks", "" if release.skip_crds else "--include-crds"]
    words += ["--kube-version", cluster.settings.kubernetes.version]
    words += [word for api in release.api_versions for word in ("--api-versions", api)]
    words += ["--values", path_in_cluster(values_path(cluster.name, name))]
    yield " ".join(word for word in words if word) + " \\"
    yield f"  | {APPLY} --namespace {release.namespace} --filename -"
