"""Fields of Argo CD's objects are those of its definitions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argocd_tree_support.trees import SHOP, application, codes, complain, one, read_entries
from trimtab.catalogue import argocd_fields as argocd_fields_module
from trimtab.catalogue.argocd_fields import argocd_fields, known_minors
from trimtab.catalogue.make_argocd import build_fields, render_fields
from upstream_support.documents import read_documents
from upstream_support.folder import MISSING, find_upstream, upstream_folder


def test_application_without_fault_is_quiet() -> None:
    """Nothing is said of what is right."""
    assert codes(SHOP) == []


def test_misspelt_field_is_found_with_what_was_meant() -> None:
    """Without strict validation the API server drops it without a word."""
    code, message, help_ = one(application("syncPolicy: {automated: {selfheal: true}}"))
    assert code == "unknown-field"
    assert message == ("'spec.syncPolicy.automated' of Application.argoproj.io argocd/shop has no field 'selfheal'")
    assert help_ == "did you mean 'selfHeal'?"


def test_unknown_field_points_at_its_key() -> None:
    """The value may well be right."""
    (found,) = complain(read_entries(application("destinations: {}")))
    assert (found.path, found.on_key) == (("spec", "destinations"), True)


@pytest.mark.parametrize(
    ("spec", "code", "path"),
    [
        ("destination: null", "missing-field", ("spec",)),
        ("syncPolicy: {retry: {limit: '5'}}", "wrong-field-type", ("spec", "syncPolicy", "retry", "limit")),
        ("syncPolicy: {automated: {prune: 'yes'}}", "wrong-field-type", ("spec", "syncPolicy", "automated", "prune")),
        ("ignoreDifferences: [{group: apps, jsonPointers: [/x]}]", "missing-field", ("spec", "ignoreDifferences", 0)),
        ("revisionHistoryLimit: many", "wrong-field-type", ("spec", "revisionHistoryLimit")),
        ("info: {name: x}", "wrong-field-type", ("spec", "info")),
    ],
)
def test_what_the_api_server_refuses_is_found_at_its_place(spec: str, code: str, path: tuple[str | int, ...]) -> None:
    """Types, and fields that have to be there."""
    found = [(each.code, each.path) for each in complain(read_entries(application(spec)))]
    assert (code, path) in found


def test_hydrator_cannot_write_to_the_top() -> None:
    """The definition has a pattern for it since Argo CD 3.2."""
    hydrator = """
    source: null
    sourceHydrator:
      drySource: {repoURL: "https://git.example.org/x", path: a, targetRevision: main}
      syncSource: {targetBranch: env, path: "."}
    """
    code, message, _ = one(application(hydrator))
    assert code == "wrong-field-form"
    assert "has to be a folder below the top of the repository, and is the text '.'" in message


def test_choice_of_application_set_is_held() -> None:
    """`applicationsSync` is one of four words."""
    text = """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: x}
    spec:
      generators: [{list: {elements: [{any: thing}]}}]
      syncPolicy: {applicationsSync: create-onyl}
      template: {metadata: {name: "{{name}}"}, spec: {project: default, destination: {name: a}}}
    """
    code, _, help_ = one(text)
    assert (code, help_) == ("value-not-allowed", "did you mean 'create-only'?")


def test_field_of_a_newer_argo_cd_says_so() -> None:
    """A field that came later is no slip."""
    old, new = argocd_fields("v3.3.6"), argocd_fields("v3.5.1")
    assert new.has_field("AppProject", ("spec", "sourceIntegrity"))
    assert not old.has_field("AppProject", ("spec", "sourceIntegrity"))


def test_nearest_version_stands_in_for_one_that_is_not_at_hand() -> None:
    """The newest where none is asked for."""
    assert known_minors() == ("v3.3", "v3.4", "v3.5")
    assert [argocd_fields(v).version for v in ("", "v9.9.9", "v2.8.1", "v3.4.0")] == [
        "v3.5.1", "v3.5.1", "v3.3.6", "v3.4.4",
    ]  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["spec", "source", "name"]), inner),
    max_leaves=12,
)


@pytest.mark.unmeasured
@given(JSON)
def test_no_value_is_too_strange(value: object) -> None:
    """Whatever stands in `spec`, every check of Argo CD's objects ends, and says where."""
    for kind in ("Application", "ApplicationSet", "AppProject"):
        manifest = {"apiVersion": "argoproj.io/v1alpha1", "kind": kind, "metadata": {"name": "x"}, "spec": value}
        for found in complain(read_entries(json.dumps(manifest))):
            at: object = manifest
            for key in found.path if not found.on_key else found.path[:-1]:
                at = at[key]  # type: ignore[index]


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
def test_committed_fields_are_those_of_the_definitions() -> None:
    """The maker writes the same bytes again."""
    definitions = read_documents(upstream_folder() / "argo-cd/v3.5.1/crds.yaml")
    committed = Path(argocd_fields_module.__file__).parent / "argocd/v3.5.json"
    assert render_fields(build_fields("v3.5.1", definitions)) == committed.read_text("utf-8")
