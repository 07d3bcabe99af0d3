"""Where builders put their objects: anything with an `add`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Manifest = Mapping[str, Any]
"""A Kubernetes object as plain data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One generated object with where it came from."""

    manifest: Manifest
    id: str
    """Unique within its application; part of the construct path, so changing it is a breaking change."""
    origin: tuple[str, ...] = ()
    """The settings paths and facts it was made from."""
    reasons: Mapping[tuple[str | int, ...], str] = field(default_factory=dict, hash=False)
    """Fields that were derived for a reason, and the reason: a patch that changes one is a finding."""
    from_chart: bool = False
    """Whether a chart that we render gave it."""


class Manifests(Protocol):
    """What a builder is given: a list of objects on our side, or a cdk8s chart."""

    def add(
        self,
        manifest: Manifest,
        *,
        id: str | None = None,  # noqa: A002
        origin: tuple[str, ...] = (),
        reasons: Mapping[tuple[str | int, ...], str] | None = None,
    ) -> str:
        """Take an object in.

        Args:
            manifest: The object; kept as it is.
            id: Its name among the application's objects. Default: made from kind, namespace and name.
            origin: The settings paths and facts it was made from.
            reasons: Fields that were derived for a reason, and the reason.

        Returns:
            The id.

        Raises:
            ValueError: The id is taken.
        """


class Collected:
    """A plain list of objects: what builders are given wherever no Node is wanted."""

    def __init__(self) -> None:
        self._built: dict[str, Built] = {}

    def add(
        self,
        manifest: Manifest,
        *,
        id: str | None = None,  # noqa: A002
        origin: tuple[str, ...] = (),
        reasons: Mapping[tuple[str | int, ...], str] | None = None,
    ) -> str:
        """Take an object in, as `Manifests.add` says."""
        key = id or manifest_id(manifest)
        if key in self._built:
            raise ValueError(f"two objects with the id {key!r}")
        self._built[key] = Built(manifest=manifest, id=key, origin=origin, reasons=reasons or {})
        return key

    def find(self, id: str) -> Built | None:  # noqa: A002
        """Give the object with an id."""
        return self._built.get(id)

    def __iter__(self) -> Iterator[Built]:
        return iter(self._built.values())

    def __len__(self) -> int:
        return len(self._built)


Identity = tuple[str, str, str, str]
"""Group, kind, namespace, name: what makes an object one object for the API server."""


def split_api_version(api_version: object) -> tuple[str, str]:
    """Give group (empty for the core group) and version of an `apiVersion`."""
    group, slash, version = str(api_version).rpartition("/")
    return (group, version) if slash else ("", str(api_version))


def object_identity(manifest: Manifest, namespace: str = "") -> Identity:
    """Give what makes an object one object; its version does not count.

    Args:
        manifest: The object.
        namespace: The namespace it goes to when it names none; empty for objects of the whole cluster.
    """
    metadata = manifest["metadata"]
    group, _ = split_api_version(manifest["apiVersion"])
    return group, str(manifest["kind"]), str(metadata.get("namespace") or namespace), str(metadata["name"])


def render_identity(identity: Identity) -> str:
    """Write an identity for people: `Service rook-ceph/dashboard`."""
    group, kind, namespace, name = identity
    full = f"{kind}.{group}" if group else kind
    return f"{full} {namespace}/{name}" if namespace else f"{full} {name}"


def manifest_id(manifest: Manifest) -> str:
    """Give the usual id of an object: `kind-namespace-name` in lower case."""
    metadata = manifest["metadata"]
    parts = (str(manifest["kind"]).lower(), metadata.get("namespace"), metadata["name"])
    return "-".join(part for part in parts if part)
