"""The layers of Calico, their order, and that none takes the network along when it goes."""

from __future__ import annotations

import pytest

from calico_support.made import make_cluster
from trimtab.catalogue.argocd_names import SYNC_OPTIONS
from trimtab.kube.argocd import plan_application
from trimtab.plan.offers import AddressPool, ApiGroup, PodNetwork
from trimtab.plan.order import plan_order

BGP = {"bgp": {"asNumber": 65000, "peers": {"r": {"address": "2001:db8::ff", "asNumber": 65001}}}}
LAYERS = {
    "v3.32.1": ["calico-crds", "calico-operator", "calico", "calico-config"],
    "v3.31.7": ["calico-operator", "calico", "calico-config"],
    "v3.30.7": ["calico-operator", "calico", "calico-config"],
}


@pytest.mark.parametrize(("version", "names"), LAYERS.items())
def test_layers_follow_each_other(version: str, names: list[str]) -> None:
    """Each layer waits for the one below, and none for what only Calico itself can bring."""
    made = make_cluster({"version": version, **BGP})
    order = plan_order(tuple(made.applications.values()), made.facts.offers)
    assert sorted(order.waves, key=lambda name: order.waves[name]) == names
    assert len(set(order.waves.values())) == len(names)
    assert order.unmet == ()


def test_pods_have_a_network_once_the_installation_is_there() -> None:
    """Whatever needs a pod network waits for the Installation, not for the operator alone."""
    network = make_cluster().facts.find(PodNetwork)
    assert network is not None
    assert network.by == "calico"


@pytest.mark.parametrize("version", LAYERS)
def test_calico_crds_owned_twice_never(version: str) -> None:
    """One application brings the CRDs, by one chart of the two there are, and the operator leaves them alone."""
    made = make_cluster({"version": version})
    givers = {offer.by for offer in made.facts.iter_offers(ApiGroup) if offer.name == "operator.tigera.io"}
    assert givers == {"calico-crds" if version == "v3.32.1" else "calico-operator"}
    assert made.charts["calico-operator"].values["manageCRDs"] is False
    assert not made.charts["calico-operator"].skip_crds
    crd_charts = [release.pin.chart for name, release in made.charts.items() if name == "calico-crds"]
    assert crd_charts == (["crd.projectcalico.org.v1"] if version == "v3.32.1" else [])


@pytest.mark.parametrize("version", LAYERS)
def test_cni_removed_with_its_app_never_by_a_finalizer(version: str) -> None:
    """No Application of Calico deletes its objects when it goes, and deleting one asks first."""
    made = make_cluster({"version": version, **BGP})
    for name, application in made.applications.items():
        manifest = plan_application(
            application, made.charts.get(name), cluster=made.facts.cluster, wave=0, has_manifests=True
        )
        assert "finalizers" not in manifest["metadata"]
        assert manifest["metadata"]["annotations"][SYNC_OPTIONS] == "Prune=confirm,Delete=confirm"


@pytest.mark.parametrize("version", LAYERS)
@pytest.mark.parametrize("namespace", ["tigera-operator", "elsewhere"])
def test_cni_removed_with_its_app_never_by_the_chart_hook(version: str, namespace: str) -> None:
    """In the place of the chart's uninstall Job stands one that Argo CD skips and that would do nothing if it ran."""
    made = make_cluster({"version": version, "namespace": namespace})
    [built] = made.built("calico-operator")
    job = built.manifest
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
    assert job["metadata"]["name"] == "tigera-operator-uninstall"
    assert job["metadata"]["namespace"] == made.charts["calico-operator"].namespace == namespace
    assert job["metadata"]["annotations"] == {"argocd.argoproj.io/hook": "Skip"}
    assert job["spec"]["suspend"] is True
    assert "pre-delete" not in str(job)
    assert built.reasons


def test_cni_removed_with_its_app_never_since_no_job_is_rendered() -> None:
    """Where we render the chart its Job is left out, and nothing needs to stand in its place."""
    assert make_cluster({"delivery": "rendered"}).built("calico-operator") == []
    assert len(make_cluster({"delivery": "values"}).built("calico-operator")) == 1


def test_cni_removed_with_its_app_never_since_our_job_is_the_last_source() -> None:
    """Argo CD takes the object of the last source, so ours must come after the chart."""
    made = make_cluster()
    application, release = made.applications["calico-operator"], made.charts["calico-operator"]
    manifest = plan_application(application, release, cluster=made.facts.cluster, wave=0, has_manifests=True)
    assert [("chart" in source, "path" in source) for source in manifest["spec"]["sources"]] == [
        (True, False),
        (False, True),
    ]


def test_cni_removed_with_its_app_never_by_a_prune() -> None:
    """What carries the network stays when it leaves Git."""
    made = make_cluster({"goldmane": True})
    for kind in ("Installation", "APIServer"):
        annotations = made.objects(kind)["default"]["metadata"]["annotations"]
        assert annotations == {SYNC_OPTIONS: "Prune=false,Delete=false"}
    assert "annotations" not in made.objects("Goldmane")["default"]["metadata"]


def test_the_aggregated_api_may_come_late() -> None:
    """Objects of projectcalico.org/v3 are tried again until Calico's API server answers."""
    config = make_cluster(BGP).applications["calico-config"]
    assert config.sync_options == ("SkipDryRunOnMissingResource=true",)
    api = make_cluster(BGP).facts.find(ApiGroup, "projectcalico.org")
    assert api is not None
    assert api.served_by_pods


def test_nothing_to_configure_without_bgp() -> None:
    """Without BGP there is no object of projectcalico.org/v3, and no application for it."""
    assert "calico-config" not in make_cluster().applications


@pytest.mark.parametrize(
    ("advertise", "ranges", "given"),
    [(["loadBalancers"], True, True), ([], True, False), (["loadBalancers"], False, False)],
)
def test_load_balancer_without_address_unless_announced(advertise: list[str], ranges: bool, given: bool) -> None:
    """Calico gives load balancers addresses where there is a range and BGP announces it."""
    network = {"loadBalancers": ["2001:db8:3::/112"]} if ranges else {}
    made = make_cluster({"bgp": {"advertise": advertise}}, network=network)
    pool = made.facts.find(AddressPool)
    assert (pool is not None) == given
    assert pool.families == {"IPv6"} if pool else not made.objects("IPPool")
