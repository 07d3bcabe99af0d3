"""What controllers make of the objects in a tree, so that others may name it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from trimtab.kube.manifests import Identity
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of
from trimtab.verify.references.in_objects import CERT_MANAGER, GATEWAY, NETWORKING
from trimtab.verify.tree import PodTemplate, Tree

_ELASTIC_SERVICES = ("-es-http", "-es-internal-http", "-es-transport")
_ELASTIC_SECRETS = ("-es-elastic-user", "-es-http-certs-public", "-es-http-certs-internal", "-es-http-ca-internal")
"""Source: elastic.co, ECK documentation, "Access services" and "TLS certificates"."""


def iter_made(tree: Tree) -> Iterator[tuple[str, Identity]]:
    """Give cluster and identity of everything that a controller makes and that has a known name."""
    return (one for one in _iter_made(tree) if one[1][-1])


def _iter_made(tree: Tree) -> Iterator[tuple[str, Identity]]:
    for (group, kind), make in _MAKERS.items():
        for entry in tree.of_kind(group, kind):
            for identity in make(entry):
                yield entry.cluster, identity
    for pod in tree.pods:
        for identity in _pod(pod):
            yield pod.entry.cluster, identity


def _secret(entry: Entry, name: str) -> Identity:
    return "", "Secret", entry.namespace, name


def _service(entry: Entry, name: str) -> Identity:
    return "", "Service", entry.namespace, name


def _certificate(entry: Entry) -> Iterator[Identity]:
    yield _secret(entry, text_of(fields_of(entry.manifest, "spec"), "secretName"))


def _external_secret(entry: Entry) -> Iterator[Identity]:
    target = fields_of(entry.manifest, "spec", "target")
    yield _secret(entry, text_of(target, "name") or entry.name)


def _sealed_secret(entry: Entry) -> Iterator[Identity]:
    yield _secret(entry, entry.name)


def _ingress(entry: Entry) -> Iterator[Identity]:
    """cert-manager makes the Secrets that an Ingress names, if an annotation asks it to."""
    if _asks_for_certificates(entry):
        for _, tls in iter_fields(entry.manifest, "spec", "tls"):
            yield _secret(entry, text_of(tls, "secretName"))


def _gateway(entry: Entry) -> Iterator[Identity]:
    if _asks_for_certificates(entry):
        for _, listener in iter_fields(entry.manifest, "spec", "listeners"):
            for _, secret in iter_fields(listener, "tls", "certificateRefs"):
                yield _secret(entry, text_of(secret, "name"))


def _asks_for_certificates(entry: Entry) -> bool:
    annotations = fields_of(entry.manifest, "metadata", "annotations")
    return any(str(key).startswith(("cert-manager.io/", "kubernetes.io/tls-acme")) for key in annotations)


def _elasticsearch(entry: Entry) -> Iterator[Identity]:
    yield from (_service(entry, entry.name + end) for end in _ELASTIC_SERVICES)
    yield from (_secret(entry, entry.name + end) for end in _ELASTIC_SECRETS)
    for _, node_set in iter_fields(entry.manifest, "spec", "nodeSets"):
        yield _service(entry, f"{entry.name}-es-{text_of(node_set, 'name')}")


def _kibana(entry: Entry) -> Iterator[Identity]:
    yield _service(entry, f"{entry.name}-kb-http")
    for end in ("-kb-http-certs-public", "-kb-http-certs-internal"):
        yield _secret(entry, entry.name + end)


def _prometheus(entry: Entry) -> Iterator[Identity]:
    yield _service(entry, f"{entry.kind.lower()}-operated")


def _ceph_cluster(entry: Entry) -> Iterator[Identity]:
    """Source: rook v1.20.6 pkg/operator/ceph: names of what the operator makes in the cluster's namespace."""
    yield from (_service(entry, name) for name in ("rook-ceph-mgr", "rook-ceph-mgr-dashboard", "rook-ceph-exporter"))
    for name in (
        "rook-ceph-mon",
        "rook-ceph-admin-keyring",
        "rook-ceph-dashboard-password",
        "rook-csi-rbd-node",
        "rook-csi-rbd-provisioner",
        "rook-csi-cephfs-node",
        "rook-csi-cephfs-provisioner",
    ):
        yield _secret(entry, name)
    for name in ("rook-ceph-mon-endpoints", "rook-ceph-csi-config", "rook-ceph-csi-mapping-config"):
        yield "", "ConfigMap", entry.namespace, name


