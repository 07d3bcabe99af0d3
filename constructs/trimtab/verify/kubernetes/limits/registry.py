"""All limits by type, and what the schema engine needs for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from trimtab.catalogue.kubernetes.structures import Minor, Spec, find_structure, is_type
from trimtab.verify.kubernetes.limits.cluster import CLUSTER
from trimtab.verify.kubernetes.limits.limit import Form, Limit, Limits, format_name
from trimtab.verify.kubernetes.limits.network import NETWORK
from trimtab.verify.kubernetes.limits.pods import PODS
from trimtab.verify.kubernetes.limits.volumes import VOLUMES
from trimtab.verify.kubernetes.limits.workloads import WORKLOADS

TOPICS: tuple[Limits, ...] = (PODS, VOLUMES, NETWORK, WORKLOADS, CLUSTER)
"""One line a topic; no type stands in two."""

_NONE: Mapping[str, Limit] = {}
_BY_TYPE: Limits = {name: fields for topic in TOPICS for name, fields in topic.items()}


_NOT_ASKED: Mapping[str, frozenset[str]] = {
    "batch.v1.PodFailurePolicy": frozenset({"rules"}),
    "core.v1.TypedLocalObjectReference": frozenset({"kind", "name"}),
    "discovery.v1.ForZone": frozenset({"name"}),
    "storage.v1.CSINode": frozenset({"spec"}),
    "storage.v1.TokenRequest": frozenset({"audience"}),
}
"""Fields that the published schemas call required, and an API server 1.35.4 takes an object without."""


@cache
def required_of(minor: Minor, name: str) -> tuple[str, ...]:
    """Give the fields of a type without which the API server refuses an object."""
    structure = find_structure(minor, name)
    needed = (key for key in needed_of(name) if key in structure.fields)
    return tuple(dict.fromkeys((*(key for key in structure.required if key not in _NOT_ASKED.get(name, ())), *needed)))


def has_needs(minor: Minor, spec: Spec) -> bool:
    """Say whether something must stand in a type: null in a list is one in which nothing does."""
    return isinstance(spec, str) and is_type(spec) and bool(required_of(minor, spec))


def limits_of(name: str) -> Mapping[str, Limit]:
    """Give the limits of a type's fields."""
    return _BY_TYPE.get(name, _NONE)


@cache
def needed_of(name: str) -> tuple[str, ...]:
    """Give the fields of a type that must hold something."""
    return tuple(key for key, limit in limits_of(name).items() if limit.needed)


def _iter_forms(limit: Limit) -> Iterator[Form]:
    yield from (form for form in (limit.form, limit.keys) if form is not None)
    if limit.each is not None:
        yield from _iter_forms(limit.each)


def _collect_formats() -> Mapping[str, Callable[[str], bool]]:
    forms = {form for fields in _BY_TYPE.values() for limit in fields.values() for form in _iter_forms(limit)}
    return {
        format_name(form, may_be_empty=may_be_empty): _ask(form, may_be_empty=may_be_empty)
        for form in forms
        for may_be_empty in (True, False)
    }


def _ask(form: Form, *, may_be_empty: bool) -> Callable[[str], bool]:
    return lambda text: (may_be_empty and not text) or form.look(text) is None


ENGINE_FORMATS = _collect_formats()
"""What the schema engine asks of texts, by the name of the form."""
