"""Values of Harbor's chart in every shape of cluster, at every release."""

from __future__ import annotations

from typing import Any

import pytest

from harbor_support.made import (
    BROUGHT,
    FULL,
    HOST,
    OUTSIDE,
    VERSIONS,
    WITHOUT_CERTIFICATES,
    make_harbor,
)
from platform_support.made import PROMETHEUS, SHAPES
from trimtab.components.harbor.secrets import REGISTRY_USER
from upstream_support.chart_values import chart_defaults, merge_values, value_errors
from upstream_support.folder import MISSING, find_upstream

ARM = {"cp": {"address": "192.0.2.1", "arch": "amd64"}, "w": {"address": "192.0.2.2", "arch": "arm64"}}


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("more", [{}, FULL, OUTSIDE], ids=["plain", "full", "outside"])
@pytest.mark.parametrize(("net", "nodes"), SHAPES)
def test_every_value_is_read(version: str, more: dict[str, Any], net: str, nodes: str) -> None:
    """The chart of each release reads every key that is written, whatever the cluster looks like."""
    made = make_harbor({"version": version, **more}, net=net, nodes=nodes, brought=(*BROUGHT, *PROMETHEUS))
    assert value_errors(made.release("harbor").values, "harbor", version) == []


RANDOM_UNLESS_SET = (
    "core.existingSecret",
    "core.secretName",
    "core.existingXsrfSecret",
    "jobservice.existingSecret",
    "registry.existingSecret",
    "registry.credentials.existingSecret",
)
KNOWN_TO_EVERYBODY = ("existingSecretAdminPassword", "existingSecretSecretKey", "database.external.existingSecret")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("more", [{}, FULL, OUTSIDE], ids=["plain", "full", "outside"])
def test_harbor_secret_changes_every_render(version: str, more: dict[str, Any]) -> None:
    """Whatever the chart would make anew at each render is read from a Secret, and from no other but those listed."""
    made = make_harbor({"version": version, **more}, brought=WITHOUT_CERTIFICATES)
    listed = {secret.name for secret in made.applications["harbor"].secrets}
    for dotted in (*RANDOM_UNLESS_SET, *KNOWN_TO_EVERYBODY):
        assert made.value("harbor", dotted) in listed, dotted
    assert made.value("harbor", "expose.tls.certSource") != "auto"
    assert made.value("harbor", "internalTLS") is None


@pytest.mark.skipif(find_upstream() is None, reason=MISSING)
@pytest.mark.parametrize("version", VERSIONS)
def test_harbor_secret_in_git(version: str) -> None:
    """The password that the chart has no Secret for is empty, and PostgreSQL is handed that of the Secret."""
    made = make_harbor({"version": version})
    values = merge_values(chart_defaults("harbor", version), made.release("harbor").values)
    assert values["database"]["internal"]["password"] == ""
    [variable] = values["database"]["internal"]["extraEnvVars"]
    assert variable["name"] == "POSTGRES_PASSWORD"
    wanted = variable["valueFrom"]["secretKeyRef"]
    assert wanted == {"name": values["database"]["external"]["existingSecret"], "key": "password"}
    assert "password" in made.applications["harbor"].secrets[0].keys


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("net", "expected"),
    [
        ("IPv4", {"ipv6": {"enabled": False}}),
        ("IPv6", None),
        ("dual", {"policy": "PreferDualStack"}),
    ],
)
def test_harbor_family_list_breaks_render(version: str, net: str, expected: dict[str, Any] | None) -> None:
    """Families are never listed, which breaks the Service of Redis; a policy is said from 1.18 on."""
    found = make_harbor({"version": version}, net=net).value("harbor", "ipFamily")
    assert found == (None if version.startswith("1.17") and net == "dual" else expected)


