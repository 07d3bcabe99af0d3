"""Small definitions with one kind, Widget, and what is said of widgets."""

from __future__ import annotations

from typing import Any

from trimtab.catalogue.kinds import is_namespaced
from trimtab.kube.manifests import Manifest
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.custom.check import check_custom
from trimtab.verify.entry import make_entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}


def listed(items: Schema, **more: Any) -> Schema:
    """Give the schema of a list."""
    return {"type": "array", "items": items, **more}


def mapping(**properties: Schema) -> Schema:
    """Give the schema of a mapping with these fields."""
    return {"type": "object", "properties": properties}


def ruled(schema: Schema, *rules: str | dict[str, Any]) -> Schema:
    """Give a schema with rules; a text alone is the rule."""
    written = [{"rule": rule} if isinstance(rule, str) else rule for rule in rules]
    return {**schema, "x-kubernetes-validations": written}


def definition(spec: Schema, *, root: Schema | None = None, served: bool = True, status: bool = False) -> Manifest:
    """Give the definition of Widget in example.org; its spec has a schema, and `root` what holds of the whole."""
    schema = {**mapping(spec=spec, status=mapping(phase=TEXT)), **(root or {})}
    version: dict[str, Any] = {"name": "v1", "served": served, "storage": True, "schema": {"openAPIV3Schema": schema}}
    if status:
        version["subresources"] = {"status": {}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.org"},
        "spec": {
            "group": "example.org",
            "names": {"kind": "Widget", "plural": "widgets"},
            "scope": "Namespaced",
            "versions": [version],
        },
    }


def widget(spec: object, **more: Any) -> dict[str, Any]:
    """Give a widget."""
    return {"apiVersion": "example.org/v1", "kind": "Widget", "metadata": {"name": "w"}, "spec": spec, **more}


def say(defined: Manifest, *manifests: Manifest, **world: Any) -> list[Said]:
    """Give what is said of objects in a tree that brings a definition."""
    entries = [make_entry(one, is_namespaced, cluster="lab") for one in (defined, *manifests)]
    return list(check_custom(Tree(entries), World(kubernetes=(1, 35), **world)))


def complaints(spec_schema: Schema, spec: object, **more: Any) -> list[Complaint]:
    """Give what is wrong with one widget."""
    return [one for one in say(definition(spec_schema), widget(spec, **more)) if isinstance(one, Complaint)]


def codes(spec_schema: Schema, spec: object, **more: Any) -> list[str]:
    """Give the codes of what is wrong with one widget."""
    return [one.code for one in complaints(spec_schema, spec, **more)]


def unchecked(spec_schema: Schema, spec: object) -> list[str]:
    """Give what could not be looked at in one widget."""
    return [one.reason for one in say(definition(spec_schema), widget(spec)) if isinstance(one, Unchecked)]
