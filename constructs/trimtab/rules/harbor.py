"""Rules on Harbor: its name, its certificate, its nodes, its volumes."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.versions import parse_version
from trimtab.components.harbor.names import (
    COMPONENT,
    HARBOR,
    wanted_host,
    wanted_issuer,
    wanted_tls_secret,
)
from trimtab.components.harbor.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.plan.offers import Issuer, StorageClass
from trimtab.rules.rule import Problem, Rule, Subject

_ROUTES_SINCE = "1.18.0"
"""The first chart with `expose.type: route` (harbor-helm v1.18.4 values.yaml:2-4)."""


def _settings(subject: Subject) -> Settings | None:
    settings = subject.components.get(HARBOR)
    return settings if isinstance(settings, Settings) else None


def check_registry_without_host(subject: Subject) -> Iterator[Problem]:
    """Find a Harbor that has no name."""
    settings = _settings(subject)
    if settings and wanted_host(settings, subject.cluster) is None:
        yield Problem(
            path=COMPONENT,
            on_key=True,
            message="nothing says by which host name images are pulled",
            help="set components.harbor.host, or the cluster's domain",
        )


def check_registry_without_certificate(subject: Subject) -> Iterator[Problem]:
    """Find a Harbor that nobody signs for, or only somebody whom no node is known to trust."""
    settings = _settings(subject)
    if settings is None or settings.tls.insecure or settings.gateway:
        return
    if wanted_tls_secret(settings, subject.facts) is None:
        yield Problem(
            path=COMPONENT,
            on_key=True,
            message="nobody signs a certificate for Harbor, and containerd pulls from no registry without one",
            help="add an issuer to components.cert-manager.issuers, or name your own certificate in tls.secretName;"
            " tls.insecure: true says that every node is told to do without",
        )
        return
    name = wanted_issuer(settings, subject.facts)
    issuer = subject.facts.find(Issuer, name) if name else None
    if issuer and issuer.challenge is None and not settings.tls.trusted:
        yield Problem(
            path=(*COMPONENT, "tls", "issuer") if settings.tls.issuer else COMPONENT,
            on_key=settings.tls.issuer is None,
            message=f"{name} is an authority of your own, and nothing says that the nodes trust it",
            help="bring its certificate to every node, then say components.harbor.tls.trusted: true",
        )


def check_contradicting_harbor_settings(subject: Subject) -> Iterator[Problem]:
    """Find two settings of which only one can hold."""
    settings = _settings(subject)
    for first, second in _contradictions(settings) if settings else ():
        yield Problem(
            path=(*COMPONENT, *second),
            on_key=True,
            message=f"'{'.'.join(first)}' and '{'.'.join(second)}' cannot both hold",
            help="remove one of them",
            related=(((*COMPONENT, *first), "the other one"),),
        )


def _contradictions(settings: Settings) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    tls = settings.tls
    named = {"issuer": bool(tls.issuer), "secretName": bool(tls.secret_name), "insecure": tls.insecure}
    given = [("tls", key) for key, is_set in named.items() if is_set]
    yield from ((given[0], other) for other in given[1:])
    if settings.gateway:
        if settings.ingress_class:
            yield ("gateway",), ("ingressClass",)
        yield from ((("gateway",), one) for one in given if one[1] != "insecure")
    if settings.external_database and settings.database_storage_class:
        yield ("externalDatabase",), ("databaseStorageClass",)


def check_harbor_gateway_by_version(subject: Subject) -> Iterator[Problem]:
    """Find a route that the chart does not know yet."""
    settings = _settings(subject)
    if settings is None or settings.gateway is None:
        return
    version = wanted_release(HARBOR, settings).version
    if parse_version(version) < parse_version(_ROUTES_SINCE):
        yield Problem(
            path=(*COMPONENT, "gateway"),
            on_key=True,
            message=f"the chart harbor {version} has no routes to a Gateway",
            help="take 1.18 or newer, or an Ingress",
            related=(((*COMPONENT, "version"), "the version"),),
        )


def check_harbor_without_arm64(subject: Subject) -> Iterator[Problem]:
    """Find a Harbor with no node that could run it."""
    settings = _settings(subject)
    if settings is None or not subject.cluster.has_nodes:
        return
    release = wanted_release(HARBOR, settings)
    usable = {node.arch for node in subject.cluster.schedulable_nodes}
    if not usable & set(release.architectures):
        yield Problem(
            path=COMPONENT,
            on_key=True,
            message=f"Harbor {release.version} has images for {' and '.join(release.architectures)} alone,"
            f" and pods run on {' and '.join(sorted(usable)) or 'no node'} here",
            help="add a node of that architecture, or run Harbor elsewhere",
            related=((("nodes",), "one of them"),),
        )


def check_shared_volume_on_block_storage(subject: Subject) -> Iterator[Problem]:
    """Find a volume that several pods are to write to, of a class whose volumes have one writer."""
    settings = _settings(subject)
    if settings is None or settings.replicas == 1 or settings.object_storage:
        return
    facts = subject.facts
    chosen = facts.find(StorageClass, settings.storage_class) if settings.storage_class else facts.default_storage_class
    if chosen and "ReadWriteMany" not in chosen.access_modes:
        path: Path = (*COMPONENT, "storageClass") if settings.storage_class else (*COMPONENT, "replicas")
        shared = [one.name for one in facts.iter_offers(StorageClass) if "ReadWriteMany" in one.access_modes]
        yield Problem(
            path=path,
            message=f"{settings.replicas} registries are to write to one volume, and {chosen.name} allows one writer",
            help=f"take a class such as {shared[0]}, objectStorage, or replicas: 1"
            if shared
            else "take objectStorage, a class of a file system (components.rook.filesystems), or replicas: 1",
        )


RULES = (
    Rule(
        code="registry-without-host",
        severity=Severity.ERROR,
        meaning="Nothing says by which host name images are pulled.",
        why="Tokens, certificate and pull commands all name it (harbor-helm v1.19.1 values.yaml:112-125).",
        cure="Set `components.harbor.host`, or `domain` of the cluster.",
        check=check_registry_without_host,
    ),
    Rule(
        code="registry-without-certificate",
        severity=Severity.ERROR,
        soft=True,
        meaning="A registry has no certificate that the nodes are known to trust.",
        why="containerd pulls over TLS from a registry whose authority it trusts, and from no other unless each node is"
        " told so (containerd docs/hosts.md).",
        cure="Bring the registry's certificate to every node, then say `components.harbor.tls.trusted: true`; or "
        "take an issuer that nodes trust.",
        check=check_registry_without_certificate,
    ),
    Rule(
        code="contradicting-harbor-settings",
        severity=Severity.ERROR,
        meaning="Two settings of Harbor cannot both hold.",
        why="One of them would be ignored without a word.",
        cure="Remove one of the two settings that the message names.",
        check=check_contradicting_harbor_settings,
    ),
    Rule(
        code="harbor-gateway-by-version",
        severity=Severity.ERROR,
        meaning="A release of Harbor's chart is to be reached by a Gateway, and has no routes.",
        why="The chart knows routes since 1.18 (harbor-helm v1.18.4 templates/gateway-apis/route.yaml).",
        cure="Set `components.harbor.version` to 1.18 or newer, or use an Ingress.",
        check=check_harbor_gateway_by_version,
    ),
    Rule(
        code="harbor-without-arm64",
        severity=Severity.ERROR,
        soft=True,
        meaning="No node can run Harbor's images.",
        why="These releases have none for arm64 (goharbor/harbor#22491): the pods fail with `exec format error`, or"
        " wait for a node for ever.",
        cure="Add a node with amd64, or run Harbor in another cluster.",
        check=check_harbor_without_arm64,
    ),
    Rule(
        code="shared-volume-on-block-storage",
        severity=Severity.ERROR,
        meaning="Several pods are to write to one volume of a class whose volumes have one writer.",
        why="The claim waits for ever: a block device is mounted by one node at a time (Kubernetes documentation,"
        " Persistent Volumes, Access Modes).",
        cure="Take a class whose volumes have several writers, such as one of CephFS or NFS; or keep one pod, or "
        "store in an object store.",
        check=check_shared_volume_on_block_storage,
    ),
)
