"""Entries of a list that share what tells them apart."""

from __future__ import annotations

from kubernetes_support.trees import check_entries, complaints, entries, workload
from trimtab.verify.complaint import Complaint

TWICE = workload(container="env: [{name: A, value: x}, {name: A, value: y}]")
APPLICATION = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: lab-shop, namespace: argocd}
spec: {syncPolicy: {syncOptions: [%s]}}
"""


def found(option: str, text: str = TWICE) -> list[str]:
    """Give the codes for an object, a doubled variable unless told, whose Application has a sync option."""
    listed = [*entries(text), *entries(APPLICATION % option, application="root")]
    return [said.code for said in check_entries(listed) if isinstance(said, Complaint)]


def test_variable_twice_is_refused_on_the_servers_side() -> None:
    """Elsewhere the last one counts, which is worth a warning."""
    assert found("ServerSideApply=true") == ["duplicate-entry"]
    assert found("CreateNamespace=true") == ["shadowed-entry"]


def test_second_of_the_two_is_pointed_at() -> None:
    """The first may well be the right one."""
    (one,) = complaints(TWICE)
    assert one.path[-2:] == ("env", 1)


def test_same_port_of_another_protocol_is_another_port() -> None:
    """And TCP is what stands where nothing does."""
    two = "ports: [{containerPort: 53}, {containerPort: 53, protocol: %s}]"
    assert complaints(workload(container=two % "UDP")) == []
    assert [one.code for one in complaints(workload(container=two % "TCP"))] == ["shadowed-entry"]


def test_sets_hold_each_text_once() -> None:
    """Finalizers, for one."""
    text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, finalizers: [a/b, a/b]}}"
    assert [one.code for one in complaints(text)] == ["shadowed-entry"]


def test_null_in_a_list_with_keys_is_refused_on_the_servers_side() -> None:
    """Created otherwise, it is an entry without a name (API server 1.35.4)."""
    pull = workload(pod="imagePullSecrets: [null]")
    assert found("ServerSideApply=true", pull) == ["missing-field"]
    assert found("CreateNamespace=true", pull) == []


def test_null_that_the_structure_refuses_is_told_once() -> None:
    """A variable needs its name whatever way it is applied."""
    assert found("ServerSideApply=true", workload(container="env: [null]")) == ["missing-field"]
