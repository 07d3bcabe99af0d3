"""Our own objects: all of them belong to Elasticsearch and Kibana; the rest are charts alone."""

from __future__ import annotations

from trimtab.components.logging.elasticsearch import build_elasticsearch
from trimtab.components.logging.kibana import build_kibana
from trimtab.components.logging.names import STACK
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.setup_job import build_setup
from trimtab.kube.manifests import Manifests
from trimtab.plan.facts import Facts


def build(manifests: Manifests, application: str, settings: Settings, facts: Facts) -> None:
    """Add the objects of `logging`."""
    if application != STACK:
        return
    build_elasticsearch(manifests, settings, facts)
    build_kibana(manifests, settings, facts)
    build_setup(manifests, settings, facts)
