"""Credentials are found where each tool keeps them, for exactly the host they belong to."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from trimtab.charts.credential_files import load_credentials
from trimtab.charts.credentials import (
    Credentials,
    HelmRepository,
    Login,
    RegistryConfig,
    parse_helper_answer,
    parse_registry_config,
)

ME = Login(user="me", password="s3cret")
PACKED = base64.b64encode(b"me:s3cret").decode()


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)


def auths(server: str) -> str:
    """Write what a `login` command writes."""
    return json.dumps({"auths": {server: {"auth": PACKED}}})


@pytest.mark.parametrize(
    ("file", "variable", "value"),
    [
        (".docker/config.json", "", ""),
        ("elsewhere/config.json", "DOCKER_CONFIG", "elsewhere"),
        (".config/containers/auth.json", "", ""),
        ("run/containers/auth.json", "XDG_RUNTIME_DIR", "run"),
        ("mine.json", "REGISTRY_AUTH_FILE", "mine.json"),
        (".config/helm/registry/config.json", "", ""),
        ("helm.json", "HELM_REGISTRY_CONFIG", "helm.json"),
    ],
)
def test_each_tools_file_is_read(tmp_path: Path, file: str, variable: str, value: str) -> None:
    """Whoever logged in by docker, podman or helm need not log in again."""
    write(tmp_path / file, auths("registry.example.org"))
    environment = {"HOME": str(tmp_path), **({variable: str(tmp_path / value)} if variable else {})}
    found = load_credentials(environment)
    assert found.for_registry("registry.example.org", "x", "https://registry.example.org/v2/x") == ME


def test_helms_repositories_are_read(tmp_path: Path) -> None:
    """`helm repo add --username` is enough."""
    row = {"name": "x", "url": "https://charts.example.org/a", "username": "me", "password": "s3cret"}
    write(tmp_path / ".config/helm/repositories.yaml", json.dumps({"repositories": [row, {"url": 1}, None]}))
    found = load_credentials({"HOME": str(tmp_path)})
    assert found.for_url("https://charts.example.org/a/index.yaml") == ME
    assert found.for_url("https://charts.example.org/ab/index.yaml") is None
    assert found.for_url("https://other.example.org/a/index.yaml") is None


def test_netrc_is_read(tmp_path: Path) -> None:
    """`.netrc` counts for web servers and registries; its `default`, which would go to everybody, does not."""
    write(tmp_path / ".netrc", "machine a.example.org login me password s3cret\ndefault login x password y\n")
    found = load_credentials({"HOME": str(tmp_path)})
    assert found.for_url("https://a.example.org/index.yaml") == ME
    assert found.for_registry("a.example.org", "x", "https://a.example.org/v2/x") == ME
    assert found.for_url("https://b.example.org/index.yaml") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"auths": []}', '{"auths": {"x": 1}}', "nonsense \0"])
def test_files_that_cannot_be_read_know_nobody(tmp_path: Path, text: str) -> None:
    """Somebody else's broken file is no reason to stop: public charts need no credentials."""
    for file in (".docker/config.json", ".config/helm/repositories.yaml", ".netrc"):
        write(tmp_path / file, text)
    found = load_credentials({"HOME": str(tmp_path)})
    assert found.for_registry("x", "y", "https://x/") is None


@pytest.mark.parametrize(
    ("server", "registry", "path", "is_found"),
    [
        ("quay.io", "quay.io", "a/b", True),
        ("https://quay.io", "quay.io", "a/b", True),
        ("https://quay.io/v2/", "quay.io", "a/b", True),
        ("quay.io/a", "quay.io", "a/b", True),
        ("quay.io/b", "quay.io", "a/b", False),
        ("quay.io:443", "quay.io", "a/b", False),
        ("evil-quay.io", "quay.io", "a/b", False),
        ("https://index.docker.io/v1/", "docker.io", "a/b", True),
        ("https://index.docker.io/v1/", "quay.io", "a/b", False),
    ],
)
def test_registry_is_known_by_its_names(server: str, registry: str, path: str, is_found: bool) -> None:
    """Docker writes addresses, Podman host and path; a host that only looks alike is another."""
    found = Credentials(registries=[parse_registry_config(auths(server))])
    assert (found.for_registry(registry, path, f"https://{registry}/") == ME) is is_found


def test_longest_name_counts() -> None:
    """A team's own login comes before the one for the whole host."""
    other = base64.b64encode(b"team:x").decode()
    config = RegistryConfig(auths={"quay.io": {"auth": PACKED}, "quay.io/team": {"auth": other}})
    found = Credentials(registries=[config]).for_registry("quay.io", "team/chart", "https://quay.io/")
    assert found == Login(user="team", password="x")


def test_helpers_are_asked() -> None:
    """A helper named for a host is asked; the store is asked for hosts that a login was made to."""
    asked: list[tuple[str, str]] = []

    def run(name: str, server: str) -> str:
        asked.append((name, server))
        return json.dumps({"Username": "me", "Secret": "s3cret"})

    config = RegistryConfig(auths={"a.org": {}}, helpers={"b.org": "gcloud"}, store="desktop")
    found = Credentials(registries=[config], run_helper=run)
    for host in ("a.org", "b.org", "c.org"):
        assert (found.for_registry(host, "x", f"https://{host}/") == ME) is (host != "c.org")
    assert asked == [("desktop", "a.org"), ("gcloud", "b.org")]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('{"Username": "me", "Secret": "s3cret"}', ME),
        ('{"Username": "<token>", "Secret": "t"}', Login(identity_token="t")),
        ("credentials not found", None),
        ("[]", None),
        ('{"Username": "me"}', None),
    ],
)
def test_helpers_answer_is_read(answer: str, expected: Any) -> None:
    """A user that is called <token> stands for an identity token."""
    assert parse_helper_answer(answer) == expected


@pytest.mark.parametrize("text", ["!!!", "bm8gY29sb24=", "/zr/"])
def test_spoilt_base64_is_nobody(text: str) -> None:
    """What cannot be read is no login."""
    config = RegistryConfig(auths={"x.org": {"auth": text}})
    assert Credentials(registries=[config]).for_registry("x.org", "", "https://x.org/") is None


def test_nothing_goes_over_plain_http() -> None:
    """Who could read along must not; on this machine nobody can."""
    found = Credentials(
        registries=[parse_registry_config(auths("x.org"))],
        repositories=[HelmRepository(url="http://x.org/", login=ME)],
        hosts={"x.org": ME, "127.0.0.1": ME},
    )
    assert found.for_url("http://x.org/index.yaml") is None
    assert found.for_registry("x.org", "", "http://x.org/v2/") is None
    assert found.for_url("http://127.0.0.1:8000/") == ME


def test_logins_are_not_shown() -> None:
    """No log, error or test output holds a password."""
    shown = repr(Credentials(registries=[RegistryConfig(auths={"x": {"auth": PACKED}})], hosts={"x": ME})) + repr(ME)
    assert "s3cret" not in shown
    assert PACKED not in shown


def test_a_user_without_a_home_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run as a number that no list of users has; a public registry needs nobody."""

    def refuse() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", refuse)
    found = load_credentials({})
    assert (found.registries, found.repositories, found.hosts) == ([], [], {})
