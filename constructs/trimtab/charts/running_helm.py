"""One run of helm for one release, and the second one that shows whether the first can be relied on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from trimtab.charts.complaint import clean_complaint
from trimtab.charts.output import parse_output
from trimtab.charts.render_cache import Renders
from trimtab.charts.rendering import RenderRequest
from trimtab.documents.writer import render_yaml
from trimtab.doors.helm import Helm, HelmRunner

_ARCHIVE = "chart.tgz"
_VALUES = "values.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why there is no render."""

    by_helm: bool
    """Whether helm refused, or wrote what Kubernetes cannot read."""
    reasons: tuple[str, ...]


def run_twice(request: RenderRequest, helm: Helm, run: HelmRunner) -> Renders | Refused:
    """Render a release two times, the second one on another day: what is made up at random or from the date differs.

    Raises:
        OutsideError: helm cannot be run.
        ChartError: The archive cannot be had.
        ValueError: The archive is not that of the digest.
    """
    archive = request.read_archive()
    if hashlib.sha256(archive).hexdigest() != request.digest:
        raise ValueError(f"the archive of {request.chart} {request.version} is not the one of its digest")
    files = {_ARCHIVE: archive, _VALUES: render_yaml(request.values).encode()}
    outputs: list[bytes] = []
    for elsewhere in (False, True):
        ended = run(helm, list(iter_arguments(request)), files, elsewhere=elsewhere)
        if ended.code:
            return Refused(by_helm=True, reasons=(clean_complaint(ended.complaint, request.values),))
        outputs.append(ended.output)
    return _read(*outputs)


def iter_arguments(request: RenderRequest) -> Iterator[str]:
    """Give the words after `helm`, as Argo CD has them (argo-cd v3.5.1 util/helm/cmd.go, template)."""
    yield from ("template", "--namespace", request.namespace, "--values", _VALUES)
    yield from ("--kube-version", request.kube_version)
    for api_version in sorted(set(request.api_versions)):
        yield from ("--api-versions", api_version)
    if request.include_crds:
        yield "--include-crds"
    yield from ("--", request.release_name, _ARCHIVE)


def _read(output: bytes, again: bytes) -> Renders | Refused:
    first = parse_output(output)
    if first.faults:
        return Refused(by_helm=False, reasons=first.faults)
    second = list(parse_output(again).manifests) if again != output else []
    return Renders(first=list(first.manifests), second=second, doubts=list(first.doubts))
