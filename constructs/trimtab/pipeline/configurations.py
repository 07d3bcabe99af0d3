"""What is wrong with documents that no API server is sent: kubeadm's, the kubelet's, and kustomizations."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Finding
from trimtab.kube.manifests import split_api_version
from trimtab.pipeline.document_places import DocumentPlaces
from trimtab.pipeline.placing import build_complaint
from trimtab.verify.entry import Entry
from trimtab.verify.files.clusters import Split
from trimtab.verify.files.found import Found
from trimtab.verify.files.gathering import Gathered
from trimtab.verify.kustomize.checks import check_kustomizations
from trimtab.verify.kustomize.graph import Graph
from trimtab.verify.operators.kubeadm import check_configuration


def iter_configuration_findings(gathered: Gathered, split: Split, places: DocumentPlaces) -> Iterator[Finding]:
    """Check what a tree holds beside its objects; nobody says which of its clusters that is for.

    Args:
        gathered: What the tree holds.
        split: Its clusters, any of which may ask the control plane for metrics.
        places: Finds where in the files something stands.
    """
    charts = [use for cluster in split.clusters for use in cluster.world.charts]
    for found in gathered.configurations:
        for complaint in check_configuration(_make_entry(found), charts):
            yield build_complaint(complaint, places.find)


def iter_kustomization_findings(
    graph: Graph, names: frozenset[str] | None, places: DocumentPlaces
) -> Iterator[Finding]:
    """Check the kustomizations of a tree themselves.

    Args:
        graph: The kustomizations.
        names: Every file of the tree, manifests or not; nothing where they are not at hand.
        places: Finds where in the files something stands.
    """
    for complaint in check_kustomizations(graph, names):
        yield build_complaint(complaint, places.find)


def _make_entry(found: Found) -> Entry:
    group, version = split_api_version(found.manifest["apiVersion"])
    kind = str(found.manifest["kind"])
    return Entry(
        manifest={"metadata": {}, **found.manifest},
        group=group,
        version=version,
        kind=kind,
        namespace="",
        name="",
        origin=found,
    )
