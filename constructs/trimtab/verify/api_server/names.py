"""Names of objects: their form by kind, and whether there is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import (
    RELAXED_SERVICES,
    find_label_fault,
    find_old_label_fault,
    find_segment_fault,
    find_subdomain_fault,
)
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_NAME = ("metadata", "name")
_RUNS = frozenset({("", "Pod"), ("batch", "Job")})
_CREATED = "whether objects that leave their name to the API server are created anew each time, or applied"
_Form = Callable[[str], str | None]

_FORMS: Mapping[tuple[str, str], _Form] = {
    ("", "Namespace"): find_label_fault,
    ("certificates.k8s.io", "CertificateSigningRequest"): find_segment_fault,
    ("certificates.k8s.io", "ClusterTrustBundle"): find_segment_fault,
    ("internal.apiserver.k8s.io", "StorageVersion"): find_segment_fault,
    ("networking.k8s.io", "IPAddress"): find_segment_fault,
    ("policy", "PodDisruptionBudget"): find_segment_fault,
    ("rbac.authorization.k8s.io", "ClusterRole"): find_segment_fault,
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): find_segment_fault,
    ("rbac.authorization.k8s.io", "Role"): find_segment_fault,
    ("rbac.authorization.k8s.io", "RoleBinding"): find_segment_fault,
}
"""Kinds with a form of their own; all others, custom ones too, bear DNS subdomains."""

_LONGEST: Mapping[tuple[str, str], tuple[int, str]] = {
    ("batch", "CronJob"): (52, "its Jobs append 11 characters"),
    ("batch", "Job"): (63, "its name becomes a label of its pods"),
}


def check_names(tree: Tree, world: World) -> Iterator[Said]:
    """Find names that the API server refuses.

    Source: pkg/apis/core/validation/names.go (ValidateNamespaceName, ValidateServiceName and others), kubernetes
    v1.35.4 pkg/apis/rbac/validation/validation.go (ValidateRBACName:32), pkg/apis/batch/validation (validateCronJob),
    pkg/apis/apiregistration/validation (ValidateAPIService).
    """
    service = find_label_fault if world.kubernetes >= RELAXED_SERVICES else find_old_label_fault
    for entry in tree.entries:
        if not entry.name:
            yield from _check_nameless(entry, world)
            continue
        kind = entry.group, entry.kind
        form = service if kind == ("", "Service") else _FORMS.get(kind, find_subdomain_fault)
        fault = form(entry.name) or _find_length_fault(kind, entry.name)
        if fault:
            cure = f"{fault}{_suggest(entry.name, form)}"
            yield complain("invalid-name", entry, _NAME, "has a name that Kubernetes refuses", cure)
        if entry.namespace and (wrong := find_label_fault(entry.namespace)):
            yield _wrong_namespace(entry, wrong)


def check_api_service_names(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find APIServices that are not named for their version and group (ValidateAPIService)."""
    for entry in tree.of_kind("apiregistration.k8s.io", "APIService"):
        spec = fields_of(entry.manifest, "spec")
        wanted = f"{text_of(spec, 'version')}.{text_of(spec, 'group')}"
        if entry.name and entry.name != wanted:
            yield complain(
                "invalid-name", entry, _NAME, "is not named for its version and group", f"name it '{wanted}'"
            )


def _suggest(name: str, form: _Form) -> str:
    """Offer the name in small letters with '-' for all that is not allowed."""
    better = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
    return f": '{better}'" if better != name and form(better) is None else ""


def _find_length_fault(kind: tuple[str, str], name: str) -> str | None:
    longest, why = _LONGEST.get(kind, (len(name), ""))
    return f"it has {len(name)} characters, {longest} fit: {why}" if len(name) > longest else None


def _wrong_namespace(entry: Entry, wrong: str) -> Complaint:
    written = "namespace" in entry.manifest["metadata"]
    path = ("metadata", "namespace") if written else ("metadata",)
    return complain("invalid-name", entry, path, f"is in a namespace that cannot be: '{entry.namespace}'", wrong)


def _may_run_once(entry: Entry) -> bool:
    """Say whether an object may stand for one run, of which there is another each time: workflows are custom kinds."""
    return (entry.group, entry.kind) in _RUNS or not is_built_in_group(entry.group)


def _check_nameless(entry: Entry, world: World) -> Iterator[Said]:
    """Argo CD makes a name of `generateName` for hooks alone (gitops-engine pkg/sync/sync_context.go).

    What no Application applies may be meant for `kubectl create`, which has the API server make a name each time.
    """
    metadata = entry.manifest["metadata"]
    if not metadata.get("generateName"):
        yield complain("unnamed-object", entry, ("metadata",), "has no name", "give it one: metadata.name")
    elif any("hook" in str(key) for key in metadata.get("annotations") or ()):
        return
    elif world.foreign and not entry.application and _may_run_once(entry):
        yield Unchecked(reason=_CREATED)
    else:
        yield complain(
            "unnamed-object",
            entry,
            ("metadata", "generateName"),
            f"leaves its name to the API server: {metadata['generateName']}…",
            "give it a name, for what is applied again is found by it; only hooks of Argo CD may go without",
            on_key=True,
        )


CHECKS = (
    Check(name="names", codes=("invalid-name", "unnamed-object"), run=check_names),
    Check(name="names of APIServices", codes=("invalid-name",), run=check_api_service_names),
)
