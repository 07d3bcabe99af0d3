"""Images for programs: one a line, the file that `skopeo sync` reads, and data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trimtab.documents.writer import render_yaml
from trimtab.images.listing import Listed, Listing
from trimtab.images.reference import Reference


def render_list(listings: Iterable[Listing]) -> str:
    """Write every image of all clusters once, one a line, sorted: made for `xargs`."""
    return "".join(f"{reference}\n" for reference in _references(listings))


def render_skopeo(listings: Iterable[Listing]) -> str:
    """Write every image of all clusters as `skopeo sync --src yaml` reads it: registry, image, tags or digests.

    An image with a digest is given by it, for the digest is what is pulled. No list of tags is empty: that would mean
    all tags there are (skopeo docs/skopeo-sync.1.md, YAML file content).
    """
    table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for reference in _references(listings):
        versions = table[reference.registry][reference.repository]
        if reference.version not in versions:
            versions.append(reference.version)
    return render_yaml({registry: {"images": _sorted(images)} for registry, images in table.items()})


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


def _references(listings: Iterable[Listing]) -> Sequence[Reference]:
    return sorted({one.reference for listing in listings for one in listing.images}, key=str)


def _sorted(images: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(versions) for name, versions in images.items()}
