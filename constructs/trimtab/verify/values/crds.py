"""Definitions that a chart installs without its objects being in the tree, and somebody else brings too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trimtab.findings.path import Path
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.scopes import DEFINITIONS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

_SWITCHES: Mapping[str, tuple[Path, bool]] = {
    "argo-cd": (("crds", "install"), True),
    "cert-manager": (("crds", "enabled"), False),
    "eck-operator": (("installCRDs",), True),
    "external-secrets": (("installCRDs",), True),
    "kube-prometheus-stack": (("crds", "enabled"), True),
    "metallb": (("crds", "enabled"), True),
    "rook-ceph": (("crds", "enabled"), True),
}
"""The value by which a chart installs its definitions, and what it is by default (each chart's values.yaml)."""
_OLD_SWITCHES: Mapping[str, Path] = {"cert-manager": ("installCRDs",)}
"""A value that switches them on too."""
_IN_FOLDER = frozenset({"kube-prometheus-stack", "sealed-secrets", "traefik"})
"""Charts whose definitions lie in a folder `crds`, which `skipCrds` leaves out."""
_ALWAYS = frozenset({"crd.projectcalico.org.v1", "eck-operator-crds", "prometheus-operator-crds", "traefik-crds"})
"""Charts of nothing but definitions."""
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """A chart that installs definitions."""

    use: ChartUse
    application: Application | None


def check_owners(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find definitions that a chart installs and that are in the tree too, or that two charts install."""
    uses = [use for use in world.charts if not use.is_rendered and use.facts and use.facts.crds]
    if not uses:
        return
    applications = Applications(tree)
    owners: dict[tuple[str, str], list[_Owner]] = defaultdict(list)
    for use in uses:
        application = applications.find(use.cluster, use.application)
        if use.facts and _installs(use, application):
            for name in use.facts.crds if use.chart != "metallb" else _without_subchart(use.facts.crds):
                owners[use.cluster, name].append(_Owner(use=use, application=application))
    yield from _find_written(tree, owners)
    yield from _find_shared(owners)


def _without_subchart(names: Iterable[str]) -> Iterator[str]:
    """Leave out the definitions of frr-k8s, which other values switch."""
    return (name for name in names if not name.endswith(".frrk8s.metallb.io"))


def _installs(use: ChartUse, application: Application | None) -> bool:
    """Say whether a chart installs its definitions for sure."""
    if use.chart in _IN_FOLDER and (application is None or _skips(application, use.chart)):
        return False
    if use.chart not in _SWITCHES:
        return use.chart in _IN_FOLDER | _ALWAYS
    path, default = _SWITCHES[use.chart]
    old = _OLD_SWITCHES.get(use.chart)
    return _look_up(use.values, path, default) is True or (old is not None and _look_up(use.values, old, None) is True)


def _skips(application: Application, chart: str) -> bool:
    sources = [source for _, source in application.sources if text_of(source, "chart") == chart]
    return not sources or any(fields_of(source, "helm").get("skipCrds") is True for source in sources)


def _look_up(values: Mapping[str, object], path: Path, default: object) -> object:
    found = fields_of(values, *map(str, path[:-1])).get(str(path[-1]))
    return default if found is None else found


def _find_written(tree: Tree, owners: Mapping[tuple[str, str], list[_Owner]]) -> Iterator[Complaint]:
    found: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in tree.of_kind(*DEFINITIONS):
        for owner in owners.get((entry.cluster, entry.name), ()):
            if entry.application:
                found[entry.application, owner.use.application, owner.use.chart].append(entry)
    for (_, name, chart), entries in found.items():
        owner = next(one for one in owners[entries[0].cluster, entries[0].name] if one.use.application == name)
        yield _tell(entries[0], f"{_name(entries)} written here, and the chart '{chart}' of '{name}' installs", owner)


def _find_shared(owners: Mapping[tuple[str, str], list[_Owner]]) -> Iterator[Complaint]:
    told: set[tuple[str, str, str]] = set()
    for (cluster, name), both in owners.items():
        first, *others = both
        for other in others:
            key = (cluster, first.use.application, other.use.application)
            if key not in told and other.application is not None and other.use.application != first.use.application:
                told.add(key)
                what = f"'{name}' installed by the chart '{other.use.chart}' of '{other.use.application}'"
                rest = f", and the chart '{first.use.chart}' of '{first.use.application}' installs"
                yield _tell(other.application.entry, f"the definition {what}{rest}", first)


def _name(entries: list[Entry]) -> str:
    names = ", ".join(f"'{entry.name}'" for entry in entries[:_MOST_NAMED])
    more = f" and {len(entries) - _MOST_NAMED} more" if len(entries) > _MOST_NAMED else ""
    return f"the definition{'s' if len(entries) > 1 else ''} {names}{more}"


def _tell(about: Entry, what: str, owner: _Owner) -> Complaint:
    switch = ".".join(map(str, _SWITCHES[owner.use.chart][0])) if owner.use.chart in _SWITCHES else ""
    help_ = f"leave it to one of them: '{switch}: false' in the values of the chart" if switch else "remove one of them"
    others = (Other(entry=owner.application.entry, message="this brings the chart"),) if owner.application else ()
    return Complaint(code="crd-owned-twice", about=about, message=f"{what} it too", help=help_, others=others)


CHECKS = (Check(name="definitions that charts install", codes=("crd-owned-twice",), run=check_owners),)
