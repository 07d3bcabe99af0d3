"""Waves between Applications, which need a health check for Applications to mean anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.argocd_names import SYNC_WAVE
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.installed import Installed
from trimtab.verify.argocd.waves import get_wave
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_KEY = "resource.customizations.health.argoproj.io_Application"
_OLD_KEY = "resource.customizations"
"""One text for all kinds, as before Argo CD 1.9; it is still read."""


def check_waves_have_health(tree: Tree, world: World) -> Iterator[Said]:
    """Find Applications in waves where Argo CD cannot tell when one is healthy."""
    children: dict[tuple[str, str], list[Application]] = defaultdict(list)
    for application in Applications(tree).every:
        if application.entry.application:
            children[application.entry.cluster, application.entry.application].append(application)
    installed = Installed(tree, world)
    for (cluster, _), brought in children.items():
        waves = {get_wave(one.manifest) for one in brought}
        if len(waves) < 2:
            continue
        settings = installed.find_settings(cluster)
        if settings is None:
            yield Unchecked(reason="whether waves between Applications wait: Argo CD's settings are not in the tree")
        elif not _has_health(settings):
            yield _complain(next(one for one in brought if get_wave(one.manifest) > min(waves)), len(brought))


def _has_health(settings: Mapping[str, Any]) -> bool:
    return _KEY in settings or "argoproj.io/Application" in str(settings.get(_OLD_KEY, ""))


def _complain(application: Application, count: int) -> Complaint:
    return Complaint(
        code="waves-without-health",
        about=application.entry,
        path=("metadata", "annotations", SYNC_WAVE),
        message=f"{application} is one of {count} Applications in waves, and no wave waits for the one before it",
        help=f"add '{_KEY}' to argocd-cm, a program in Lua (argo-cd docs, operator-manual/health)",
    )


CHECKS = (Check(name="waves between Applications", codes=("waves-without-health",), run=check_waves_have_health),)
