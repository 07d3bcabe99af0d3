"""Objects that a webhook has to admit, applied before what answers for it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from trimtab.catalogue.argocd_names import PREFIX
from trimtab.catalogue.kinds import is_built_in_group
from trimtab.findings.path import Path
from trimtab.verify.argocd.position import Positions, Rank, get_rank
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, text_of, texts_of
from trimtab.verify.selecting import fits, matches
from trimtab.verify.tree import PodTemplate, Tree
from trimtab.verify.world import World

_CONFIGURATIONS = ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")
_BY_NAME = "kubernetes.io/metadata.name"
"""The label that every namespace has."""
_ISSUERS = "cert-manager.io"
"""Its webhook has a check of its own, which knows its chart too."""

_Servers = Mapping[tuple[str, str], list[PodTemplate]]
"""Cluster and namespace to the workloads there that may answer for a webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hook:
    """A webhook without whose answer nothing is admitted, with what answers for it."""

    entry: Entry
    path: Path
    fields: Mapping[str, Any]
    server: Entry
    rank: Rank
    """When the webhook is there."""
    served: Rank
    """When its server is applied."""

    @property
    def is_parted(self) -> bool:
        """Whether its server is of another Application."""
        return self.entry.application != self.server.application


def check_webhooks(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects that are applied before the server of a webhook that has to admit them.

    Told is what is proven: the webhook is there before the object, its server is not, and nothing excludes the object.
    Of another Application than the two an object is only where they are of two themselves: it comes after both of one,
    or before both.
    """
    hooks: dict[tuple[str, str | None], list[_Hook]] = defaultdict(list)
    for hook in _iter_hooks(tree):
        hooks[hook.entry.cluster, None if hook.is_parted else hook.entry.application].append(hook)
    if not hooks:
        return
    positions, plurals = Positions(tree), _find_plurals(tree, world)
    for entry in tree.entries:
        its = (*hooks.get((entry.cluster, entry.application), ()), *hooks.get((entry.cluster, None), ()))
        rank = get_rank(entry) if its and entry.is_written else None
        if rank is not None:
            asked = (hook for hook in its if _is_asked(tree, hook, entry, plurals))
            faults = (_find_fault(positions, entry, rank, hook) for hook in asked)
            yield from islice(filter(None, faults), 1)


def _iter_hooks(tree: Tree) -> Iterator[_Hook]:
    servers = _index_servers(tree)
    for kind in _CONFIGURATIONS:
        for entry in tree.of_kind("admissionregistration.k8s.io", kind):
            rank = get_rank(entry)
            for position, fields in iter_fields(entry.manifest, "webhooks"):
                server = _find_server(tree, servers, entry, fields_of(fields, "clientConfig", "service"))
                served = get_rank(server) if server else None
                # Conditions may let an object through; what they say of it is not known.
                is_free = fields.get("failurePolicy") == "Ignore" or bool(fields.get("matchConditions"))
                if server and rank is not None and served is not None and entry.application and not is_free:
                    yield _Hook(
                        entry=entry,
                        path=("webhooks", position),
                        fields=fields,
                        server=server,
                        rank=rank,
                        served=served,
                    )


def _index_servers(tree: Tree) -> _Servers:
    found: dict[tuple[str, str], list[PodTemplate]] = defaultdict(list)
    for pod in tree.pods:
        if pod.entry.kind in ("Deployment", "StatefulSet") and pod.entry.application:
            found[pod.entry.cluster, pod.entry.namespace].append(pod)
    return found


def _find_server(tree: Tree, servers: _Servers, entry: Entry, service: Mapping[str, Any]) -> Entry | None:
    """Find the workload behind the Service that a webhook names, of the same Application if there is one."""
    namespace, name = text_of(service, "namespace"), text_of(service, "name")
    found = tree.find(entry.cluster, ("", "Service", namespace, name))
    selector = fields_of(found.manifest, "spec", "selector") if found else {}
    if not selector:
        return None
    fitting = [pod.entry for pod in servers.get((entry.cluster, namespace), ()) if fits(selector, pod.labels)]
    return min(fitting, key=lambda one: one.application != entry.application, default=None)


def _find_plurals(tree: Tree, world: World) -> Mapping[tuple[str, str], str]:
    found = {(kind.group, kind.kind): kind.plural for kind in world.kinds}
    for manifest in (*world.definitions, *(entry.manifest for entry in tree.of_kind(*DEFINITIONS))):
        names = fields_of(manifest, "spec", "names")
        found[text_of(fields_of(manifest, "spec"), "group"), text_of(names, "kind")] = text_of(names, "plural")
    return found


def _is_asked(tree: Tree, hook: _Hook, entry: Entry, plurals: Mapping[tuple[str, str], str]) -> bool:
    key = (entry.group, entry.kind)
    plural = plurals.get(key) or (_pluralize(entry.kind) if is_built_in_group(entry.group) else "")
    if entry in (hook.entry, hook.server) or entry.group == _ISSUERS or not plural:
        return False
    rules = (rule for _, rule in iter_fields(hook.fields, "rules"))
    if not any(_is_named(rule, entry, plural) for rule in rules):
        return False
    labels = fields_of(entry.manifest, "metadata", "labels")
    return matches(fields_of(hook.fields, "objectSelector"), labels) and _is_namespace_asked(tree, hook, entry)


def _pluralize(kind: str) -> str:
    word = kind.lower()
    if word.endswith(("s", "x", "ch")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


def _is_named(rule: Mapping[str, Any], entry: Entry, plural: str) -> bool:
    return (
        bool({"*", entry.group}.intersection(texts_of(rule, "apiGroups")))
        and bool({"*", entry.version}.intersection(texts_of(rule, "apiVersions")))
        and bool({"*", "*/*", plural}.intersection(texts_of(rule, "resources")))
        and bool({"*", "CREATE"}.intersection(texts_of(rule, "operations")))
        and text_of(rule, "scope") in {"", "*", "Namespaced" if entry.namespace else "Cluster"}
    )


def _is_namespace_asked(tree: Tree, hook: _Hook, entry: Entry) -> bool:
    """Say whether a webhook is asked of the namespace that an object is in; where its labels are not known, not."""
    selector = fields_of(hook.fields, "namespaceSelector")
    if not selector or not entry.namespace:
        return not selector or (entry.group, entry.kind) != ("", "Namespace")
    namespace = tree.find(entry.cluster, ("", "Namespace", "", entry.namespace))
    keys = set(fields_of(selector, "matchLabels")) | {
        text_of(one, "key") for _, one in iter_fields(selector, "matchExpressions")
    }
    if namespace is None and keys != {_BY_NAME}:
        return False
    labels = fields_of(namespace.manifest, "metadata", "labels") if namespace else {}
    return matches(selector, {**labels, _BY_NAME: entry.namespace})


def _find_fault(positions: Positions, entry: Entry, rank: Rank, hook: _Hook) -> Complaint | None:
    return _find_across(positions, entry, hook) if hook.is_parted else _find_within(positions, entry, rank, hook)


def _find_across(positions: Positions, entry: Entry, hook: _Hook) -> Complaint | None:
    if not (positions.comes_before(hook.entry, entry) and positions.comes_before(entry, hook.server)):
        return None
    whose = hook.server.application
    return _complain(
        entry,
        hook,
        f"is applied before {hook.server} of the application '{whose}'",
        f"let what holds it come after '{whose}', or the webhook with its server",
    )


def _find_within(positions: Positions, entry: Entry, rank: Rank, hook: _Hook) -> Complaint | None:
    # Of one wave the webhook may come first, but not before kinds that Argo CD puts before all others.
    is_there = hook.rank < rank or (hook.rank == rank and not is_built_in_group(entry.group))
    application = positions.applications.of(entry)
    tries_again = application is not None and bool(fields_of(application.sync_policy, "retry"))
    if not is_there or rank > hook.served or (rank == hook.served and tries_again):
        return None
    when = "before" if rank < hook.served else "together with"
    help_ = f'give it `{PREFIX}sync-wave: "{hook.served[1] + 1}"`'
    if not tries_again:
        help_ += ", and the Application `syncPolicy.retry`"
    return _complain(entry, hook, f"is applied {when} {hook.server}", help_)


def _complain(entry: Entry, hook: _Hook, fault: str, help_: str) -> Complaint:
    name = text_of(hook.fields, "name")
    return Complaint(
        code="webhook-not-ready",
        about=entry,
        message=f"{entry} {fault}, which has to admit it for the webhook '{name}': the first sync fails",
        help=help_,
        others=(
            Other(entry=hook.entry, message="this webhook is asked", path=hook.path),
            Other(entry=hook.server, message="this answers"),
        ),
    )


CHECKS = (Check(name="webhooks before their servers", codes=("webhook-not-ready",), run=check_webhooks),)
