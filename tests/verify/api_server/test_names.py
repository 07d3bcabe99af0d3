"""Names as the API server takes them, by kind."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import codes, complaints


def named(kind: str, name: str, version: str = "v1", minor: int = 35) -> list[str]:
    """Give what is said of the name of an object."""
    text = f"{{apiVersion: {version}, kind: {kind}, metadata: {{name: '{name}'}}}}"
    return [one.help for one in complaints(text, minor=minor) if one.code == "invalid-name"]


@pytest.mark.parametrize("name", ["a", "a-b.c", "0a", "x" * 253])
def test_subdomains_are_taken(name: str) -> None:
    """By most kinds, custom ones too."""
    assert named("ConfigMap", name) == named("Cart", name, "example.org/v1") == []


@pytest.mark.parametrize("name", ["A", "a_b", "-a", "a-", "a..b", "x" * 254])
def test_other_names_are_refused(name: str) -> None:
    """Capitals and underscores are the commonest."""
    assert len(named("ConfigMap", name)) == len(named("Cart", name, "example.org/v1")) == 1


def test_roles_may_be_named_nearly_anything() -> None:
    """Such as `system:node`."""
    role = "rbac.authorization.k8s.io/v1"
    assert named("ClusterRole", "system:node", role) == []
    assert named("ClusterRole", "a/b", role) != []


def test_namespaces_and_services_are_one_label() -> None:
    """A dot would begin another part of their DNS name."""
    assert named("Namespace", "a.b") != []
    assert named("Service", "a.b") != []


def test_services_may_begin_with_a_digit_from_1_36_on() -> None:
    """Before, their names follow RFC 1035."""
    assert named("Service", "3d", minor=35) != []
    assert named("Service", "3d", minor=36) == []


def test_cron_job_leaves_room_for_its_jobs() -> None:
    """Eleven characters of the 63."""
    assert named("CronJob", "x" * 52, "batch/v1") == []
    assert named("CronJob", "x" * 53, "batch/v1") == ["it has 53 characters, 52 fit: its Jobs append 11 characters"]


def test_better_name_is_offered() -> None:
    """Where small letters and dashes do."""
    (cure,) = named("ConfigMap", "My_Settings")
    assert cure.endswith(": 'my-settings'")


def test_object_without_a_name_is_found() -> None:
    """Argo CD finds what it applied by its name."""
    assert "unnamed-object" in codes("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}")


def test_hook_may_leave_its_name_to_argo_cd() -> None:
    """It makes one up for each sync."""
    hook = (
        "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-, annotations: {argocd.argoproj.io/hook: Sync}}}"
    )
    assert codes(hook) == []


def test_api_service_is_named_for_version_and_group() -> None:
    """The aggregator finds it by that name."""
    text = """
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: %s}
spec: {group: example.org, version: v1, groupPriorityMinimum: 1, versionPriority: 1}
"""
    assert codes(text % "v1.example.org") == []
    assert codes(text % "example.org") == ["invalid-name"]
