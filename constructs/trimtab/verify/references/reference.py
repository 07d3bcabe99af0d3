"""One object named by another."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.findings.path import Path
from trimtab.kube.manifests import Identity
from trimtab.verify.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A name in an object that must be somebody's."""

    entry: Entry
    path: Path
    """Where the name stands in the object."""
    group: str
    kind: str
    namespace: str
    """Where the named one must be; empty for what belongs to the whole cluster."""
    name: str
    key: str = ""
    """The key that must be in it, where one is named."""

    @property
    def identity(self) -> Identity:
        """What is named."""
        return self.group, self.kind, self.namespace, self.name
