"""Options that cancel each other, and those that do harm."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import application, codes, complain, config_map, read_entries

OPTIONS = "syncPolicy: {syncOptions: [%s]}\n"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("ServerSideApply=true, CreateNamespace=true", []),
        ("ServerSideApply=false, Replace=true", []),
        ("Prune=false, Prune=false", []),
        ("Prune=false, Prune=confirm", ["ignored-sync-option"]),
        ("ServerSideApply=true, Replace=true", ["ignored-sync-option"]),
        ("Validate=true", []),
        ("Validate=false", ["validation-off"]),
    ],
)
def test_options_of_an_application_are_told_by_what_they_do(options: str, found: list[str]) -> None:
    """Each of them is spelt right."""
    assert codes(application(OPTIONS % options)) == found


def test_options_of_an_object_are_told_too() -> None:
    """They stand in one annotation."""
    assert codes(config_map("{argocd.argoproj.io/sync-options: 'Validate=false'}"), "shop") == ["validation-off"]
    both = config_map("{argocd.argoproj.io/sync-options: 'Replace=true, ServerSideApply=true'}")
    assert codes(both, "shop") == ["ignored-sync-option"]


def test_namespace_that_is_to_be_created_has_a_name() -> None:
    """Argo CD creates none without."""
    nowhere = "destination: {server: 'https://kubernetes.default.svc'}\n"
    assert codes(application(nowhere + OPTIONS % "CreateNamespace=true")) == ["ignored-sync-option"]


def test_force_deletes_what_holds_data() -> None:
    """A claim that cannot be changed is deleted, with its volume; a ConfigMap is made again."""
    claim = config_map("{argocd.argoproj.io/sync-options: 'Force=true'}").replace("ConfigMap", "PersistentVolumeClaim")
    assert codes(claim, "shop") == ["data-recreated"]
    assert codes(config_map("{argocd.argoproj.io/sync-options: 'Force=true'}"), "shop") == []


@pytest.mark.parametrize(
    ("options", "parameters", "found"),
    [
        ("IncludeMutationWebhook=true", "", []),
        ("IncludeMutationWebhook=true,ServerSideDiff=true", "a: b", []),
        ("IncludeMutationWebhook=true", "controller.diff.server.side: 'true'", []),
        ("IncludeMutationWebhook=true", "a: b", ["ignored-argocd-annotation"]),
        ("IncludeMutationWebhook=true,ServerSideDiff=false", "", ["ignored-argocd-annotation"]),
    ],
)
def test_webhooks_are_asked_only_where_the_api_server_compares(options: str, parameters: str, found: list[str]) -> None:
    """Where nobody knows Argo CD's parameters, they may say so."""
    text = application(metadata=f"annotations: {{argocd.argoproj.io/compare-options: '{options}'}}")
    name = "{name: argocd-cmd-params-cm, namespace: argocd}"
    if parameters:
        text += f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name}\ndata: {{{parameters}}}\n"
    assert codes(text) == found


def test_object_that_goes_to_no_namespace_is_found() -> None:
    """Argo CD says that its namespace is missing, and compares nothing."""
    nowhere = "destination: {server: 'https://kubernetes.default.svc'}\n"
    entries = read_entries(application(nowhere))
    entries += read_entries("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", application="shop")
    entries += read_entries("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: b}}", application="shop")
    entries += read_entries("{apiVersion: v1, kind: Namespace, metadata: {name: b}}", application="shop")
    (found,) = complain(entries)
    assert found.code == "invalid-application"
    assert found.message.startswith("ConfigMap a names no namespace, and neither does the destination of Application")


def test_name_that_is_a_label_fits_one() -> None:
    """Argo CD tracks by annotation unless it is told otherwise."""
    long = application(metadata=f"name: {'a' * 64}")
    settings = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata: {%s}\n"
    assert codes(long + settings % "a: b") == []
    (found,) = complain(read_entries(long + settings % "application.resourceTrackingMethod: label"))
    assert found.message.endswith("has 64 characters, and its objects bear it as a label")
