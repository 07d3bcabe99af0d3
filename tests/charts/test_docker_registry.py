"""The real registry of Debian's docker-registry, where it is installed: what we fetch is what was pushed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import bcrypt
import pytest
import urllib3

from chart_support.made import digest, make_archive
from chart_support.registry import MANIFEST, make_manifest
from chart_support.repository import resolver_of, wanted
from trimtab.charts.credentials import Credentials, RegistryConfig
from trimtab.charts.errors import ChartError

PROGRAM = shutil.which("docker-registry")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="docker-registry is not installed")
AUTH = {"username": "me", "password": "s3cret"}
ARCHIVE = make_archive("made", "1.0.0")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run it on a free port, with one user and one chart in it, and give host and port."""
    folder = tmp_path_factory.mktemp("registry")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(PROGRAM), "serve", str(_configure(folder, port))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/v2/")
        _push(f"http://127.0.0.1:{port}/v2/charts/made", ARCHIVE)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def _configure(folder: Path, port: int) -> Path:
    users = folder / "htpasswd"
    users.write_bytes(b"me:" + bcrypt.hashpw(b"s3cret", bcrypt.gensalt(4)) + b"\n")
    config = folder / "config.yml"
    config.write_text(
        f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {folder}/data}}}}\n"
        f"http: {{addr: '127.0.0.1:{port}'}}\nauth: {{htpasswd: {{realm: test, path: {users}}}}}\n"
    )
    return config


def _wait(url: str) -> None:
    for _ in range(1500):
        try:
            urllib3.request("GET", url, retries=False)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.02)
        else:
            return
    pytest.fail("docker-registry did not start")


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
