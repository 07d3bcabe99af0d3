"""Typical faults in a tree that somebody else made, each at the line and column where it is."""

from __future__ import annotations

import pytest

APPLICATION = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://git.example.org/platform.git
    path: {name}
    targetRevision: v1.0.0
  destination:
    server: https://kubernetes.default.svc
    namespace: shop
"""
CONFIG = """apiVersion: v1
kind: ConfigMap
metadata:
  name: note
  namespace: shop
data:
  port: "8080"
"""
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: registry.example.org/web:1.0.0
        readinessProbe: {tcpSocket: {port: 80}}
"""
SECRET = """apiVersion: v1
kind: Secret
metadata:
  name: database
  namespace: shop
stringData:
  password: hunter2
"""
TREE = {
    "apps/shop.yaml": APPLICATION.format(name="shop"),
    "shop/note.yaml": CONFIG,
    "shop/web.yaml": DEPLOYMENT,
    "shop/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n",
}

FAULTS = [
    ("shop/note.yaml", '"8080"', "8080", "wrong-field-type shop/note.yaml:7:9"),
    ("shop/note.yaml", '"8080"', "0644", "wrong-field-type shop/note.yaml:7:9"),
    ("shop/note.yaml", '"8080"', '"8080"\n  port: "80"', "duplicate-key shop/note.yaml:8:3"),
    ("shop/web.yaml", "containers:", "containerz: []\n      containers:", "unknown-field shop/web.yaml:16:7"),
    ("shop/web.yaml", "replicas: 2", 'replicas: "2"', "wrong-field-type shop/web.yaml:7:13"),
    ("shop/web.yaml", "web:1.0.0", "web:latest", "unpinned-source shop/web.yaml:18:16"),
    ("apps/shop.yaml", "project:", "ignoreDifference: []\n  project:", "unknown-field apps/shop.yaml:7:3"),
    (
        "apps/shop.yaml",
        "  namespace: argocd",
        "  namespace: argocd\n  annotations:\n    argocd.argoproj.io/sync-wave: 5",
        "sync-wave-form apps/shop.yaml:7:35",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "expected"), FAULTS)
def test_fault_is_found_at_its_place(found, file, right, wrong, expected):
    """One fault in a good tree is found, at the line and column of the value or key that is wrong."""
    assert expected in found({**TREE, file: TREE[file].replace(right, wrong, 1)})


def test_good_tree_is_quiet(verify):
    """A tree without faults gives no finding."""
    assert [one.message for one in verify(TREE).findings] == []


def test_two_owners_are_found(found):
    """An object that two Applications write is found, and the first one is shown beside it."""
    files = {**TREE, "apps/search.yaml": APPLICATION.format(name="search"), "search/note.yaml": CONFIG}
    assert "object-owned-twice shop/note.yaml:4:9" in found(files)


def test_secret_is_found_and_not_shown(verify):
    """A Secret with its values in the tree is found; its lines are hidden, whichever finding speaks of them."""
    examined = verify({**TREE, "shop/secret.yaml": SECRET + "  port: 80\n"})
    about = [one for one in examined.findings if one.place and one.place.file.endswith("secret.yaml")]
    assert "secret-in-git" in {one.code for one in about}
    assert all(one.hide_source for one in about)
    assert not any("hunter2" in f"{one.message}{one.help}{one.label}" for one in examined.findings)


def test_secret_with_broken_text_is_not_shown(verify):
    """What is wrong with the text of a file with a Secret in it does not show its lines either."""
    (finding,) = [
        one for one in verify({"s.yaml": SECRET + "  password: other\n"}).findings if one.code == "duplicate-key"
    ]
    assert finding.hide_source


def test_list_is_unrolled_with_paths(found):
    """An item of a List is an object like any other, and its place is its own."""
    item = CONFIG.replace('"8080"', "8080").replace("\n", "\n  ").rstrip()
    files = {"list.yaml": f"apiVersion: v1\nkind: List\nitems:\n- {item}\n"}
    assert found(files) == ["wrong-field-type list.yaml:10:11"]


def test_object_without_name_is_found(found):
    """What is clearly meant as an object and is none is refused, not passed over."""
    files = {"a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  namespace: shop\n"}
    assert found(files) == ["not-an-object a.yaml:3:1"]


def test_json_is_read_too(found):
    """Objects in JSON are checked, with places."""
    files = {"a.json": '{"apiVersion": "v1", "kind": "ConfigMap",\n "metadata": {"name": "a"}, "data": {"b": 1}}\n'}
    assert found(files) == ["wrong-field-type a.json:2:43"]
