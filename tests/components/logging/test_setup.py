"""What Elasticsearch and Kibana are told, once for each change."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logging_support.made import ALL, Made, make_cluster


def _file(made: Made, name: str) -> Any:
    return json.loads(made.find("ConfigMap")["data"][name])


@pytest.mark.parametrize("prefix", ["logstash", "lab"])
def test_kibana_without_data_view_is_given_one(prefix: str) -> None:
    """One view of all daily indices, which Kibana opens with; nobody has to click."""
    made = make_cluster({"indexPrefix": prefix})
    view = _file(made, "data-view.json")["data_view"]
    assert (view["id"], view["title"], view["timeFieldName"]) == (prefix, f"{prefix}-*", "@timestamp")
    assert _file(made, "default-view.json") == {"data_view_id": prefix, "force": False}
    assert "/api/data_views/data_view" in made.find("ConfigMap")["data"]["setup.sh"]


@pytest.mark.parametrize(("nodes", "replicas"), [(1, 0), (2, 1), (3, 1)])
def test_single_node_yellow_has_no_replicas(nodes: int, replicas: int) -> None:
    """One node has nowhere to put a copy; new indices and those that are there already are told so."""
    made = make_cluster({"elasticsearch": {"nodes": nodes}})
    template = _file(made, "template.json")
    assert template["index_patterns"] == ["logstash-*"]
    assert template["template"]["settings"]["index"]["number_of_replicas"] == replicas
    assert _file(made, "index-settings.json")["index"]["number_of_replicas"] == replicas


def test_rejected_log_lines_lose_a_field_and_not_the_line() -> None:
    """What does not fit the mapping is left out of the index, the line stays."""
    mapping = _file(make_cluster(), "template.json")["template"]["settings"]["index"]["mapping"]
    assert mapping == {"ignore_malformed": True, "total_fields": {"ignore_dynamic_beyond_limit": True}}


def test_old_indices_are_deleted() -> None:
    """After thirty days, unless another number is set; the policy is named in both places."""
    made = make_cluster({"retention": "7d"})
    assert _file(made, "policy.json")["policy"]["phases"]["delete"]["min_age"] == "7d"
    assert _file(made, "template.json")["template"]["settings"]["index"]["lifecycle"] == {"name": "logstash"}
    assert _file(make_cluster(), "policy.json")["policy"]["phases"]["delete"]["min_age"] == "30d"


def test_kept_for_ever_takes_the_policy_off() -> None:
    """Indices that had one lose it."""
    made = make_cluster({"retention": "forever"})
    assert "policy.json" not in made.find("ConfigMap")["data"]
    assert "_ilm" not in made.find("ConfigMap")["data"]["setup.sh"]
    assert _file(made, "index-settings.json")["index"]["lifecycle.name"] is None
    assert "lifecycle" not in _file(made, "template.json")["template"]["settings"]["index"]


@pytest.mark.parametrize(("brought", "scheme"), [((), "https"), (ALL, "http")])
def test_kibana_is_asked_as_it_speaks(brought: Any, scheme: str) -> None:
    """Behind an Ingress plain HTTP, else TLS with the authority that the operator made."""
    made = make_cluster(brought=(*ALL[:1], *brought), domain="example.org")
    pod = made.spec("Job")["template"]["spec"]
    [url] = [e["value"] for e in pod["containers"][0]["env"] if e["name"] == "KIBANA"]
    assert url == f"{scheme}://kibana-kb-http.logging.svc:5601"
    secrets = {v["secret"]["secretName"] for v in pod["volumes"] if "secret" in v}
    assert ("kibana-kb-http-certs-public" in secrets) is (scheme == "https")


def test_names_follow_elasticsearch_and_the_namespace() -> None:
    """For an installation that exists already every reference moves along."""
    made = make_cluster({"namespace": "efk", "elasticsearch": {"name": "quickstart"}})
    text = json.dumps([built.manifest for built in made.built]) + json.dumps(made.charts["logging-fluent-bit"].values)
    assert "https://quickstart-es-http.efk.svc:9200" in text
    assert "quickstart-es-elastic-user" in text
    assert "elasticsearch-es-" not in text
    assert {built.manifest["metadata"]["namespace"] for built in made.built} == {"efk"}


def _name(made: Made) -> str:
    name: str = made.find("Job")["metadata"]["name"]
    assert made.find("ConfigMap")["metadata"]["name"] == name
    assert made.spec("Job")["template"]["spec"]["volumes"][0]["configMap"]["name"] == name
    return name


@pytest.mark.parametrize("change", [{"retention": "7d"}, {"indexPrefix": "x"}, {"elasticsearch": {"version": "9.4.2"}}])
def test_another_content_is_another_job(change: dict[str, Any]) -> None:
    """A Job cannot be changed, so its name follows what is in it: it runs again for a change, and only for one."""
    assert _name(make_cluster()) == _name(make_cluster())
    assert _name(make_cluster(change)) != _name(make_cluster())


def test_what_does_not_concern_it_keeps_the_job() -> None:
    """A larger volume or another Fluent Bit runs nothing again."""
    other = {"elasticsearch": {"size": "100Gi"}, "fluentBit": {"version": "0.57.9"}}
    assert _name(make_cluster(other)) == _name(make_cluster())


@given(st.integers(min_value=1, max_value=99999), st.sampled_from(["logstash", "a_b", "0-x"]))
def test_random_password_in_chart_nothing_differs_between_two_renders(days: int, prefix: str) -> None:
    """The same settings give the same objects, and no password is among them."""
    settings = {"retention": f"{days}d", "indexPrefix": prefix}
    first, second = make_cluster(settings), make_cluster(settings)
    assert [b.manifest for b in first.built] == [b.manifest for b in second.built]
    assert "Secret" not in {b.manifest["kind"] for b in first.built}
