"""What constructs depend on: waves within an application, edges between applications."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from trimtab.catalogue.argocd_names import SYNC_WAVE
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import Path
from trimtab.synth.records import ChartObject, Manifest
from trimtab.synth.waves import Dependency, RingError, iter_contradictions, plan_waves

Edges = tuple[tuple[str, str], ...]


class Depending(Protocol):
    """A construct with its path and the paths it needs."""

    @property
    def path(self) -> str:
        """Its path in the construct tree."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The paths of the constructs it depends on."""


def apply_waves(
    seen: Sequence[Depending],
    by_path: Mapping[str, str],
    objects: Mapping[str, tuple[ChartObject, ...]],
    build_path: Callable[[str], Path],
) -> tuple[dict[str, tuple[ChartObject, ...]], Edges, list[Finding]]:
    """Write a wave on each object that stands in a dependency, and collect what crosses applications.

    Args:
        seen: the constructs of the cluster.
        by_path: the applications by the path of their chart.
        objects: the objects by application.
        build_path: the settings path that stands for a construct path, for findings.
    """
    pairs = [(one.path, needed) for one in seen for needed in one.needs if one.path != needed]
    edges = {(by_path.get(_top(one), ""), by_path.get(_top(needed), "")) for one, needed in pairs}
    ordered: dict[str, tuple[ChartObject, ...]] = {}
    findings: list[Finding] = []
    for path, application in by_path.items():
        inner = [pair for pair in pairs if _top(pair[0]) == path == _top(pair[1])]
        ordered[application], wrong = _order(objects[application], inner, build_path)
        findings += wrong
    return ordered, tuple(sorted((one, other) for one, other in edges if one and other and one != other)), findings


def _top(path: str) -> str:
    return path.partition("/")[0]


def _order(
    objects: tuple[ChartObject, ...], pairs: Sequence[tuple[str, str]], build_path: Callable[[str], Path]
) -> tuple[tuple[ChartObject, ...], list[Finding]]:
    if not pairs:
        return objects, []
    groups = _build_groups(objects)
    dependencies = [
        Dependency(dependants=tuple(groups.get(one, ())), needed=tuple(groups.get(needed, ()))) for one, needed in pairs
    ]
    given = dict(_iter_given(objects))
    try:
        waves = plan_waves(dependencies, given)
    except RingError as error:
        return objects, [_report_ring([objects[at].construct_path for at in error.ring], build_path)]
    findings = [
        _report_contradiction(objects[one], objects[needed], given[one], waves[needed], build_path)
        for one, needed in sorted(set(iter_contradictions(dependencies, waves, given)))
    ]
    return tuple(_write_wave(one, waves.get(at), given.get(at)) for at, one in enumerate(objects)), findings


def _build_groups(objects: Sequence[ChartObject]) -> dict[str, list[int]]:
    """For each construct path the positions of the objects at it or below it."""
    groups: dict[str, list[int]] = {}
    for position, one in enumerate(objects):
        steps = one.construct_path.split("/")
        for length in range(1, len(steps) + 1):
            groups.setdefault("/".join(steps[:length]), []).append(position)
    return groups


def _get_annotations(manifest: Manifest) -> Mapping[str, object]:
    metadata = manifest.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, Mapping) else None
    return annotations if isinstance(annotations, Mapping) else {}


def _iter_given(objects: Sequence[ChartObject]) -> Iterator[tuple[int, int]]:
    """The waves already written; what is no number counts as 0, as for Argo CD."""
    for position, one in enumerate(objects):
        written = _get_annotations(one.manifest).get(SYNC_WAVE)
        if written is not None:
            try:
                yield position, int(str(written))
            except ValueError:
                yield position, 0


def _write_wave(one: ChartObject, wave: int | None, given: int | None) -> ChartObject:
    if wave is None or given is not None:
        return one
    metadata = one.manifest.get("metadata")
    annotations = {**_get_annotations(one.manifest), SYNC_WAVE: str(wave)}
    written = {**(metadata if isinstance(metadata, Mapping) else {}), "annotations": annotations}
    return replace(one, manifest={**one.manifest, "metadata": written})


def _report_ring(ring: Sequence[str], build_path: Callable[[str], Path]) -> Finding:
    return Finding(
        code="dependency-ring",
        severity=Severity.ERROR,
        message=f"constructs wait for each other in a ring: {' -> '.join(ring)}",
        help="take one of these dependencies away",
        path=build_path(ring[0]),
    )


def _report_contradiction(
    one: ChartObject, needed: ChartObject, wave: int, other: int, build_path: Callable[[str], Path]
) -> Finding:
    return Finding(
        code="wave-before-dependency",
        severity=Severity.WARNING,
        message=f"{one.construct_path} is in wave {wave} and depends on {needed.construct_path} in wave {other}",
        help=f"give it a wave above {other}, or leave the annotation out to have it worked out",
        path=build_path(one.construct_path),
    )
