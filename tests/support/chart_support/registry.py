"""A registry for tests: charts by repository and tag, behind a token where one is wanted; and it can lie."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from chart_support.made import digest
from chart_support.servers import Asked, Reply

CONFIG = "application/vnd.cncf.helm.config.v1+json"
CONTENT = "application/vnd.cncf.helm.chart.content.v1.tar+gzip"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
TOKEN = "a-token-of-the-test"


def make_manifest(archive: bytes, *, config: str = CONFIG, layers: tuple[str, ...] = (CONTENT,)) -> bytes:
    """Write a manifest over an archive."""
    layer = {"digest": digest(archive), "size": len(archive)}
    value = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {"mediaType": config, "digest": digest(b"{}"), "size": 2},
        "layers": [{"mediaType": kind, **layer} for kind in layers],
    }
    return json.dumps(value).encode()


@dataclass
class Registry:
    """Answers as registries do (opencontainers/distribution-spec)."""

    tags: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """Repository to tag to manifest."""
    blobs: dict[str, bytes] = field(default_factory=dict)
    login: tuple[str, str] | None = None
    """Who may come in; nothing for everybody, without a token."""
    realm: str = ""
    """Where tokens are given; nothing for no tokens at all."""
    anonymous: bool = True
    """Whether a token is given to who names no user."""
    manifest_headers: dict[str, str] = field(default_factory=dict)
    storage: str = ""
    """Where blobs are, if elsewhere."""
    refresh_token: str = ""

    def push(self, repository: str, tag: str, archive: bytes, **more: object) -> None:
        """Put a chart in."""
        self.blobs[digest(archive)] = archive
        self.tags.setdefault(repository, {})[tag] = make_manifest(archive, **more)  # type: ignore[arg-type]

    def answer(self, asked: Asked) -> Reply:
        """Answer a request."""
        parts = urlsplit(asked.path)
        if parts.path == "/token":
            return self._token(asked)
        if not self._lets_in(asked):
            header = f'Bearer realm="{self.realm}",service="registry" ,scope="repository:x:pull"'
            return Reply(b"{}", 401, {"WWW-Authenticate": header if self.realm else 'Basic realm="registry"'})
        repository, _, rest = parts.path.removeprefix("/v2/").rpartition("/")
        repository, _, kind = repository.rpartition("/")
        return self._give(repository, kind, rest)

    def _give(self, repository: str, kind: str, name: str) -> Reply:
        tags = self.tags.get(repository, {})
        if kind == "tags" and tags:
            return Reply(json.dumps({"tags": sorted(tags)}).encode())
        if kind == "manifests" and name in tags:
            content = tags[name]
            return Reply(content, headers={"Docker-Content-Digest": digest(content), **self.manifest_headers})
        if kind == "blobs" and name in self.blobs:
            where = {"location": f"{self.storage}/{name}?signature=1"}
            return Reply(b"", 307, where) if self.storage else Reply(self.blobs[name])
        return Reply(b"{}", 404)

    def _lets_in(self, asked: Asked) -> bool:
        given = asked.headers.get("authorization", "")
        if self.realm:
            return given == f"Bearer {TOKEN}"
        return self.login is None or given == _basic(*self.login)

    def _token(self, asked: Asked) -> Reply:
        if asked.method == "POST":
            form = parse_qs(asked.body.decode())
            good = form.get("refresh_token") == [self.refresh_token] and form.get("grant_type") == ["refresh_token"]
            return Reply(json.dumps({"access_token": TOKEN}).encode()) if good else Reply(b"{}", 401)
        given = asked.headers.get("authorization", "")
        good = given == _basic(*self.login) if self.login else self.anonymous
        return Reply(json.dumps({"token": TOKEN}).encode()) if good else Reply(b'{"errors": []}', 401)


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
