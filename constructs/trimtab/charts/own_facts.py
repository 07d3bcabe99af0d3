"""What is known of a chart that the catalogue does not hold: worked out from its archive, kept in the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.chart_facts import ChartFacts, build_facts
from trimtab.catalogue.version_range import is_in_range
from trimtab.charts.archive import Archive, read_archive
from trimtab.charts.chart_tree import read_mapping
from trimtab.charts.facts import build_record
from trimtab.charts.samples import NEWEST_KUBERNETES, SAMPLE_NAMESPACE, render_samples
from trimtab.doors.cache import Cache
from trimtab.doors.helm import Helm, HelmRunner, run_helm

CACHE_NAME = "facts"
"""What the user's cache calls them."""
FORMAT = 1
"""Counts up when facts look different, or when others are worked out of the same archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartInputs:
    """What a cluster gives a chart: what it renders depends on it."""

    kubernetes: str
    """The cluster's version of Kubernetes; a chart may refuse some, or ask for the APIs that it serves."""
    values: Sequence[Mapping[str, Any]]
    """The values, once for each release of the chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What an archive told."""

    facts: ChartFacts
    refused: tuple[str, ...] = ()
    """Why helm does not render it with some of the values; what only they would show is missing in the facts."""


def derive_own_facts(content: bytes, inputs: ChartInputs, helm: Helm, *, run: HelmRunner = run_helm) -> dict[str, Any]:
    """Work out what is known of a chart, rendered with each of the values; with its own where it takes none.

    Returns:
        What `parse_derived` reads, as plain data.

    Raises:
        OutsideError: helm cannot be run.
        ChartError: The bytes are no chart.
    """
    archive = read_archive(content)
    kubernetes = _choose_kubernetes(archive, inputs.kubernetes)
    given = render_samples(content, helm, inputs.values, kubernetes=kubernetes, run=run)
    shown = given if given.manifests else render_samples(content, helm, run=run)
    record = build_record(archive, shown.manifests, SAMPLE_NAMESPACE)
    return {"record": record, "refused": list(given.refused)}


def _choose_kubernetes(archive: Archive, wanted: str) -> str:
    """Take the cluster's version; where the chart refuses it, which is told by itself, another that shows the rest."""
    taken = read_mapping(archive.files.get("Chart.yaml")).get("kubeVersion")
    return NEWEST_KUBERNETES if isinstance(taken, str) and is_in_range(wanted, taken) is False else wanted


def parse_derived(raw: Mapping[str, Any]) -> Derived:
    """Read what `derive_own_facts` gives."""
    return Derived(facts=build_facts(raw["record"]), refused=tuple(raw["refused"]))


def read_own_facts(cache: Cache | None, digest: str, inputs: ChartInputs) -> Derived | None:
    """Read the facts of an archive from the user's cache; nothing where they were not kept."""
    content = cache.read(_key(digest, inputs)) if cache else None
    return parse_derived(json.loads(content)) if content is not None else None


def keep_own_facts(cache: Cache | None, digest: str, inputs: ChartInputs, raw: Mapping[str, Any]) -> None:
    """Keep facts in the user's cache.

    Args:
        cache: The cache; nothing to keep nothing.
        digest: The archive's.
        inputs: What it was rendered with.
        raw: What `derive_own_facts` gave.
    """
    if cache is not None:
        cache.write(_key(digest, inputs), json.dumps(raw, separators=(",", ":")).encode())
        cache.clear_up()


def _key(digest: str, inputs: ChartInputs) -> str:
    text = json.dumps([FORMAT, digest, inputs.kubernetes, [dict(one) for one in inputs.values]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
