"""Objects that are too large."""

from __future__ import annotations

from typing import Any

import pytest

from kubernetes_support.trees import check_entries, entries
from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import make_entry

APPLICATION = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec: {syncPolicy: {syncOptions: [%s]}}
"""


def found(manifest: dict[str, Any], option: str = "ServerSideApply=true") -> list[str]:
    """Give the codes for an object whose Application has a sync option."""
    one = make_entry(manifest, is_namespaced, application="shop", namespace="shop", cluster="lab")
    said = check_entries([one, *entries(APPLICATION % option, application="root")])
    return [one.code for one in said if isinstance(one, Complaint)]


def config(size: int, annotations: dict[str, str] | None = None) -> dict[str, Any]:
    """Make a ConfigMap with so many bytes of data."""
    metadata = {"name": "c", "annotations": annotations or {}}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"a": "x" * size}}


def test_data_ends_at_a_mebibyte() -> None:
    """Of a ConfigMap, and of a Secret before base64."""
    assert found(config(1024 * 1024)) == []
    assert found(config(1024 * 1024 + 1)) == ["object-too-large"]


def test_annotations_end_at_256_kibibytes() -> None:
    """All of them together, their keys too."""
    assert found(config(1, {"a": "x" * (256 * 1024 - 1)})) == []
    assert found(config(1, {"a": "x" * (256 * 1024)})) == ["object-too-large"]


@pytest.mark.parametrize(("option", "codes"), [("ServerSideApply=true", []), ("Prune=true", ["crd-too-long-to-apply"])])
def test_long_object_must_be_applied_on_the_servers_side(option: str, codes: list[str]) -> None:
    """The client's side writes all of it into an annotation."""
    assert found(config(256 * 1024), option) == codes


def test_object_may_say_itself_how_it_is_applied() -> None:
    """Its annotation has the last word."""
    own = {"argocd.argoproj.io/sync-options": "ServerSideApply=true"}
    assert found(config(256 * 1024, own), "Prune=true") == []
    assert found(config(256 * 1024, dict.fromkeys(own, "ServerSideApply=false"))) == ["crd-too-long-to-apply"]


def test_any_object_ends_at_what_etcd_takes() -> None:
    """1.5 MiB by default."""
    custom = {"apiVersion": "example.org/v1", "kind": "Page", "metadata": {"name": "p"}, "text": "x" * 1536 * 1024}
    assert found(custom) == ["object-too-large"]
