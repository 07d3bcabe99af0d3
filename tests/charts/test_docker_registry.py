"""The real registry of Debian's docker-registry, where it is installed: what we fetch is what was pushed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import urllib3

from chart_support.made import digest, make_archive
from chart_support.registry import MANIFEST, make_manifest
from chart_support.repository import resolver_of, wanted
from image_support.registry import PROGRAM, serve_registry
from trimtab.charts.credentials import Credentials, RegistryConfig
from trimtab.charts.errors import ChartError

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="docker-registry is not installed")
AUTH = {"username": "me", "password": "s3cret"}
ARCHIVE = make_archive("made", "1.0.0")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run it on a free port, with one user and one chart in it, and give host and port."""
    with serve_registry(tmp_path_factory.mktemp("registry") / "data", user="me", password="s3cret") as where:
        _push(f"http://{where}/v2/charts/made", ARCHIVE)
        yield where


def _push(base: str, archive: bytes) -> None:
    headers = urllib3.make_headers(basic_auth="me:s3cret")
    for blob in (b"{}", archive):
        where = urllib3.request("POST", f"{base}/blobs/uploads/", headers=headers).headers["location"]
        joined = f"{where}{'&' if urlsplit(where).query else '?'}digest={digest(blob)}"
        assert urllib3.request("PUT", joined, body=blob, headers=headers).status == 201
    typed = {**headers, "content-type": MANIFEST}
    assert urllib3.request("PUT", f"{base}/manifests/1.0.0", body=make_manifest(archive), headers=typed).status == 201


def known(registry: str) -> Credentials:
    """Know the user of the registry."""
    return Credentials(registries=[RegistryConfig(auths={registry: AUTH})])


def test_pushed_chart_is_fetched(registry: str) -> None:
    """Manifest and archive come back with the digests they were pushed with."""
    found = resolver_of(credentials=known(registry)).resolve(wanted(f"{registry}/charts"))
    assert found.content == ARCHIVE
    assert found.entry.manifest_digest == digest(make_manifest(ARCHIVE))


def test_missing_version_names_those_there_are(registry: str) -> None:
    """The registry's own list of tags is read."""
    with pytest.raises(ChartError) as caught:
        resolver_of(credentials=known(registry)).resolve(wanted(f"{registry}/charts", version="1.0.1"))
    assert (caught.value.code, caught.value.help) == ("chart-version-not-found", "there are: 1.0.0")


def test_missing_chart_is_said(registry: str) -> None:
    """A repository that was never pushed to is none."""
    with pytest.raises(ChartError) as caught:
        resolver_of(credentials=known(registry)).resolve(wanted(f"{registry}/charts", "nothing"))
    assert caught.value.code == "chart-not-found"


def test_nobody_is_let_in_without_credentials(registry: str) -> None:
    """Its refusal is understood."""
    with pytest.raises(ChartError) as caught:
        resolver_of().resolve(wanted(f"{registry}/charts"))
    assert caught.value.code == "chart-access-refused"
