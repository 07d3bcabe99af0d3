"""ApplicationSets that make no Applications, or not those that are meant."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import one, read_entries, say
from trimtab.verify.complaint import Unchecked

SET = """
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  %s
  template:
    metadata: {name: "%s"}
    spec:
      project: default
      source: {repoURL: "https://git.example.org/x.git", path: "apps"}
      destination: {server: "https://kubernetes.default.svc", namespace: x}
"""
TWO = "generators: [{list: {elements: [{cluster: a}, {cluster: b}]}}]"


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        (TWO, "app-{{cluster}}"),
        (f"goTemplate: true\n  {TWO}", "app-{{ .cluster }}"),
        (f"goTemplate: true\n  {TWO}", "app-{{ .path.basename | normalize }}"),
        (f"{TWO}\n  strategy: {{type: AllAtOnce}}", "{{cluster}}"),
        ("generators: [{list: {elements: [{cluster: a}]}}]", "one"),
    ],
)
def test_set_without_fault_is_quiet(spec: str, name: str) -> None:
    """In both languages."""
    assert say(read_entries(SET % (spec, name))) == []


@pytest.mark.parametrize(
    ("spec", "name", "code", "help_"),
    [
        (TWO, "app-{{ .cluster }}", "invalid-application-set", "add 'goTemplate: true' to the spec"),
        (f"goTemplate: true\n  {TWO}", "{{cluster}}", "invalid-application-set", "write '{{ .cluster }}'"),
        (TWO, "one", "invalid-application-set", "put a parameter of the generator into the name"),
        (
            f"{TWO}\n  strategy: {{type: RollingSync}}",
            "{{cluster}}",
            "invalid-application-set",
            "add rollingSync.steps, which choose Applications by their labels",
        ),
        (
            f"{TWO}\n  strategy: {{rollingSync: {{steps: [{{maxUpdate: 1}}]}}}}",
            "{{cluster}}",
            "ignored-application-field",
            "add 'type: RollingSync' to the strategy",
        ),
        (
            f"{TWO}\n  applyNestedSelectors: true",
            "{{cluster}}",
            "ignored-application-field",
            "leave it out: nested selectors always count",
        ),
    ],
)
def test_fault_of_a_set_is_found(spec: str, name: str, code: str, help_: str) -> None:
    """Argo CD makes none, or says nothing."""
    assert one(SET % (spec, name))[::2] == (code, help_)


@pytest.mark.parametrize(
    ("generators", "asking"),
    [
        ("[{clusters: {}}]", "clusters"),
        (
            "[{list: {elements: [{name: a}]}}, {clusters: {}}, {scmProvider: {}}, {clusters: {}}]",
            "clusters and scmProvider",
        ),
        ("[{matrix: {generators: [{list: {}}, {merge: {mergeKeys: [a], generators: [{plugin: {}}]}}]}}]", "plugin"),
    ],
)
def test_what_only_argo_cd_knows_is_named(generators: str, asking: str) -> None:
    """However deep the generator stands, and once a set."""
    (said,) = say(read_entries(SET % (f"generators: {generators}", "{{name}}")))
    assert said == Unchecked(reason=f"what ApplicationSets make of {asking}, which only Argo CD knows")
