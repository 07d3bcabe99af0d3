"""Applications that Argo CD refuses, or reads otherwise than they are written."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import WORLD, application, codes, complain, one, read_entries
from trimtab.verify.argocd.durations import is_duration
from trimtab.verify.world import ChartUse, World

GIT = 'repoURL: "https://git.example.org/x.git"'


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("destination: {name: a, server: 'https://b'}", "has a name and a server"),
        ("destination: {namespace: shop}", "names no cluster"),
        ("source: null", "has no source"),
        (f"source: {{{GIT}}}", "says neither 'path' nor 'chart'"),
        (
            f"source: {{{GIT}, chart: x}}",
            "the chart 'x' of Application.argoproj.io argocd/shop has no 'targetRevision'",
        ),
        (f"source: {{{GIT}, path: x, helm: {{releaseName: a}}, kustomize: {{namePrefix: b}}}}", "helm or kustomize"),
        (f"sources: [{{{GIT}, path: a, ref: x.y}}]", "has characters that Argo CD refuses"),
        (f"sources: [{{{GIT}, ref: v}}, {{{GIT}, ref: v}}]", "have the ref 'v'"),
        (f"sources: [{{{GIT}, ref: v, chart: c, targetRevision: '1'}}]", "only a folder in Git can be referred to"),
        (
            f"sources: [{{{GIT}, ref: values}}, {{{GIT}, path: c, helm: {{valueFiles: [$value/a.yaml]}}}}]",
            "lies in a source 'value' that it does not have",
        ),
        ("syncPolicy: {retry: {backoff: {duration: 5 minutes}}}", "is no time for"),
        ("syncPolicy: {retry: {backoff: {factor: 0}}}", "waits 0 times as long"),
        ("ignoreDifferences: [{kind: ConfigMap, jqPathExpressions: ['.data[']}]", "a '[' is not closed"),
        ("ignoreDifferences: [{kind: ConfigMap, jqPathExpressions: [spec.a]}]", "'spec' has no dot before it"),
    ],
)
def test_what_argo_cd_refuses_is_found(spec: str, message: str) -> None:
    """Stored all the same, and never synced."""
    found = [each.message for each in complain(read_entries(application(spec))) if each.code == "invalid-application"]
    assert any(message in each for each in found), found


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        (f"sources: [{{{GIT}, path: a}}]", ("spec", "source")),
        (f"source: {{{GIT}, path: a, directory: {{}}}}", ("spec", "source", "directory")),
        (f"source: {{{GIT}, path: a, directory: {{recurse: false}}}}", ("spec", "source", "directory")),
        (f"source: {{{GIT}, path: a, helm: {{version: v2}}}}", ("spec", "source", "helm", "version")),
        (
            f"source: {{{GIT}, path: a, helm: {{values: 'a: 1', valuesObject: {{b: 1}}}}}}",
            ("spec", "source", "helm", "values"),
        ),
        (f"source: {{{GIT}, path: a, ref: x}}", ("spec", "source", "ref")),
        (
            "syncPolicy: {managedNamespaceMetadata: {labels: {a: b}}}",
            ("spec", "syncPolicy", "managedNamespaceMetadata"),
        ),
    ],
)
def test_what_argo_cd_ignores_is_found(spec: str, field: tuple[str, ...]) -> None:
    """Without a word of its own."""
    (found,) = complain(read_entries(application(spec)))
    assert (found.code, found.path) == ("ignored-application-field", field)


@pytest.mark.parametrize(
    "spec",
    [
        f"source: {{{GIT}, path: a, directory: {{recurse: true}}}}",
        f"source: {{{GIT}, path: a, directory: {{include: '*.yaml'}}}}",
        f"source: null\nsources: [{{{GIT}, path: a, directory: {{}}}}]",
        f"source: null\nsources: [{{{GIT}, ref: v}}, {{{GIT}, path: c, helm: {{valueFiles: [$v/a.yaml, b.yaml]}}}}]",
        f"source: {{{GIT}, path: a, helm: {{valuesObject: {{b: 1}}}}}}",
        "syncPolicy: {managedNamespaceMetadata: {labels: {a: b}}, syncOptions: [CreateNamespace=true]}",
        "syncPolicy: {retry: {limit: -1, backoff: {duration: '30', factor: 2, maxDuration: 1h30m}}}",
        "syncPolicy: {automated: {}}",
        "destination: {name: production, namespace: x}",
    ],
)
def test_what_is_right_is_quiet(spec: str) -> None:
    """Also what looks like the faults above."""
    assert codes(application(spec)) == []


def test_name_that_helm_refuses_is_found() -> None:
    """An Application's name is the release's unless it says otherwise."""
    name, chart = f"name: {'a' * 54}", f"{GIT}, chart: c, targetRevision: '1'"
    assert codes(application(f"source: {{{chart}}}", name)) == ["invalid-application"]
    assert codes(application(f"source: {{{chart}, helm: {{releaseName: c}}}}", name)) == []
    assert codes(application(metadata=name)) == []


def test_finalizer_that_nobody_takes_away_is_found() -> None:
    """The Application could never be deleted; another controller's own finalizer is its own affair."""
    code, _, help_ = one(application(metadata="finalizers: [resource-finalizer.argocd.argoproj.io]"))
    assert (code, help_) == ("unknown-finalizer", "did you mean 'resources-finalizer.argocd.argoproj.io'?")
    assert codes(application(metadata="finalizers: [resources-finalizer.argocd.argoproj.io/background]")) == []
    assert codes(application(metadata="finalizers: [example.org/keep]")) == []


def _world(**params: str) -> World:
    values = {"configs": {"params": params}}
    chart = ChartUse(
        application="argocd", chart="argo-cd", version="0", namespace="argocd", release_name="argocd", values=values
    )
    return World(kubernetes=(1, 35), charts=(chart,))


def test_application_outside_argo_cds_namespace_is_found() -> None:
    """Unless Argo CD is told to look there."""
    outside = application(metadata="namespace: shop")
    assert codes(outside, world=WORLD) == []
    assert codes(outside, world=_world()) == ["application-unseen"]
    assert codes(outside, world=_world(**{"application.namespaces": "team-*, shop"})) == []
    assert codes(outside, world=_world(**{"application.namespaces": "/^sh.*/"})) == []


@pytest.mark.parametrize("text", ["1h30m", "1.5h", "300ms", "0", "-1m", "2µs"])
def test_durations_of_go(text: str) -> None:
    """As time.ParseDuration reads them."""
    assert is_duration(text)


@pytest.mark.parametrize("text", ["", "5", "5 m", "1d", "m", "1h 30m", "h1"])
def test_what_is_no_duration(text: str) -> None:
    """Days there are none; a number alone only where plain seconds count."""
    assert not is_duration(text)
    assert is_duration("5", plain_seconds=True)
