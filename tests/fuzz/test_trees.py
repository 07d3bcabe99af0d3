"""Trees with objects of wrong shapes: every check says what it can, where it is, and raises nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kubernetes_support.trees import service, workload
from strategy_support.places import iter_paths, put
from strategy_support.profile import FACTOR, examples
from strategy_support.trees import ODD, hostile, load_objects
from trimtab.catalogue.kinds import is_namespaced
from trimtab.findings.path import has_value
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.tree_source import TreeSource
from trimtab.tree.manifest_files import ManifestFiles
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import make_entry
from trimtab.verify.registry import check_tree
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

WORLD = World(kubernetes=(1, 35))
MORE = """
{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: widgets.example.org}, spec: {
  group: example.org, scope: Namespaced, names: {kind: Widget, plural: widgets, singular: widget},
  versions: [{name: v1, served: true, storage: true, subresources: {status: {}}, schema: {openAPIV3Schema: {
    type: object, required: [spec], properties: {status: {type: object}, spec: {type: object,
      x-kubernetes-validations: [
      {rule: self.n > 0}], properties: {n: {type: integer, minimum: 1, default: 1, nullable: true},
      t: {type: string, pattern: '^[a-z]+$', enum: [a, b], format: date-time}, o: {oneOf: [{required: [a]}],
      type: object, x-kubernetes-preserve-unknown-fields: true}, m: {type: object,
      additionalProperties: {type: string}},
      l: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {
      k: {type: string}}}}, i: {x-kubernetes-int-or-string: true}}}}}}}]}}
---
{apiVersion: example.org/v1, kind: Widget, metadata: {name: w}, spec: {n: 2, t: a, l: [{k: x}], m: {a: b}, i: 1}}
---
{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: m, labels: {release: kps}}, spec: {
  selector: {matchLabels: {app: web}}, endpoints: [{port: web}], namespaceSelector: {matchNames: [shop]}}}
---
{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: p}, spec: {
  serviceMonitorSelector: {matchLabels: {release: kps}}, serviceMonitorNamespaceSelector: {matchLabels: {a: b}}}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n}, spec: {podSelector: {
  matchLabels: {app: web}}, policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [
  10.1.0.0/16]}}], ports: [{port: 80}]}]}}
---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {ingressClassName: c, tls: [{hosts: [a.b],
  secretName: t}], rules: [{host: a.b, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web,
  port: {number: 80}}}}]}}]}}
---
{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: s}, spec: {goTemplate: true, generators: [
  {list: {elements: [{a: b}]}}, {git: {repoURL: 'https://x/y', directories: [{path: a}]}}], template: {
  metadata: {name: '{{.a}}'}, spec: {project: p, source: {repoURL: 'https://x/y', path: a}, destination: {name: c}}}}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: j}, spec: {schedule: '* * * * *', jobTemplate: {spec: {
  template: {spec: {restartPolicy: Never, containers: [{name: a, image: 'a:1', env: [{name: P,
  valueFrom: {secretKeyRef: {name: s,
  key: k}}}], envFrom: [{configMapRef: {name: c}}], args: ['--password=x']}]}}}}}}
"""
OBJECTS = [*load_objects(), *(one for text in (MORE, workload(), service()) for one in yaml.safe_load_all(text))]


def tree_of(*manifests: Any) -> Tree:
    """Make a tree of one application."""
    return Tree(
        make_entry(one, is_namespaced, application="shop", namespace="shop", cluster="lab") for one in manifests
    )


@examples(60)
@given(data=st.data())
def test_a_hostile_object_is_complained_of_at_a_path_that_is_there(data: st.DataObject) -> None:
    """Or whose parent is there, where something is missing; beside it stand a few objects that it may meet."""
    manifest = data.draw(hostile(data.draw(st.sampled_from(OBJECTS))))
    others = data.draw(st.lists(st.sampled_from(OBJECTS), max_size=3))
    for said in check_tree(tree_of(manifest, *others), WORLD):
        if isinstance(said, Complaint):
            assert has_value(said.about.manifest, said.path[:-1]), (said.code, said.path)
            assert all(has_value(other.entry.manifest, other.path[:-1]) for other in said.others)


@pytest.mark.slow
@pytest.mark.skipif(FACTOR == 1, reason="takes minutes; `make fuzz-laws` runs it")
@pytest.mark.parametrize("manifest", OBJECTS, ids=lambda one: f"{one['kind']}.{one['apiVersion'].partition('/')[0]}")
@examples(1)
@given(odd=ODD)
def test_an_odd_value_at_every_field_is_told_of_or_passed_over(manifest: Any, odd: Any) -> None:
    """One field after the other of one object of each kind."""
    for path in iter_paths(manifest):
        if path and path[0] not in ("apiVersion", "kind") and path not in (("metadata",), ("metadata", "name")):
            for said in check_tree(tree_of(put(manifest, path, odd)), WORLD):
                assert not isinstance(said, Complaint) or has_value(said.about.manifest, said.path[:-1]), said


@examples(25)
@given(data=st.data())
def test_a_hostile_file_is_told_of_with_places(data: st.DataObject) -> None:
    """Read from a file as `trimtab verify` does: every finding stands in one of the files."""
    chosen = data.draw(st.lists(st.sampled_from(OBJECTS), min_size=1, max_size=4))
    contents = {
        f"apps/{number}.yaml": json.dumps(data.draw(hostile(one)), indent=1).encode()
        for number, one in enumerate(chosen)
    }
    files = ManifestFiles(contents=contents, names=frozenset(contents))
    source = TreeSource(files=files, shown="tree/", prefix="tree/")
    for finding in examine_tree(source, kubernetes="1.35", today=date(2026, 1, 1)).findings:
        place = finding.place
        assert place is not None, finding
        text = contents[place.file.removeprefix("tree/")].decode().split("\n")
        assert 1 <= place.line <= place.end_line <= len(text), finding
        assert 1 <= place.column <= len(text[place.line - 1]) + 1, finding