def _object_store(entry: Entry) -> Iterator[Identity]:
    yield _service(entry, f"rook-ceph-rgw-{entry.name}")


def _object_store_user(entry: Entry) -> Iterator[Identity]:
    store = text_of(fields_of(entry.manifest, "spec"), "store")
    yield _secret(entry, f"rook-ceph-object-user-{store}-{entry.name}")


def _bucket_claim(entry: Entry) -> Iterator[Identity]:
    yield _secret(entry, entry.name)
    yield "", "ConfigMap", entry.namespace, entry.name


def _postgres(entry: Entry) -> Iterator[Identity]:
    """Source: cloudnative-pg.io documentation, "Service Management" and "Security"."""
    yield from (_service(entry, f"{entry.name}-{end}") for end in ("rw", "ro", "r"))
    yield from (_secret(entry, f"{entry.name}-{end}") for end in ("app", "superuser", "ca", "server", "replication"))


def _deployment(entry: Entry) -> Iterator[Identity]:
    """MetalLB's controller makes the Secret that its speakers share (metallb v0.16.1 controller/main.go)."""
    for _, container in iter_fields(entry.manifest, "spec", "template", "spec", "containers"):
        for _, variable in iter_fields(container, "env"):
            if variable.get("name") == "METALLB_ML_SECRET_NAME":
                yield _secret(entry, text_of(variable, "value"))


def _pod(pod: PodTemplate) -> Iterator[Identity]:
    """A container may make a Secret that its arguments name: webhooks' certificates, the password of Argo CD's Redis.

    Source: kube-webhook-certgen's `--secret-name`; argo-cd, `argocd admin redis-initial-password`.
    """
    for _, container in pod.iter_containers():
        words = [word for field in ("command", "args") for word in list_of(container, field) if isinstance(word, str)]
        if "redis-initial-password" in words:
            yield _secret(pod.entry, "argocd-redis")
        for word, following in zip_longest(words, words[1:], fillvalue=""):
            flag, _, value = word.partition("=")
            if flag == "--secret-name":
                yield _secret(pod.entry, value or following)


def _provider_class(entry: Entry) -> Iterator[Identity]:
    """Source: secrets-store-csi-driver.sigs.k8s.io, "Sync as Kubernetes Secret"."""
    for _, made in iter_fields(entry.manifest, "spec", "secretObjects"):
        yield _secret(entry, text_of(made, "secretName"))


def _serving_certificate(entry: Entry) -> Iterator[Identity]:
    """Source: docs.openshift.com, "Securing service traffic using service serving certificate secrets"."""
    annotations = fields_of(entry.manifest, "metadata", "annotations")
    for version in ("beta", "alpha"):
        yield _secret(entry, text_of(annotations, f"service.{version}.openshift.io/serving-cert-secret-name"))


def _namespace(entry: Entry) -> Iterator[Identity]:
    yield "", "ServiceAccount", entry.name, "default"
    yield "", "ConfigMap", entry.name, "kube-root-ca.crt"


_MAKERS = {
    ("", "Namespace"): _namespace,
    ("", "Service"): _serving_certificate,
    ("apps", "Deployment"): _deployment,
    (CERT_MANAGER, "Certificate"): _certificate,
    ("external-secrets.io", "ExternalSecret"): _external_secret,
    ("bitnami.com", "SealedSecret"): _sealed_secret,
    (NETWORKING, "Ingress"): _ingress,
    (GATEWAY, "Gateway"): _gateway,
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): _elasticsearch,
    ("kibana.k8s.elastic.co", "Kibana"): _kibana,
    ("monitoring.coreos.com", "Prometheus"): _prometheus,
    ("monitoring.coreos.com", "Alertmanager"): _prometheus,
    ("ceph.rook.io", "CephCluster"): _ceph_cluster,
    ("ceph.rook.io", "CephObjectStore"): _object_store,
    ("ceph.rook.io", "CephObjectStoreUser"): _object_store_user,
    ("objectbucket.io", "ObjectBucketClaim"): _bucket_claim,
    ("postgresql.cnpg.io", "Cluster"): _postgres,
    ("secrets-store.csi.x-k8s.io", "SecretProviderClass"): _provider_class,
}
