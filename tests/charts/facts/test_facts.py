"""The facts of a chart are what it renders and reads, in the catalogue's own format."""

from __future__ import annotations

import pytest

from helm_support.made import config_map, definition, find_helm, pack_chart
from trimtab.catalogue.chart_facts import ChartFacts, parse_facts
from trimtab.catalogue.make_facts import render_facts
from trimtab.charts.archive import read_archive
from trimtab.charts.facts import build_record, build_rendered
from trimtab.charts.images import find_images
from trimtab.charts.samples import SAMPLE_NAMESPACE, render_samples

POD = "{containers: [{name: a, image: quay.io/x/a:1, args: ['--helper=quay.io/x/b:2', '--port=8080']}]}"
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: probe\nversion: v1.2.3\nappVersion: 4.5\nkubeVersion: '>= 1.25.0-0'\n",
    "values.yaml": "more: false\nlog: {level: info}\n",
    "crds/bees.yaml": definition("bees", "Bee", "Cluster"),
    "templates/one.yaml": f"""
{{{{ $old := lookup "v1" "Secret" "x" "y" }}}}{{{{ $new := randAlphaNum 8 }}}}
{{apiVersion: v1, kind: Pod, metadata: {{name: a, namespace: {{{{ .Release.Namespace }}}}}}, spec: {POD}}}
---
{{apiVersion: v1, kind: Pod, metadata: {{name: b, namespace: kube-system}}, spec: {POD}}}
---
{{apiVersion: example.org/v1, kind: Bee, metadata: {{name: c}}}}
---
{config_map("d", annotations='{helm.sh/hook: "test"}')}
---
{{{{ if .Values.more }}}}{config_map("e", kind="Secret")}{{{{ end }}}}
---
{{{{ if .Capabilities.APIVersions.Has "policy/v1/PodDisruptionBudget" }}}}
{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: f}}}}
{{{{ end }}}}
{{{{ if $.Capabilities.APIVersions.Has "gone.org/v1" }}}}{config_map("g", kind="Never")}{{{{ end }}}}
""",
}


@pytest.fixture(scope="module")
def facts() -> ChartFacts:
    """Give the facts of the chart above, with its own values and with more."""
    content = pack_chart(CHART)
    samples = render_samples(content, find_helm(), [{}, {"more": True}])
    assert samples.refused == ()
    record = build_record(read_archive(content), samples.manifests, SAMPLE_NAMESPACE)
    return parse_facts(render_facts(record))


def test_identity_is_as_the_chart_spells_it(facts: ChartFacts) -> None:
    """A number is text: YAML would make it one."""
    assert (facts.chart, facts.version, facts.app_version, facts.kube_version) == (
        "probe",
        "v1.2.3",
        "4.5",
        ">= 1.25.0-0",
    )


def test_kinds_scope_namespaces_and_hooks(facts: ChartFacts) -> None:
    """The release's own namespace is told apart from one that the chart names and from none."""
    rows = {(one.group, one.kind, one.namespaced, one.namespaces, one.hook) for one in facts.renders}
    assert rows == {
        ("", "Pod", True, ("kube-system", "{release}"), None),
        ("", "ConfigMap", True, ("",), "test"),
        ("", "Secret", True, ("",), None),
        ("policy", "PodDisruptionBudget", True, ("",), None),
        ("example.org", "Bee", False, ("",), None),
        ("apiextensions.k8s.io", "CustomResourceDefinition", False, ("",), None),
    }


def test_definitions_with_the_kinds_they_add(facts: ChartFacts) -> None:
    """From `crds/` too."""
    assert facts.crds == ("bees.example.org",)
    assert [(kind.kind, kind.scope, kind.served) for kind in facts.custom_kinds] == [("Bee", "Cluster", ("v1",))]


def test_what_templates_ask_and_make_up(facts: ChartFacts) -> None:
    """Also what this render never came to."""
    assert facts.uses_lookup
    assert facts.random == ("randAlphaNum",)
    assert facts.api_versions_asked == ("gone.org/v1", "policy/v1/PodDisruptionBudget")


def test_images_and_keys(facts: ChartFacts) -> None:
    """Images in arguments count."""
    assert facts.images == ("quay.io/x/a:1", "quay.io/x/b:2")
    assert dict(facts.keys) == {"global": "map", "log": "map", "log.level": "string", "more": "bool"}


@pytest.mark.parametrize(
    ("value", "images"),
    [
        ({"image": "busybox"}, ["busybox"]),
        ({"image": {"repository": "x"}}, []),
        ({"env": [{"name": "A", "value": "quay.io/x/a:1@sha256:" + "0" * 64}]}, ["quay.io/x/a:1@sha256:" + "0" * 64]),
        ({"data": {"pod.yaml": "spec:\n  containers:\n  - image: busybox:1.37\n"}}, ["busybox:1.37"]),
        ({"args": ["http://host.example.org/path:80", "host.example.org:8080", "a/b:c"]}, []),
    ],
)
def test_images_are_found_wherever_they_stand(value: dict[str, object], images: list[str]) -> None:
    """And an address is none."""
    assert find_images([{"apiVersion": "v1", "kind": "X", "metadata": {"name": "x"}, **value}]) == images


def test_an_input_that_does_not_render_is_told() -> None:
    """Some charts need values that they have no default of; the rest is still known."""
    content = pack_chart({"templates/one.yaml": config_map('{{ required "name it" .Values.name }}')})
    samples = render_samples(content, find_helm(), [{}, {"name": "x"}])
    assert len(samples.manifests) == 1
    assert "name it" in samples.refused[0]


def test_the_catalogues_samples_are_rendered_beside_the_charts_own_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that one release is made of the same inputs by everybody."""
    monkeypatch.setattr("trimtab.charts.samples.sample_values", lambda chart: ({}, {"more": chart == "probe"}))
    samples = render_samples(pack_chart(CHART), find_helm())
    assert [one["kind"] for one in samples.manifests].count("Secret") == 1


def test_kinds_stand_in_the_order_of_group_version_and_name() -> None:
    """Whatever order templates write them in: a new release is a diff of what is new."""
    kinds = [("b.org/v1", "A"), ("a.org/v2", "A"), ("a.org/v1", "B"), ("v1", "Z")]
    manifests = [{"apiVersion": api, "kind": kind, "metadata": {"name": "x"}} for api, kind in kinds]
    rows = [(row[0], row[1]) for row in build_rendered(manifests, "here")]
    assert rows == [("v1", "Z"), ("a.org/v1", "B"), ("a.org/v2", "A"), ("b.org/v1", "A")]
