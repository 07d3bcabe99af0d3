"""What logging brings, and its applications: definitions, operator, Elasticsearch with Kibana, Fluent Bit."""

from __future__ import annotations

from trimtab.components.logging.kibana import kibana_host, kibana_needs
from trimtab.components.logging.names import (
    CRDS,
    ELASTICSEARCH_GROUP,
    FLUENT_BIT,
    KIBANA_GROUP,
    OPERATOR,
    STACK,
    wanted_namespace,
)
from trimtab.components.logging.settings import Settings
from trimtab.kube.monitoring import MONITORING_GROUP
from trimtab.kube.webhooks import ignore_authority
from trimtab.plan.application import Application, Ignored
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import ApiGroup, Controller, NamespaceOffer, Need, Offer, PodNetwork, StorageClass

GROUPS = (
    "agent.k8s.elastic.co",
    "apm.k8s.elastic.co",
    "autoops.k8s.elastic.co",
    "autoscaling.k8s.elastic.co",
    "beat.k8s.elastic.co",
    ELASTICSEARCH_GROUP,
    "enterprisesearch.k8s.elastic.co",
    KIBANA_GROUP,
    "logstash.k8s.elastic.co",
    "maps.k8s.elastic.co",
    "packageregistry.k8s.elastic.co",
    "stackconfigpolicy.k8s.elastic.co",
)
"""The groups of the operator's definitions (elastic/cloud-on-k8s v3.5.0 config/crds/v1/all-crds.yaml)."""

_ORIGIN = "components.logging"
_MONITORS = Need(offer=ApiGroup, name=MONITORING_GROUP, optional=True)


def offers(settings: Settings, _cluster: Cluster) -> tuple[Offer, ...]:
    """Give the operator's kinds, whoever acts on them, and the namespace of Elasticsearch."""
    return (
        *(ApiGroup(by=CRDS, name=group) for group in GROUPS),
        *(Controller(by=OPERATOR, name=group) for group in GROUPS),
        NamespaceOffer(by=STACK, name=wanted_namespace(settings), pod_security="privileged"),
    )


def applications(settings: Settings, facts: Facts) -> tuple[Application, ...]:
    """Give the layers, lowest first; each is deleted before the one below it."""
    return (_crds(settings), _operator(settings), _stack(settings, facts), _fluent_bit(settings))


def _crds(settings: Settings) -> Application:
    return Application(
        name=CRDS,
        component="logging",
        namespace=settings.operator_namespace,
        creates_namespace=False,
        # Deleting the definitions deletes every Elasticsearch in the cluster, whoever made it.
        keeps_on_delete=True,
        origins=(_ORIGIN,),
    )


def _operator(settings: Settings) -> Application:
    return Application(
        name=OPERATOR,
        component="logging",
        namespace=settings.operator_namespace,
        pod_security="baseline",
        needs=(Need(offer=PodNetwork), Need(offer=ApiGroup, name=ELASTICSEARCH_GROUP), _MONITORS),
        # The operator writes its own certificate into the webhook (elastic/cloud-on-k8s issues 6641 and 8001).
        ignored=(ignore_authority(),),
        origins=(_ORIGIN,),
    )


def _stack(settings: Settings, facts: Facts) -> Application:
    host = kibana_host(settings, facts)
    return Application(
        name=STACK,
        component="logging",
        namespace=wanted_namespace(settings),
        # Fluent Bit, which needs Elasticsearch's Secrets beside it, reads the machines' files.
        pod_security="privileged",
        needs=(
            Need(offer=PodNetwork),
            Need(offer=ApiGroup, name=ELASTICSEARCH_GROUP),
            Need(offer=Controller, name=ELASTICSEARCH_GROUP),
            _storage_need(settings, facts),
            *kibana_needs(settings, facts),
        ),
        holds_data=True,
        sync_options=("SkipDryRunOnMissingResource=true",),
        # The operator writes an empty list back (elastic/cloud-on-k8s issue 8781).
        ignored=(Ignored(group=ELASTICSEARCH_GROUP, kind="Elasticsearch", json_pointers=("/spec/remoteClusters",)),),
        host_names=(host,) if host else (),
        origins=(_ORIGIN,),
    )


def _fluent_bit(settings: Settings) -> Application:
    return Application(
        name=FLUENT_BIT,
        component="logging",
        namespace=wanted_namespace(settings),
        creates_namespace=False,
        needs=(Need(offer=PodNetwork), Need(offer=NamespaceOffer, name=wanted_namespace(settings)), _MONITORS),
        # The template must be there before the first index: it says nothing to those that are there already.
        after=(STACK,),
        origins=(_ORIGIN,),
    )


def _storage_need(settings: Settings, facts: Facts) -> Need:
    path = ("components", "logging", "elasticsearch", "storageClass")
    default = facts.default_storage_class
    name = settings.elasticsearch.storage_class or (default.name if default else None)
    return Need(offer=StorageClass, name=name, path=path)
