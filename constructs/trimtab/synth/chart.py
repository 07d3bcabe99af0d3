"""The chart of one application: our objects stay plain mappings, what a user adds is cdk8s's own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trimtab.synth.identity import build_id
from trimtab.synth.node import ensure_node
from trimtab.synth.records import ChartObject, Manifest

ensure_node()

import cdk8s  # noqa: E402
import constructs  # noqa: E402

from trimtab.synth.convert import build_api_object  # noqa: E402
from trimtab.synth.entry import Entry  # noqa: E402
from trimtab.synth.readback import read_objects  # noqa: E402


class Chart(cdk8s.Chart):
    """One application of a cluster.

    Args:
        scope: the cluster's app.
        id: the application's name.
        namespace: where the user's objects go that name none; our own objects always say theirs.
    """

    def __init__(self, scope: constructs.Construct, id: str, *, namespace: str | None = None) -> None:  # noqa: A002
        super().__init__(scope, id, namespace=namespace)
        self._application = id
        self._home = namespace
        self._entries: dict[str, Entry] = {}
        self._neighbours: Mapping[str, Chart] = {id: self}
        self._user_file: str | None = None

    @property
    def application(self) -> str:
        """The application's name."""
        return self._application

    @property
    def applications(self) -> Mapping[str, Chart]:
        """The charts of all applications of the cluster, by name, this one among them."""
        return MappingProxyType(dict(self._neighbours))

    @property
    def manifests(self) -> Mapping[str, Manifest]:
        """The objects that were added as mappings, by id."""
        return MappingProxyType({key: entry.manifest for key, entry in self._entries.items()})

    @property
    def objects(self) -> list[ChartObject]:
        """All objects of the chart as they stand now: those added as mappings, then what cdk8s made.

        Waves from dependencies and validations belong to a whole cluster: see `synthesize`.

        Raises:
            RuntimeError: cdk8s cannot render one of them.
        """
        return read_objects(self, self._entries.values())

    def add(self, manifest: Manifest, *, id: str | None = None, origin: tuple[str, ...] = ()) -> str:  # noqa: A002
        """Add a Kubernetes object; it never goes through Node.

        Args:
            manifest: the object; it is kept as it is.
            id: its name within the chart, made from kind, name and foreign namespace where nothing is given.
            origin: the settings paths and facts it came from.

        Returns:
            The id.

        Raises:
            ValueError: the object has no kind or no name, or the id is taken.
        """
        key = id if id is not None else build_id(manifest, self._home)
        if key in self._entries:
            raise ValueError(f"application {self._application!r} already has an object with the id {key!r}")
        user = self._user_file
        sources = (user,) if user is not None else origin
        path = f"{self._application}/{key}"
        self._entries[key] = Entry(manifest=manifest, origin=sources, path=path, from_user=user is not None)
        return key

    def as_api_object(self, id: str) -> cdk8s.ApiObject:  # noqa: A002
        """The object with this id as a real cdk8s object: patches on it count, and others can depend on it.

        Asked twice it gives the same one. What is left alone comes out exactly as it was added.

        Raises:
            KeyError: no object has this id.
            ConversionError: it holds what cdk8s cannot, such as a label named `constructor`.
        """
        if id not in self._entries:
            known = ", ".join(sorted(self._entries)) or "none"
            raise KeyError(f"application {self._application!r} has no object with the id {id!r}, only: {known}")
        entry = self._entries[id]
        if entry.api_object is None:
            entry.api_object = build_api_object(self, id, entry.manifest)
            entry.before = entry.api_object.to_json()
            entry.path = entry.api_object.node.path
        return entry.api_object
