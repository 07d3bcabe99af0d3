"""What an application brings that others can use: the words in which components speak of each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from trimtab.plan.storage import Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that others may need. `by` is the application that brings it, or `kubernetes`."""

    kind: ClassVar[str] = "offer"
    by: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PodNetwork(Offer):
    """Pods get addresses and reach each other."""

    kind: ClassVar[str] = "pod network"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiGroup(Offer):
    """Custom resources of a group are known: `name` is the group."""

    kind: ClassVar[str] = "API group"
    served_by_pods: bool = False
    """Whether an aggregated API server answers for it, which must run first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller(Offer):
    """Somebody acts on custom resources of a group: `name` is the group."""

    kind: ClassVar[str] = "controller of"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceOffer(Offer):
    """A namespace with its pod-security label."""

    kind: ClassVar[str] = "namespace"
    pod_security: str | None = None
    """The level that is enforced: privileged, baseline, restricted; nothing where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageClass(Offer):
    """Volumes of a class can be had."""

    kind: ClassVar[str] = "StorageClass"
    access_modes: frozenset[str] = field(default_factory=frozenset)
    default: bool = False
    expandable: bool = False
    file_server: bool = False
    """Whether an NFS server outside keeps the files, with users and locks of its own."""
    path: tuple[str | int, ...] = ()
    """The settings path that names the class."""
    supply: Supply | None = None
    """What its volumes are made of; nothing where the settings do not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngressClass(Offer):
    """Ingresses of a class are served."""

    kind: ClassVar[str] = "IngressClass"
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayClass(Offer):
    """Gateways of a class are served."""

    kind: ClassVar[str] = "GatewayClass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer(Offer):
    """Certificates can be had from a ClusterIssuer."""

    kind: ClassVar[str] = "ClusterIssuer"
    challenge: str | None = None
    """How ownership is proven: `http01`, `dns01`, or nothing for an authority of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPool(Offer):
    """Services of type LoadBalancer get an address."""

    kind: ClassVar[str] = "load-balancer addresses"
    families: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorSelector(Offer):
    """ServiceMonitors with these labels are scraped."""

    kind: ClassVar[str] = "monitoring"
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretStore(Offer):
    """References to Secrets can be looked up in a ClusterSecretStore."""

    kind: ClassVar[str] = "ClusterSecretStore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an application cannot start without: an offer of a type, by its name where that matters."""

    offer: type[Offer]
    name: str | None = None
    path: tuple[str | int, ...] = ()
    """The settings path that wants it."""
    optional: bool = False
    """Whether it only has to come first when it is there at all."""
    database: bool = False
    """Whether a database keeps its files in what is needed."""

    def is_met_by(self, offer: Offer) -> bool:
        """Say whether an offer is what is needed."""
        return isinstance(offer, self.offer) and (self.name is None or offer.name == self.name)

    def __str__(self) -> str:
        return f"{self.offer.kind} {self.name or ''}".rstrip()
