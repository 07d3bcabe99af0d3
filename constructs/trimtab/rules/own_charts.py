"""Rules on charts of the user's choice: what would be another chart tomorrow, and what Helm or Argo CD would refuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from trimtab.catalogue.kinds import is_built_in_group, iter_built_in_kinds, scope
from trimtab.catalogue.version_range import is_in_range
from trimtab.catalogue.versions import is_version, parse_version
from trimtab.findings.finding import Severity
from trimtab.findings.suggest import suggest
from trimtab.kube.own_chart import split_kind
from trimtab.kube.pins import is_exact_version
from trimtab.kube.release import ChartRelease
from trimtab.plan.application import OWN
from trimtab.rules.rule import Problem, Rule, Subject
from trimtab.tree.base_facts import BaseChart

_MANY_PATCHES = 40
"""More patches than any minor of Kubernetes has had."""
_LONGEST_RELEASE = 53
"""What is longer Helm refuses (helm pkg/chartutil/validate_name.go)."""


def check_unpinned_chart(subject: Subject) -> Iterator[Problem]:
    """Find charts at a version that is none, or a range of them."""
    for name, own in subject.cluster.settings.applications.items():
        version = own.chart.version if own.chart else ""
        if own.chart and not (is_exact_version(version) and is_version(version)):
            yield Problem(
                path=("applications", name, "chart", "version"),
                message=f"the chart {own.chart.name} is asked for at '{version}', which is not one exact version",
                help="write the whole version as the repository spells it, such as 12.4.0 or v1.2.3",
            )


def check_long_release_name(subject: Subject) -> Iterator[Problem]:
    """Find applications whose name is too long for the release that is named after them."""
    for name, own in subject.cluster.settings.applications.items():
        if own.chart is not None and own.release_name is None and len(name) > _LONGEST_RELEASE:
            yield Problem(
                path=("applications", name),
                on_key=True,
                message=f"the release of '{name}' would have a name of {len(name)} characters, and Helm takes"
                f" {_LONGEST_RELEASE}",
                help="set `releaseName`",
            )


def check_release_twice(subject: Subject) -> Iterator[Problem]:
    """Find two charts installed as one release."""
    users: dict[tuple[str, str], list[str]] = defaultdict(list)
    own = [name for name, source in subject.derived.items() if source.pin.component == OWN]
    for name, source in subject.derived.items():
        users[source.namespace, source.release_name].append(name)
    for name in sorted(own):
        release = subject.derived[name]
        others = sorted(set(users[release.namespace, release.release_name]) - {name})
        if others and (others[0] not in own or others[0] < name):
            named = subject.cluster.settings.applications[name].release_name is not None
            yield Problem(
                path=("applications", name, "releaseName") if named else ("applications", name),
                on_key=not named,
                message=f"the charts of '{name}' and '{others[0]}' are both the release '{release.release_name}' in the"
                f" namespace '{release.namespace}'",
                help="give it another `releaseName`, or another namespace",
            )


def check_application_of_component(subject: Subject) -> Iterator[Problem]:
    """Find settings of an application that a component brings, at the place of the user's own."""
    components = {one.name: one.component for one in subject.applications if one.component != OWN}
    for name in subject.cluster.settings.applications:
        if name in components:
            component = components[name]
            yield Problem(
                path=("applications", name),
                on_key=True,
                message=f"'{name}' is an application of {component}, and nothing here would count",
                help=f"choose another name; what is to change in it stands in components.{component}",
            )


def check_cluster_kinds(subject: Subject) -> Iterator[Problem]:
    """Find kinds that are none, or that live in namespaces and need no leave."""
    for name, own in subject.cluster.settings.applications.items():
        for position, text in enumerate(own.cluster_kinds):
            wrong = _find_wrong_kind(text)
            if wrong:
                message, advice = wrong
                yield Problem(path=("applications", name, "clusterKinds", position), message=message, help=advice)


def _find_wrong_kind(text: str) -> tuple[str, str] | None:
    group, kind = split_kind(text)
    known = scope(group, kind)
    if known == "Namespaced":
        return f"objects of the kind {text} live in namespaces", "remove it: kinds with a namespace need no leave"
    if known is None and is_built_in_group(group):
        there = [f"{one}.{of}".rstrip(".") for of, one, where in iter_built_in_kinds() if where == "Cluster"]
        near = suggest(text, there) or next((one for one in there if one.startswith(f"{kind}.")), None)
        return f"Kubernetes has no kind {text}", f"did you mean '{near}'?" if near else "write the kind and its group"
    return None


def check_chart_goes_back(subject: Subject) -> Iterator[Problem]:
    """Find charts that go to an older version than they had."""
    had = subject.base.charts if subject.base else {}
    for name, own in subject.cluster.settings.applications.items():
        old, new = had.get(name), own.chart
        if old is None or new is None or old.name != new.name or not is_version(old.version):
            continue
        if parse_version(new.version) < parse_version(old.version):
            yield Problem(
                path=("applications", name, "chart", "version"),
                message=f"the chart {new.name} goes back from {old.version} to {new.version}",
                help=f"keep {old.version}; allow this once you know that the older one can read its data",
            )


def check_chart_replaced(subject: Subject) -> Iterator[Problem]:
    """Find applications that were another chart, or another release of it."""
    had = subject.base.charts if subject.base else {}
    for name, release in subject.derived.items():
        old = had.get(name)
        if release.pin.component != OWN or old is None:
            continue
        changed = _find_replaced(old, release)
        if changed:
            yield Problem(
                path=("applications", name),
                on_key=True,
                message=f"the application '{name}' {changed}: it gets new objects, and the old ones go",
                help="give what is new an application of its own, and remove the old one once its data is moved",
            )


