"""What an Application, or Flux, changes in a kustomization that it applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from trimtab.kube.manifests import split_api_version
from trimtab.verify.files.applications import clean_path
from trimtab.verify.files.found import Found
from trimtab.verify.kustomize.layers import Layer, parse_patches
from trimtab.verify.reading import fields_of, iter_fields, text_of, texts_of

_FLUX = "kustomize.toolkit.fluxcd.io"


def read_outer(fields: Mapping[str, Any]) -> Layer | None:
    """Give the layer of the field `kustomize` of a source; nothing where it changes nothing.

    Source: argo-cd pkg/apis/application/v1alpha1/types.go, ApplicationSourceKustomize.
    """
    if not fields:
        return None
    labels = fields_of(fields, "commonLabels")
    selecting = labels if fields.get("labelWithoutSelector") is not True else {}
    return Layer(
        namespace=text_of(fields, "namespace"),
        prefix=text_of(fields, "namePrefix"),
        suffix=text_of(fields, "nameSuffix"),
        labels=labels,
        pod_labels=selecting,
        selecting=selecting,
        annotations=fields_of(fields, "commonAnnotations"),
        images=dict(_iter_images(texts_of(fields, "images"))),
        replicas={text_of(one, "name"): one.get("count") for _, one in iter_fields(fields, "replicas")},
        patches=tuple(parse_patches(fields.get("patches"))),
        is_opaque=bool(fields.get("components")),
    )


def _iter_images(texts: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read images as `kustomize edit set image` takes them: `name=other:tag`, `name:tag`, `name@digest`."""
    for text in texts:
        name, equals, new = text.rpartition("=")
        rest, _, digest = new.partition("@")
        head, slash, last = rest.rpartition("/")
        bare, _, tag = last.partition(":")
        repository = head + slash + bare
        change = {"newName": repository if equals else None, "newTag": tag or None, "digest": digest or None}
        yield name or repository, change


def iter_flux(objects: Iterable[Found]) -> Iterator[tuple[str, Layer]]:
    """Give the folders that Flux applies, with what it changes in each.

    Source: fluxcd.io, Kustomization, `spec`.
    """
    for found in objects:
        if found.manifest["kind"] == "Kustomization" and split_api_version(found.manifest["apiVersion"])[0] == _FLUX:
            spec = fields_of(found.manifest, "spec")
            path = text_of(spec, "path")
            if path and "$" not in path:
                yield (
                    clean_path(path),
                    Layer(
                        namespace=text_of(spec, "targetNamespace"),
                        prefix=text_of(spec, "namePrefix"),
                        suffix=text_of(spec, "nameSuffix"),
                        images={text_of(one, "name"): one for _, one in iter_fields(spec, "images")},
                        patches=tuple(parse_patches(spec.get("patches"))),
                        is_opaque=bool(spec.get("components")),
                    ),
                )
