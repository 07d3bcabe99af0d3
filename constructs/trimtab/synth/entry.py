"""One object that was added to a chart as a mapping, and the cdk8s object that it may become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trimtab.synth.records import Manifest

if TYPE_CHECKING:
    import cdk8s


@dataclass(slots=True, kw_only=True)
class Entry:
    """One object that was added as a mapping."""

    manifest: Manifest
    origin: tuple[str, ...]
    from_user: bool
    path: str
    """Where it stands in the construct tree, or would stand."""
    api_object: cdk8s.ApiObject | None = None
    """The cdk8s object it became; from then on that one counts."""
    before: Mapping[str, object] = field(default_factory=dict)
    """What cdk8s gave back for it before anyone touched it."""
