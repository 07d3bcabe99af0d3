"""What must hold for all generated objects of a cluster together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trimtab.catalogue.argocd_defaults import is_excluded
from trimtab.findings.finding import Finding, Severity
from trimtab.kube.manifests import Built, Manifest

Identity = tuple[str, str, str, str]
"""Group, kind, namespace, name: what makes an object one object for the API server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """An object and the application that writes it."""

    application: str
    built: Built


def object_identity(manifest: Manifest) -> Identity:
    """Give what makes an object one object; its version does not count."""
    group, slash, _ = str(manifest["apiVersion"]).partition("/")
    metadata = manifest["metadata"]
    return (group if slash else "", str(manifest["kind"]), str(metadata.get("namespace") or ""), str(metadata["name"]))


def check_objects(objects: Iterable[Owned]) -> Iterator[Finding]:
    """Find objects that two applications write, and kinds that Argo CD never applies."""
    owners: dict[Identity, Owned] = {}
    for owned in objects:
        identity = object_identity(owned.built.manifest)
        first = owners.setdefault(identity, owned)
        if first is not owned:
            yield _owned_twice(identity, first, owned)
        if is_excluded(identity[0], identity[1]):
            yield _never_applied(identity, owned)


def _owned_twice(identity: Identity, first: Owned, second: Owned) -> Finding:
    name = render_identity(identity)
    return Finding(
        code="object-owned-twice",
        severity=Severity.ERROR,
        message=f"{name} is written by the applications '{first.application}' and '{second.application}'",
        help=f"leave it to one of them; they come from {_origins(first)} and {_origins(second)}",
    )


def _never_applied(identity: Identity, owned: Owned) -> Finding:
    return Finding(
        code="never-applied-kind",
        severity=Severity.ERROR,
        message=f"{render_identity(identity)} of the application '{owned.application}' is never applied:"
        " Argo CD leaves out its kind by default and still says Synced",
        help=f"remove it; it comes from {_origins(owned)}",
    )


def _origins(owned: Owned) -> str:
    return ", ".join(owned.built.origin) or "nowhere known"


def render_identity(identity: Identity) -> str:
    """Write an identity for people: `Service rook-ceph/dashboard`."""
    group, kind, namespace, name = identity
    full = f"{kind}.{group}" if group else kind
    return f"{full} {namespace}/{name}" if namespace else f"{full} {name}"
