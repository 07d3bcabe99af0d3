"""Definitions whose schema or rules the API server refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.custom.cel.engine import RuleError, compile_rule, has_engine
from trimtab.verify.custom.junctors import fault
from trimtab.verify.custom.schema_faults import iter_nodes, iter_schema_rules
from trimtab.verify.custom.schema_form import is_schema, iter_misfits
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_RULES = "x-kubernetes-validations"
_NO_CEL = re.compile(r"mismatched input|extraneous input|no viable alternative|token recognition|missing '")
"""How the engine says that something is no CEL at all, whatever functions there are."""
_NAME = re.compile(r"undeclared reference to '([A-Za-z_][A-Za-z0-9_]*)[.']")
_KNOWN = frozenset({"authorizer", "base64", "cel", "format", "google", "math", "oldSelf", "optional", "self"})


def check_definition_schemas(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find schemas and rules that the API server refuses, each at its place."""
    told: set[int] = set()
    for entry in tree.of_kind(*DEFINITIONS):
        # One that several clusters share is told for the first.
        if entry.version != "v1" or not entry.is_written or id(entry.manifest) in told:
            continue
        told.add(id(entry.manifest))
        for position, version in iter_fields(entry.manifest, "spec", "versions"):
            below = ("spec", "versions", position, "schema", "openAPIV3Schema")
            for one in _iter_faults(fields_of(version, "schema", "openAPIV3Schema")):
                yield complain(one.code, entry, (*below, *one.path), one.message, one.help, on_key=one.on_key)


def _iter_faults(schema: Fields) -> Iterator[Fault]:
    if not is_schema(schema):
        yield from iter_misfits(schema)
        return
    yield from iter_schema_rules(schema)
    for path, node in iter_nodes(schema, frozenset({_RULES})) if has_engine() else ():
        for position, rule in iter_fields(node, _RULES):
            yield from _check_rule((*path, _RULES, position), rule)


def _check_rule(path: Path, rule: Fields) -> Iterator[Fault]:
    for key in ("rule", "messageExpression"):
        text = text_of(rule, key)
        wrong = _find_fault(text) if text.strip() else None
        if wrong is not None:
            yield fault((*path, key), f"has a rule that cannot be compiled: {wrong}", "mend it: the rule is in CEL")


def _find_fault(text: str) -> str | None:
    """Say why nothing compiles a rule; what only the engine here does not know is left alone."""
    try:
        compile_rule(text)
    except RuleError as error:
        said = str(error)
        if _NO_CEL.search(said):
            return said.partition(" expecting ")[0]
        name = found[1] if (found := _NAME.search(said)) else ""
        # A name before a bracket is a function, and one before a comma a variable of a comprehension.
        if name and name not in _KNOWN and not re.search(rf"\b{name}\s*[(,]", text):
            return f"there is no '{name}'"
    return None


CHECKS = (Check(name="schemas of definitions", codes=("invalid-definition",), run=check_definition_schemas),)
