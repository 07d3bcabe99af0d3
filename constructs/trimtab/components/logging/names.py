"""What everything is called: our applications, and what the operator makes beside our objects."""

from __future__ import annotations

from trimtab.components.logging.settings import Settings

CRDS = "logging-crds"
OPERATOR = "logging-operator"
STACK = "logging"
FLUENT_BIT = "logging-fluent-bit"

NAMESPACE = "logging"
ELASTICSEARCH_GROUP = "elasticsearch.k8s.elastic.co"
KIBANA_GROUP = "kibana.k8s.elastic.co"
KIBANA = "kibana"

USER = "elastic"
"""The first user, and the key of the password in its Secret (elastic/cloud-on-k8s v3.5.0 pkg/controller/elasticsearch
/user/predefined.go:76-78)."""

CA_FILE = "ca.crt"


def wanted_namespace(settings: Settings) -> str:
    """Give the namespace of Elasticsearch, Kibana and Fluent Bit: they share Secrets."""
    return settings.namespace or NAMESPACE


def user_secret(settings: Settings) -> str:
    """Name the Secret with the first user's password, which the operator makes and keeps."""
    return f"{settings.elasticsearch.name}-es-elastic-user"


def elasticsearch_ca(settings: Settings) -> str:
    """Name the Secret with the authority of Elasticsearch's certificate (pkg/controller/common/certificates)."""
    return f"{settings.elasticsearch.name}-es-http-certs-public"


def elasticsearch_host(settings: Settings) -> str:
    """Give Elasticsearch's address as its certificate spells it: without the cluster's domain.

    Source: elastic/cloud-on-k8s v3.5.0 pkg/controller/common/certificates/http_reconcile.go:405-413.
    """
    return f"{settings.elasticsearch.name}-es-http.{wanted_namespace(settings)}.svc"


def kibana_service() -> str:
    """Name the Service that the operator makes for Kibana."""
    return f"{KIBANA}-kb-http"


def kibana_ca() -> str:
    """Name the Secret with the authority of Kibana's certificate, there where Kibana itself speaks TLS."""
    return f"{KIBANA}-kb-http-certs-public"


def journal_prefix(settings: Settings) -> str:
    """Name the indices of the nodes' journals: the pattern of the pods' indices takes them in."""
    return f"{settings.index_prefix}-journal"


def index_pattern(settings: Settings) -> str:
    """Give the pattern of all indices that Fluent Bit writes."""
    return f"{settings.index_prefix}-*"
