"""Values of charts that only make sense together with something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trimtab.catalogue.versions import reaches
from trimtab.findings.path import ROOT, Path, get_value
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

_HARBOR_TWINS: tuple[Path, ...] = (
    ("existingSecretSecretKey",),
    ("core", "existingSecret"),
    ("core", "secretName"),
    ("core", "existingXsrfSecret"),
    ("jobservice", "existingSecret"),
    ("registry", "existingSecret"),
    ("registry", "credentials", "existingSecret"),
)
"""Each stands for a value that the chart makes up anew (harbor-helm v1.19.1 templates/core, jobservice, registry)."""

_PASSWORDS: Mapping[str, tuple[Path, Path]] = {
    "kube-prometheus-stack": (("grafana", "admin", "existingSecret"), ("grafana", "enabled")),
    "grafana": (("admin", "existingSecret"), ()),
    "jenkins": (("controller", "admin", "existingSecret"), ()),
}
"""Chart to the value that names a Secret instead of a random password, and the one that switches the thing off."""


def check_harbor(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Harbors that make new secrets at every render, or whose list of families breaks the chart."""
    for entry, use in _iter_uses(tree, world, "harbor"):
        missing = [path for path in _HARBOR_TWINS if not get_value(use.values, path)]
        if missing:
            yield Complaint(
                code="harbor-secret-changes-every-render",
                about=entry,
                path=path_of_values(entry, use),
                message=f"the chart of {entry} makes up {len(missing)} secrets at every render, so that it is never in"
                " sync and its pods start anew",
                help=f"make the Secrets, and name them in {', '.join('.'.join(map(str, path)) for path in missing)}",
            )
        if get_value(use.values, ("ipFamily", "families")):
            yield Complaint(
                code="harbor-family-list-breaks-render",
                about=entry,
                path=path_of_values(entry, use, "ipFamily", "families"),
                on_key=True,
                message=f"the values of {entry} list `ipFamily.families`, which the chart writes where a text belongs",
                help="leave it out; `ipFamily.policy` says enough",
            )


def check_passwords(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find charts that make up a password at every render."""
    for chart, (secret, switch) in _PASSWORDS.items():
        for entry, use in _iter_uses(tree, world, chart):
            is_off = bool(switch) and get_value(use.values, switch) is False
            if not is_off and not get_value(use.values, secret):
                yield Complaint(
                    code="random-password-in-chart",
                    about=entry,
                    path=path_of_values(entry, use),
                    message=f"the chart of {entry} makes up a password at every render, so that it is never in sync",
                    help=f"make a Secret with it, and name that in {'.'.join(map(str, secret))}",
                )


def check_gateway_switch(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find the switch for the Gateway API that a cert-manager does not know (its v1.21.1 values.yaml:298)."""
    for entry, use in _iter_uses(tree, world, "cert-manager"):
        config = fields_of(use.values, "config")
        if "gatewayAPI" in config and reaches(use.version, (1, 21)) is False:
            yield Complaint(
                code="gateway-switch-by-version",
                about=entry,
                path=path_of_values(entry, use, "config", "gatewayAPI"),
                on_key=True,
                message=f"cert-manager {use.version} of {entry} does not know `config.gatewayAPI`, and does not start",
                help="write `config.enableGatewayAPI: true`; the other one came with 1.21",
            )


def check_monitors(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find charts that leave their monitors out because nobody tells them that the API is there."""
    for use in world.charts:
        asks = use.facts and any(one.startswith("monitoring.coreos.com/") for one in use.facts.api_versions_asked)
        entry = find_application(tree, use)
        if not asks or entry is None or use.is_rendered or not _wants_monitors(use.values):
            continue
        if not any(str(one).startswith("monitoring.coreos.com/") for one in _told(entry)):
            yield Complaint(
                code="monitor-dropped-silently",
                about=entry,
                path=path_of_values(entry, use),
                message=f"the chart {use.chart} of {entry} leaves its monitors out while the API is not there yet, and"
                " Argo CD calls that Synced",
                help="name monitoring.coreos.com/v1 in `helm.apiVersions` of the source",
            )


def find_application(tree: Tree, use: ChartUse) -> Entry | None:
    """Give the Application that renders a chart: the one it was read from; of a tree of ours, the one of its name."""
    return next((entry for entry in tree.of_kind("argoproj.io", "Application") if _renders(entry, use)), None)


def _renders(entry: Entry, use: ChartUse) -> bool:
    if use.origin is not None:
        return entry.origin == use.origin
    is_named = entry.name == use.application or entry.name.endswith(f"-{use.application}")
    return is_named and any(source.get("chart") == use.chart for _, source in iter_sources(entry))


def _iter_uses(tree: Tree, world: World, chart: str) -> Iterator[tuple[Entry, ChartUse]]:
    for use in world.charts:
        if use.chart == chart and not use.is_rendered:
            entry = find_application(tree, use)
            if entry is not None:
                yield entry, use


def path_of_values(entry: Entry, use: ChartUse, *keys: str) -> Path:
    """Give where an Application says what a chart is given: a key of its values, or the chart's name.

    The key is pointed at only where the Application holds the values itself; files of values lie elsewhere.
    """
    found = next(((path, source) for path, source in iter_sources(entry) if source.get("chart") == use.chart), None)
    if found is None:
        return ROOT
    path, source = found
    is_there = keys and get_value(source, ("helm", "valuesObject", *keys)) is not None
    return (*path, "helm", "valuesObject", *keys) if is_there else (*path, "chart")


def iter_sources(entry: Entry) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give the sources of an Application, each with its path: the one, or those in the list."""
    spec = fields_of(entry.manifest, "spec")
    source = spec.get("source")
    if isinstance(source, Mapping):
        yield ("spec", "source"), source
    yield from ((("spec", "sources", position), one) for position, one in iter_fields(spec, "sources"))


def _told(entry: Entry) -> list[Any]:
    lists = [fields_of(source, "helm").get("apiVersions") for _, source in iter_sources(entry)]
    return [one for each in lists if isinstance(each, list) for one in each]


def _wants_monitors(values: Any) -> bool:
    if not isinstance(values, Mapping):
        return False
    for key, value in values.items():
        if key in {"serviceMonitor", "podMonitor"} and isinstance(value, Mapping) and value.get("enabled") is True:
            return True
        if isinstance(value, Mapping) and _wants_monitors(value):
            return True
    return False


CHECKS = (
    Check(
        name="Harbor's values",
        codes=("harbor-secret-changes-every-render", "harbor-family-list-breaks-render"),
        run=check_harbor,
    ),
    Check(name="random passwords of charts", codes=("random-password-in-chart",), run=check_passwords),
    Check(name="cert-manager's Gateway switch", codes=("gateway-switch-by-version",), run=check_gateway_switch),
    Check(name="monitors that charts drop", codes=("monitor-dropped-silently",), run=check_monitors),
)
