"""One of our plain objects as a real cdk8s object, with the same content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from trimtab.synth.crossing import build_plain
from trimtab.synth.node import ensure_node
from trimtab.synth.records import Manifest

ensure_node()

import cdk8s  # noqa: E402

_CONSTRUCTOR_TAKES = frozenset({"name", "namespace", "labels", "annotations", "finalizers"})


class ConversionError(ValueError):
    """An object of ours holds what cdk8s cannot."""


def build_api_object(chart: cdk8s.Chart, object_id: str, manifest: Manifest) -> cdk8s.ApiObject:
    """Add the object to the chart as an `ApiObject`, to be patched, labelled and depended on.

    Its metadata are cdk8s's own, so `metadata.add_label` works; all else arrives as JSON patches, since
    `ApiObject` takes nothing but metadata from Python (cdk8s-core#2570).

    Raises:
        ConversionError: a value that JSON or cdk8s has no place for, or metadata that are not as Kubernetes has them.
    """
    try:
        plain = cast("dict[str, object]", build_plain(manifest))
        metadata = cast("dict[str, object]", plain["metadata"])
        made = cdk8s.ApiObject(
            chart,
            object_id,
            api_version=str(plain["apiVersion"]),
            kind=str(plain["kind"]),
            metadata=_build_metadata(metadata),
        )
        made.add_json_patch(*_iter_patches(plain, metadata))
        made.to_json()
    except (TypeError, KeyError, RuntimeError) as error:
        chart.node.try_remove_child(object_id)
        reason = f"no {error}" if isinstance(error, KeyError) else _first_line(error)
        raise ConversionError(f"object {object_id!r} cannot become an ApiObject: {reason}") from error
    return made


def _build_metadata(metadata: Mapping[str, Any]) -> cdk8s.ApiObjectMetadata:
    return cdk8s.ApiObjectMetadata(**{key: value for key, value in metadata.items() if key in _CONSTRUCTOR_TAKES})


def _iter_patches(plain: Mapping[str, object], metadata: Mapping[str, object]) -> list[cdk8s.JsonPatch]:
    rest = {f"/{_escape(key)}": value for key, value in plain.items() if key not in {"apiVersion", "kind", "metadata"}}
    rest |= {f"/metadata/{_escape(key)}": value for key, value in metadata.items() if key not in _CONSTRUCTOR_TAKES}
    # jsii has no word for an absent value at the top, so None stays on our side (crossing.restore)
    return [cdk8s.JsonPatch.add(path, value) for path, value in rest.items() if value is not None]


def _escape(key: str) -> str:
    """A key as a step of a JSON pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
