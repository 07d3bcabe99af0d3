"""Workloads that apply cleanly and then fail somebody."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import check_entries, codes, complaints, entries, service, workload
from trimtab.verify.complaint import Complaint, Unchecked
from trimtab.verify.world import ChartUse

PROBE = "readinessProbe: {tcpSocket: {port: 80}}"
HEADLESS = service(more="clusterIP: None")


def stateful(spec: str = "replicas: 3, serviceName: web") -> str:
    """Write a StatefulSet with a probe."""
    return workload("StatefulSet", spec=spec, container=PROBE)


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        ((stateful(), HEADLESS), 0),
        ((stateful(),), 1),
        ((stateful("replicas: 3"), HEADLESS), 1),
        ((stateful(), service()), 1),
        ((stateful(), HEADLESS.replace("app: web", "app: other")), 1),
        ((stateful("serviceName: web"),), 0),
    ],
)
def test_stateful_set_of_several_needs_a_headless_service(texts: tuple[str, ...], faults: int) -> None:
    """A single pod has nobody to find."""
    assert codes(*texts) == ["stateful-set-without-headless-service"] * faults


def test_service_that_a_chart_may_bring_is_said_to_be_unknown() -> None:
    """What cannot be seen is not wrong."""
    chart = ChartUse(
        application="a", cluster="lab", chart="c", version="1", namespace="shop", release_name="a", values={}
    )
    (one,) = check_entries(entries(stateful()), charts=(chart,))
    assert isinstance(one, Unchecked)


def test_workload_behind_a_service_needs_a_probe() -> None:
    """One of any kind; without a Service nobody is led there."""
    assert codes(workload(), service()) == ["no-health-probe"]
    assert codes(workload(container=PROBE), service()) == []
    assert codes(workload()) == []


def test_workloads_of_charts_are_left_to_their_authors() -> None:
    """Whether rendered by Argo CD or into the tree."""
    rendered = workload().replace("metadata: {name: web}", "metadata: {name: web, labels: {helm.sh/chart: web-1}}", 1)
    assert codes(rendered, service()) == []
    assert check_entries([*entries(workload(), is_written=False), *entries(service())]) == []


def test_host_name_of_another_namespace_is_found() -> None:
    """Where the Service of that name is next door."""
    asks = workload(container=f"{PROBE}, env: [{{name: U, value: 'http://web.%s.svc:80'}}]")
    assert codes(asks % "store", service()) == ["namespace-in-host-name"]
    assert codes(asks % "shop", service()) == []
    there = service().replace("name: web}", "name: web, namespace: store}", 1)
    assert codes(asks % "store", service(), there) == []


def test_host_name_of_an_unknown_service_is_not_guessed_at() -> None:
    """It may be anywhere."""
    assert codes(workload(container="args: ['db.store.svc.cluster.local']")) == []


def test_host_names_in_config_maps_are_looked_at() -> None:
    """Most seed addresses stand there."""
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {seeds: 'a.b, web.store.svc.cluster.local'}}"
    (one,) = complaints(text, service())
    assert (one.code, one.path) == ("namespace-in-host-name", ("data", "seeds"))


@pytest.mark.parametrize(
    ("budget", "replicas", "faults"),
    [
        ("maxUnavailable: 1", 1, 0),
        ("maxUnavailable: 0", 3, 1),
        ("maxUnavailable: 0%", 3, 1),
        ("minAvailable: 100%", 3, 1),
        ("minAvailable: 1", 2, 0),
        ("minAvailable: 2", 2, 1),
        ("minAvailable: 51%", 2, 1),
        ("minAvailable: 50%", 2, 0),
    ],
)
def test_budget_that_lets_no_pod_go_is_found(budget: str, replicas: int, faults: int) -> None:
    """A share is rounded up, as the controller does."""
    text = "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {selector: {%s}, %s}}"
    chosen = "matchLabels: {app: web}"
    assert codes(workload(spec=f"replicas: {replicas}"), text % (chosen, budget)) == ["drain-blocked"] * faults


def test_budget_for_pods_of_an_operator_is_not_guessed_at() -> None:
    """Nobody here knows how many there are."""
    text = (
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {selector: {}, minAvailable: 1}}"
    )
    assert codes(text) == []


@pytest.mark.parametrize(
    ("mode", "spec", "faults"),
    [
        ("ReadWriteOnce", "", 1),
        ("ReadWriteOnce", "strategy: {type: Recreate}", 0),
        ("ReadWriteOnce", "strategy: {rollingUpdate: {maxSurge: 0}}", 0),
        ("ReadWriteMany", "", 0),
    ],
)
def test_deployment_that_rolls_on_a_volume_of_one_node_is_found(mode: str, spec: str, faults: int) -> None:
    """Unless it stops the last pod first."""
    claim = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: d}, spec: {accessModes: [%s],"
    claim += " resources: {requests: {storage: 1Gi}}}}"
    deployment = workload(spec=spec, pod="volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]")
    assert codes(claim % mode, deployment) == ["rolling-update-on-single-writer"] * faults


@pytest.mark.parametrize(
    ("image", "faults"),
    [
        ("gcr.io/kaniko-project/executor:v1.23.0", 2),
        ("moby/buildkit:v0.24.0", 1),
        ("docker:27-dind", 1),
        ("example.org/img:v0.5.11", 1),
        ("example.org/imgproxy:1.0.0", 0),
        ("example.org/notebooks/hub-img:1.0.0", 0),
        ("example.org/web:1.0.0", 0),
    ],
)
def test_builder_without_a_limit_of_its_disk_is_found(image: str, faults: int) -> None:
    """Kaniko is archived besides."""
    text = workload().replace("example.org/web:1.0.0", image)
    assert codes(text) == ["build-fills-the-node"] * faults


def test_builder_with_a_limit_is_left_in_peace() -> None:
    """The kubelet evicts it alone."""
    text = workload(container="resources: {limits: {ephemeral-storage: 10Gi}}")
    assert codes(text.replace("example.org/web:1.0.0", "moby/buildkit:v0.24.0")) == []


def test_images_of_a_foreign_tree_need_a_version() -> None:
    """A tree of ours was asked before it was laid out."""
    text = entries(workload().replace(":1.0.0", ""))
    assert [one.code for one in check_entries(text, foreign=True) if isinstance(one, Complaint)] == ["unpinned-source"]
    assert check_entries(text) == []
