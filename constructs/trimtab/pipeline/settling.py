"""Files to settings: load the layers, check them, build the models."""

from __future__ import annotations

from dataclasses import replace

from trimtab.components.assemble import Part
from trimtab.components.own_releases import plan_own_releases
from trimtab.components.registry import COMPONENTS
from trimtab.findings.finding import Finding
from trimtab.pipeline.state import ClusterState, State
from trimtab.settings.build import build_settings
from trimtab.settings.check import check_settings
from trimtab.settings.construct import construct_model
from trimtab.settings.files import load
from trimtab.settings.schemas import SettingsValidator, settings_validator


def load_clusters(state: State) -> State:
    """Read and merge the files of every cluster that was asked for."""
    loaded = load(state.options.root, state.options.clusters or None)
    clusters = tuple(ClusterState(loaded=cluster) for cluster in loaded.clusters)
    return replace(state, loaded=loaded, clusters=clusters).found(*loaded.findings)


def settle_clusters(state: State) -> State:
    """Check every cluster against the schema; give models to those that pass."""
    validator = settings_validator() if state.clusters else None
    settled = []
    for cluster in state.clusters:
        model, findings = _settle(cluster, validator, state)
        settled.append(model)
        state = state.found(*(replace(finding, cluster=cluster.name) for finding in findings))
    return replace(state, clusters=tuple(settled))


def _settle(
    cluster: ClusterState, validator: SettingsValidator | None, state: State
) -> tuple[ClusterState, list[Finding]]:
    merged = cluster.loaded.merged
    refused = check_settings(merged, validator, state.texts) if validator else []
    if refused:
        return cluster, refused
    wanted = merged.value.get("components")
    names = set(wanted) if isinstance(wanted, dict) else set()
    on = [component for component in COMPONENTS if component.always or component.name in names]
    settings, built, findings = build_settings(merged, {component.name: component.settings for component in on})
    own = plan_own_releases(settings.releases) if settings else {}
    parts = tuple(
        Part(
            component=component,
            settings=(built.get(component.name) or construct_model(component.settings, {})).knowing(
                own.get(component.name, ())
            ),
        )
        for component in on
    )
    return replace(cluster, settings=settings, parts=parts), findings
