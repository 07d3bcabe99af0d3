"""What counts as a key that a chart reads."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trimtab.catalogue.key_tree import Known, Unknown, build_tree, find_key, iter_unknown, split_keys
from trimtab.findings.path import Path

TREE = build_tree(
    {
        "replicas": "int",
        "image": "map",
        "image.tag": "string",
        "nodeSelector": "map*",
        "certs": "map*",
        "certs.node": "map",
        "certs.node.key": "null",
        "tolerations": "list*",
        "users": "map+",
        "users.*": "map",
        "users.*.name": "string",
        "users.*.labels": "any*",
        "users.root.shell": "string",
        "argocd\\.io": "map",
        "argocd\\.io.on": "bool",
    }
)


@pytest.mark.parametrize(
    "path",
    [
        ("replicas",),
        ("image", "tag"),
        ("nodeSelector", "kubernetes.io/os"),
        ("nodeSelector", "a", "b", "c"),
        ("certs", "node", "anything", "below"),
        ("tolerations", 0, "whatever"),
        ("users", "any name at all", "name"),
        ("users", "any", "labels", "x"),
        ("users", "root", "shell"),
        ("users", "root", "name"),
        ("argocd.io", "on"),
    ],
)
def test_known(path: Path) -> None:
    """A key is known when it is recorded, or lies below a map that is handed on whole."""
    assert isinstance(find_key(TREE, path), Known)


@pytest.mark.parametrize(
    ("path", "at"),
    [
        (("image", "registry", "x"), ("image", "registry")),
        (("users", "any", "shell"), ("users", "any", "shell")),
        (("users", "any", "name", "x"), ("users", "any", "name", "x")),
        (("replicas", "count"), ("replicas", "count")),
        (("argocd", "io"), ("argocd",)),
    ],
)
def test_unknown(path: Path, at: Path) -> None:
    """Anything else is not read, and the first key that is not is named."""
    verdict = find_key(TREE, path)
    assert isinstance(verdict, Unknown)
    assert verdict.at == at


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        (("replica",), ("replicas",)),
        (("image", "Tag"), ("image", "tag")),
        (("shell",), ("users", "root", "shell")),
        (("zzzzzz",), None),
    ],
)
def test_suggestion(path: Path, meant: Path | None) -> None:
    """A similar key beside it is meant, else the only key of that name anywhere."""
    verdict = find_key(TREE, path)
    assert isinstance(verdict, Unknown)
    assert verdict.suggestion == meant


def test_type_is_that_of_upstreams_own_value() -> None:
    """The verdict on a recorded key says what upstream has there."""
    assert find_key(TREE, ("replicas",)) == Known(type="int")


def test_only_the_topmost_unknown_key_of_a_branch_is_given() -> None:
    """One slip is one finding, however much stands below it."""
    values = {
        "imag": {"tag": 1, "x": 2},
        "image": {"tag": "1", "pull": None},
        "users": {"a": {"nme": 1}},
        "certs": {"z": {}},
    }
    assert list(iter_unknown(TREE, values)) == [("imag",), ("image", "pull"), ("users", "a", "nme")]


def test_a_dot_in_a_key_is_escaped() -> None:
    """Keys of labels and of Argo CD's ConfigMap hold dots."""
    assert split_keys("a.b\\.c.d") == ("a", "b.c", "d")


NAMES = st.sampled_from(["image", "tag", "users", "a", "name", "certs", "node", "key", "labels", "root"])
VALUES = st.recursive(
    st.integers() | st.lists(st.integers(), max_size=1), lambda below: st.dictionaries(NAMES, below, max_size=3)
)


@example({"certs": {"node": {"tag": 1}, "tag": {"a": 1}}})
@example({"users": {"root": {"labels": {"a": {}}, "tag": 1}}})
@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_walking_values_and_asking_for_a_path_agree(values: dict[str, object]) -> None:
    """What the walk reports is unknown one by one, and what it passes over is known."""
    reported = set(iter_unknown(TREE, values))
    for path in _paths(values):
        above = any(path[: len(found)] == found for found in reported)
        assert isinstance(find_key(TREE, path), Unknown) is above


def _paths(values: object, at: Path = ()) -> list[Path]:
    if not isinstance(values, dict):
        return []
    return [path for key, value in values.items() for path in [(*at, key), *_paths(value, (*at, key))]]
