"""What of every cluster can move to another version, and the edit of its pin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trimtab.catalogue.chart import Release
from trimtab.catalogue.components import find_release
from trimtab.catalogue.kubespray import find_tag
from trimtab.catalogue.versions import is_version, parse_version
from trimtab.components.assemble import Plan
from trimtab.doors.disk import read_is_same
from trimtab.doors.disk_writing import write_atomically
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.findings.path import Path
from trimtab.pipeline.allowing import allow_findings
from trimtab.pipeline.ruling import check_plan
from trimtab.pipeline.state import ClusterState, State
from trimtab.upgrade.effects import find_effects
from trimtab.upgrade.moves import Candidate, iter_candidates
from trimtab.upgrade.nodes import iter_commands
from trimtab.upgrade.pin import edit_pin
from trimtab.upgrade.report import ClusterUpgrades, Upgrade
from trimtab.upgrade.retarget import KUBERNETES, KUBESPRAY, plan_base, retarget_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One version written into one settings file."""

    file: str
    path: Path
    old: str
    new: str
    text: str
    """The whole file as it shall be."""


def plan_upgrades(state: State, names: Sequence[str], clusters: Sequence[str], to: str | None) -> list[ClusterUpgrades]:
    """Say what can move.

    Args:
        state: The planned clusters.
        names: Only these components; all when empty.
        clusters: Only these clusters; all when empty.
        to: The version to look at. Default: the next step of each.
    """
    chosen = [one for one in state.clusters if one.plan is not None and (not clusters or one.name in clusters)]
    return [
        ClusterUpgrades(cluster=one.name, upgrades=tuple(_upgrades(state, one, one.require_plan(), names, to)))
        for one in chosen
    ]


def _upgrades(
    state: State, cluster: ClusterState, plan: Plan, names: Sequence[str], to: str | None
) -> Iterator[Upgrade]:
    known = frozenset(_errors(state, cluster, plan, plan))
    for candidate in iter_candidates(plan):
        if not names or candidate.name in names:
            target = to or candidate.next or candidate.patch
            pin = next(iter(cluster.loaded.merged.places(candidate.path)), None)
            if target is None or target == candidate.current:
                yield Upgrade(candidate=candidate, pin=pin)
            else:
                yield _upgrade(state, cluster, candidate, target, pin, known)


def _upgrade(
    state: State, cluster: ClusterState, one: Candidate, target: str, pin: Place | None, known: frozenset[Finding]
) -> Upgrade:
    plan = cluster.require_plan()
    new_plan = retarget_plan(plan, join_versions(plan, {one.name: target}))
    refused = tuple(found for found in _errors(state, cluster, plan, new_plan) if found not in known)
    commands = iter_commands(new_plan.cluster, target) if _has_commands(one.name, plan) else ()
    return Upgrade(
        candidate=one,
        pin=pin,
        target=target,
        effects=find_effects(one.name, plan, new_plan, one.current, target),
        refused=refused,
        commands=tuple(commands),
    )


def _has_commands(name: str, plan: Plan) -> bool:
    """Say whether moving it is work on the nodes: kubespray takes Kubernetes along with its tag."""
    settings = plan.cluster.settings.kubernetes
    is_tagged = settings.distribution == KUBESPRAY and settings.distribution_version is not None
    return name == (KUBESPRAY if is_tagged else KUBERNETES)


def join_versions(plan: Plan, versions: Mapping[str, str]) -> dict[str, str]:
    """Add what must move with a version: a tag of kubespray installs its own Kubernetes where no patch is named."""
    joined = dict(versions)
    tag = find_tag(versions[KUBESPRAY]) if is_version(versions.get(KUBESPRAY, "")) else None
    current = plan.cluster.settings.kubernetes.version
    if tag and KUBERNETES not in joined and current.count(".") == 1:
        joined[KUBERNETES] = parse_version(tag.installs).minor
    return joined


def _errors(state: State, cluster: ClusterState, plan: Plan, new_plan: Plan) -> tuple[Finding, ...]:
    """Give the errors that are not allowed, of a plan compared with the one that is now."""
    found = tuple(check_plan(cluster, new_plan, plan_base(plan)))
    left = allow_findings(replace(state, clusters=(cluster,), findings=found)).findings
    return tuple(finding for finding in left if finding.severity is Severity.ERROR and finding in found)


def is_known_version(name: str, version: str, own: Iterable[Release] = ()) -> bool:
    """Say whether something can be set to a version: for a component, one that the catalogue or the repository has."""
    if name in (KUBERNETES, KUBESPRAY):
        return is_version(version)
    return find_release(name, version, own) is not None


def list_own_releases(state: State, name: str) -> tuple[Release, ...]:
    """List the releases of a component that the repository names itself, in any of its clusters."""
    parts = (part for cluster in state.clusters for part in cluster.parts if part.component.name == name)
    return tuple(dict.fromkeys(release for part in parts for release in part.settings.own_releases))


def plan_edits(state: State, cluster: ClusterState, versions: Mapping[str, str]) -> Iterator[Edit | Path]:
    """Plan the edits that give a cluster other versions, each on top of the one before where they share a file.

    Args:
        state: With the texts of all files.
        cluster: The cluster.
        versions: Component, `kubernetes` or `kubespray` to the version to write.

    Yields:
        An edit, or the path of a setting that cannot be edited.
    """
    texts = dict(state.texts)
    candidates = {candidate.name: candidate for candidate in iter_candidates(cluster.require_plan())}
    for name, version in versions.items():
        candidate = candidates[name]
        file = _file_of(cluster, candidate.path)
        text = edit_pin(texts[file], candidate.path, version) if file in texts else None
        if text is None or file is None:
            yield candidate.path
        else:
            texts[file] = text
            yield Edit(file=file, path=candidate.path, old=candidate.current, new=version, text=text)


def _file_of(cluster: ClusterState, path: Path) -> str | None:
    """Give the file that holds a pin, or else the one that switches the component on."""
    merged = cluster.loaded.merged
    place = next(iter((*merged.places(path), *merged.places(path[:-1]))), None)
    return place.file if place else None


def write_edits(state: State, edits: Iterable[Edit]) -> None:
    """Write the edited files; a symbolic link stays one, and what it leads to is written.

    Raises:
        OutsideError: A file cannot be written, or is no longer the one that was read: then none is written.
    """
    texts = {edit.file: edit.text for edit in edits}
    paths = {file: (state.options.root / file).resolve() for file in texts}
    for file, path in paths.items():
        if not read_is_same(str(path), state.texts[file].encode()):
            raise OutsideError(f"{file} was changed since it was read", "run again")
    for file, path in paths.items():
        write_atomically(path, texts[file].encode())


def iter_refusals(state: State, edits: Iterable[Edit]) -> Iterator[Finding]:
    """Find what would be refused in any cluster that reads the edited files, once they are edited."""
    planned = tuple(edits)
    for cluster in state.clusters:
        touched = {_name_of(edit.path): edit.new for edit in planned if _file_of(cluster, edit.path) == edit.file}
        plan = cluster.plan
        if plan is not None and touched:
            before = _errors(state, cluster, plan, plan)
            after = _errors(state, cluster, plan, retarget_plan(plan, touched))
            yield from (finding for finding in after if finding not in before)


def _name_of(path: Path) -> str:
    if path[0] == "components":
        return str(path[1])
    return KUBERNETES if path[-1] == "version" else KUBESPRAY
