"""What a CustomResourceDefinition adds to a cluster."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.charts.placing import is_crd


def parse_definition(value: object) -> CustomKind | None:
    """Give the kind that a definition adds; nothing where the value is none, or not a whole one."""
    if not isinstance(value, Mapping) or not {"apiVersion", "kind"} <= value.keys() or not is_crd(dict(value)):
        return None
    try:
        spec = value["spec"]
        versions = spec["versions"]
        return CustomKind(
            group=str(spec["group"]),
            kind=str(spec["names"]["kind"]),
            plural=str(spec["names"]["plural"]),
            scope="Cluster" if spec["scope"] == "Cluster" else "Namespaced",
            served=tuple(str(one["name"]) for one in versions if one["served"]),
            storage=next(str(one["name"]) for one in versions if one["storage"]),
        )
    except (LookupError, TypeError, StopIteration):
        return None
