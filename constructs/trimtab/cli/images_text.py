"""A cluster's images as a table for people, registry by registry."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.capacity.columns import iter_columns
from trimtab.findings.cells import render_harmless
from trimtab.images.listing import Listing, RegistryFacts

_UNKNOWN = "not known"
_IPV6 = {True: "answers on IPv6", False: "no IPv6", None: "IPv6 not known"}


def render_text(listing: Listing) -> str:
    """Write a listing for people."""
    return "\n".join(_lines(listing)) + "\n"


def _lines(listing: Listing) -> Iterator[str]:
    images, registries = _count(len(listing.images), "image"), _count(len(listing.registries), "registry")
    yield f"{listing.cluster}: {images} from {registries}"
    for facts in listing.registries.values():
        yield ""
        yield render_harmless(f"{facts.name}: {_IPV6[facts.ipv6]}{_mirror(facts)}")
        yield from iter_columns([_HEADING, *_iter_rows(listing, facts.name)], left=4)
    if listing.unseen:
        yield ""
        yield "not seen"
        yield from (render_harmless(f"  {why}: {', '.join(names)}") for why, names in _group(listing).items())


_HEADING = ("image", "applications", "processors", "named by")


def _iter_rows(listing: Listing, registry: str) -> Iterator[tuple[str, str, str, str]]:
    for one in listing.images:
        if one.reference.registry == registry:
            image = str(one.reference).removeprefix(f"{registry}/")
            processors = ", ".join(one.architectures) or _UNKNOWN
            yield image, ", ".join(one.applications), processors, ", ".join(one.how)


def _group(listing: Listing) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for one in listing.unseen:
        groups.setdefault(one.why, []).append(one.application)
    return groups


def _mirror(facts: RegistryFacts) -> str:
    if facts.mirror is None:
        return ""
    return f", {'rewritten to' if facts.rewrite else 'nodes ask'} {facts.mirror}"


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
