"""Workloads that build images and may fill the disk of their node."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.workloads.own import is_own
from trimtab.verify.world import World

_CODE = "build-fills-the-node"
_BUILDERS = ("kaniko", "buildkit", "buildah", "makisu")
"""Words in an image's name that nothing else has; `dind` is one of its parts, and `img` all that its name is."""


def check_builds(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find builders of images without a limit of ephemeral storage, and Kaniko, which nobody maintains any more."""
    for entry, path, container in _iter_containers(tree):
        image = text_of(container, "image")
        builder = _find_builder(image)
        if builder == "kaniko":
            what = f"builds images with Kaniko ({image}), which is archived"
            yield complain(_CODE, entry, (*path, "image"), what, "move to BuildKit or Buildah")
        if builder and not _is_limited(container):
            what = f"builds images with {image}, and may fill the disk of its node"
            cure = "give the container a limit of ephemeral-storage, and a request"
            yield complain(_CODE, entry, path, what, cure)


def _iter_containers(tree: Tree) -> Iterator[tuple[Entry, Path, Fields]]:
    for pod in tree.pods:
        if is_own(pod.entry):
            for path, container in pod.iter_containers():
                yield pod.entry, path, container
    for entry in tree.of_kind("tekton.dev", "Task"):
        for position, step in iter_fields(entry.manifest, "spec", "steps"):
            yield entry, ("spec", "steps", position), step


def _find_builder(image: str) -> str | None:
    repository, _, tag = image.partition("@")[0].rpartition("/")[2].partition(":")
    if repository == "img" or "dind" in {*repository.split("-"), *tag.split("-")}:
        return repository
    return next((name for name in _BUILDERS if name in image.lower()), None)


def _is_limited(container: Fields) -> bool:
    fields = ("resources", "computeResources")
    return any("ephemeral-storage" in fields_of(container, field, "limits") for field in fields)


CHECKS = (Check(name="builders of images", codes=(_CODE,), run=check_builds),)
