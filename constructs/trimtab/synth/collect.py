"""One cluster's construct tree to its result: objects, waves, edges between applications, findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path, render_path
from trimtab.synth.crossing import iter_rounded
from trimtab.synth.identity import split_group
from trimtab.synth.node import ensure_node
from trimtab.synth.ordering import apply_waves
from trimtab.synth.records import ChartObject, ClusterResult, IsNamespaced, Manifest, UserConstruct

ensure_node()

import cdk8s  # noqa: E402

from trimtab.synth.chart import Chart  # noqa: E402
from trimtab.synth.entry import Entry  # noqa: E402
from trimtab.synth.readback import Seen, iter_seen, read_api_object, read_entry  # noqa: E402


@dataclass(slots=True)
class Owners:
    """Which user construct made what: known for all that it put directly below its own chart."""

    by_path: dict[str, UserConstruct] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def claim(self, construct: UserConstruct, chart: Chart) -> None:
        """Give the construct everything in its chart that nobody owned before."""
        self.files += [construct.file] if construct.file not in self.files else []
        for child in chart.node.children:
            self.by_path.setdefault(child.node.path, construct)

    def get(self, path: str) -> UserConstruct | None:
        """The construct that made what stands at a path."""
        return self.by_path.get("/".join(path.split("/")[:2]))

    def get_origin(self, path: str) -> tuple[str, ...]:
        """The file of the construct; all the cluster's files for what was put into another application's chart."""
        owner = self.get(path)
        return (owner.file,) if owner is not None else tuple(self.files)

    def build_path(self, path: str) -> Path:
        """The settings path that names the construct."""
        owner = self.get(path)
        return ("constructs", owner.name) if owner is not None else ("constructs",)


class _Reader(Protocol):
    def __call__(self) -> ChartObject: ...


def read_cluster(
    name: str, app: cdk8s.App, charts: Mapping[str, Chart], owners: Owners, is_namespaced: IsNamespaced
) -> tuple[ClusterResult, list[Finding]]:
    """Walk the tree once and take everything from it."""
    seen = list(iter_seen(app))
    findings = [finding for one in seen for finding in _iter_invalid(one, owners)]
    by_path = {chart.node.path: application for application, chart in charts.items()}
    findings += _iter_strays(seen, by_path)
    objects: dict[str, tuple[ChartObject, ...]] = {}
    for path, application in by_path.items():
        inside = [one for one in seen if one.path.startswith(f"{path}/")]
        read, wrong = _read_application(charts[application], inside, owners, is_namespaced)
        objects[application] = tuple(read)
        findings += wrong
    ordered, edges, wrong = apply_waves(seen, by_path, objects, owners.build_path)
    return ClusterResult(name=name, objects=ordered, edges=edges), [*findings, *wrong]


def _read_application(
    chart: Chart, inside: list[Seen], owners: Owners, is_namespaced: IsNamespaced
) -> tuple[list[ChartObject], list[Finding]]:
    read: list[ChartObject] = []
    findings: list[Finding] = []
    for path, get in _iter_readers(chart, inside, owners, is_namespaced):
        try:
            one = get()
        except Exception as error:  # noqa: BLE001  a patch or a `to_json` of the user's may raise anything
            findings.append(_report_unreadable(path, error, owners))
            continue
        read.append(one)
        findings += _iter_rounded_numbers(chart, one, owners)
    return read, findings


def _iter_readers(
    chart: Chart, inside: list[Seen], owners: Owners, is_namespaced: IsNamespaced
) -> Iterator[tuple[str, _Reader]]:
    entries: list[Entry] = list(chart._entries.values())  # noqa: SLF001
    for entry in entries:
        yield entry.path, lambda entry=entry: read_entry(entry)
    known = {entry.path for entry in entries if entry.api_object is not None}
    for one in inside:
        if isinstance(one.construct, cdk8s.ApiObject) and one.path not in known:
            made, path = one.construct, one.path
            yield (
                path,
                lambda made=made, path=path: _strip_namespace(
                    read_api_object(made, path, owners.get_origin(path)), is_namespaced
                ),
            )


def _strip_namespace(one: ChartObject, is_namespaced: IsNamespaced) -> ChartObject:
    """cdk8s puts the chart's namespace on every object; those of a whole cluster must have none."""
    metadata = one.manifest.get("metadata")
    kind = str(one.manifest.get("kind"))
    if not isinstance(metadata, Mapping) or "namespace" not in metadata:
        return one
    if is_namespaced(split_group(one.manifest.get("apiVersion")), kind) is not False:
        return one
    kept = {key: value for key, value in metadata.items() if key != "namespace"}
    return replace(one, manifest={**one.manifest, "metadata": kept})


def _iter_rounded_numbers(chart: Chart, one: ChartObject, owners: Owners) -> Iterator[Finding]:
    """Numbers that went through Node and are too large for it; those of our own mappings never did."""
    own = next((entry.manifest for entry in chart._entries.values() if entry.path == one.construct_path), None)  # noqa: SLF001
    if own is one.manifest:
        return
    exact = {value for _, value in iter_rounded(own)}
    for path, value in iter_rounded(one.manifest):
        if value not in exact:
            yield Finding(
                code="rounded-number",
                severity=Severity.ERROR,
                message=f"{_name(one.manifest)} made by a user construct holds a number that Node rounds, "
                f"at {render_path(path)}: {value}",
                help="write it as a string where Kubernetes takes one, or add the object with chart.add",
                path=owners.build_path(one.construct_path),
            )


def _name(manifest: Manifest) -> str:
    metadata = manifest.get("metadata")
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return f"{manifest.get('kind')} {name!r}"


def _iter_invalid(one: Seen, owners: Owners) -> Iterator[Finding]:
    for said in one.invalid:
        yield Finding(
            code="invalid-construct",
            severity=Severity.ERROR,
            message=f"construct {one.path or '<root>'!r} is not valid: {said}",
            path=owners.build_path(one.path),
        )


def _iter_strays(seen: list[Seen], by_path: Mapping[str, str]) -> Iterator[Finding]:
    """Charts that a user put beside the applications: their objects would go nowhere."""
    for one in seen:
        if one.path and "/" not in one.path and one.path not in by_path:
            yield Finding(
                code="construct-outside-application",
                severity=Severity.ERROR,
                message=f"construct {one.path!r} stands beside the applications, not in one",
                help="build into the chart that the construct is given, or into one of chart.applications",
                path=("constructs",),
            )


def _report_unreadable(path: str, error: Exception, owners: Owners) -> Finding:
    said = str(error).strip().partition("\n")[0]
    return Finding(
        code="unreadable-construct",
        severity=Severity.ERROR,
        message=f"construct {path!r} cannot be made into an object: {said}",
        path=owners.build_path(path),
    )
