"""Four layers, each with what it needs, in an order that deletes well."""

from __future__ import annotations

import pytest

from logging_support.made import ALL, MONITORING, STORAGE, make_cluster
from trimtab.components.assemble import Part, plan_components
from trimtab.components.logging.offers import GROUPS
from trimtab.components.protocol import Component
from trimtab.plan.offers import StorageClass
from upstream_support.folder import MISSING, find_upstream
from upstream_support.releases import release_crds

LAYERS = ["logging-crds", "logging-operator", "logging", "logging-fluent-bit"]


def test_operator_and_cluster_in_one_app_they_are_not() -> None:
    """Definitions, operator and Elasticsearch are layers of their own; the operator outlives what it serves."""
    assert list(make_cluster().applications) == LAYERS


def test_layers_are_in_order() -> None:
    """Kinds before the operator, the operator before its objects, the template before the first line."""
    made = make_cluster(kubernetes={"version": "1.35", "distribution": "k3s"}, brought=ALL)
    plan = plan_components(made.facts.cluster, [Part(component=Component("logging"), settings=made.settings)])
    waves = [plan.order.waves[name] for name in LAYERS]
    assert waves == sorted(set(waves))
    assert [unmet.need for unmet in plan.order.unmet] == []
    assert made.applications["logging-fluent-bit"].after == ("logging",)


def test_crd_too_long_to_apply_definitions_come_alone() -> None:
    """The chart of definitions is an application of its own, and the operator's brings none."""
    made = make_cluster()
    assert made.charts["logging-crds"].pin.chart == "eck-operator-crds"
    assert made.value("logging-operator", "installCRDs") is False


def test_storage_is_waited_for() -> None:
    """The class that is named, else the default one, else any: that there is none is said by a rule."""
    for logging, brought, name in (
        ({"elasticsearch": {"storageClass": "slow"}}, (STORAGE,), "slow"),
        ({}, (STORAGE,), "fast"),
        ({}, (), None),
    ):
        needs = make_cluster(logging, brought=brought).applications["logging"].needs
        assert [need.name for need in needs if need.offer is StorageClass] == [name]


def test_namespaces() -> None:
    """The operator has its own; Fluent Bit shares Elasticsearch's, which must let it read the machines' files."""
    made = make_cluster({"namespace": "efk", "operatorNamespace": "eck"}, brought=(STORAGE, *MONITORING))
    found = made.applications
    assert [found[name].namespace for name in LAYERS] == ["eck", "eck", "efk", "efk"]
    assert [found[name].creates_namespace for name in LAYERS] == [False, True, True, False]
    assert found["logging"].pod_security == "privileged"
    assert {name: release.namespace for name, release in made.charts.items()}["logging-fluent-bit"] == "efk"


def test_nobody_has_to_make_a_secret() -> None:
    """The operator makes password and certificates."""
    assert all(application.secrets == () for application in make_cluster().applications.values())


def test_what_the_operator_writes_is_not_compared() -> None:
    """The webhook's authority, and a list that it writes back."""
    found = make_cluster().applications
    [webhook] = found["logging-operator"].ignored
    [clusters] = found["logging"].ignored
    assert webhook.jq_path_expressions == (".webhooks[]?.clientConfig.caBundle",)
    assert clusters.json_pointers == ("/spec/remoteClusters",)


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", ["3.5.0", "3.4.1", "3.3.2"])
def test_every_group_is_offered(version: str) -> None:
    """The groups offered are those of the definitions, no more and no fewer."""
    assert set(GROUPS) == release_crds("logging", version).groups
