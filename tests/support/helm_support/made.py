"""Small charts for the renderer, made in code, and the helms to render them with."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from chart_support.made import pack
from trimtab.charts.render import render_releases
from trimtab.charts.render_cache import RenderCache
from trimtab.charts.rendering import Identity, Manifest, NotRendered, Rendered, RenderRequest
from trimtab.doors.helm import Helm, HelmRunner, read_helm, run_helm

BUILT = Path(__file__).parents[3] / "build" / "helm"
"""Where `make helm` puts them."""

OLDEST, NEWEST = "3.18.0", "4.1.4"


@cache
def find_helm(version: str = NEWEST) -> Helm:
    """Give one of the pinned helms; on a machine they are not made for, the one on the path.

    Where there is none the test is skipped, but never in CI on a machine that they are made for.
    """
    helm = read_helm({"PATH": str(BUILT / version)}) or read_helm(os.environ)
    if helm is not None:
        return helm
    missing = "no helm: make helm"
    if os.environ.get("CI") and (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        raise AssertionError(missing)
    pytest.skip(missing)


def pack_chart(files: Mapping[str, str], name: str = "probe", version: str = "1.2.3") -> bytes:
    """Pack a chart of files by path; a `Chart.yaml` of this name and version is added where none is given."""
    about = {"Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: {version}\n"}
    return pack({f"{name}/{path}": text.encode() for path, text in {**about, **files}.items()})


def make_request(archive: bytes, values: Mapping[str, Any] | None = None, **more: Any) -> RenderRequest:
    """Ask for a release `here` of a chart in the namespace `there`."""
    given: dict[str, Any] = {
        "chart": "probe",
        "version": "1.2.3",
        "digest": hashlib.sha256(archive).hexdigest(),
        "read_archive": lambda: archive,
        "release_name": "here",
        "namespace": "there",
        "values": values or {},
        "kube_version": "1.35",
        **more,
    }
    return RenderRequest(**given)


def render(
    templates: str | Mapping[str, str], values: Mapping[str, Any] | None = None, *, version: str = NEWEST, **more: Any
) -> Rendered:
    """Render a chart of one template, or of files by path, that must render."""
    answer = try_render(templates, values, version=version, **more)
    assert isinstance(answer, Rendered), answer
    return answer


def try_render(
    templates: str | Mapping[str, str],
    values: Mapping[str, Any] | None = None,
    *,
    version: str = NEWEST,
    run: HelmRunner = run_helm,
    **more: Any,
) -> Rendered | NotRendered:
    """Render a chart of one template, or of files by path."""
    files = {"templates/one.yaml": templates} if isinstance(templates, str) else templates
    request = make_request(pack_chart(files), values, **more)
    return render_release(request, helm=find_helm(version), cache=None, run=run)


def render_release(
    request: RenderRequest, *, helm: Helm, cache: RenderCache | None, run: HelmRunner = run_helm
) -> Rendered | NotRendered:
    """Render one release as Argo CD would."""
    return render_releases([request], helm=helm, cache=cache, run=run)[0]


def config_map(name: str, data: str = "{}", annotations: str = "{}", kind: str = "ConfigMap") -> str:
    """Write a small object; the three may be templates."""
    head = f"apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n  annotations: {annotations}\n"
    return f"{head}data: {data}\n"


def definition(plural: str, kind: str, scope: str = "Namespaced") -> str:
    """Write a CustomResourceDefinition of the group example.org."""
    return f"""
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.example.org}}
spec:
  group: example.org
  scope: {scope}
  names: {{plural: {plural}, kind: {kind}}}
  versions: [{{name: v1, served: true, storage: true}}]
"""


def names(manifests: tuple[Manifest, ...]) -> list[str]:
    """Give the names of objects in their order."""
    return [manifest["metadata"]["name"] for manifest in manifests]


def identity(kind: str, name: str, namespace: str = "there", api_version: str = "v1") -> Identity:
    """Give an identity."""
    return Identity(api_version=api_version, kind=kind, namespace=namespace, name=name)
