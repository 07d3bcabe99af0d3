"""All images of a cluster: who needs each, what is known of it, and where it is really pulled from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from trimtab.catalogue.hosts import has_ipv6
from trimtab.images.reference import Reference, host_of
from trimtab.images.use import How


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """One image that one application needs."""

    application: str
    reference: Reference
    how: How
    architectures: tuple[str, ...] = ()
    """What the catalogue says that the application's images exist for; empty where it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What could not be seen of an application."""

    application: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One image of a cluster."""

    reference: Reference
    applications: tuple[str, ...]
    how: tuple[How, ...]
    architectures: tuple[str, ...]
    """In Kubernetes' words; empty where nobody has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryFacts:
    """One registry that images of a cluster come from."""

    name: str
    ipv6: bool | None
    """Whether it is known to answer on IPv6; nothing where nobody has looked."""
    mirror: str | None
    """What the nodes ask in its place."""
    rewrite: bool = False
    """Whether the objects name the mirror themselves, so that no node has to know of it."""
    insecure: bool = False
    """Whether the settings ask for no certificate, of the mirror where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All images of one cluster."""

    cluster: str
    images: tuple[Listed, ...]
    registries: Mapping[str, RegistryFacts] = field(hash=False)
    unseen: tuple[Unseen, ...] = ()


def plan_listing(
    cluster: str,
    needed: Iterable[Needed],
    *,
    mirrors: Mapping[str, tuple[str | None, bool]] | None = None,
    insecure: Collection[str] = (),
    unseen: Iterable[Unseen] = (),
) -> Listing:
    """Bring what applications need together, image by image, in the order of their names.

    Args:
        cluster: The cluster's name.
        needed: What each application needs; the same may be said more than once.
        mirrors: Registry to its mirror's address, and whether references to it are rewritten.
        insecure: Registries of which no certificate is asked.
        unseen: What could not be seen.
    """
    by_image: dict[Reference, list[Needed]] = defaultdict(list)
    for one in needed:
        by_image[one.reference].append(one)
    images = tuple(_listed(reference, by_image[reference]) for reference in sorted(by_image, key=str))
    names = sorted({one.reference.registry for one in images})
    return Listing(
        cluster=cluster,
        images=images,
        registries={name: _facts(name, *(mirrors or {}).get(name, (None, False)), name in insecure) for name in names},
        unseen=tuple(sorted(unseen, key=lambda one: (one.application, one.why))),
    )


def _listed(reference: Reference, needed: list[Needed]) -> Listed:
    known = [set(one.architectures) for one in needed if one.architectures]
    return Listed(
        reference=reference,
        applications=tuple(sorted({one.application for one in needed})),
        how=tuple(sorted({one.how for one in needed})),
        architectures=tuple(sorted(set.intersection(*known))) if known else (),
    )


def _facts(name: str, mirror: str | None, rewrite: bool, insecure: bool) -> RegistryFacts:
    ipv6 = has_ipv6(host_of(name))
    return RegistryFacts(name=name, ipv6=ipv6, mirror=mirror, rewrite=rewrite, insecure=insecure)
