"""What Elasticsearch and Kibana are told once they run, as the bodies of their requests."""

from __future__ import annotations

from typing import Any

from trimtab.components.logging.names import index_pattern
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.sizes import wanted_copies
from trimtab.plan.cluster import Cluster

FOREVER = "forever"

_PRIORITY = 500
"""Above every template that Elastic ships, so that none takes our indices (elastic.co/docs, Index templates)."""


def plan_policy(settings: Settings) -> dict[str, Any] | None:
    """Give the life of an index: it is deleted so many days after it was begun; nothing where it is kept."""
    if settings.retention == FOREVER:
        return None
    delete = {"min_age": settings.retention, "actions": {"delete": {}}}
    return {"policy": {"phases": {"hot": {"actions": {}}, "delete": delete}}}


def plan_template(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give the template of new indices.

    A field that one application writes as a number and another as text, or one field too many, loses that field and
    not the line: Fluent Bit would send a refused line again and again.
    """
    index: dict[str, Any] = {
        "number_of_replicas": wanted_copies(settings, cluster),
        "mapping": {"ignore_malformed": True, "total_fields": {"ignore_dynamic_beyond_limit": True}},
    }
    if settings.retention != FOREVER:
        index["lifecycle"] = {"name": settings.index_prefix}
    return {
        "index_patterns": [index_pattern(settings)],
        "priority": _PRIORITY,
        "template": {"settings": {"index": index}},
    }


def plan_index_settings(settings: Settings, cluster: Cluster) -> dict[str, Any]:
    """Give what indices that are there already are set to: the template speaks to new ones only."""
    policy = None if settings.retention == FOREVER else settings.index_prefix
    return {"index": {"number_of_replicas": wanted_copies(settings, cluster), "lifecycle.name": policy}}


def plan_data_view(settings: Settings) -> dict[str, Any]:
    """Give the data view: without one Kibana shows no line until somebody clicks it together."""
    pattern = index_pattern(settings)
    view = {
        "id": settings.index_prefix,
        "title": pattern,
        "name": pattern,
        "timeFieldName": "@timestamp",
        "allowNoIndex": True,
    }
    return {"data_view": view}


def plan_default_view(settings: Settings) -> dict[str, Any]:
    """Give the view that Kibana opens with, where nobody has chosen one."""
    return {"data_view_id": settings.index_prefix, "force": False}
