"""What must hold for all objects of a cluster together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.objects import CHECKS
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World


def check_objects(*objects: Entry) -> list[Complaint]:
    """Make these checks alone."""
    tree, world = Tree(objects), World(kubernetes=(1, 35))
    return [one for check in CHECKS for one in check.run(tree, world) if isinstance(one, Complaint)]


def owned(application: str, kind: str, name: str = "x", *, version: str = "v1", namespace: str | None = None) -> Entry:
    """Make an object of an application whose namespace has the application's name."""
    metadata: dict[str, Any] = {"name": name} | ({"namespace": namespace} if namespace else {})
    manifest = {"apiVersion": version, "kind": kind, "metadata": metadata}
    return make_entry(manifest, is_namespaced, application=application, namespace=application)


def found(*objects: Entry) -> list[tuple[str, str]]:
    """Give code and message of all that is found."""
    return [(complaint.code, complaint.message) for complaint in check_objects(*objects)]


def test_object_of_two_applications_is_found() -> None:
    """Each sync of the one would undo the other's."""
    twice = found(owned("a", "ConfigMap", namespace="n"), owned("b", "ConfigMap", namespace="n"))
    assert twice == [("object-owned-twice", "ConfigMap n/x is written by the applications 'a' and 'b'")]


def test_missing_namespace_is_the_applications_own() -> None:
    """Of objects in namespaces; an object of the whole cluster has none to differ by."""
    assert not found(owned("a", "ConfigMap"), owned("b", "ConfigMap"))
    assert found(owned("a", "ConfigMap"), owned("b", "ConfigMap", namespace="a"))
    assert found(owned("a", "Namespace"), owned("b", "Namespace"))


def test_object_twice_in_one_application_is_found() -> None:
    """As two versions of one kind, say."""
    (one,) = found(
        owned("a", "Ingress", version="networking.k8s.io/v1"),
        owned("a", "Ingress", version="networking.k8s.io/v1beta1"),
    )
    assert one[1].endswith("is written twice by the application 'a'")


def test_object_that_is_named_by_the_api_server_is_told_by_its_beginning() -> None:
    """It has no name yet."""
    job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"generateName": "before-"}}
    assert str(make_entry(job, is_namespaced, namespace="shop")) == "Job.batch shop/before-*"


def test_kind_that_argo_cd_leaves_out_is_found() -> None:
    """Argo CD's default exclusions: it would never be applied, and be called Synced."""
    assert [code for code, _ in found(owned("a", "Endpoints"))] == ["never-applied-kind"]
    assert not found(owned("a", "Service"))


@pytest.mark.parametrize("field", ["data", "stringData"])
def test_secret_in_git_is_found_and_not_shown(field: str) -> None:
    """Base64 or not; the finding names the Secret and hides its file's text."""
    manifest = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}, field: {"password": "aHVudGVyMg=="}}
    (complaint,) = check_objects(make_entry(manifest, is_namespaced, application="a", namespace="a"))
    assert (complaint.code, complaint.hide_source) == ("secret-in-git", True)
    assert "aHVudGVyMg" not in complaint.message + complaint.help


def test_secret_of_a_rendered_chart_may_be_left_to_argo_cd() -> None:
    """Nobody wrote it, and no manifest can be moved out of Git."""
    secret = owned("a", "Secret")
    secret = replace(secret, manifest={**secret.manifest, "stringData": {"password": "abc"}})
    chart = ChartUse(application="a", chart="x", version="1", namespace="a", release_name="a", values={})
    worlds = [
        World(kubernetes=(1, 35), charts=(replace(chart, is_rendered=is_rendered),)) for is_rendered in (False, True)
    ]
    helps = [
        one.help for world in worlds for one in CHECKS[-1].run(Tree([secret]), world) if isinstance(one, Complaint)
    ]
    assert ["delivery: values" in text for text in helps] == [False, True]


def test_empty_secret_and_sealed_one_are_fine() -> None:
    """What holds no value gives none away."""
    assert not found(owned("a", "Secret"), owned("a", "SealedSecret", version="bitnami.com/v1alpha1"))


@pytest.mark.parametrize(
    ("values", "is_plain"),
    [
        ({"type": "helm", "url": "https://charts.example.org"}, False),
        ({"name": "a", "server": "https://10.0.0.5", "config": '{"tlsClientConfig": {"insecure": true}}'}, False),
        ({"name": "a", "server": "https://10.0.0.5", "config": '{"bearerToken": "abc"}'}, True),
        ({"type": "git", "url": "https://me:hunter2-hunter2@git.example.org/x"}, True),
        ({"type": "git", "url": "https://git.example.org/x", "password": "abc"}, True),
    ],
)
def test_repository_or_cluster_of_argo_cd_is_no_secret_without_what_opens_it(
    values: dict[str, str], is_plain: bool
) -> None:
    """Argo CD reads names and addresses from Secrets too."""
    entry = owned("a", "Secret")
    metadata = {"name": "x", "labels": {"argocd.argoproj.io/secret-type": "repository"}}
    entry = replace(entry, manifest={**entry.manifest, "metadata": metadata, "stringData": values})
    assert [code for code, _ in found(entry)] == ["secret-in-git"] * is_plain