@pytest.mark.parametrize(
    ("settings", "strategy", "mode", "loggers"),
    [
        ({}, "Recreate", None, None),
        ({"replicas": 2, "storageClass": "files"}, "RollingUpdate", "ReadWriteMany", ["database"]),
        ({"replicas": 2, **OUTSIDE}, "RollingUpdate", None, ["database"]),
    ],
)
def test_harbor_rolling_update_on_single_writer(
    settings: dict[str, Any], strategy: str, mode: str | None, loggers: list[str] | None
) -> None:
    """One writer gives its volume back first; several share one, and the logs of jobs need none."""
    made = make_harbor(settings)
    assert made.value("harbor", "updateStrategy.type") == strategy
    assert made.value("harbor", "persistence.persistentVolumeClaim.registry.accessMode") == mode
    assert made.value("harbor", "jobservice.jobLoggers") == loggers


PODS = ("core", "portal", "jobservice", "registry", "trivy", "exporter", "database.internal", "redis.internal")


@pytest.mark.parametrize(("named", "expected"), [(ARM, {"kubernetes.io/arch": "amd64"}), ({"n": ARM["cp"]}, None)])
def test_harbor_mixed_architectures(named: dict[str, Any], expected: dict[str, str] | None) -> None:
    """Every pod of Harbor stays on amd64 where there is anything else."""
    made = make_harbor({"scanner": True}, named=named, brought=(*BROUGHT, *PROMETHEUS))
    assert [made.value("harbor", f"{pod}.nodeSelector") for pod in PODS] == [expected] * len(PODS)


def test_what_does_not_run_is_not_spoken_of() -> None:
    """No scanner, no exporter, no own database: no values for their pods."""
    made = make_harbor({**FULL, **OUTSIDE, "scanner": False}, named=ARM)
    assert made.value("harbor", "trivy") == {"enabled": False}
    assert made.value("harbor", "exporter") is None
    assert made.value("harbor", "database.internal") is None


@pytest.mark.parametrize(
    ("rest", "said", "runs"),
    [
        ({}, None, True),
        ({"size": "small"}, None, False),
        ({"nodes": "one"}, None, False),
        ({"nodes": "one"}, True, True),
        ({}, False, False),
    ],
)
def test_the_scanner_runs_where_there_is_room(rest: dict[str, Any], said: bool | None, runs: bool) -> None:
    """Half a gibibyte is too much for a small cluster, unless it is asked for."""
    made = make_harbor({} if said is None else {"scanner": said}, **rest)
    assert made.value("harbor", "trivy.enabled") is runs
    assert (made.value("harbor", "persistence.persistentVolumeClaim.trivy") is not None) is runs


def test_harbor_data_pruned() -> None:
    """Claims with images and logs are deleted only when somebody says so; the application is one that holds data."""
    made = make_harbor()
    for claim in ("registry", "jobservice.jobLog"):
        annotations = made.value("harbor", f"persistence.persistentVolumeClaim.{claim}.annotations")
        assert annotations == {"argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm"}
    assert made.applications["harbor"].holds_data


def test_volumes_have_the_sizes_and_classes_that_are_set() -> None:
    """The database may lie on another class than the rest."""
    made = make_harbor({**FULL, "replicas": 1})
    claims = made.value("harbor", "persistence.persistentVolumeClaim")
    assert (claims["registry"]["size"], claims["registry"]["storageClass"]) == ("200Gi", "files")
    assert claims["database"] == {"size": "10Gi", "storageClass": "block"}
    assert claims["redis"] == {"storageClass": "files"}


def test_what_lies_outside_needs_no_volume() -> None:
    """A bucket and a database outside: no claims for them, and their passwords from Secrets."""
    made = make_harbor(OUTSIDE)
    claims = made.value("harbor", "persistence.persistentVolumeClaim")
    assert {"registry", "database"} & set(claims) == set()
    assert made.value("harbor", "database.external") == {
        "host": "db.example.org",
        "port": "5432",
        "username": "u",
        "coreDatabase": "registry",
        "sslmode": "verify-full",
        "existingSecret": "harbor-secrets",
    }
    storage = made.value("harbor", "persistence.imageChartStorage")
    assert storage["s3"]["existingSecret"] == "harbor-s3"
    assert storage["disableredirect"] is True


def test_the_address_is_the_one_that_clients_use() -> None:
    """externalURL, the Ingress and the expected host name agree."""
    made = make_harbor()
    assert made.value("harbor", "externalURL") == f"https://{HOST}"
    assert made.value("harbor", "expose.ingress") == {"hosts": {"core": HOST}, "className": "traefik"}
    assert made.applications["harbor"].host_names == (HOST,)
    below = make_harbor({"host": None}, domain="example.net")
    assert below.value("harbor", "externalURL") == "https://harbor.example.net"


