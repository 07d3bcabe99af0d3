"""The file name of an object."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trimtab.tree.names import MAX_BYTES, object_file_name

NAMES = st.one_of(st.text(alphabet="aA_:-.3h", min_size=1, max_size=8), st.text(min_size=1, max_size=300))
OBJECTS = st.tuples(
    st.sampled_from(["Role", "RoleA", "A"]),
    st.sampled_from(["v1", "a/v1", "a.a/v1", "rbac.authorization.k8s.io/v1"]),
    st.one_of(st.just(""), NAMES),
    NAMES,
)


def named(kind: str, version: str, namespace: str, name: str) -> dict[str, Any]:
    """Make an object from its identity."""
    return {"kind": kind, "apiVersion": version, "metadata": {"namespace": namespace, "name": name}}


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (("Service", "v1", "web", "front"), "service_web_front.yaml"),
        (("Deployment", "apps/v1", "web", "front"), "deployment.apps_web_front.yaml"),
        (("Namespace", "v1", "", "web"), "namespace_web.yaml"),
        (
            ("ClusterRole", "rbac.authorization.k8s.io/v1", "", "system:node"),
            "clusterrole.rbac.authorization.k8s.io_system__3anode.yaml",
        ),
    ],
)
def test_names_as_people_expect(identity: tuple[str, str, str, str], expected: str) -> None:
    """Kind, group, namespace and name stand in the file name; the core group and no namespace leave nothing."""
    assert object_file_name(named(*identity)) == expected


@given(OBJECTS, OBJECTS)
@example(("A", "v1", "a", "b"), ("A", "v1", "", "a_b"))
@example(("A", "v1", "", "a:b"), ("A", "v1", "", "a__3ab"))
@example(("A", "v1", "", "B"), ("A", "v1", "", "b"))
@example(("A", "v1", "", "b" * 300), ("A", "v1", "", "b" * 301))
def test_two_objects_never_share_a_name(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Objects that differ in kind, group, namespace or name differ in their file names, whatever the letter case."""
    same = object_file_name(named(*one)).casefold() == object_file_name(named(*other)).casefold()
    assert same == (one == other)


@given(OBJECTS)
def test_names_are_portable(identity: tuple[str, ...]) -> None:
    """A file name has at most 200 bytes, all of them safe on every file system and in every shell and address."""
    name = object_file_name(named(*identity))
    assert re.fullmatch(r"[a-z0-9._-]+\.yaml", name)
    assert len(name.encode()) <= MAX_BYTES


def test_the_version_is_no_part_of_the_name() -> None:
    """One object in two versions of its group is one object."""
    names = {object_file_name(named("Ingress", f"networking.k8s.io/{version}", "a", "b")) for version in ("v1", "v2")}
    assert len(names) == 1


def test_a_cut_name_looks_like_no_other() -> None:
    """A name that is cut has 200 bytes and a mark that no uncut name can have."""
    name = object_file_name(named("Secret", "v1", "web", "x" * 253))
    assert len(name) == MAX_BYTES
    assert re.search(r"__h[0-9a-f]{32}\.yaml\Z", name)


@pytest.mark.parametrize(
    "broken", [{}, {"kind": "A", "apiVersion": "v1"}, named("", "v1", "", "a"), named("A", "v1", "", "")]
)
def test_an_object_without_identity_has_no_name(broken: dict[str, Any]) -> None:
    """No kind, version or name: refused."""
    with pytest.raises(ValueError, match="without a"):
        object_file_name(broken)
