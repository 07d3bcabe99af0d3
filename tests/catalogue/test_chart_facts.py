"""The committed facts about charts can be read and say what upstream is known to do."""

from __future__ import annotations

import pytest

from trimtab.catalogue.chart_facts import ChartFacts, chart_facts, known_charts
from trimtab.catalogue.key_tree import Known, Unknown


def facts_of(chart: str, version: str) -> ChartFacts:
    """Load facts that must be there."""
    facts = chart_facts(chart, version)
    assert facts is not None
    return facts


@pytest.mark.parametrize(("chart", "version"), known_charts())
def test_facts_are_about_the_chart_they_are_filed_under(chart: str, version: str) -> None:
    """Name and version of the file are name and version of the chart."""
    facts = facts_of(chart, version)
    assert (facts.chart, facts.version) == (chart, version)
    assert {kind.crd for kind in facts.custom_kinds} <= set(facts.crds)


def test_no_facts_about_an_unknown_chart() -> None:
    """Asking for what we do not have is no error: the caller says what went unchecked."""
    assert chart_facts("rook-ceph", "v9.9.9") is None
    assert chart_facts("no-such-chart", "1.0.0") is None


def test_facts_are_loaded_once() -> None:
    """A run that asks a thousand times reads each file once."""
    assert chart_facts("rook-ceph", "v1.20.6") is chart_facts("rook-ceph", "v1.20.6")


def test_calico_chart_removes_the_network_when_it_is_deleted() -> None:
    """The hook that PITFALLS are about is on record."""
    hooks = {(kind.kind, kind.hook) for kind in facts_of("tigera-operator", "v3.32.1").hooks}
    assert ("Job", "pre-delete") in hooks


def test_rook_1_20_no_longer_reads_the_kubelet_folder() -> None:
    """About seventy keys left the operator's chart with 1.20 and are ignored without a word since."""
    path = ("csi", "kubeletDirPath")
    assert isinstance(facts_of("rook-ceph", "v1.19.10").knows(path), Known)
    assert isinstance(facts_of("rook-ceph", "v1.20.6").knows(path), Unknown)


def test_a_misspelt_key_of_argo_cd_is_found_and_mended() -> None:
    """The suggestion is the whole path of the key that was meant."""
    verdict = facts_of("argo-cd", "10.1.1").knows(("controller", "replica"))
    assert verdict == Unknown(at=("controller", "replica"), suggestion=("controller", "replicas"))


def test_dotted_keys_of_argo_cds_settings_are_known() -> None:
    """`configs.cm` holds keys with dots in them, and any other besides."""
    values = {"configs": {"cm": {"resource.exclusions": "", "my.own.key": ""}, "cmm": {}}}
    assert list(facts_of("argo-cd", "10.1.1").iter_unknown_keys(values)) == [("configs", "cmm")]


def test_cert_manager_renders_into_kube_system_too() -> None:
    """A project for it must allow the namespace of the leader election."""
    namespaces = {name for kind in facts_of("cert-manager", "v1.21.1").renders for name in kind.namespaces}
    assert {"kube-system", "{release}"} <= namespaces


def test_custom_kinds_come_with_scope_and_served_versions() -> None:
    """What the API server answers for is part of the facts."""
    kinds = {kind.kind: kind for kind in facts_of("cert-manager", "v1.21.1").custom_kinds}
    assert kinds["ClusterIssuer"].scope == "Cluster"
    assert kinds["Certificate"].scope == "Namespaced"
    assert kinds["Certificate"].served == ("v1",)
