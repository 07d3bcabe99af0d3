"""What is asked of the renderer of one chart release, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.findings.finding import Finding
from trimtab.findings.path import ROOT, Path

Manifest = dict[str, Any]
"""One Kubernetes object as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderRequest:
    """One release of one chart, and all that decides what comes out."""

    chart: str
    version: str
    digest: str
    """The SHA-256 of the archive, in lower-case hexadecimal, as the lock has it."""
    read_archive: Callable[[], bytes] = field(repr=False, compare=False)
    """Gives the archive's bytes, verified; asked only where the cache does not know the answer."""
    release_name: str
    namespace: str
    values: Mapping[str, Any] = field(repr=False)
    kube_version: str
    """The cluster's version or minor."""
    api_versions: tuple[str, ...] = ()
    """What the chart is told that the cluster serves: `tell_api_versions`."""
    include_crds: bool = True
    """Whether the chart's `crds/` folder comes along; Argo CD's `skipCrds` turned round."""
    at: Path = ROOT
    """The settings path that findings point to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells an object from all others."""

    api_version: str
    kind: str
    namespace: str
    """Empty where it has none."""
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {f'{self.namespace}/' if self.namespace else ''}{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An object that the chart renders and that is left out."""

    identity: Identity
    hook: str
    """The hook of Helm's that it is, as the chart writes it."""
    why: str
    """Why it is left out, in a sentence without the object."""
    is_harmful: bool = False
    """Whether it was left out for what it would do, and not because Argo CD never runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstable:
    """A field that differed between two renders of one input."""

    identity: Identity
    field: Path
    values: tuple[str, ...] = ()
    """The values that make it stable, dotted; empty where none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What a chart release is made of, each part in an order of its own that never changes."""

    crds: tuple[Manifest, ...]
    """Its CustomResourceDefinitions, from `crds/` and from templates."""
    objects: tuple[Manifest, ...]
    """All else that is no hook, in the order in which objects must be applied."""
    hooks: tuple[Manifest, ...]
    """Its hooks, in Argo CD's words; whoever applies by hand leaves them out and names them."""
    dropped: tuple[Dropped, ...]
    unstable: tuple[Unstable, ...]
    helm_version: str
    """The version of helm that rendered it."""
    findings: tuple[Finding, ...]
    """Warnings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRendered:
    """A chart release that could not be rendered."""

    findings: tuple[Finding, ...]
    """Why; at least one is an error."""


def identify(manifest: Mapping[str, Any]) -> Identity:
    """Give the identity of an object; one that Kubernetes is to name has a `*` at the end of its name."""
    metadata = manifest.get("metadata")
    known = metadata if isinstance(metadata, Mapping) else {}
    name = known.get("name") or f"{known.get('generateName') or ''}*"
    return Identity(
        api_version=str(manifest.get("apiVersion", "")),
        kind=str(manifest.get("kind", "")),
        namespace=str(known.get("namespace") or ""),
        name=str(name),
    )
