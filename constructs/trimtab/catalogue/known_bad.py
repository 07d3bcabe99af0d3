"""Versions that are known to break something, and the first one that does not."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.catalogue.versions import Version, parse_version


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBad:
    """A run of versions of one thing that nobody should run, both ends included."""

    what: str
    """A component, or `ceph`, `kubespray` for what is not one of ours."""
    first: str
    last: str
    reason: str
    fixed_in: str
    source: str
    architecture: str | None = None
    """Set where only this architecture is hurt."""

    def __contains__(self, version: object) -> bool:
        given = version if isinstance(version, Version) else parse_version(str(version))
        return parse_version(self.first) <= given <= parse_version(self.last)


KNOWN_BAD = (
    KnownBad(
        what="calico",
        first="3.32.0",
        last="3.32.0",
        reason="server-side apply of a BGPConfiguration with service ranges fails",
        fixed_in="3.32.1",
        source="projectcalico/calico#12705",
    ),
    KnownBad(
        what="ceph",
        first="20.2.0",
        last="20.2.0",
        reason="corrupts data when clients read from the nearest copy",
        fixed_in="20.2.1",
        source="rook/rook Documentation/Upgrade/ceph-upgrade.md:27-37",
    ),
    KnownBad(
        what="logging",
        first="3.3.0",
        last="3.3.2",
        reason="(ECK) breaks TLS of Elasticsearch and Kibana when the operator is upgraded: certificates do not match",
        fixed_in="3.4.0",
        source="elastic/cloud-on-k8s docs/release-notes/known-issues.md",
    ),
    KnownBad(
        what="kubespray",
        first="2.18.2",
        last="2.18.2",
        reason="asks for arm64 downloads that do not exist",
        fixed_in="2.19.0",
        source="kubernetes-sigs/kubespray#8384, kubernetes-sigs/kubespray#8562",
        architecture="arm64",
    ),
    KnownBad(
        what="rook",
        first="1.6.0",
        last="1.6.7",
        reason="reads partitions into a disk that already holds Ceph data, makes new storage there and destroys both",
        fixed_in="1.6.8",
        source="rook/rook#7940",
    ),
)


def find_known_bad(what: str, version: str, architectures: frozenset[str] = frozenset()) -> KnownBad | None:
    """Find why a version must not be used.

    Args:
        what: A component, or `ceph`, `kubespray`.
        version: With or without a leading `v`.
        architectures: Those of the cluster's nodes; entries about another architecture do not count.

    Raises:
        ValueError: `version` is not a version.
    """
    given = parse_version(version)
    return next((bad for bad in KNOWN_BAD if bad.what == what and given in bad and _hurts(bad, architectures)), None)


def _hurts(bad: KnownBad, architectures: frozenset[str]) -> bool:
    return bad.architecture is None or bad.architecture in architectures
