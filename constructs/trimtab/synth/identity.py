"""How an object is named within its chart."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.synth.records import Manifest


def build_id(manifest: Manifest, namespace: str | None) -> str:
    """`deployment-web`, or `deployment-web.other` for one in another namespace than the chart's.

    Raises:
        ValueError: the object says no kind or no name.
    """
    kind, metadata = manifest.get("kind"), manifest.get("metadata")
    if not isinstance(kind, str) or not kind:
        raise ValueError("an object without a kind")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    if not isinstance(metadata, Mapping) or not isinstance(name, str) or not name:
        raise ValueError(f"an object of kind {kind} without a name")
    own = metadata.get("namespace")
    elsewhere = f".{own}" if own not in {None, namespace} else ""
    return f"{kind.lower()}-{name}{elsewhere}"


def split_group(api_version: object) -> str:
    """The API group of an `apiVersion`, empty for the core group."""
    group, slash, _ = str(api_version).partition("/")
    return group if slash else ""
