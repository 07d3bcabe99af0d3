"""Entries of ignoreDifferences that ignore nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argocd_tree_support.trees import application, complain, read_entries, say
from trimtab.verify.argocd.pointers import MISSING, parse_pointer, resolve_pointer
from trimtab.verify.complaint import Unchecked

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {example.org/note: x}}
spec: {replicas: 3, clusterIP: none, template: {spec: {containers: [{name: a, image: b}]}}}
"""
RESPECT = "syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}\n"


def found(item: str, spec: str = RESPECT) -> list[tuple[str, str, str]]:
    """Give what is said of one entry, in an Application with one Deployment."""
    entries = read_entries(application(f"{spec}ignoreDifferences: [{item}]"))
    entries += read_entries(DEPLOYMENT, application="shop", namespace="shop")
    return [(one.code, one.message, one.help) for one in complain(entries)]


def test_entry_that_matches_is_quiet() -> None:
    """By group and kind, with patterns too."""
    assert found("{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}") == []
    assert found("{group: '*', kind: '*', jsonPointers: [/spec/replicas]}") == []


def test_forgotten_group_is_named() -> None:
    """The core group is the empty text, and Deployment is not in it."""
    ((code, message, help_),) = found("{kind: Deployment, jsonPointers: [/spec/replicas]}")
    assert code == "difference-not-ignored"
    assert message == "Application.argoproj.io argocd/shop has no Deployment whose differences it could ignore"
    assert help_ == "the group of Deployment is 'apps'"


@pytest.mark.parametrize(
    ("item", "help_"),
    [
        ("{group: apps, kind: deployment, jsonPointers: [/a]}", "the kind is 'Deployment'"),
        ("{group: apps, kind: Deployment, name: wbe, jsonPointers: [/spec]}", "it has Deployment web"),
        ("{group: apps, kind: StatefulSet, jsonPointers: [/a]}", "its kinds are Deployment"),
        ("{group: apps, kind: Deployment}", "name it in jsonPointers or jqPathExpressions"),
        ("{group: apps, kind: Deployment, jsonPointers: [spec.replicas]}", "begin it with a slash: '/spec/replicas'"),
        ("{group: apps, kind: Deployment, jsonPointers: [/spec/replics]}", "did you mean '/spec/replicas'?"),
        (
            "{group: apps, kind: Deployment, jsonPointers: [/metadata/annotations/example.org/note]}",
            "did you mean '/metadata/annotations/example.org~1note'?",
        ),
    ],
)
def test_entry_that_ignores_nothing_is_told_what_would(item: str, help_: str) -> None:
    """Argo CD says nothing."""
    assert [(code, said) for code, _, said in found(item)] == [("difference-not-ignored", help_)]


@pytest.mark.parametrize("pointer", ["/status", "/spec/paused", "/spec/template/spec/containers/3"])
def test_pointer_to_what_only_the_cluster_writes_is_quiet(pointer: str) -> None:
    """The field may well be there once the API server has filled in what is left out."""
    assert found(f"{{group: apps, kind: Deployment, jsonPointers: [{pointer}]}}") == []


def test_value_in_git_is_written_back_unless_it_is_respected() -> None:
    """A field that Git does not have is never written; one that it has is, at each sync."""
    ((code, message, _),) = found("{group: apps, kind: Deployment, jsonPointers: [/spec/replicas]}", spec="")
    assert code == "ignored-difference-overwritten"
    assert "ignores '/spec/replicas' of Deployment.apps shop/web when it compares" in message
    jq = "{group: apps, kind: Deployment, jqPathExpressions: ['.spec.template.spec.containers[].image']}"
    assert [one[0] for one in found(jq, spec="")] == ["ignored-difference-overwritten"]
    assert found("{group: apps, kind: Deployment, jsonPointers: [/status]}", spec="") == []


def test_objects_of_a_chart_are_not_judged() -> None:
    """What it renders is not in the tree; that nobody looked is said."""
    source = "source: {repoURL: 'https://charts.example.org', chart: web, targetRevision: '1'}\n"
    text = application(f"{source}ignoreDifferences: [{{kind: Secret, jsonPointers: [/data]}}]")
    assert [type(one) for one in say(read_entries(text))] == [Unchecked]


@pytest.mark.parametrize(
    ("path", "why", "help_"),
    [
        (".spec.containers[].image", "has no field 'containers' in 'spec'", "it is in 'template.spec'"),
        (
            '.spec."template".spec.containers[0].imag',
            "has no field 'imag' in 'containers'",
            "did you mean '.spec.\"template\".spec.containers[0].image'?",
        ),
        (".spec.template.spec.containers.image", "'containers' is a list", "go into the list: containers[].image"),
        (
            ".spec.replica | select(. == 3)",
            "has no field 'replica' in 'spec'",
            "did you mean '.spec.replicas | select(. == 3)'?",
        ),
    ],
)
def test_field_that_the_kind_does_not_have_is_told_once(path: str, why: str, help_: str) -> None:
    """Whatever the cluster writes, it cannot be there; the objects need not be at hand."""
    ((code, message, said),) = found(f"{{group: apps, kind: Deployment, jqPathExpressions: ['{path}']}}")
    assert code == "difference-not-ignored"
    assert why in message
    assert said == help_


@pytest.mark.parametrize("path", [".metadata.managedFields", ".metadata.labels.ap"])
def test_field_that_may_be_there_is_quiet(path: str) -> None:
    """Labels and what only the cluster writes."""
    assert found(f"{{group: apps, kind: Deployment, jqPathExpressions: ['{path}']}}") == []


def test_expression_that_makes_its_values_ignores_nothing() -> None:
    """Argo CD deletes what it leads to, and such values stand nowhere."""
    path = '.metadata.annotations | to_entries[] | select(.key | startswith("x"))'
    ((code, message, _),) = found(f"{{group: apps, kind: Deployment, jqPathExpressions: ['{path}']}}")
    assert code == "difference-not-ignored"
    assert "makes new values" in message


def test_expression_that_is_not_followed_is_named() -> None:
    """What is read and not evaluated is counted."""
    entries = read_entries(
        application(
            f"{RESPECT}ignoreDifferences: [{{group: apps, kind: Deployment,"
            " jqPathExpressions: ['reduce .spec as $x (.; .spec)']}]"
        )
    )
    entries += read_entries(DEPLOYMENT, application="shop", namespace="shop")
    (said,) = say(entries)
    assert isinstance(said, Unchecked)
    assert said.reason.endswith("is not followed, for reduce: reduce .spec as $x (.; .spec)")


@given(st.lists(st.text(max_size=3), min_size=1, max_size=4))
def test_pointer_leads_to_what_was_put_there(keys: list[str]) -> None:
    """Whatever the keys hold, slashes and tildes too (RFC 6901)."""
    value: object = "here"
    for key in reversed(keys):
        value = {key: value}
    text = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
    parts = parse_pointer(text)
    assert parts == tuple(keys)
    assert resolve_pointer(parts, value) == "here"
    assert resolve_pointer((*parts, "more"), value) is MISSING
