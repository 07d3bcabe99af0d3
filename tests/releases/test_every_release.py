"""This repository's own clusters, on every release that the catalogue holds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from pathlib import Path

import pytest
import yaml

from trimtab.catalogue.components import iter_components, newest_release, releases
from trimtab.catalogue.kinds import is_built_in_group
from trimtab.catalogue.known_bad import find_known_bad
from trimtab.findings.finding import Severity
from trimtab.kube.manifests import Manifest
from trimtab.kube.release import ChartRelease
from trimtab.pipeline import synth_stages
from trimtab.pipeline.state import Options, run_stages
from upstream_support.chart_values import value_errors
from upstream_support.crd_schemas import CrdSet, load_crds, validate
from upstream_support.releases import release_crds

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parents[2]
CLUSTERS = sorted(file.stem for file in (ROOT / "apps" / "clusters").glob("*.yaml"))
COMMON_KUBERNETES = "1.34.3"
"""A Kubernetes that every release of every component supports, so that any can stand beside the newest others.

A patch, since a tag of kubespray installs a minor of its own where none is named.
"""

ALWAYS = ("argocd",)


@dataclass(frozen=True)
class Variant:
    """One cluster with one component at one release, all others at their newest."""

    cluster: str
    component: str
    version: str

    @property
    def name(self) -> str:
        """A cluster's name that is short enough, and unique."""
        return f"{self.cluster[:8]}-{self.component[:10]}-{self.version.replace('.', '')}"


def _components(cluster: str) -> set[str]:
    layers = [ROOT / "apps" / "platform.yaml", ROOT / "apps" / "clusters" / f"{cluster}.yaml"]
    named = {name for file in layers for name in yaml.safe_load(file.read_text()).get("components", {})}
    return named | set(ALWAYS)


def _group(manifest: Manifest) -> str:
    return str(manifest["apiVersion"]).rpartition("/")[0]


VARIANTS = [
    Variant(cluster, component, release.version)
    for cluster in CLUSTERS
    for component in sorted(_components(cluster) & set(iter_components()))
    for release in releases(component)
    if find_known_bad(component, release.version) is None
]
"""A release that is known to be bad is refused; its values are held against its chart in the tests of its component."""


@cache
def _served_by_calico() -> CrdSet:
    """Calico's own API server serves these in every release; only the newest comes with them as definitions."""
    return load_crds("calico", newest_release("calico").version, file_names=("crds-native-v3.yaml",))


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """All variants as clusters of one repository, built in one run; nothing is written."""
    root = tmp_path_factory.mktemp("releases")
    shutil.copytree(ROOT / "apps", root / "apps", ignore=shutil.ignore_patterns("__pycache__", "clusters", "manifests"))
    (root / "apps" / "clusters").mkdir()
    for variant in VARIANTS:
        settings = yaml.safe_load((ROOT / "apps" / "clusters" / f"{variant.cluster}.yaml").read_text())
        settings["cluster"] = variant.name
        settings["kubernetes"]["version"] = COMMON_KUBERNETES
        own = settings["components"].setdefault(variant.component, {})
        own["version"] = variant.version
        (root / "apps" / "clusters" / f"{variant.name}.yaml").write_text(yaml.safe_dump(settings))
    stages = tuple(stage for stage in synth_stages() if stage.name != "write")
    return run_stages(stages, Options(root=root))


@pytest.fixture(params=VARIANTS, ids=lambda variant: variant.name)
def variant(request, state):
    """One variant with its cluster."""
    name = request.param.name
    return request.param, next(cluster for cluster in state.clusters if cluster.name == name)


def test_no_variant_has_an_error(state):
    """Each release passes every rule beside the newest of the others."""
    assert [f"{f.cluster}: {f.message}" for f in state.findings if f.severity is Severity.ERROR] == []


def test_every_custom_resource_fits_the_definitions_of_its_release(variant, upstream):
    """Kind served, every field known, every form right; Go's regular expressions read as Go reads them."""
    chosen, cluster = variant
    versions = {name: newest_release(name).version for name in iter_components()} | {chosen.component: chosen.version}
    crds = reduce(or_, (release_crds(name, version) for name, version in versions.items()), _served_by_calico())
    objects = [one.manifest for built in cluster.objects.values() for one in built]
    objects = [one for one in (*objects, *cluster.root_objects) if not is_built_in_group(_group(one))]
    assert objects
    assert [f"{o['kind']} {o['metadata']['name']}: {error}" for o in objects for error in validate(o, crds)] == []


def test_every_value_is_read_by_its_chart(variant, upstream):
    """Each key of each values file is known to this version of the chart."""
    _, cluster = variant
    releases_ = [source for source in cluster.plan.sources.values() if isinstance(source, ChartRelease)]
    assert releases_
    found = [error for one in releases_ for error in value_errors(one.values, one.pin.chart, one.pin.version)]
    assert found == []
