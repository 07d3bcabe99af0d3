"""What must hold for all generated objects of a cluster together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trimtab.catalogue.argocd_defaults import is_excluded
from trimtab.catalogue.kinds import scope
from trimtab.kube.manifests import Built, Identity, Manifest, object_identity, render_identity, split_api_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """An object and the application that writes it."""

    application: str
    namespace: str
    """The application's namespace: where Argo CD puts an object that names none."""
    built: Built

    @property
    def identity(self) -> Identity:
        """What makes it one object in the cluster it is applied to."""
        manifest = self.built.manifest
        group, _ = split_api_version(manifest["apiVersion"])
        is_namespaced = scope(group, str(manifest["kind"])) == "Namespaced"
        return object_identity(manifest, self.namespace if is_namespaced else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something wrong with one object."""

    code: str
    about: Owned
    message: str
    help: str
    other: Owned | None = None
    """The second object that it is about."""
    hide_source: bool = False
    """Whether the text of its file must not be shown."""


def check_objects(objects: Iterable[Owned]) -> Iterator[Complaint]:
    """Find objects that are written twice, kinds that Argo CD never applies, and Secrets with their values in them."""
    owners: dict[Identity, Owned] = {}
    for owned in objects:
        first = owners.setdefault(owned.identity, owned)
        if first is not owned:
            yield _owned_twice(first, owned)
        if is_excluded(owned.identity[0], owned.identity[1]):
            yield _never_applied(owned)
        if owned.identity[:2] == ("", "Secret") and _holds_values(owned.built.manifest):
            yield _plain_secret(owned)


def _owned_twice(first: Owned, second: Owned) -> Complaint:
    one, two = first.application, second.application
    where = f"by the applications '{one}' and '{two}'" if one != two else f"twice by the application '{one}'"
    return Complaint(
        code="object-owned-twice",
        about=second,
        message=f"{render_identity(second.identity)} is written {where}",
        help="leave it to one of them",
        other=first,
    )


def _never_applied(owned: Owned) -> Complaint:
    return Complaint(
        code="never-applied-kind",
        about=owned,
        message=f"{render_identity(owned.identity)} of the application '{owned.application}' is never applied:"
        " Argo CD leaves out its kind by default and still says Synced",
        help="remove it",
    )


def _holds_values(manifest: Manifest) -> bool:
    fields = (manifest.get("data"), manifest.get("stringData"))
    return any(value for field in fields if isinstance(field, Mapping) for value in field.values())


def _plain_secret(owned: Owned) -> Complaint:
    return Complaint(
        code="secret-in-git",
        about=owned,
        message=f"{render_identity(owned.identity)} of the application '{owned.application}' holds its values in plain",
        help="make it outside Git (`trimtab secrets`), or bring an ExternalSecret or a SealedSecret; then change the"
        " values, for Git forgets nothing",
        hide_source=True,
    )
