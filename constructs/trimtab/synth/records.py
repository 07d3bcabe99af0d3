"""What goes into a synthesis and what comes out of it, as plain values that need no Node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from trimtab.findings.finding import Finding, Place

Manifest = Mapping[str, object]
"""A Kubernetes object as plain values."""

IsNamespaced = Callable[[str, str], bool | None]
"""From API group (empty for the core group) and kind to whether it lives in a namespace; nothing if unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnObject:
    """One object that a component made."""

    manifest: Manifest
    id: str | None = None
    """Its name within the application; made from kind, name and namespace where nothing is given."""
    origin: tuple[str, ...] = ()
    """The settings paths and facts it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserConstruct:
    """A construct of the user's own, as the settings name it."""

    name: str
    file: str
    """The Python file, relative to the root of the repository."""
    symbol: str
    """The function `(chart, facts, settings)`, or the class `(scope, id, *, facts, settings)`, in that file."""
    application: str
    settings: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    """Where the settings name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationInput:
    """One application: its own objects, then what the user adds to it."""

    name: str
    namespace: str | None = None
    """Where a user's objects go that name no namespace."""
    objects: tuple[OwnObject, ...] = ()
    constructs: tuple[UserConstruct, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterInput:
    """One cluster: its applications in order, and the facts that the user's constructs are given."""

    name: str
    applications: tuple[ApplicationInput, ...] = ()
    facts: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartObject:
    """One object of an application, read back."""

    manifest: Manifest
    origin: tuple[str, ...]
    """Settings paths and facts for an object of ours, the construct's file for one of the user's."""
    construct_path: str
    """Its path in the construct tree, which starts with the application."""
    from_user: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterResult:
    """What one cluster became."""

    name: str
    objects: Mapping[str, tuple[ChartObject, ...]]
    """By application, in the order of the input."""
    edges: tuple[tuple[str, str], ...] = ()
    """Pairs (application, the application it depends on) that the user's constructs asked for, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SynthResult:
    """What all clusters became, and everything that went wrong on the way."""

    clusters: tuple[ClusterResult, ...]
    findings: tuple[Finding, ...] = ()
    tracebacks: tuple[str, ...] = ()
    """The whole tracebacks of the user's failed constructs, for who asks for more."""
