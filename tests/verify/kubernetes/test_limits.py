"""Limits of fields speak of what is there, and hold where the API server looks."""

from __future__ import annotations

import pytest

from kubernetes_support.trees import complaints, workload
from trimtab.catalogue.kubernetes.structures import find_structure
from trimtab.verify.kubernetes.limits.registry import TOPICS, limits_of, required_of


def test_no_type_stands_in_two_topics() -> None:
    """The later one would hide the earlier."""
    names = [name for topic in TOPICS for name in topic]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", [name for topic in TOPICS for name in topic])
def test_every_limit_is_of_a_field_that_there_is(name: str) -> None:
    """A mistyped name would check nothing."""
    assert limits_of(name).keys() <= find_structure((1, 35), name).fields.keys()


def test_field_that_schemas_alone_require_may_be_left_out() -> None:
    """An API server 1.35.4 takes a CSINode without a spec, whatever its schema says."""
    assert "spec" in find_structure((1, 35), "storage.v1.CSINode").required
    assert required_of((1, 35), "storage.v1.CSINode") == ()


@pytest.mark.parametrize(
    ("text", "path", "help_text"),
    [
        (workload(pod="hostname: A"), ("hostname",), "it may hold small letters, digits and '-', beginning and ending"),
        (workload(pod="os: {name: linus}"), ("os", "name"), "did you mean 'linux'?"),
        (workload(pod="securityContext: {fsGroup: -1}"), ("securityContext", "fsGroup"), "write 0 to 2147483647"),
        (workload(pod="nodeSelector: {a/b/c: d}"), ("nodeSelector", "a/b/c"), "the part before '/': it may hold"),
        (workload(pod="volumes: [null]"), ("volumes", 0), "give it a value; Kubernetes has no default for it"),
        (workload(pod="volumes: [{name: ''}]"), ("volumes", 0, "name"), "give it a value"),
    ],
)
def test_fault_is_told_where_it_stands(text: str, path: tuple[object, ...], help_text: str) -> None:
    """With what would be right."""
    (one,) = complaints(text)
    assert one.path == ("spec", "template", "spec", *path)
    assert one.help.startswith(help_text)
