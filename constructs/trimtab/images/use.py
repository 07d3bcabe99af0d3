"""One place in an object or in values that names an image."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trimtab.findings.path import Path
from trimtab.images.reference import Reference


class How(StrEnum):
    """In which way an image is named."""

    CONTAINER = "container"
    ARGUMENT = "argument"
    ENVIRONMENT = "environment"
    CONFIG = "config"
    RESOURCE = "custom resource"
    VALUE = "value"
    CHART = "chart default"
    """One that the chart names with its defaults or with usual values; not every cluster needs all of them."""
    OPERATOR = "operator"
    """One that an operator takes by itself: no object names it."""
    KUBEADM = "kubeadm"
    """One that kubeadm pulls on the hosts, before there is a cluster."""
    STATIC_POD = "static pod"
    """One of a pod that the hosts start by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageUse:
    """One image that an object or values name."""

    reference: Reference
    path: Path
    """Where: the text that names it, or, for what an operator takes by itself, the field that makes it do so."""
    how: How
    span: tuple[int, int] | None = None
    """Start and end of the reference in the text at `path`; nothing where no text there spells it out."""
