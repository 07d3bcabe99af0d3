"""Applications: where they go, how they are synced, and whether Argo CD looks at them at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from trimtab.catalogue.argocd_names import FINALIZERS
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.verify.argocd.application import Application, iter_applications
from trimtab.verify.argocd.durations import is_duration
from trimtab.verify.argocd.installed import Installed
from trimtab.verify.argocd.refusing import refuse, tell_ignored
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.reading import fields_of, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_OURS = "argocd.argoproj.io"
_NAMESPACES = "application.namespaces"


def check_destinations(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Applications that do not say which cluster they go to, or say it twice."""
    for application in iter_applications(tree):
        wanted = application.destination
        name, server = text_of(wanted, "name"), text_of(wanted, "server")
        path = application.at("spec", "destination")
        if name and server:
            said = f"the destination of {application} has a name and a server"
            yield refuse(application, (*path, "name"), said, "leave one of them out")
        elif not name and not server and wanted and not application.is_template:
            said = f"the destination of {application} names no cluster"
            yield refuse(application, path, said, "for Argo CD's own cluster: server: https://kubernetes.default.svc")


def check_sync_policies(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find sync policies that Argo CD cannot follow, and parts of them that it leaves out."""
    for application in iter_applications(tree):
        policy, path = application.sync_policy, application.at("spec", "syncPolicy")
        if policy.get("managedNamespaceMetadata") and "CreateNamespace=true" not in application.options:
            said = f"{application} says what its namespace looks like, and Argo CD ignores it"
            help_ = "add the sync option 'CreateNamespace=true': only a namespace that Argo CD creates gets it"
            yield tell_ignored(application, (*path, "managedNamespaceMetadata"), said, help_)
        yield from _check_retry(application, (*path, "retry"), fields_of(policy, "retry"))


def check_finalizers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find finalizers that look like Argo CD's and that nobody ever takes away."""
    for application in iter_applications(tree):
        for position, name in enumerate(list_of(application.metadata, "finalizers")):
            if isinstance(name, str) and name not in FINALIZERS and _is_meant(name):
                near = suggest(name, FINALIZERS)
                yield Complaint(
                    code="unknown-finalizer",
                    about=application.entry,
                    path=application.at("metadata", "finalizers", position),
                    message=f"{application} has the finalizer '{name}', which Argo CD does not know:"
                    " it could never be deleted",
                    help=f"did you mean '{near}'?" if near else f"such as '{FINALIZERS[0]}'",
                )


def check_places(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Applications in namespaces that Argo CD does not look into."""
    installed = Installed(tree, world)
    for application in iter_applications(tree):
        entry = application.entry
        home = installed.find_namespace(entry.cluster)
        if not home or not entry.namespace or entry.namespace == home:
            continue
        allowed = _allowed_namespaces(installed.find_parameters(entry.cluster))
        if allowed is not None and not any(fnmatchcase(entry.namespace, one) for one in allowed):
            yield Complaint(
                code="application-unseen",
                about=entry,
                path=("metadata", "namespace"),
                message=f"{entry} lies outside '{home}', the namespace that Argo CD reads its Applications from",
                help=f"move it there, or name '{entry.namespace}' in '{_NAMESPACES}' of argocd-cmd-params-cm",
            )


def _allowed_namespaces(parameters: Mapping[str, Any] | None) -> list[str] | None:
    """Give the other namespaces that Argo CD looks into; nothing where that cannot be told, as with a pattern."""
    text = text_of(parameters or {}, _NAMESPACES)
    names = [name for part in text.split(",") if (name := part.strip())]
    return None if any(name.startswith("/") for name in names) else names


def _is_meant(name: str) -> bool:
    return _OURS in name or suggest(name, FINALIZERS) is not None


def _check_retry(application: Application, path: Path, retry: Mapping[str, Any]) -> Iterator[Complaint]:
    backoff = fields_of(retry, "backoff")
    for key in ("duration", "maxDuration"):
        text = text_of(backoff, key)
        if text and not is_templated(text) and not is_duration(text, plain_seconds=True):
            said = f"'{text}' is no time for {application} to wait before it tries again"
            help_ = "write it as Go does, such as 30s or 1m30s: Argo CD gives up at the first retry otherwise"
            yield refuse(application, (*path, "backoff", key), said, help_)
    factor = backoff.get("factor")
    if isinstance(factor, int) and factor < 1:
        said = f"{application} waits {factor} times as long with each try"
        yield refuse(application, (*path, "backoff", "factor"), said, "write 1 or more")


CHECKS = (
    Check(name="destinations of Applications", codes=("invalid-application",), run=check_destinations),
    Check(
        name="sync policies",
        codes=("invalid-application", "ignored-application-field"),
        run=check_sync_policies,
    ),
    Check(name="finalizers of Applications", codes=("unknown-finalizer",), run=check_finalizers),
    Check(name="namespaces of Applications", codes=("application-unseen",), run=check_places),
)
