"""Definitions whose schema or rules the API server refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.custom.cel.engine import has_engine
from trimtab.verify.custom.expressions import Scope, find_expression_fault
from trimtab.verify.custom.junctors import fault
from trimtab.verify.custom.schema_faults import iter_nodes, iter_schema_rules
from trimtab.verify.custom.schema_form import is_schema, iter_misfits
from trimtab.verify.custom.selectable import iter_selectable_faults
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_SCHEMA = ("schema", "openAPIV3Schema")
_RULES = "x-kubernetes-validations"
_SCOPES = {
    "rule": Scope(gives=("BOOL",), others=frozenset({"authorizer", "oldSelf"})),
    "messageExpression": Scope(gives=("STRING",), others=frozenset({"authorizer", "oldSelf"})),
}
"""What each expression of a rule can speak of, and what it must give."""


def check_definition_schemas(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find schemas and rules that the API server refuses, each at its place."""
    told: set[int] = set()
    for entry in tree.of_kind(*DEFINITIONS):
        # One that several clusters share is told for the first.
        if entry.version != "v1" or not entry.is_written or id(entry.manifest) in told:
            continue
        told.add(id(entry.manifest))
        for position, version in iter_fields(entry.manifest, "spec", "versions"):
            for one in _iter_version_faults(version):
                here = ("spec", "versions", position, *one.path)
                yield complain(one.code, entry, here, one.message, one.help, on_key=one.on_key)


def _iter_version_faults(version: Fields) -> Iterator[Fault]:
    schema = fields_of(version, *_SCHEMA)
    for one in _iter_faults(schema):
        yield replace(one, path=(*_SCHEMA, *one.path))
    if is_schema(schema):
        yield from iter_selectable_faults(version)


def _iter_faults(schema: Fields) -> Iterator[Fault]:
    if not is_schema(schema):
        yield from iter_misfits(schema)
        return
    yield from iter_schema_rules(schema)
    for path, node in iter_nodes(schema, frozenset({_RULES})) if has_engine() else ():
        for position, rule in iter_fields(node, _RULES):
            yield from _check_rule((*path, _RULES, position), rule)


def _check_rule(path: Path, rule: Fields) -> Iterator[Fault]:
    for key, scope in _SCOPES.items():
        wrong = find_expression_fault(text_of(rule, key), scope)
        if wrong is not None:
            yield fault((*path, key), f"has a rule that cannot be compiled: {wrong}", "mend it: the rule is in CEL")


CHECKS = (Check(name="schemas of definitions", codes=("invalid-definition",), run=check_definition_schemas),)
