"""An object of a finished tree: what it says, who applies it, and to which cluster."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from trimtab.kube.manifests import Identity, Manifest, render_identity, split_api_version

IsNamespaced = Callable[[str, str], bool]
"""Whether objects of a group and kind live in a namespace."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One object; two entries are the same only where they are one and the same, whatever they say."""

    manifest: Manifest
    group: str
    """The API group, empty for the core group."""
    version: str
    kind: str
    namespace: str
    """Where it goes, its Application's namespace where it names none; empty for objects of the whole cluster."""
    name: str
    """Its name; empty where `generateName` leaves that to the API server."""
    application: str = ""
    """The application that applies it; empty where none does."""
    cluster: str = ""
    """The cluster it goes to; in a tree for several, one object may be in each."""
    origin: Hashable = None
    """Where it came from, for whoever made the tree: a file and a document, or what generated it."""
    is_written: bool = True
    """Whether it stands in the tree itself. What Argo CD will render from a chart does not: it answers references, and
    only its chart's values can mend it."""
    is_proven: bool = False
    """Whether whoever makes it proves it against upstream's definition by tests: nothing is told where that definition
    is not at hand."""

    @property
    def identity(self) -> Identity:
        """What makes it one object in its cluster; the version does not count."""
        return self.group, self.kind, self.namespace, self.name

    def __str__(self) -> str:
        begin = "" if self.name else self.manifest["metadata"].get("generateName")
        return f"{render_identity(self.identity)}{begin}*" if begin else render_identity(self.identity)


def make_entry(  # noqa: PLR0913 - a fact each
    manifest: Manifest,
    is_namespaced: IsNamespaced,
    *,
    application: str = "",
    namespace: str = "",
    cluster: str = "",
    origin: Hashable = None,
    is_written: bool = True,
    is_proven: bool = False,
) -> Entry:
    """Make an entry of an object.

    Args:
        manifest: The object; it has `apiVersion`, `kind` and `metadata`.
        is_namespaced: Which kinds live in a namespace.
        application: The application that applies it.
        namespace: Where it goes when it names no namespace.
        cluster: The cluster it goes to.
        origin: Where it came from.
        is_written: Whether it stands in the tree itself.
        is_proven: Whether a builder of ours made it.
    """
    group, version = split_api_version(manifest["apiVersion"])
    kind, metadata = str(manifest["kind"]), manifest["metadata"]
    default = namespace if is_namespaced(group, kind) else ""
    return Entry(
        manifest=manifest,
        group=group,
        version=version,
        kind=kind,
        namespace=str(metadata.get("namespace") or default),
        name=str(metadata.get("name") or ""),
        application=application,
        cluster=cluster,
        origin=origin,
        is_written=is_written,
        is_proven=is_proven,
    )
