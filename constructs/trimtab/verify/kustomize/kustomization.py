"""A kustomization: the files it is made of, and what it does to the objects in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.findings.path import Path
from trimtab.kube.manifests import split_api_version
from trimtab.verify.files.folders import KUSTOMIZATIONS, folder_of
from trimtab.verify.reading import iter_fields, list_of, text_of, texts_of

GROUP = "kustomize.config.k8s.io"
OBJECTS = ("resources", "bases")
"""Lists of files and folders whose objects are applied."""
_PATCH_FILES = ("patches", "patchesJson6902", "replacements", "validators")
_REMOTE = re.compile(r"://|^git@|^[\w.-]+\.[a-z]{2,}[/:].*/|[?&]ref=|^git::")
_OPAQUE = ("transformers", "generators", "helmCharts", "helmChartInflationGenerator", "vars")
"""What changes or makes objects in ways that nobody can tell without running it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file, folder or address that a kustomization names."""

    text: str
    path: Path
    """Where in the kustomization it stands."""

    @property
    def is_remote(self) -> bool:
        """Whether it is fetched from elsewhere."""
        return bool(_REMOTE.search(self.text))

    @property
    def is_inline(self) -> bool:
        """Whether it is no name at all: YAML written where a name may stand."""
        return "\n" in self.text or self.text.lstrip().startswith(("{", "[", "- ")) or ": " in self.text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kustomization:
    """A file `kustomization.yaml`."""

    file: str
    value: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """The folder it is for."""
        return folder_of(self.file)

    @property
    def is_component(self) -> bool:
        """Whether it is only ever part of others."""
        return self.value.get("kind") == "Component"

    @property
    def is_opaque(self) -> bool:
        """Whether it runs something whose outcome cannot be told."""
        return any(self.value.get(field) for field in _OPAQUE)

    def iter_namespaces(self) -> Iterator[str]:
        """Give the namespaces that it puts objects into, or has its charts put them into."""
        for fields in (self.value, *(chart for _, chart in iter_fields(self.value, "helmCharts"))):
            if namespace := text_of(fields, "namespace"):
                yield namespace

    def iter_objects(self) -> Iterator[Listed]:
        """Give what it takes objects from."""
        for field in OBJECTS:
            yield from self._iter_texts(field)

    def iter_components(self) -> Iterator[Listed]:
        """Give the components that it uses."""
        yield from self._iter_texts("components")

    def iter_parts(self) -> Iterator[Listed]:
        """Give the files that hold parts of objects, or words for those who make some: YAML all of them."""
        for field in ("patchesStrategicMerge", "configurations", "crds", "transformers", "generators", "validators"):
            yield from self._iter_texts(field)
        for field in _PATCH_FILES:
            for position, one in iter_fields(self.value, field):
                if path := text_of(one, "path"):
                    yield Listed(text=path, path=(field, position, "path"))

    def iter_inputs(self) -> Iterator[Listed]:
        """Give the files that generators put into ConfigMaps and Secrets, and values of charts."""
        for field in ("configMapGenerator", "secretGenerator"):
            for position, one in iter_fields(self.value, field):
                for key in ("files", "envs"):
                    for at, text in enumerate(list_of(one, key)):
                        if isinstance(text, str):
                            yield Listed(text=text.rpartition("=")[2], path=(field, position, key, at))
                if env := text_of(one, "env"):
                    yield Listed(text=env, path=(field, position, "env"))
        for position, chart in iter_fields(self.value, "helmCharts"):
            for text in (text_of(chart, "valuesFile"), *texts_of(chart, "additionalValuesFiles")):
                if text:
                    yield Listed(text=text, path=("helmCharts", position))

    def _iter_texts(self, field: str) -> Iterator[Listed]:
        for position, text in enumerate(list_of(self.value, field)):
            if isinstance(text, str) and text:
                yield Listed(text=text, path=(field, position))


def is_kustomization(file: str, value: object) -> bool:
    """Say whether what a file holds is a kustomization: by its name, and by what it calls itself, if it does."""
    if file.rpartition("/")[2] not in KUSTOMIZATIONS or not isinstance(value, dict):
        return False
    group = split_api_version(value.get("apiVersion"))[0] if value.get("apiVersion") is not None else GROUP
    return group == GROUP
