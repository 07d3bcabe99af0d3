"""The Gateway API: who owns its CRDs, where they come from, what the project must allow."""

from __future__ import annotations

import pytest

from platform_support.made import NETWORK, make_cluster
from trimtab.catalogue.components import releases
from trimtab.components.protocol import Component
from trimtab.components.registry import COMPONENTS
from trimtab.kube.argocd import plan_application
from trimtab.kube.project import plan_project
from trimtab.kube.release import GitFiles
from trimtab.plan.offers import ApiGroup
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

VERSIONS = [release.version for release in releases("gateway-api")]
GROUP = "gateway.networking.k8s.io"


@pytest.mark.parametrize("version", VERSIONS)
def test_files_come_from_the_release_tag(version: str) -> None:
    """Upstream publishes no chart: the folder of the standard channel, at the tag, never a branch."""
    source = make_cluster({"gateway-api": {"version": version}}).sources["gateway-api"]
    assert isinstance(source, GitFiles)
    assert (source.pin.revision, source.pin.path) == (f"v{version}", "config/crd/standard")


@pytest.mark.parametrize("version", VERSIONS)
def test_argo_cd_reads_the_folder_as_plain_files(version: str) -> None:
    """A directory source with every YAML file: the folder has no kustomization, and all files in it are objects."""
    made = make_cluster({"gateway-api": {"version": version}})
    application = plan_application(
        made.applications["gateway-api"],
        made.sources["gateway-api"],
        cluster=made.cluster,
        wave=0,
        has_manifests=False,
    )
    assert application["spec"]["source"]["directory"] == {"recurse": True, "include": "*.yaml"}
    assert "ServerSideApply=true" in application["spec"]["syncPolicy"]["syncOptions"]


def test_server_side_apply_is_needed_for_its_longest_definition() -> None:
    """HTTPRoute's definition alone is longer than an annotation may be, so it cannot be applied the old way."""
    folder = find_upstream()
    if folder is None:
        pytest.skip(MISSING)
    whole = (folder / "gateway-api" / VERSIONS[0] / "crds.yaml").read_text("utf-8")
    assert max(len(document) for document in whole.split("\n---")) > 262144


def test_the_project_allows_every_kind_in_the_folder() -> None:
    """CRDs, and the policy with its binding that guards them: what a project does not list is refused at sync."""
    made = make_cluster({"gateway-api": {}})
    project = plan_project(made.cluster, tuple(made.applications.values()), made.sources, {})
    assert {(kind["group"], kind["kind"]) for kind in project["spec"]["clusterResourceWhitelist"]} == {
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
        ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
    }
    assert [one["namespace"] for one in project["spec"]["destinations"]] == ["default"]
    assert "https://github.com/kubernetes-sigs/gateway-api" in project["spec"]["sourceRepos"]


def test_gateway_api_crd_owned_twice() -> None:
    """No other component says that it brings these kinds: a policy refuses what an older owner would write."""
    names = [component.name for component in COMPONENTS if not _needs_settings(component)]
    assert len(names) > 3
    made = make_cluster({name: {} for name in names})
    assert [offer.by for offer in made.facts.iter_offers(ApiGroup) if offer.name == GROUP] == ["gateway-api"]


def _needs_settings(component: Component) -> bool:
    return any(field.is_required() for field in component.settings.model_fields.values())


def test_gateway_api_data_pruned() -> None:
    """Its objects stay when the Application goes: with the CRDs every Gateway and route would go."""
    made = make_cluster({"gateway-api": {}})
    application = plan_application(
        made.applications["gateway-api"], made.sources["gateway-api"], cluster=made.cluster, wave=0, has_manifests=False
    )
    assert "finalizers" not in application["metadata"]
    assert "Prune=confirm" in application["metadata"]["annotations"]["argocd.argoproj.io/sync-options"]


@pytest.mark.parametrize("brought", [(), (NETWORK,)])
def test_nothing_has_to_run_before_it(brought: tuple[()]) -> None:
    """CRDs need no pods, so they come in the first wave even without a network."""
    made = make_cluster({"gateway-api": {}}, brought=brought)
    assert (made.order.waves, made.order.unmet) == ({"gateway-api": 0}, ())


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
def test_every_release_serves_what_is_offered(version: str) -> None:
    """The group that is offered is the one, and the only one, that the release's definitions serve."""
    assert release_crds("gateway-api", version).groups == {GROUP}
