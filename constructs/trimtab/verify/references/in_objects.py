"""What other objects name: classes, issuers, roles, accounts, Services, Gateways."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of, iter_fields, iter_specs, text_of
from trimtab.verify.references.reference import Reference
from trimtab.verify.tree import Tree

NETWORKING, GATEWAY, RBAC = "networking.k8s.io", "gateway.networking.k8s.io", "rbac.authorization.k8s.io"
CERT_MANAGER = "cert-manager.io"
_ISSUER_ANNOTATIONS = {"cert-manager.io/cluster-issuer": "ClusterIssuer", "cert-manager.io/issuer": "Issuer"}
_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")


def iter_references(tree: Tree) -> Iterator[Reference]:
    """Give the references of all objects that are no pods."""
    yield from _iter_claims(tree)
    yield from _iter_ingresses(tree)
    yield from _iter_issuers(tree)
    yield from _iter_gateways(tree)
    yield from _iter_backends(tree)
    yield from _iter_bindings(tree)
    yield from _iter_others(tree)


def _iter_claims(tree: Tree) -> Iterator[Reference]:
    for entry, spec in iter_specs(tree, "", "PersistentVolumeClaim"):
        if not text_of(spec, "volumeName"):
            yield from _class(entry, spec, ("spec", "storageClassName"))
    for entry, spec in iter_specs(tree, "apps", "StatefulSet"):
        for position, template in iter_fields(spec, "volumeClaimTemplates"):
            path: Path = ("spec", "volumeClaimTemplates", position, "spec", "storageClassName")
            yield from _class(entry, fields_of(template, "spec"), path)


def _class(entry: Entry, spec: Fields, path: Path) -> Iterator[Reference]:
    yield from _named(entry, spec, path, "storage.k8s.io", "StorageClass", "")


def _iter_ingresses(tree: Tree) -> Iterator[Reference]:
    for entry, spec in iter_specs(tree, NETWORKING, "Ingress"):
        yield from _named(entry, spec, ("spec", "ingressClassName"), NETWORKING, "IngressClass", "")
        backend = fields_of(spec, "defaultBackend", "service")
        yield from _named(entry, backend, ("spec", "defaultBackend", "service", "name"), "", "Service", entry.namespace)
        for number, rule in iter_fields(spec, "rules"):
            for position, one in iter_fields(rule, "http", "paths"):
                path: Path = ("spec", "rules", number, "http", "paths", position, "backend", "service", "name")
                service = fields_of(one, "backend", "service")
                yield from _named(entry, service, path, "", "Service", entry.namespace)
        for number, tls in iter_fields(spec, "tls"):
            path = ("spec", "tls", number, "secretName")
            yield from _named(entry, tls, path, "", "Secret", entry.namespace)


def _iter_issuers(tree: Tree) -> Iterator[Reference]:
    for entry, spec in iter_specs(tree, CERT_MANAGER, "Certificate"):
        issuer = fields_of(spec, "issuerRef")
        kind = text_of(issuer, "kind") or "Issuer"
        if (text_of(issuer, "group") or CERT_MANAGER) == CERT_MANAGER:
            namespace = entry.namespace if kind == "Issuer" else ""
            yield from _named(entry, issuer, ("spec", "issuerRef", "name"), CERT_MANAGER, kind, namespace)
    for group, kind in ((NETWORKING, "Ingress"), (GATEWAY, "Gateway")):
        for entry in tree.of_kind(group, kind):
            annotations = fields_of(entry.manifest, "metadata", "annotations")
            for annotation, issuer_kind in _ISSUER_ANNOTATIONS.items():
                namespace = entry.namespace if issuer_kind == "Issuer" else ""
                path: Path = ("metadata", "annotations", annotation)
                yield from _named(entry, annotations, path, CERT_MANAGER, issuer_kind, namespace)


def _iter_gateways(tree: Tree) -> Iterator[Reference]:
    for entry, spec in iter_specs(tree, GATEWAY, "Gateway"):
        yield from _named(entry, spec, ("spec", "gatewayClassName"), GATEWAY, "GatewayClass", "")
        for number, listener in iter_fields(spec, "listeners"):
            for position, secret in iter_fields(listener, "tls", "certificateRefs"):
                path: Path = ("spec", "listeners", number, "tls", "certificateRefs", position, "name")
                if text_of(secret, "kind") in {"", "Secret"}:
                    yield from _named(entry, secret, path, "", "Secret", _namespace(secret, entry))


def _iter_backends(tree: Tree) -> Iterator[Reference]:
    for entry, spec in iter_specs(tree, GATEWAY, *_ROUTES):
        for number, parent in iter_fields(spec, "parentRefs"):
            if text_of(parent, "kind") in {"", "Gateway"}:
                path: Path = ("spec", "parentRefs", number, "name")
                yield from _named(entry, parent, path, GATEWAY, "Gateway", _namespace(parent, entry))
        for number, rule in iter_fields(spec, "rules"):
            for position, backend in iter_fields(rule, "backendRefs"):
                if text_of(backend, "kind") in {"", "Service"} and not text_of(backend, "group"):
                    path = ("spec", "rules", number, "backendRefs", position, "name")
                    yield from _named(entry, backend, path, "", "Service", _namespace(backend, entry))


def _iter_bindings(tree: Tree) -> Iterator[Reference]:
    for entry in (*tree.of_kind(RBAC, "RoleBinding"), *tree.of_kind(RBAC, "ClusterRoleBinding")):
        role = fields_of(entry.manifest, "roleRef")
        kind = text_of(role, "kind")
        if kind in {"Role", "ClusterRole"}:
            namespace = entry.namespace if kind == "Role" else ""
            yield from _named(entry, role, ("roleRef", "name"), RBAC, kind, namespace)
        for position, subject in iter_fields(entry.manifest, "subjects"):
            if text_of(subject, "kind") == "ServiceAccount":
                path: Path = ("subjects", position, "name")
                yield from _named(entry, subject, path, "", "ServiceAccount", _namespace(subject, entry))


def _iter_others(tree: Tree) -> Iterator[Reference]:
    for entry, spec in iter_specs(tree, "autoscaling", "HorizontalPodAutoscaler"):
        target = fields_of(spec, "scaleTargetRef")
        group = text_of(target, "apiVersion").rpartition("/")[0]
        path: Path = ("spec", "scaleTargetRef", "name")
        yield from _named(entry, target, path, group, text_of(target, "kind"), entry.namespace)
    for entry, spec in iter_specs(tree, "apiregistration.k8s.io", "APIService"):
        service = fields_of(spec, "service")
        yield from _named(entry, service, ("spec", "service", "name"), "", "Service", text_of(service, "namespace"))
    for kind in ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"):
        for entry in tree.of_kind("admissionregistration.k8s.io", kind):
            for position, webhook in iter_fields(entry.manifest, "webhooks"):
                service = fields_of(webhook, "clientConfig", "service")
                path = ("webhooks", position, "clientConfig", "service", "name")
                yield from _named(entry, service, path, "", "Service", text_of(service, "namespace"))


def _namespace(reference: Fields, entry: Entry) -> str:
    return text_of(reference, "namespace") or entry.namespace


def _named(entry: Entry, source: Fields, path: Path, group: str, kind: str, namespace: str) -> Iterator[Reference]:
    name = text_of(source, str(path[-1]))
    if name and kind:
        yield Reference(entry=entry, path=path, group=group, kind=kind, namespace=namespace, name=name)
