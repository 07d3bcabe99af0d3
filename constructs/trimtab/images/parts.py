"""Images that are named in parts: `{registry: quay.io, repository: a/b, tag: v1}`, as most charts do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.images.reference import Reference, find_reference

_REGISTRY = ("registry", "repo")
_REPOSITORY = ("repository", "name")
_DIGEST = ("digest", "sha", "sha256")
_OTHERS = frozenset({"pullPolicy", "imagePullPolicy", "pullSecrets", "imagePullSecrets", "tag", "version"})
_KNOWN = frozenset({*_REGISTRY, *_REPOSITORY, *_DIGEST, *_OTHERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageParts:
    """What a mapping says of an image; what it leaves out the chart fills in."""

    registry: str = ""
    repository: str = ""
    tag: str = ""
    digest: str = ""

    @property
    def says_something(self) -> bool:
        """Whether any part of the image is named."""
        return bool(self.registry or self.repository or self.tag or self.digest)


def read_parts(value: Mapping[str, Any]) -> ImageParts | None:
    """Read a mapping that stands under `image`; nothing where it has keys that no image has."""
    if not value or not all(key in _KNOWN for key in value):
        return None
    digest = _text(value, _DIGEST)
    return ImageParts(
        registry=_text(value, _REGISTRY),
        repository=_text(value, _REPOSITORY),
        tag=_text(value, ("tag", "version")),
        digest=f"sha256:{digest}" if digest and ":" not in digest else digest,
    )


def join_parts(parts: ImageParts) -> Reference | None:
    """Make one reference of the parts; nothing without a repository, or where they make none."""
    if not parts.repository:
        return None
    name = f"{parts.registry}/{parts.repository}" if parts.registry else parts.repository
    tag = f":{parts.tag}" if parts.tag else ""
    return find_reference(name + tag + (f"@{parts.digest}" if parts.digest else ""))


def _text(value: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((str(value[key]) for key in keys if isinstance(value.get(key), str | int | float) and value[key]), "")
