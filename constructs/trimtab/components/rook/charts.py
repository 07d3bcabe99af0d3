"""Values of Rook's operator and of the CSI drivers, for the newest release; older ones are adapted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from trimtab.components.releases import wanted_release
from trimtab.components.rook.csi import build_driver_values, driver_reasons, move_into_operator
from trimtab.components.rook.daemons import plan_affinity
from trimtab.components.rook.offers import CSI, OPERATOR, is_monitored
from trimtab.components.rook.settings import Settings
from trimtab.components.rook.storage import wanted_namespace
from trimtab.kube.release import Adaptation, ChartRelease, Source, Values, adapt_values, match_reasons
from trimtab.kube.scheduling import plan_node_selector, plan_tolerations
from trimtab.plan.facts import Facts

_ORIGINS = ("components.rook", "nodes", "kubernetes")

_REASONS: Mapping[tuple[str, ...], str] = {
    ("enableDiscoveryDaemon",): "the interval alone does nothing: new disks stay unseen",
    ("discoveryDaemonInterval",): "how often new disks are looked for",
    ("monitoring", "enabled"): "the operator needs the right to make ServiceMonitors",
    ("tolerations",): "every node it may need is tainted",
    ("discover", "tolerations"): "disks of tainted nodes are looked at too",
    ("discover", "nodeAffinity"): "its image exists only for these processors",
    ("nodeSelector",): "its image exists only for these processors",
    ("ceph-csi-operator",): "the CSI operator runs where Rook's runs",
}


def charts(settings: Settings, facts: Facts) -> Mapping[str, Source]:
    """Give the operator's release, and that of the CSI drivers where they are a chart of their own (Rook 1.20)."""
    release = wanted_release("rook", settings)
    drivers = build_driver_values(settings, facts)
    values = adapt_values(_operator_values(settings, facts), release.version, _adaptations(drivers))
    operator = ChartRelease(
        pin=release.charts["operator"],
        release_name=settings.release_name or "rook-ceph",
        namespace=wanted_namespace(settings),
        values=values,
        reasons=match_reasons({**_REASONS, **driver_reasons()}, values),
        origins=_ORIGINS,
    )
    if "drivers" not in release.charts:
        return {OPERATOR: operator}
    return {
        OPERATOR: operator,
        CSI: ChartRelease(
            pin=release.charts["drivers"],
            # Rook 1.19.5 marks the CSI objects as owned by this Helm release (rook v1.20.6 rook-upgrade.md:92-95).
            release_name="ceph-csi-drivers",
            namespace=wanted_namespace(settings),
            values=drivers,
            reasons=match_reasons(driver_reasons(), drivers),
            origins=_ORIGINS,
        ),
    }


def _adaptations(drivers: Values) -> tuple[Adaptation, ...]:
    return (
        Adaptation(
            below="v1.20.0",
            adapt=partial(move_into_operator, drivers=drivers),
            why="the CSI drivers' settings left the operator's chart for one of their own",
            source="rook v1.20.6 Documentation/Upgrade/rook-upgrade.md:97-129, Helm-Charts/csi-drivers-chart.md",
        ),
    )


def _operator_values(settings: Settings, facts: Facts) -> Values:
    values: Values = {**_scheduling(settings, facts), **_discovery(settings, facts)}
    if is_monitored(settings, facts):
        values["monitoring"] = {"enabled": True}
    if "operator" in settings.resources:
        values["resources"] = settings.resources["operator"].to_kubernetes()
    return values


def _scheduling(settings: Settings, facts: Facts) -> Values:
    """Let both operators run on any node with a fitting processor, tainted or not."""
    tolerations = plan_tolerations(facts.cluster)
    selector = plan_node_selector(facts.cluster, wanted_release("rook", settings).architectures)
    where: Values = {}
    if tolerations:
        where["tolerations"] = tolerations
    if selector:
        where["nodeSelector"] = selector
    return {**where, "ceph-csi-operator": {"controllerManager": dict(where)}} if where else {}


def _discovery(settings: Settings, facts: Facts) -> Values:
    """Switch the discovery daemon on together with its interval; either alone does nothing."""
    if settings.discovery is None:
        return {}
    discover: Values = {}
    if tolerations := plan_tolerations(facts.cluster):
        discover["tolerations"] = tolerations
    if affinity := plan_affinity(settings, facts.cluster):
        discover["nodeAffinity"] = affinity["nodeAffinity"]
    switched = {"enableDiscoveryDaemon": True, "discoveryDaemonInterval": settings.discovery.interval}
    return {**switched, **({"discover": discover} if discover else {})}
