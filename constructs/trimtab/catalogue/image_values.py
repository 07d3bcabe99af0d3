"""Which values of a chart name its images, so that an image can be moved to a mirror before Argo CD renders it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trimtab.catalogue.chart import ChartPin
from trimtab.catalogue.image_value_rows import ROWS
from trimtab.catalogue.key_tree import Known
from trimtab.findings.path import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageValue:
    """One image of a chart, and the values that name it."""

    image: str
    """Registry and repository as the chart has them; without a tag."""
    registry: Path | None = None
    """The value that holds the registry alone."""
    repository: Path | None = None
    """The value that holds the rest; or all of it, where no value holds the registry alone."""

    @property
    def keys(self) -> tuple[Path, ...]:
        """The values."""
        return tuple(key for key in (self.registry, self.repository) if key is not None)


def image_values(pin: ChartPin) -> tuple[ImageValue, ...]:
    """Give the values that name images of a chart, those that this version of it reads.

    Of a version that the catalogue does not hold only those count whose image the chart is seen to have still: an
    image that was renamed since must not get its old name back.

    Args:
        pin: The chart. Nothing is given for one of which nothing is known.
    """
    facts = pin.facts
    if facts is None:
        return ()
    known = (_parse(image, keys) for image, keys in ROWS.get(pin.chart, ()))
    seen = None if pin.own is None else {_bare(image) for image in facts.images}
    return tuple(
        one
        for one in known
        if all(isinstance(facts.knows(key), Known) for key in one.keys) and (seen is None or _bare(one.image) in seen)
    )


def _parse(image: str, keys: Mapping[str, str]) -> ImageValue:
    registry, repository = keys.get("registry"), keys.get("repository")
    return ImageValue(
        image=image,
        registry=tuple(registry.split(".")) if registry else None,
        repository=tuple(repository.split(".")) if repository else None,
    )


def _bare(image: str) -> str:
    """Give registry and repository, without tag and digest, and without what is Docker Hub's own."""
    name = image.partition("@")[0]
    head, colon, tag = name.rpartition(":")
    bare = head if colon and "/" not in tag else name
    return bare.removeprefix("docker.io/").removeprefix("library/")
