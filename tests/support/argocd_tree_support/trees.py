"""Objects written as YAML, made into a tree."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent
from typing import Any

import yaml

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.argocd.checks import CHECKS
from trimtab.verify.complaint import Complaint, Said
from trimtab.verify.entry import Entry, make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

WORLD = World(kubernetes=(1, 35))
FOREIGN = World(kubernetes=(1, 35), foreign=True)

SHOP = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://git.example.org/shop.git", path: deploy, targetRevision: main}
  destination: {server: "https://kubernetes.default.svc", namespace: shop}
"""
"""An Application without a fault."""


def read_entries(text: str, application: str = "", namespace: str = "") -> list[Entry]:
    """Make entries of documents, all of one application."""
    documents = [one for one in yaml.safe_load_all(dedent(text)) if one]
    return [make_entry(one, is_namespaced, application=application, namespace=namespace) for one in documents]


def say(entries: Iterable[Entry], world: World = WORLD) -> list[Said]:
    """Make every check of Argo CD's objects."""
    tree = Tree(entries)
    return [said for check in CHECKS for said in check.run(tree, world)]


def complain(entries: Iterable[Entry], world: World = WORLD) -> list[Complaint]:
    """Give the complaints alone, with none whose code its check does not name."""
    tree, found = Tree(entries), []
    for check in CHECKS:
        complaints = [one for one in check.run(tree, world) if isinstance(one, Complaint)]
        assert {one.code for one in complaints} <= set(check.codes)
        found += complaints
    return found


def codes(text: str, application: str = "", world: World = WORLD) -> list[str]:
    """Give the codes found in documents."""
    return [one.code for one in complain(read_entries(text, application), world)]


def application(spec: str = "", metadata: str = "") -> str:
    """Write an Application with more in its spec, or in place of it, and in its metadata."""
    raw: dict[str, Any] = yaml.safe_load(SHOP)
    raw["spec"].update(yaml.safe_load(dedent(spec)) or {})
    raw["metadata"].update(yaml.safe_load(dedent(metadata)) or {})
    return yaml.safe_dump({**raw, "spec": {key: value for key, value in raw["spec"].items() if value is not None}})


def config_map(annotations: str) -> str:
    """Write a ConfigMap with annotations."""
    metadata = {"name": "x", "namespace": "shop", "annotations": yaml.safe_load(annotations)}
    return yaml.safe_dump({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata})


def one(text: str, application: str = "", world: World = WORLD) -> tuple[str, str, str]:
    """Give code, message and help of the only complaint."""
    (found,) = complain(read_entries(text, application), world)
    return found.code, found.message, found.help
