"""What a new repository must know, and what is taken where nobody says anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from trimtab.catalogue.components import releases
from trimtab.findings.path import Path
from trimtab.init.examples import REPOSITORY
from trimtab.reference.lookup import Setting, find_setting
from trimtab.settings.subschema import Schema

_RANGES = {
    "kubespray": ("10.233.64.0/18", "10.233.0.0/18"),
    "k3s": ("10.42.0.0/16", "10.43.0.0/16"),
    "rke2": ("10.42.0.0/16", "10.43.0.0/16"),
    "k0s": ("10.244.0.0/16", "10.96.0.0/12"),
    "microk8s": ("10.1.0.0/16", "10.152.183.0/24"),
}
"""Pod and Service ranges that each distribution takes by itself.

Sources: kubespray kubespray-defaults (kube_pods_subnet, kube_service_addresses), k3s and rke2 `--cluster-cidr` and
`--service-cidr`, k0s `spec.network`, MicroK8s' Calico manifest and its API server's arguments.
"""

_KUBEADM = ("10.244.0.0/16", "10.96.0.0/12")
"""kubeadm's own Service range (`--service-cidr`), and the pod range of its documentation's first example."""

_BOUND = ("argocd", "calico", "cert-manager")
"""Components of a new cluster, whose newest releases must support its Kubernetes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, by flags or by a person."""

    name: str
    """The first cluster's name."""
    distribution: str = "kubeadm"
    kubernetes: str
    """The version of Kubernetes, such as `1.35`."""
    nodes: tuple[tuple[str, str], ...] = ()
    """Host name and address of each machine; the first one is the control plane."""
    pods: tuple[str, ...]
    """One range, or one a family."""
    services: tuple[str, ...]
    repo_url: str = REPOSITORY


def newest_kubernetes() -> str:
    """Give the newest minor version that the first components of a cluster all support, as their releases say."""
    newest = [release.kubernetes.newest for name in _BOUND for release in releases(name)[:1] if release.kubernetes]
    return min((minor for minor in newest if minor), key=lambda minor: [int(part) for part in minor.split(".")])


def default_ranges(distribution: str, nodes: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """Give the pod and Service ranges that the distribution takes by itself.

    Returns:
        Nothing where a node has an IPv6 address: such ranges are cut from a network of one's own.
    """
    if any(_is_ipv6(address) for _, address in nodes):
        return None
    return _RANGES.get(distribution, _KUBEADM)


def _is_ipv6(address: str) -> bool:
    try:
        return ip_address(address).version == 6
    except ValueError:
        return False


def parse_node(text: str) -> tuple[str, str]:
    """Read `name=address`.

    Raises:
        ValueError: it is not of that form.
    """
    name, sign, address = text.partition("=")
    if not (name and sign and address):
        raise ValueError(f"'{text}' is not of the form name=address")
    return name, address


def default_name(folder: str) -> str:
    """Make a cluster's name of a folder's; `lab` where nothing is left of it."""
    return re.sub(r"[^a-z0-9]+", "-", folder.lower())[:30].strip("-") or "lab"


def check_answers(schema: Schema, answers: Answers) -> tuple[str, ...]:
    """Say what is wrong with answers, in words; what they mean together, `check` says afterwards."""
    return tuple(_iter_wrong(schema, answers))


def _iter_wrong(schema: Schema, answers: Answers) -> Iterator[str]:
    yield from _check(schema, ("cluster",), answers.name)
    yield from _check(schema, ("kubernetes", "version"), answers.kubernetes)
    yield from _check(schema, ("kubernetes", "distribution"), answers.distribution)
    yield from _check(schema, ("gitops", "repoURL"), answers.repo_url)
    for name, address in answers.nodes:
        yield from _check(schema, ("nodes", name, "address"), address, ip_address)
        yield from _match(_setting(schema, ("nodes", name)).keys or {}, name)
    for key, ranges in (("pods", answers.pods), ("services", answers.services)):
        for one in ranges:
            yield from _check(schema, ("network", key, 0), one, ip_network)
    names = [name for name, _ in answers.nodes]
    yield from (f"node '{name}' is there twice" for name in dict.fromkeys(names) if names.count(name) > 1)


def _setting(schema: Schema, path: Path) -> Setting:
    found = find_setting(schema, path)
    if not isinstance(found, Setting):
        raise KeyError(path)
    return found


def _check(schema: Schema, path: Path, value: str, read: Callable[[str], object] = str) -> Iterator[str]:
    yield from _match(_setting(schema, path).schema, value, read)


def _match(form: Schema, value: str, read: Callable[[str], object] = str) -> Iterator[str]:
    """Hold a value against a schema, and against what reads it, which knows more than a pattern says."""
    if "enum" in form and value not in form["enum"]:
        yield f"'{value}' is not one of {', '.join(form['enum'])}"
    if not (re.search(form.get("pattern", ""), value) and _is_read(value, read)):
        example = next(iter(form.get("examples", ())), None)
        yield f"'{value}' is not {form.get('title', 'of the right form')}" + (f", such as {example}" if example else "")
    if len(value) > form.get("maxLength", len(value)):
        yield f"'{value}' has more than {form['maxLength']} characters"


def _is_read(value: str, read: Callable[[str], object]) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
