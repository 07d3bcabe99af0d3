"""What a component may know: its cluster, and everything that all components bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from trimtab.plan.cluster import Cluster
from trimtab.plan.offers import Offer, StorageClass

O = TypeVar("O", bound=Offer)  # noqa: E741


@dataclass(frozen=True)
class Facts:
    """The cluster and all offers. No component reads another's settings: it reads these."""

    cluster: Cluster
    offers: tuple[Offer, ...] = ()

    def iter_offers(self, kind: type[O]) -> Iterator[O]:
        """Give the offers of one type, in the order of the components."""
        return (offer for offer in self.offers if isinstance(offer, kind))

    def find(self, kind: type[O], name: str | None = None) -> O | None:
        """Give the first offer of a type, or the one with a name."""
        return next((offer for offer in self.iter_offers(kind) if name is None or offer.name == name), None)

    def has(self, kind: type[Offer], name: str | None = None) -> bool:
        """Say whether anything of a type is offered."""
        return self.find(kind, name) is not None

    @property
    def default_storage_class(self) -> StorageClass | None:
        """The class that claims get which name none."""
        return next((offer for offer in self.iter_offers(StorageClass) if offer.default), None)
