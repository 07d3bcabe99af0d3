"""Images for programs: one a line, the file that `skopeo sync` reads, and data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trimtab.documents.writer import render_yaml
from trimtab.images.listing import Listed, Listing
from trimtab.images.reference import Reference


def render_list(listings: Iterable[Listing]) -> str:
    """Write every image of all clusters once, one a line, sorted: made for `xargs`.

    An image with a digest is given by that alone: skopeo takes no reference with tag and digest (containers/image
    docker/docker_transport.go, newReference), and runtimes pull the digest.
    """
    return "".join(f"{line}\n" for line in sorted({_render(reference) for reference in _references(listings)}))


def render_skopeo(listings: Iterable[Listing]) -> str:
    """Write every image of all clusters as `skopeo sync --src yaml` reads it: registry, image, tags or digests.

    An image with a digest is given by it, for the digest is what is pulled. No list of tags is empty: that would mean
    all tags there are (skopeo docs/skopeo-sync.1.md, YAML file content). What `find_unsyncable` gives is left out.
    """
    all_ = tuple(listings)
    insecure = {name for one in all_ for name, facts in one.registries.items() if facts.insecure and not facts.mirror}
    table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for reference in _references(all_):
        versions = table[reference.registry][reference.repository]
        if _is_syncable(reference) and reference.version not in versions:
            versions.append(reference.version)
    return render_yaml(
        {
            registry: {**({"tls-verify": False} if registry in insecure else {}), "images": _sorted(images)}
            for registry, images in table.items()
            if any(images.values())
        }
    )


def find_unsyncable(listings: Iterable[Listing]) -> tuple[Reference, ...]:
    """Give the images that `skopeo sync --scoped` cannot copy: those of registries with a port or an address.

    It would put the registry into the path, where no colon may be, and stop there; IPv6 addresses it passes over with
    exit code 0 (seen with skopeo 1.9.3; distribution/reference regexp.go).
    """
    return tuple(reference for reference in _references(listings) if not _is_syncable(reference))


def describe_listings(listings: Iterable[Listing]) -> list[Mapping[str, Any]]:
    """Give listings as data."""
    return [
        {
            "cluster": listing.cluster,
            "images": [_describe(one, listing) for one in listing.images],
            "registries": {
                name: {"ipv6": facts.ipv6, "mirror": facts.mirror, "rewrite": facts.rewrite}
                for name, facts in listing.registries.items()
            },
            "unseen": [{"application": one.application, "why": one.why} for one in listing.unseen],
        }
        for listing in listings
    ]


def _describe(one: Listed, listing: Listing) -> Mapping[str, Any]:
    facts = listing.registries[one.reference.registry]
    return {
        "reference": str(one.reference),
        "registry": one.reference.registry,
        "repository": one.reference.repository,
        "tag": one.reference.tag,
        "digest": one.reference.digest,
        "applications": [*one.applications],
        "how": [str(how) for how in one.how],
        "architectures": [*one.architectures] or None,
        "ipv6": facts.ipv6,
        "mirror": facts.mirror,
    }


def _is_syncable(reference: Reference) -> bool:
    return ":" not in reference.registry


def _render(reference: Reference) -> str:
    return f"{reference.name}@{reference.digest}" if reference.digest else str(reference)


def _references(listings: Iterable[Listing]) -> Sequence[Reference]:
    return sorted({one.reference for listing in listings for one in listing.images}, key=str)


def _sorted(images: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(versions) for name, versions in images.items()}
