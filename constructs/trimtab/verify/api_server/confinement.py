"""What confines a pod: profiles, kernel settings, gates."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_PROFILES = ("seccompProfile", "appArmorProfile")


def check_confinement(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find profiles that name no file, and settings that stand twice.

    Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (validateSeccompProfileField:5243,
    validateAppArmorProfileField, ValidateSecurityContext:8358, validateSysctls:5468).
    """
    for pod in tree.pods:
        context = fields_of(pod.spec, "securityContext")
        if context:
            here = (*pod.path, "spec", "securityContext")
            yield from _check_profiles(pod.entry, here, context)
            yield from _check_sysctls(pod.entry, here, context)
        for path, container in pod.iter_containers():
            own = container.get("securityContext")
            if own:
                yield from _check_context(pod.entry, (*path, "securityContext"), fields_of(own))


def _check_context(entry: Entry, path: Path, context: Fields) -> Iterator[Complaint]:
    yield from _check_profiles(entry, path, context)
    if context.get("allowPrivilegeEscalation") is False:
        added = fields_of(context, "capabilities").get("add")
        admin = isinstance(added, list) and "CAP_SYS_ADMIN" in added
        if context.get("privileged") is True or admin:
            what = "may do anything on its node, and gain no privileges"
            cure = "leave allowPrivilegeEscalation away, or take privileged and CAP_SYS_ADMIN away"
            yield complain("contradicting-fields", entry, (*path, "allowPrivilegeEscalation"), what, cure)


def _check_profiles(entry: Entry, path: Path, context: Fields) -> Iterator[Complaint]:
    for key in _PROFILES:
        profile = fields_of(context, key)
        kind, named = profile.get("type"), profile.get("localhostProfile")
        if kind == "Localhost" and not named:
            what = f"has a {key} of its node's and does not say which"
            yield complain("missing-field", entry, (*path, key), what, "name its file: localhostProfile")
        elif kind is not None and kind != "Localhost" and named is not None:
            what = f"has a {key} of the type {kind} and names a file"
            yield complain("contradicting-fields", entry, (*path, key), what, "write type: Localhost")


def _check_sysctls(entry: Entry, path: Path, context: Fields) -> Iterator[Complaint]:
    seen: set[str] = set()
    for position, setting in iter_fields(context, "sysctls"):
        name = text_of(setting, "name").replace("/", ".")
        if name in seen:
            what = f"sets the kernel's '{name}' twice"
            yield complain("duplicate-entry", entry, (*path, "sysctls", position), what, "leave one of them away")
        seen.add(name)


CHECKS = (
    Check(
        name="what confines pods",
        codes=("missing-field", "contradicting-fields", "duplicate-entry"),
        run=check_confinement,
    ),
)
