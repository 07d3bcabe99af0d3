"""Roles and who is given them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_subdomain_fault
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_GROUP = "rbac.authorization.k8s.io"
_REFERRED = {"RoleBinding": ("Role", "ClusterRole"), "ClusterRoleBinding": ("ClusterRole",)}
_SUBJECTS = {"ServiceAccount": "", "User": _GROUP, "Group": _GROUP}


def check_roles(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find rules that allow nothing (pkg/apis/rbac/validation/validation.go, ValidatePolicyRule)."""
    for kind in ("Role", "ClusterRole"):
        for entry in tree.of_kind(_GROUP, kind):
            for position, rule in iter_fields(entry.manifest, "rules"):
                if not _is_plain(rule):
                    yield from _check_rule(entry, position, rule)


def _is_plain(rule: Fields) -> bool:
    """Say quickly that a rule is for resources and lacks nothing, as nearly all are."""
    get = rule.get
    return bool(get("verbs") and get("apiGroups") and get("resources")) and not get("nonResourceURLs")


def _check_rule(entry: Entry, position: int, rule: Fields) -> Iterator[Complaint]:
    here = ("rules", position)
    urls, groups, resources = (list_of(rule, key) for key in ("nonResourceURLs", "apiGroups", "resources"))
    if "verbs" in rule and not list_of(rule, "verbs"):
        yield complain("missing-field", entry, (*here, "verbs"), "has a rule without verbs", "say what it allows")
    if urls and entry.kind == "Role":
        what = "allows paths of the API server in a namespace"
        yield complain("contradicting-fields", entry, here, what, "paths belong into a ClusterRole")
    elif urls and (groups or resources):
        what = "has a rule for paths and for resources"
        yield complain("contradicting-fields", entry, here, what, "make two rules of it")
    elif not urls:
        for key, listed in (("apiGroups", groups), ("resources", resources)):
            if not listed:
                cure = 'list them; the core group is ""' if key == "apiGroups" else "list them, or '*'"
                yield complain("missing-field", entry, here, f"has a rule without {key}", cure)


def check_role_bindings(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find bindings that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/rbac/validation/validation.go (ValidateRoleBinding:128,
    ValidateClusterRoleBinding:172, ValidateRoleBindingSubject:217).
    """
    for kind, referred in _REFERRED.items():
        for entry in tree.of_kind(_GROUP, kind):
            role = fields_of(entry.manifest, "roleRef")
            if text_of(role, "apiGroup") not in ("", _GROUP):
                what = f"gives a role of the group '{role['apiGroup']}'"
                yield complain("value-not-allowed", entry, ("roleRef", "apiGroup"), what, f"write {_GROUP}")
            if role and text_of(role, "kind") not in {"", *referred}:
                what = f"gives a {text_of(role, 'kind')} as a role"
                yield complain("value-not-allowed", entry, ("roleRef", "kind"), what, f"write {' or '.join(referred)}")
            for position, subject in iter_fields(entry.manifest, "subjects"):
                yield from _check_subject(entry, position, subject)


def _check_subject(entry: Entry, position: int, subject: Fields) -> Iterator[Complaint]:
    here = ("subjects", position)
    kind, group = text_of(subject, "kind"), text_of(subject, "apiGroup")
    if kind not in _SUBJECTS:
        what = f"gives a role to a '{kind}'"
        yield complain("value-not-allowed", entry, (*here, "kind"), what, f"write one of {', '.join(_SUBJECTS)}")
    elif group and group != _SUBJECTS[kind]:
        cure = f"write {_SUBJECTS[kind]}" if _SUBJECTS[kind] else "leave apiGroup away"
        what = f"gives a role to a {kind} of the group '{group}'"
        yield complain("value-not-allowed", entry, (*here, "apiGroup"), what, cure)
    elif kind == "ServiceAccount" and (fault := find_subdomain_fault(text_of(subject, "name") or "a")):
        what = f"gives a role to a ServiceAccount with a name that cannot be: '{subject['name']}'"
        yield complain("invalid-name", entry, (*here, "name"), what, fault)
    elif kind == "ServiceAccount" and not subject.get("namespace") and entry.kind == "ClusterRoleBinding":
        what = f"gives a role to the ServiceAccount '{text_of(subject, 'name')}' of no namespace"
        yield complain("missing-field", entry, here, what, "write its namespace")


CHECKS = (
    Check(name="roles", codes=("missing-field", "contradicting-fields"), run=check_roles),
    Check(
        name="role bindings",
        codes=("value-not-allowed", "missing-field", "invalid-name"),
        run=check_role_bindings,
    ),
)
