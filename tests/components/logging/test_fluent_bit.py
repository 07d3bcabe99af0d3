"""Fluent Bit starts on every machine, reads everything once, and Elasticsearch takes it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from logging_support.made import MONITORING, STORAGE, Made, make_cluster
from trimtab.catalogue.components import releases

APPLICATION = "logging-fluent-bit"
VERSIONS = [release.version for release in releases("logging")]


def _sections(made: Made, what: str) -> list[dict[str, str]]:
    """Read the sections of a part of its configuration."""
    text = made.value(APPLICATION, f"config.{what}")
    blocks = re.split(r"^\[\w+\]\n", text, flags=re.MULTILINE)[1:]
    return [dict(line.strip().split(" ", 1) for line in block.splitlines() if line) for block in blocks]


@pytest.mark.parametrize(("net", "listens"), [("IPv4", None), ("IPv6", "::"), ("dual", "::")])
@pytest.mark.parametrize("version", VERSIONS)
def test_ipv4_only_listener_answers_on_ipv6(net: str, listens: str | None, version: str) -> None:
    """`::` answers on both families; without IPv6 the chart's own section stays, for `::` may not be there at all."""
    made = make_cluster({"version": version}, net=net)
    if listens is None:
        assert made.value(APPLICATION, "config.service") is None
    else:
        [service] = _sections(made, "service")
        assert service["HTTP_Listen"] == listens
        assert service["Health_Check"] == "On"


@pytest.mark.parametrize("version", VERSIONS)
def test_rejected_log_lines_have_no_type_and_no_dots(version: str) -> None:
    """Both outputs say so, in every version: upstream's default is still to send `_type`."""
    outputs = _sections(make_cluster({"version": version}), "outputs")
    assert len(outputs) == 2
    for output in outputs:
        assert (output["Suppress_Type_Name"], output["Replace_Dots"]) == ("On", "On")
        assert output["Retry_Limit"].isdigit()


def test_password_and_authority_come_from_the_operators_secrets() -> None:
    """TLS is checked against the authority that the operator made, and no password is written."""
    made = make_cluster()
    for output in _sections(made, "outputs"):
        assert output["Host"] == "elasticsearch-es-http.logging.svc"
        assert output["HTTP_Passwd"] == "${ELASTICSEARCH_PASSWORD}"
        assert (output["tls"], output["tls.verify"]) == ("On", "On")
        assert output["tls.ca_file"] == "/fluent-bit/tls/elasticsearch/ca.crt"
    [env] = made.value(APPLICATION, "env")
    assert env["valueFrom"]["secretKeyRef"] == {"name": "elasticsearch-es-elastic-user", "key": "elastic"}
    [volume] = made.value(APPLICATION, "extraVolumes")
    assert volume["secret"]["secretName"] == "elasticsearch-es-http-certs-public"
    assert made.value("logging-operator", "config.caValidity") == "87600h"


def test_indices_begin_with_the_prefix() -> None:
    """Journals lie beside the pods' lines, under the same pattern."""
    outputs = _sections(make_cluster({"indexPrefix": "lab"}), "outputs")
    assert [(o["Match"], o["Logstash_Prefix"]) for o in outputs] == [("kube.*", "lab"), ("host.*", "lab-journal")]


def _reads_journal(made: Made) -> bool:
    inputs = [section["Name"] for section in _sections(made, "inputs")]
    mounts = {mount["mountPath"] for mount in made.value(APPLICATION, "daemonSetVolumeMounts")}
    assert ("systemd" in inputs) is ("/etc/machine-id" in mounts) is (len(_sections(made, "outputs")) == 2)
    return "systemd" in inputs


@pytest.mark.parametrize(
    ("logging", "systems", "read"),
    [
        ({}, ["debian", "ubuntu", "raspbian"], True),
        ({}, ["alpine"], False),
        ({}, ["debian", "alpine"], False),
        ({}, ["other"], False),
        ({"journal": True}, ["other"], True),
        ({"journal": False}, ["debian"], False),
    ],
)
def test_the_journal_is_read_where_every_machine_has_one(logging: Any, systems: list[str], read: bool) -> None:
    """Input, output and the mounts without which a pod would wait for ever come and go together."""
    nodes = {f"n{i}": {"address": f"2001:db8::{i + 1}", "os": system} for i, system in enumerate(systems)}
    assert _reads_journal(make_cluster(logging, nodes=nodes)) is read


def test_the_journal_of_machines_nobody_names_follows_the_defaults() -> None:
    """Where no machine is named, what all would share decides."""
    assert _reads_journal(make_cluster(machines=0))
    assert not _reads_journal(make_cluster(machines=0, nodeDefaults={"os": "alpine"}))


def test_no_path_of_docker_is_mounted() -> None:
    """The chart's mount would make a directory on machines that have no Docker, or fail where it cannot."""
    paths = [volume["hostPath"]["path"] for volume in make_cluster().value(APPLICATION, "daemonSetVolumes")]
    assert paths == ["/var/log", "/etc/machine-id", "/run/log"]


def test_a_restart_loses_no_line() -> None:
    """Where reading stopped lies on the machine, in a directory that is mounted writable."""
    made = make_cluster()
    assert all(section["DB"].startswith("/var/log/") for section in _sections(made, "inputs"))
    assert made.value(APPLICATION, "daemonSetVolumeMounts")[0] == {"name": "varlog", "mountPath": "/var/log"}


def test_every_machine_is_read_tainted_or_not() -> None:
    """Also those whose taints come and go, and those with a processor that Elasticsearch does not know."""
    made = make_cluster(nodeDefaults={"taints": ["a=b:NoExecute"], "arch": "arm"})
    assert made.value(APPLICATION, "tolerations") == [{"operator": "Exists"}]
    assert made.value(APPLICATION, "affinity") is None


@pytest.mark.parametrize("version", VERSIONS)
def test_monitor_dropped_silently_apis_are_named(version: str) -> None:
    """Charts that look for Prometheus' kinds are told of them, and the monitors carry its labels."""
    made = make_cluster({"version": version}, brought=(STORAGE, *MONITORING))
    assert made.value(APPLICATION, "serviceMonitor") == {"enabled": True, "selector": {"release": "kps"}}
    assert made.value("logging-operator", "podMonitor") == {"enabled": True, "labels": {"release": "kps"}}
    assert made.value("logging-operator", "config.metrics.port") == "9114"
    for name in (APPLICATION, "logging-operator"):
        assert "monitoring.coreos.com/v1" in made.charts[name].api_versions
    assert make_cluster().value(APPLICATION, "serviceMonitor") is None


def test_another_version_of_the_chart_may_be_kept() -> None:
    """Each release has its own, and a version of another release may be named."""
    found = {version: make_cluster({"version": version}).charts[APPLICATION].pin.version for version in VERSIONS}
    assert found == {"3.5.0": "0.58.1", "3.4.1": "0.57.9", "3.3.2": "0.56.0"}
    assert make_cluster({"fluentBit": {"version": "0.56.0"}}).charts[APPLICATION].pin.app_version == "4.2.3"


def test_existing_releases_keep_their_names() -> None:
    """Operator and Fluent Bit have a release name each."""
    made = make_cluster({"releaseName": "eck", "fluentBit": {"releaseName": "fb"}})
    assert made.charts["logging-operator"].release_name == "eck"
    assert made.charts[APPLICATION].release_name == "fb"
