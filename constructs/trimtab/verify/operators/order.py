"""What an operator has to be there for, before and after: issuers, health that stops a sync, and deletions."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.argocd_names import PREFIX
from trimtab.verify.argocd.application import Application
from trimtab.verify.argocd.installed import Installed
from trimtab.verify.argocd.position import Positions, Rank, get_rank
from trimtab.verify.argocd.risks import OPERATORS
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of, fields_of, texts_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_CERTIFICATES = "cert-manager.io"
_WEBHOOK = "cert-manager-webhook"
_CHART_RANK: Rank = (0, 0)
"""When Argo CD applies what a chart renders without annotations."""
_CEPH = ("ceph.rook.io", "CephCluster")
_HEALTH_KEY = "resource.customizations.health.ceph.rook.io_CephCluster"
_CASCADE = "resources-finalizer.argocd.argoproj.io"


def check_issuers(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find issuers that are applied together with the webhook that has to admit them, with no second try."""
    positions = Positions(tree)
    webhooks = {(use.cluster, use.application): _CHART_RANK for use in world.charts if use.chart == "cert-manager"} | {
        (one.cluster, one.application): get_rank(one) or _CHART_RANK
        for one in tree.of_kind("apps", "Deployment")
        if one.name == _WEBHOOK and one.application
    }
    for kind in ("ClusterIssuer", "Issuer", "Certificate"):
        for entry in tree.of_kind(_CERTIFICATES, kind) if webhooks else ():
            webhook, rank = webhooks.get((entry.cluster, entry.application)), get_rank(entry)
            if webhook and rank and entry.is_written and rank <= webhook and not _tries_again(positions, entry):
                yield Complaint(
                    code="issuer-before-webhook",
                    about=entry,
                    message=f"{entry} is applied together with cert-manager, whose webhook has to admit it and does not"
                    " run yet: the first sync fails",
                    help=f'give it `{PREFIX}sync-wave: "{webhook[1] + 1}"`, and the Application `syncPolicy.retry`',
                )


def _tries_again(positions: Positions, entry: Entry) -> bool:
    application = positions.applications.of(entry)
    return application is not None and bool(fields_of(application.sync_policy, "retry"))


def check_ceph_health(tree: Tree, world: World) -> Iterator[Said]:
    """Find objects that wait for a CephCluster whose warnings Argo CD takes for a failure."""
    installed = Installed(tree, world)
    for ceph in tree.of_kind(*_CEPH):
        rank = get_rank(ceph)
        if not ceph.application or rank is None or _is_health_ignored(ceph):
            continue
        later = [one for one in _beside(tree, ceph) if (get_rank(one) or rank) > rank]
        settings = installed.find_settings(ceph.cluster) if later else None
        if later and settings is None:
            yield Unchecked(reason="whether a warning of Ceph stops a sync: Argo CD's settings are not in the tree")
        elif later and _HEALTH_KEY not in (settings or {}) and "resource.customizations" not in (settings or {}):
            yield Complaint(
                code="ceph-warning-blocks-sync",
                about=ceph,
                message=f"what comes after {ceph} in '{ceph.application}' waits for it, and any warning of Ceph stops"
                " the sync there",
                help=f"add '{_HEALTH_KEY}' to argocd-cm, or give the rest an Application of its own",
                others=(Other(entry=later[0], message="this waits for it"),),
            )


def _is_health_ignored(entry: Entry) -> bool:
    return annotations_of(entry.manifest).get(f"{PREFIX}ignore-healthcheck") == "true"


def _beside(tree: Tree, entry: Entry) -> Iterator[Entry]:
    owner = (entry.cluster, entry.application)
    return (one for one in tree.entries if (one.cluster, one.application) == owner and one is not entry)


def check_teardown(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Applications that are deleted in one go with the operator that has to delete what they hold."""
    positions = Positions(tree) if any(tree.of_kind(*kind) for kind in OPERATORS) else None
    for kind, (_, chart) in OPERATORS.items():
        for entry in tree.of_kind(*kind) if positions else ():
            for use in world.charts:
                if use.chart == chart and use.cluster == entry.cluster and positions is not None:
                    yield from _deleted_at_once(positions, entry, use.application)


def _deleted_at_once(positions: Positions, entry: Entry, operator: str) -> Iterator[Complaint]:
    found = positions.applications.of(entry), positions.applications.find(entry.cluster, operator)
    one, other = found
    if one is None or other is None or not (_cascades(one) and _cascades(other)):
        return
    owners = [positions.find_owner(each.entry.cluster, each.entry.name) for each in (one, other)]
    parted = positions.compare(owners[0], owners[1])
    if parted is not None and parted[0].rank == parted[1].rank:
        yield Complaint(
            code="teardown-hangs",
            about=one.entry,
            path=one.at("metadata", "finalizers"),
            message=f"{one} and {other} are deleted at the same time: once the operator is gone, {entry} is never",
            help=f"put {one} in a later wave than {other}: what comes last goes first",
            others=(Other(entry=other.entry, message="the operator"),),
        )


def _cascades(application: Application) -> bool:
    return any(one.startswith(_CASCADE) for one in texts_of(application.metadata, "finalizers"))


CHECKS = (
    Check(name="issuers before their webhook", codes=("issuer-before-webhook",), run=check_issuers),
    Check(name="Ceph's warnings", codes=("ceph-warning-blocks-sync",), run=check_ceph_health),
    Check(name="operators that go with what they run", codes=("teardown-hangs",), run=check_teardown),
)
