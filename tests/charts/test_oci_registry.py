"""Charts of a registry: the dance for a token, manifest, blob; each digest is verified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chart_support.made import digest, make_archive
from chart_support.registry import TOKEN, Registry, make_manifest
from chart_support.repository import render_index, resolver_of, wanted
from chart_support.servers import Reply, Server, serve, table
from trimtab.charts.credentials import Credentials, Login, RegistryConfig
from trimtab.charts.errors import ChartError

ARCHIVE = make_archive("made", "1.0.0")
LOGIN = Login(user="me", password="s3cret")
AUTH = {"username": "me", "password": "s3cret"}


@pytest.fixture
def registry() -> Registry:
    """Give a registry with one chart."""
    made = Registry()
    made.push("charts/made", "1.0.0", ARCHIVE)
    return made


@pytest.fixture
def server(registry: Registry) -> Iterator[Server]:
    """Let it serve."""
    with serve(registry.answer) as running:
        yield running


def known(server: Server, **auth: str) -> Credentials:
    """Know one registry."""
    return Credentials(registries=[RegistryConfig(auths={server.netloc: auth or AUTH})])


def refusal(server: Server, chart: str = "made", version: str = "1.0.0", **more: Any) -> ChartError:
    """Give what is said of a chart."""
    with pytest.raises(ChartError) as caught:
        resolver_of(**more).resolve(wanted(f"{server.netloc}/charts", chart, version))
    assert "s3cret" not in str(vars(caught.value))
    return caught.value


def test_chart_is_found_by_its_tag(server: Server, registry: Registry) -> None:
    """Archive and manifest are both noted by their digest."""
    found = resolver_of().resolve(wanted(f"{server.netloc}/charts"))
    assert found.content == ARCHIVE
    assert found.entry.digest == digest(ARCHIVE)
    assert found.entry.manifest_digest == digest(registry.tags["charts/made"]["1.0.0"])
    assert found.entry.url == f"{server.url}/v2/charts/made/blobs/{digest(ARCHIVE)}"


def test_build_metadata_becomes_an_underscore(server: Server, registry: Registry) -> None:
    """Helm pushes 1.0.0+up1 as 1.0.0_up1."""
    registry.push("charts/made", "1.0.0_up1", make_archive("made", "1.0.0+up1"))
    assert resolver_of().resolve(wanted(f"oci://{server.netloc}/charts", version="1.0.0+up1")).content


def test_token_is_asked_for_once(server: Server, registry: Registry) -> None:
    """An open registry wants a token all the same, which serves for manifest and blob."""
    registry.realm = f"{server.url}/token"
    assert resolver_of().resolve(wanted(f"{server.netloc}/charts")).content == ARCHIVE
    tokens = [path for path in server.paths() if path.startswith("/token")]
    assert tokens == ["/token?service=registry&scope=repository%3Ax%3Apull"]
    assert server.asked[-1].headers["authorization"] == f"Bearer {TOKEN}"


def test_password_goes_to_the_token_service_alone(server: Server, registry: Registry) -> None:
    """The registry itself sees tokens, never the password."""
    registry.realm, registry.login = f"{server.url}/token", ("me", "s3cret")
    resolver_of(credentials=known(server)).resolve(wanted(f"{server.netloc}/charts"))
    seen = {one.path.partition("?")[0]: one.headers.get("authorization", "") for one in server.asked}
    assert {path for path, value in seen.items() if value.startswith("Basic")} == {"/token"}


def test_identity_token_is_changed_for_another(server: Server, registry: Registry) -> None:
    """A token that `docker login` keeps is sent in a body, not in an address."""
    registry.realm, registry.refresh_token = f"{server.url}/token", "long-lived"
    mine = known(server, identitytoken="long-lived")
    assert resolver_of(credentials=mine).resolve(wanted(f"{server.netloc}/charts")).content == ARCHIVE
    assert not any("long-lived" in path for path in server.paths())


def test_plain_password_is_taken_too(server: Server, registry: Registry) -> None:
    """A small registry asks for user and password, without tokens."""
    registry.login = ("me", "s3cret")
    assert resolver_of(credentials=known(server)).resolve(wanted(f"{server.netloc}/charts")).content == ARCHIVE


@pytest.mark.parametrize("realm", ["", "/token"])
def test_nobody_is_let_in_without_credentials(server: Server, registry: Registry, realm: str) -> None:
    """401 says who refuses, and where credentials are looked for."""
    registry.login, registry.realm = ("me", "s3cret"), realm and f"{server.url}{realm}"
    error = refusal(server)
    assert error.code == "chart-access-refused"
    assert "helm registry login" in (error.help or "")


def test_wrong_password_is_said(server: Server, registry: Registry) -> None:
    """Credentials that are refused are called so, and not shown."""
    registry.login = ("me", "another")
    error = refusal(server, credentials=known(server))
    assert "no longer, good" in (error.help or "")


@pytest.mark.parametrize("realm", ["http://tokens.example.org/token", "https://[::1", "tokens", "ftp://127.0.0.1/"])
def test_token_over_plain_http_is_refused(server: Server, registry: Registry, realm: str) -> None:
    """A registry must not send our password through the open, or anywhere that is no address."""
    registry.realm, registry.login = realm, ("me", "s3cret")
    assert "plain HTTP" in refusal(server, credentials=known(server)).message


def test_blobs_elsewhere_get_no_token(server: Server, registry: Registry) -> None:
    """Registries lead to the storage behind them, which must not see who we are."""
    with serve(table({f"/{digest(ARCHIVE)}?signature=1": ARCHIVE})) as storage:
        registry.realm, registry.storage = f"{server.url}/token", storage.url
        assert resolver_of().resolve(wanted(f"{server.netloc}/charts")).content == ARCHIVE
    assert "authorization" not in storage.asked[0].headers


def test_registry_that_lies_about_the_manifest_is_refused(server: Server, registry: Registry) -> None:
    """The digest in the header must be that of the body."""
    registry.manifest_headers = {"Docker-Content-Digest": digest(b"another")}
    assert refusal(server).code == "chart-digest-mismatch"


def test_registry_that_lies_about_the_blob_is_refused(server: Server, registry: Registry) -> None:
    """A blob is what its name says, or it is not taken."""
    registry.blobs[digest(ARCHIVE)] = make_archive("made", "1.0.0", evil=b"x")
    assert refusal(server).code == "chart-digest-mismatch"


@pytest.mark.parametrize(
    ("manifest", "word"),
    [
        (make_manifest(ARCHIVE, config="application/vnd.oci.image.config.v1+json"), "image.config"),
        (make_manifest(ARCHIVE, layers=()), "0 archives"),
        (make_manifest(ARCHIVE, layers=("application/vnd.cncf.helm.chart.content.v1.tar+gzip",) * 2), "2 archives"),
        (b"[]", "no JSON object"),
        (b"{", "no JSON"),
    ],
)
def test_what_is_no_chart_is_refused(server: Server, registry: Registry, manifest: bytes, word: str) -> None:
    """An image with the name of a chart is an image."""
    registry.tags["charts/made"]["1.0.0"] = manifest
    error = refusal(server)
    assert (error.code, word in error.message) == ("no-chart-in-registry", True)


def test_versions_there_are_are_named(server: Server, registry: Registry) -> None:
    """The tags of the chart say what there is; signatures among them are no versions."""
    registry.tags["charts/made"]["sha256-abc.sig"] = b"{}"
    registry.push("charts/made", "v2.0.0", ARCHIVE)
    assert refusal(server, version="1.5.0").help == "there are: v2.0.0, 1.0.0"
    assert refusal(server, version="2.0.0").help == "did you mean v2.0.0?"
    assert refusal(server, chart="nothing").code == "chart-not-found"


def test_index_may_lead_to_a_registry(server: Server) -> None:
    """Some repositories keep an index and moved their archives to a registry."""
    row = {"version": "1.0.0", "urls": [f"oci://{server.netloc}/charts/made:1.0.0"]}
    with serve(table({"/index.yaml": render_index({"made": [row]})})) as index:
        found = resolver_of().resolve(wanted(index.url))
    assert found.entry.manifest_digest is not None


def test_locked_blob_is_fetched_by_its_address(server: Server) -> None:
    """What is locked needs no manifest any more."""
    resolver = resolver_of()
    entry = resolver.resolve(wanted(f"{server.netloc}/charts")).entry
    server.asked.clear()
    assert resolver.fetch_locked(entry) == ARCHIVE
    assert server.paths() == [f"/v2/charts/made/blobs/{entry.digest}"]


def test_broken_registry_is_said() -> None:
    """A registry that fails is the outside world's failure."""
    with serve(lambda _: Reply(b"", 500)) as server:
        assert refusal(server).code == "repository-unreachable"
