"""Kinds that no API server of this minor serves, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.kinds import is_built_in_group
from trimtab.catalogue.kubernetes.retired import Retired, find_retired
from trimtab.catalogue.kubernetes.served import served, served_versions
from trimtab.catalogue.kubernetes.structures import Minor, is_known
from trimtab.findings.suggest import suggest
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_LISTS = "List"


def check_served(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects of API versions that the cluster's Kubernetes does not serve, or that nothing serves any more."""
    if not is_known(world.kubernetes):
        return
    known = served(world.kubernetes)
    custom = _collect_custom(tree, world)
    for entry in tree.entries:
        kind = entry.group, entry.version, entry.kind
        if kind in known or kind in custom:
            continue
        retired = find_retired(world.kubernetes, *kind)
        if retired is not None:
            yield _retired(entry, retired)
        elif _is_own(entry) and (entry.group, entry.kind) not in ((group, name) for group, _, name in custom):
            yield _not_served(entry, world.kubernetes)


def _is_own(entry: Entry) -> bool:
    return is_built_in_group(entry.group) and not entry.kind.endswith(_LISTS)


def _collect_custom(tree: Tree, world: World) -> set[tuple[str, str, str]]:
    """Collect what definitions serve: those of the tree, those at hand, and those of charts."""
    found = {(kind.group, version, kind.kind) for kind in world.kinds for version in kind.served}
    definitions = [entry.manifest for entry in tree.of_kind(*DEFINITIONS)]
    for definition in (*definitions, *world.definitions):
        spec = fields_of(definition, "spec")
        kind = text_of(fields_of(spec, "names"), "kind")
        for _, version in iter_fields(spec, "versions"):
            if version.get("served") is True:
                found.add((text_of(spec, "group"), text_of(version, "name"), kind))
    return found


def _retired(entry: Entry, retired: Retired) -> Complaint:
    what = f"has the apiVersion {_api(entry)}, which is gone since {retired.gone_in}"
    cures = (f"write {retired.instead}" if retired.instead else "nothing took its place", retired.advice)
    return complain("retired-api", entry, ("apiVersion",), what, "; ".join(cure for cure in cures if cure))


def _not_served(entry: Entry, minor: Minor) -> Complaint:
    versions = served_versions(minor, entry.group, entry.kind)
    what = f"is a {entry.kind} of {_api(entry)}, which Kubernetes {minor[0]}.{minor[1]} does not serve"
    path: tuple[str, ...] = ("apiVersion",)
    if versions:
        prefix = f"{entry.group}/" if entry.group else ""
        cure = f"write {' or '.join(prefix + version for version in versions)}"
    else:
        path = ("kind",)
        cure = _advise_kind(entry, minor)
    return complain("kind-not-served", entry, path, what, cure)


def _advise_kind(entry: Entry, minor: Minor) -> str:
    elsewhere = sorted(
        f"{group}/{version}" if group else version
        for group, version, kind in served(minor)
        if kind == entry.kind and "alpha" not in version and "beta" not in version
    )
    if elsewhere:
        return f"write apiVersion: {' or '.join(elsewhere)}"
    near = suggest(entry.kind, {kind for group, _, kind in served(minor) if group == entry.group})
    return f"did you mean the kind '{near}'?" if near else "look for a typing error in apiVersion and kind"


def _api(entry: Entry) -> str:
    return f"{entry.group}/{entry.version}" if entry.group else entry.version