def _find_replaced(old: BaseChart, new: ChartRelease) -> str | None:
    if old.name != new.pin.chart:
        return f"was the chart {old.name} and is now {new.pin.chart}"
    if old.namespace != new.namespace:
        return f"was in the namespace '{old.namespace}' and is now in '{new.namespace}'"
    if old.release_name is not None and old.release_name != new.release_name:
        return f"was the release '{old.release_name}' and is now '{new.release_name}'"
    return None


def check_chart_refuses_kubernetes(subject: Subject) -> Iterator[Problem]:
    """Find charts that Helm does not render for the cluster's Kubernetes."""
    version = subject.cluster.settings.kubernetes.version
    for name, release in subject.derived.items():
        wanted = release.pin.facts.kube_version if release.pin.facts else None
        if release.pin.component == OWN and wanted and not _may_take(wanted, version):
            yield Problem(
                path=("applications", name, "chart", "version"),
                message=f"the chart {release.pin.chart} {release.pin.version} wants Kubernetes {wanted}, and this is"
                f" {version}",
                help="take a version of the chart that supports it, or move Kubernetes first",
                related=((("kubernetes", "version"), "the version of Kubernetes"),),
            )


def _may_take(wanted: str, version: str) -> bool:
    """Tell whether a range has a version in it; of a minor, any of its patches. What nobody can read is passed over."""
    patches = [version] if version.count(".") > 1 else [f"{version}.{patch}" for patch in range(_MANY_PATCHES)]
    return any(is_in_range(patch, wanted) is not False for patch in patches)


RULES = (
    Rule(
        code="unpinned-chart",
        severity=Severity.ERROR,
        early=True,
        meaning="A chart of your choice is asked for at a range of versions.",
        why="Argo CD takes the newest of the range each time it looks: what runs changes without a commit, and no lock"
        " can say which bytes it is (argo-cd docs/user-guide/tracking_strategies.md, Helm).",
        cure="Write one whole version, as the repository's index spells it. An update is then a change of this line,"
        " which `git diff dist/` shows.",
        check=check_unpinned_chart,
    ),
    Rule(
        code="release-name-too-long",
        severity=Severity.ERROR,
        meaning="A Helm release would have a longer name than Helm takes.",
        why="Helm refuses names of more than 53 characters: charts append to them, and labels have 63"
        " (helm pkg/chartutil/validate_name.go).",
        cure="Set `releaseName` to something short, before the first sync: afterwards it would be another release.",
        check=check_long_release_name,
    ),
    Rule(
        code="release-twice",
        severity=Severity.ERROR,
        soft=True,
        meaning="Two charts are installed as the same release in one namespace.",
        why="Charts name their objects after the release: two Applications would own the same ones, and each sync"
        " undoes the other's.",
        cure="Give one of them another `releaseName`, or another namespace; the one that holds data keeps its own.",
        check=check_release_twice,
    ),
    Rule(
        code="application-of-component",
        severity=Severity.ERROR,
        meaning="`applications` has settings for an application that a component brings.",
        why="Nothing reads them: what a component brings is set where the component is.",
        cure="Choose another name for your application. A chart's values of ours go to `components.<component>.values`,"
        " objects of yours into the folder of manifests with the application's name.",
        check=check_application_of_component,
    ),
    Rule(
        code="not-a-cluster-kind",
        severity=Severity.ERROR,
        meaning="`clusterKinds` names what is no kind, or one that lives in namespaces.",
        why="The AppProject lists kinds by name: Argo CD would refuse the one that was meant when it syncs"
        " (argo-cd docs/operator-manual/project-specification.md).",
        cure="Write Kind.group as `kubectl api-resources` has them, such as ClusterRole.rbac.authorization.k8s.io, and"
        " only kinds that live outside namespaces.",
        check=check_cluster_kinds,
    ),
    Rule(
        code="chart-refuses-kubernetes",
        severity=Severity.ERROR,
        meaning="A chart of your choice is not for this version of Kubernetes.",
        why="Helm renders nothing where `kubeVersion` in the chart leaves the cluster's version out; Argo CD then keeps"
        " what was there before (helm pkg/chartutil/compatible.go).",
        cure="Take a version of the chart that supports this Kubernetes; where Kubernetes moves, move the chart first.",
        check=check_chart_refuses_kubernetes,
    ),
    Rule(
        code="chart-goes-back",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="A chart of your choice goes back to an older version.",
        why="Argo CD applies it like any other change, and nothing takes back what the newer version has done to its"
        " data: databases are migrated forwards only.",
        cure="Keep the version that runs. To go back, read the chart's notes on it, take a backup, and allow it with"
        " the reason.",
        check=check_chart_goes_back,
    ),
    Rule(
        code="chart-replaced",
        severity=Severity.ERROR,
        soft=True,
        needs_base=True,
        meaning="An application of yours was another chart, another release, or in another namespace.",
        why="Objects are named after the release and the chart: Argo CD prunes the old ones, volumes among them, and"
        " makes new ones.",
        cure="Add the new chart as an application of another name, move the data, then remove the old one. Where"
        " nothing is to be kept, allow it with the reason.",
        check=check_chart_replaced,
    ),
)
