"""An application: the unit that Argo CD syncs, one chart release or one directory of manifests or both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.findings.path import Path
from trimtab.plan.offers import Need
from trimtab.plan.storage import Claim

OWN = "own"
"""The component of the user's own applications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A field that something in the cluster writes, so that Argo CD must not compare it."""

    group: str = ""
    kind: str
    name: str | None = None
    namespace: str | None = None
    json_pointers: tuple[str, ...] = ()
    jq_path_expressions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSecret:
    """A Secret that the application reads and that no object in Git makes."""

    namespace: str
    name: str
    keys: tuple[str, ...] = ()
    why: str = ""
    """What it is for, in a few words."""
    formats: tuple[str, ...] = ()
    """What each key holds, in the order of `keys`, such as `32 random characters`; nothing where that is plain.

    These can be made by a machine: `N random characters`, `N random bytes in base64`, `…, such as WORD`, `the text …`,
    `bcrypt htpasswd line of USER and KEY`, where KEY is the key of the same Secret that holds the password.
    """
    type: str = "Opaque"
    """The Secret's type, which Kubernetes never lets anybody change."""
    labels: tuple[tuple[str, str], ...] = ()
    """Labels without which the application does not find it."""
    by_hand: bool = False
    """Whether a person must make it even where references are turned into Secrets: Argo CD, or what does the turning,
    cannot start without it."""
    obtained_by: str = ""
    """A command, run somewhere else, that gives the values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One Argo CD Application of the cluster."""

    name: str
    """Its name within the cluster: folder in `dist/`; Argo CD's name puts the cluster's in front."""
    component: str
    """The component it belongs to, or `own` for the user's."""
    namespace: str
    """The namespace of objects that name none."""
    pod_security: str | None = None
    """The pod-security level its namespace enforces; nothing to leave the namespace without a label."""
    creates_namespace: bool = True
    """Whether it brings its namespace. Off for namespaces that Kubernetes or another application brings."""
    needs: tuple[Need, ...] = ()
    """What must be there first."""
    after: tuple[str, ...] = ()
    """Applications that must be healthy first for a reason that no need says."""
    holds_data: bool = False
    """Whether deleting its objects may delete data: never pruned without a confirmation, never deleted in cascade."""
    keeps_on_delete: bool = False
    """Whether its objects stay when the Application goes (no finalizer): what the cluster cannot live without."""
    sync_options: tuple[str, ...] = ()
    """Sync options beside the usual ones."""
    ignored: tuple[Ignored, ...] = ()
    """Fields that something in the cluster writes."""
    retry_limit: int = 10
    """How often a failed sync is tried again."""
    sync: Mapping[str, Any] = field(default_factory=dict)
    """What the component's `sync` says: automated, self_heal, prune; nothing for what it leaves open."""
    secrets: tuple[WantedSecret, ...] = ()
    """Secrets that somebody makes outside Git."""
    host_names: tuple[str, ...] = ()
    """Host names that must lead to it."""
    claims: tuple[Claim, ...] = ()
    """Volumes that its chart asks for; those of our own objects stand in the objects."""
    cluster_kinds: tuple[tuple[str, str], ...] = ()
    """Group and kind of what it may apply outside namespaces, beside what its objects and its chart are known to be."""
    origins: tuple[str, ...] = ()
    """The settings paths that made it."""

    @property
    def path(self) -> Path:
        """Where the settings speak of it: its component, or for one of the user's its own entry."""
        return ("applications", self.name) if self.component == OWN else ("components", self.component)

    @property
    def values_path(self) -> Path:
        """Where the settings hold the user's Helm values for it."""
        return (*self.path, "values") if self.component == OWN else (*self.path, "values", self.name)

    @property
    def version_path(self) -> Path:
        """Where the settings hold the version of its chart."""
        return (*self.path, "chart", "version") if self.component == OWN else (*self.path, "version")
