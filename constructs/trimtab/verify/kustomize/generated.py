"""ConfigMaps and Secrets that kustomizations generate: their names, and the keys that can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.findings.path import Path
from trimtab.kube.manifests import Manifest
from trimtab.verify.kustomize.kustomization import Kustomization
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of, texts_of

GENERATORS = {"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}


def iter_generated(one: Kustomization) -> Iterator[tuple[Manifest, Path]]:
    """Give what a kustomization generates, without values, and where in it that stands.

    An object without data is one whose keys cannot be told: a file of variables brings them, or another kustomization
    adds to it.
    """
    for field, kind in GENERATORS.items():
        for position, generator in iter_fields(one.value, field):
            name = text_of(generator, "name")
            if name:
                yield _make(kind, name, generator), (field, position)


def _make(kind: str, name: str, generator: Mapping[str, Any]) -> Manifest:
    metadata = {"name": name}
    if namespace := text_of(generator, "namespace"):
        metadata["namespace"] = namespace
    return {
        "apiVersion": "v1",
        "kind": kind,
        "metadata": metadata,
        "data": dict.fromkeys(_iter_keys(generator), ""),
        **{key: value for key, value in fields_of(generator, "options").items() if key == "immutable"},
    }


def _iter_keys(generator: Mapping[str, Any]) -> Iterator[str]:
    if (
        list_of(generator, "envs")
        or text_of(generator, "env")
        or text_of(generator, "behavior") in ("merge", "replace")
    ):
        return
    for text in texts_of(generator, "files"):
        key, _, file = text.rpartition("=")
        yield key or file.rpartition("/")[2]
    for text in texts_of(generator, "literals"):
        yield text.partition("=")[0]