@pytest.mark.parametrize(
    ("tls", "brought", "expected", "ca"),
    [
        ({}, BROUGHT, {"enabled": True, "certSource": "secret", "secret": {"secretName": "harbor-tls"}}, "harbor-tls"),
        (
            {"secretName": "mine"},
            BROUGHT,
            {"enabled": True, "certSource": "secret", "secret": {"secretName": "mine"}},
            "mine",
        ),
        ({"insecure": True}, BROUGHT, {"enabled": False}, None),
        ({}, WITHOUT_CERTIFICATES, {"enabled": True, "certSource": "none"}, None),
    ],
)
def test_the_certificate_comes_from_a_secret(tls: Any, brought: Any, expected: Any, ca: str | None) -> None:
    """Never from the chart, which makes another one each time; and the CA's Secret always has a name beside it."""
    made = make_harbor({"tls": tls}, brought=brought)
    assert made.value("harbor", "expose.tls") == expected
    assert made.value("harbor", "caSecretName") == ca


def test_plain_http_is_not_redirected() -> None:
    """The chart redirects to TLS by annotations unless they are turned over."""
    made = make_harbor({"tls": {"insecure": True}})
    assert made.value("harbor", "externalURL") == f"http://{HOST}"
    assert set(made.value("harbor", "expose.ingress.annotations").values()) == {"false"}


def test_a_gateway_holds_the_certificate() -> None:
    """With a route the chart is told of no certificate, and clients still speak TLS."""
    gateway = {"name": "outer", "namespace": "web", "sectionName": "https"}
    made = make_harbor({"gateway": gateway})
    # Group and kind are the API server's own defaults, which Argo CD would compare with nothing.
    parent = {"group": "gateway.networking.k8s.io", "kind": "Gateway", **gateway}
    assert made.value("harbor", "expose") == {
        "type": "route",
        "route": {"parentRefs": [parent], "hosts": [HOST]},
        "tls": {"enabled": False},
    }
    assert made.value("harbor", "externalURL") == f"https://{HOST}"


def test_what_harbor_fetches_comes_through_the_proxy() -> None:
    """The chart adds its own Services to what is reached without it; the cluster's ranges come from us."""
    network = {
        "pods": ["10.244.0.0/16"],
        "services": ["10.96.0.0/12"],
        "proxy": {"http": "http://proxy.example.org:3128"},
    }
    proxy = make_harbor(network=network).value("harbor", "proxy")
    assert proxy["httpProxy"] == proxy["httpsProxy"] == "http://proxy.example.org:3128"
    assert {".svc", "10.96.0.0/12"} <= set(proxy["noProxy"].split(","))
    assert make_harbor().value("harbor", "proxy") is None


def test_harbor_monitor_dropped_silently() -> None:
    """With Prometheus there is an exporter and a ServiceMonitor with its labels."""
    made = make_harbor(brought=(*BROUGHT, *PROMETHEUS))
    monitor = made.value("harbor", "metrics.serviceMonitor")
    assert monitor == {"enabled": True, "additionalLabels": {"release": "kps"}}
    assert made.release("harbor").api_versions
    assert make_harbor().value("harbor", "metrics") is None


def test_the_user_of_the_registry_is_the_one_of_the_htpasswd_line() -> None:
    """Who makes the Secret is told the name that the chart uses."""
    assert make_harbor().value("harbor", "registry.credentials.username") == REGISTRY_USER


@pytest.mark.parametrize("more", [{}, FULL, OUTSIDE, {"tls": {"insecure": True}}])
def test_every_reason_speaks_of_a_value_that_is_written(more: dict[str, Any]) -> None:
    """A reason for a value that is not there would forbid the user to set it."""
    made = make_harbor(more, net="dual", named=ARM, brought=(*BROUGHT, *PROMETHEUS))
    reasons = made.release("harbor").reasons
    assert ("core", "existingSecret") in reasons
    assert [path for path in reasons if made.value("harbor", ".".join(path)) is None] == []
