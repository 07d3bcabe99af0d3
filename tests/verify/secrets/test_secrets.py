"""Secrets that stand in plain, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.catalogue.kinds import is_namespaced
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import make_entry
from trimtab.verify.secrets.checks import CHECKS
from trimtab.verify.secrets.forms import find_form
from trimtab.verify.secrets.scan import iter_named
from trimtab.verify.secrets.words import is_secret, names_secret
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

VALUE = "Hunter2-hunter2"


def find(*manifests: dict[str, Any], charts: tuple[ChartUse, ...] = ()) -> list[Complaint]:
    """Make these checks."""
    tree = Tree(make_entry({"metadata": {"name": "x"}, **one}, is_namespaced, application="shop") for one in manifests)
    world = World(kubernetes=(1, 35), charts=charts)
    return [said for check in CHECKS for said in check.run(tree, world) if isinstance(said, Complaint)]


def pod(**container: Any) -> dict[str, Any]:
    """Make a Pod of one container."""
    return {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "c", **container}]}}


def config(**data: str) -> dict[str, Any]:
    """Make a ConfigMap."""
    return {"apiVersion": "v1", "kind": "ConfigMap", "data": data}


CONTAINER = ("spec", "containers", 0)
BAD = [
    (pod(env=[{"name": "DB_PASSWORD", "value": VALUE}]), (*CONTAINER, "env", 0, "value")),
    (pod(args=[f"--password={VALUE}"]), (*CONTAINER, "args", 0)),
    (pod(args=["--api-token", VALUE]), (*CONTAINER, "args", 1)),
    (pod(command=["run", f"--clientSecret={VALUE}"]), (*CONTAINER, "command", 1)),
    (pod(env=[{"name": "DATABASE_URL", "value": f"postgres://app:{VALUE}@db/x"}]), (*CONTAINER, "env", 0, "value")),
    (config(password=VALUE), ("data", "password")),
    (config(ini=f"[db]\nuser = app\npassword = {VALUE}\n"), ("data", "ini")),
    (config(yaml=f"db:\n  apiKey: {VALUE}\n"), ("data", "yaml")),
    (config(users="app:$2y$05$abcdefghijklmnopqrstuv"), ("data", "users")),
    (config(key="-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n"), ("data", "key")),
]


@pytest.mark.parametrize(("manifest", "path"), BAD)
def test_secret_in_plain_is_found_at_its_place_and_not_shown(
    manifest: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    """Neither in words nor by its line."""
    (complaint,) = find(manifest)
    assert (complaint.code, complaint.path, complaint.hide_source) == ("secret-in-git", path, True)
    assert VALUE not in complaint.message + complaint.help


@pytest.mark.parametrize(
    "manifest",
    [
        pod(env=[{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}]),
        pod(env=[{"name": "PASSWORD_FILE", "value": "/run/secrets/db"}, {"name": "TOKEN", "value": "$(OTHER)"}]),
        pod(env=[{"name": "WEBHOOK_SECRET", "value": "elastic-webhook-server-cert"}]),
        pod(args=["--password-file=/run/x", "--secret-name=db", "--token-ttl=1h", "--token", "--verbose"]),
        config(url="https://user@example.org/path", jdbc="postgres://$(USER):$(PASSWORD)@db/x"),
        config(ini="password = ${PASSWORD}\ntokenLifetime = 3600\nmaxTokens = 5\n"),
        {
            "apiVersion": "bitnami.com/v1alpha1",
            "kind": "SealedSecret",
            "spec": {"encryptedData": {"password": "AgB" * 99}},
        },
        {"apiVersion": "v1", "kind": "Secret", "stringData": {"x": "https://a:Hunter2-hunter2@b"}},
    ],
)
def test_reference_to_a_secret_is_none(manifest: dict[str, Any]) -> None:
    """Names, files, variables and ciphertext give nothing away; Secrets themselves have a check of their own."""
    assert not find(manifest)


def test_secret_in_values_of_a_chart_is_found() -> None:
    """In the Application, or in a file beside it."""
    source = {"chart": "harbor", "repoURL": "https://charts.example.org", "helm": {}}
    application = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": {"source": source}}
    chart = ChartUse(
        application="x",
        chart="harbor",
        version="1",
        namespace="n",
        release_name="r",
        values={"db": {"password": VALUE}},
    )
    (in_file,) = find(application, charts=(chart,))
    assert "db.password" in in_file.message
    source["helm"] = {"valuesObject": {"db": {"password": VALUE}}}
    (inside,) = find(application, charts=(chart,))
    assert inside.path == ("spec", "source", "helm", "valuesObject", "db", "password")


@pytest.mark.parametrize("name", ["password", "dbPassword", "DB_PASSWORD", "api-token", "clientSecret", "privateKey"])
def test_name_says_that_it_is_a_secret(name: str) -> None:
    """In any of the ways in which names are written."""
    assert names_secret(name)


@pytest.mark.parametrize(
    "name", ["secretName", "existingSecret", "tokenUrl", "imagePullSecret", "passwordKey", "compass"]
)
def test_name_that_only_sounds_like_it_is_none(name: str) -> None:
    """It holds a name, an address, a key of something else."""
    assert not is_secret(name, "some-value")


@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    """However it is made up."""
    find_form(text)
    is_secret(text, text)
    find(config(x=text), pod(args=[text, text], env=[{"name": text, "value": text}]))


@pytest.mark.parametrize(
    "values",
    [
        {"existingSecret": "db", "secretKey": "admin"},
        {"data": [{"secretKey": "user", "remoteRef": {"key": "shop"}}]},
        {"allowEmptyPassword": "yes"},
        {"tls": {"privateKey": "private.key"}},
        {"token": "$slack-token"},
    ],
)
def test_name_of_a_key_or_a_file_is_no_secret(values: dict[str, Any]) -> None:
    """Beside what says which Secret is meant, a key is one of its keys."""
    assert not list(iter_named(values))


def test_key_beside_nothing_that_leads_to_a_secret_is_one() -> None:
    """As those of a store are."""
    assert [spot.path for spot in iter_named({"bucket": "x", "secretKey": VALUE})] == [("secretKey",)]
