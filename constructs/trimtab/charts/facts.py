"""What a chart version renders and reads, worked out from its archive, in the catalogue's own format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from trimtab.catalogue.argocd_names import HELM_HOOK
from trimtab.catalogue.chart_facts import RELEASE_NAMESPACE
from trimtab.catalogue.kinds import scope
from trimtab.catalogue.make_facts import build_custom_kinds
from trimtab.charts.archive import Archive
from trimtab.charts.chart_tree import iter_parts, read_mapping
from trimtab.charts.images import find_images
from trimtab.charts.key_tree_of import derive_keys
from trimtab.charts.placing import is_crd, read_scopes
from trimtab.charts.rendering import Manifest, identify
from trimtab.charts.template_scan import find_asked, find_functions, find_random, uses_lookup

_META = "Chart.yaml"


def build_record(archive: Archive, manifests: Sequence[Manifest], namespace: str) -> dict[str, Any]:
    """Work out the facts of a chart, as the catalogue's files have them.

    Args:
        archive: The chart.
        manifests: What it renders, of one or several inputs, as helm wrote it (`render_samples`).
        namespace: The namespace that it was rendered for, which no object may name by itself.
    """
    parts = list(iter_parts(archive))
    meta = read_mapping(archive.files.get(_META))
    functions = find_functions(parts)
    definitions = {str(one["metadata"]["name"]): one for one in manifests if is_crd(one)}
    return {
        "chart": archive.name,
        "version": archive.version,
        "appVersion": str(meta.get("appVersion") or ""),
        "kubeVersion": meta.get("kubeVersion"),
        "usesLookup": uses_lookup(functions),
        "random": find_random(functions),
        "apiVersionsAsked": find_asked(parts),
        "images": find_images(manifests),
        "renders": build_rendered(manifests, namespace),
        "crds": sorted(definitions),
        "customKinds": build_custom_kinds(definitions.values()),
        "keys": derive_keys(parts),
    }


def build_rendered(manifests: Sequence[Manifest], namespace: str) -> list[list[Any]]:
    """Give a row for each kind and hook: API version, kind, whether it is namespaced, its namespaces, the hook."""
    scopes = read_scopes(manifests)
    rows: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for manifest in manifests:
        known = identify(manifest)
        group, _, version = known.api_version.rpartition("/")
        rows[group, version, known.kind, _hook(manifest)].add(known.namespace)
    return [_build_row(key, names, scopes, namespace) for key, names in sorted(rows.items())]


def _build_row(
    key: tuple[str, str, str, str], names: set[str], scopes: Mapping[tuple[str, str], str], namespace: str
) -> list[Any]:
    group, version, kind, hook = key
    namespaced = (scopes.get((group, kind)) or scope(group, kind)) == "Namespaced"
    shown = sorted({RELEASE_NAMESPACE if name == namespace else name for name in names})
    return [f"{group}/{version}" if group else version, kind, namespaced, shown, hook or None]


def _hook(manifest: Manifest) -> str:
    annotations = manifest["metadata"].get("annotations")
    return str(annotations.get(HELM_HOOK) or "") if isinstance(annotations, dict) else ""
