"""A rule on mirrors that lie in the cluster that needs them to start."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from trimtab.catalogue.components import releases
from trimtab.components.harbor.names import HARBOR, wanted_host
from trimtab.components.harbor.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.kube.release import ChartRelease
from trimtab.rules.rule import Problem, Rule, Subject

_KUBERNETES = "Kubernetes itself"
_KUBERNETES_REGISTRY = "registry.k8s.io"
"""Where the sandbox of every pod comes from (kubernetes cmd/kubeadm/app/constants, PauseVersion)."""


def check_registry_in_its_own_way(subject: Subject) -> Iterator[Problem]:
    """Find images and charts that come from the Harbor inside, which cannot start without them."""
    settings = subject.components.get(HARBOR)
    if not isinstance(settings, Settings) or subject.order is None:
        return
    host = wanted_host(settings, subject.cluster)
    way = _find_way(subject)
    for registry, users in _find_registries(subject, way).items():
        chosen = subject.cluster.settings.registries.get(registry)
        if chosen and chosen.mirror and urlsplit(chosen.mirror).hostname == host:
            yield Problem(
                path=("registries", registry, "mirror"),
                message=f"{host} is the Harbor inside, which starts after the images of {', '.join(sorted(users))}",
                help="name a mirror outside this cluster, or none",
                related=((("components", HARBOR), "the Harbor inside"),),
            )
    for url, chosen_url in subject.cluster.settings.repositories.items():
        users = {name for name in way if _chart_url(subject, name) == url}
        if users and _host(chosen_url.mirror) == host:
            yield Problem(
                path=("repositories", url, "mirror"),
                message=f"{host} is the Harbor inside, which starts after {', '.join(sorted(users))}",
                help="name a mirror outside this cluster, or none",
                related=((("components", HARBOR), "the Harbor inside"),),
            )


def _find_way(subject: Subject) -> set[str]:
    """Give Harbor and every application that it waits for, however far."""
    edges = subject.order.edges if subject.order else ()
    way, found = {HARBOR}, {HARBOR}
    while found:
        found = {edge.first for edge in edges if edge.then in found} - way
        way |= found
    return way


def _find_registries(subject: Subject, way: set[str]) -> dict[str, set[str]]:
    """Give each registry that images on the way come from, with who needs it."""
    users: dict[str, set[str]] = {_KUBERNETES_REGISTRY: {_KUBERNETES}}
    for name in way:
        for image in _iter_images(subject, name):
            users.setdefault(_registry(image), set()).add(name)
    return users


def _iter_images(subject: Subject, name: str) -> Iterator[str]:
    """Give the images of a chart, and those that its release names beside it."""
    source = subject.sources.get(name)
    if not isinstance(source, ChartRelease):
        return
    facts = source.pin.facts
    yield from facts.images if facts else ()
    component = source.pin.component
    settings = subject.components.get(component)
    if settings is not None and releases(component):
        yield from wanted_release(component, settings).images.values()


def _registry(image: str) -> str:
    first, slash, _ = image.partition("/")
    return first if slash and ("." in first or ":" in first) else "docker.io"


def _chart_url(subject: Subject, name: str) -> str | None:
    source = subject.sources.get(name)
    return source.pin.repo_url if source else None


def _host(address: str) -> str | None:
    return urlsplit(address if "://" in address else f"oci://{address}").hostname


RULES = (
    Rule(
        code="registry-in-its-own-way",
        severity=Severity.ERROR,
        soft=True,
        meaning="What must run before the Harbor inside is pulled from that Harbor.",
        why="After a power cut no node has the network, the volumes or Harbor's own images, and Harbor cannot give"
        " them: nothing starts.",
        cure="Name a mirror outside this cluster for what must start before Harbor, or none.",
        check=check_registry_in_its_own_way,
    ),
)
