"""One chart release to Kubernetes objects: rendered twice, read as Kubernetes reads, and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from trimtab.charts.applying_order import order_manifests
from trimtab.charts.hooks import is_hook, translate_hook
from trimtab.charts.placing import is_crd, place_manifest, read_scopes
from trimtab.charts.render_cache import RenderCache, Renders, make_key
from trimtab.charts.rendering import Dropped, Manifest, NotRendered, Rendered, RenderRequest
from trimtab.charts.running_helm import Refused, run_twice
from trimtab.charts.stability import find_unstable
from trimtab.charts.telling import tell_doubts, tell_dropped, tell_refusal, tell_unstable
from trimtab.doors.helm import Helm, HelmRunner, run_helm


def render_releases(
    requests: Sequence[RenderRequest],
    *,
    helm: Helm,
    cache: RenderCache | None,
    run: HelmRunner = run_helm,
    workers: int = 2,
) -> tuple[Rendered | NotRendered, ...]:
    """Render releases as Argo CD would, and give the answers in their order.

    Args:
        requests: The releases; two with the same input are rendered once.
        helm: The helm to use, which `check_helm` found fit.
        cache: Where renders are kept; nothing to keep none.
        run: Runs helm.
        workers: How many helms run at a time, for what the cache does not know.

    Raises:
        OutsideError: helm cannot be run.
        ChartError: An archive cannot be had.
        ValueError: An archive is not the one of its request's digest.
    """
    keys = [make_key(request, helm.version) for request in requests]
    wanted = dict(zip(keys, requests, strict=True))
    known: dict[str, Renders | Refused] = {}
    if cache is not None:
        known.update((key, found) for key in wanted if (found := cache.read(key)) is not None)
    missing = {key: request for key, request in wanted.items() if key not in known}
    known.update(_render_missing(missing, helm, cache, run, workers))
    return tuple(_build_answer(request, helm, known[key]) for key, request in zip(keys, requests, strict=True))


def _render_missing(
    missing: Mapping[str, RenderRequest], helm: Helm, cache: RenderCache | None, run: HelmRunner, workers: int
) -> dict[str, Renders | Refused]:
    if not missing:
        return {}
    with ThreadPoolExecutor(max_workers=workers) as pool:
        rendered = dict(zip(missing, pool.map(lambda one: run_twice(one, helm, run), missing.values()), strict=True))
    for key, renders in rendered.items():
        if cache is not None and isinstance(renders, Renders):
            cache.write(key, renders)
    return rendered


def _build_answer(request: RenderRequest, helm: Helm, renders: Renders | Refused) -> Rendered | NotRendered:
    if isinstance(renders, Refused):
        return NotRendered(findings=(tell_refusal(request, renders.reasons, by_helm=renders.by_helm),))
    kept, dropped = _sort_out(request, renders.first)
    second, _ = _sort_out(request, renders.second)
    unstable = find_unstable(request.chart, kept, second) if renders.second else ()
    return Rendered(
        crds=order_manifests(one for one in kept if is_crd(one)),
        objects=order_manifests(one for one in kept if not is_crd(one) and not is_hook(one)),
        hooks=order_manifests(one for one in kept if not is_crd(one) and is_hook(one)),
        dropped=dropped,
        unstable=unstable,
        helm_version=helm.version,
        findings=(
            *tell_doubts(request, renders.doubts),
            *tell_dropped(request, dropped),
            *tell_unstable(request, unstable),
        ),
    )


def _sort_out(request: RenderRequest, manifests: list[Manifest]) -> tuple[list[Manifest], tuple[Dropped, ...]]:
    """Put each object where it belongs and its hook into Argo CD's words; give those that are left out apart."""
    scopes = read_scopes(manifests)
    placed = [place_manifest(one, request.namespace, scopes) for one in manifests]
    told = [translate_hook(one, request.chart) for one in placed]
    dropped = sorted((one for one in told if isinstance(one, Dropped)), key=lambda one: str(one.identity))
    return [one for one in told if not isinstance(one, Dropped)], tuple(dropped)
