"""Charts of a registry."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from trimtab.charts.challenge import Basic, Bearer, parse_challenge
from trimtab.charts.credentials import Credentials, Login
from trimtab.charts.digests import check_digest, digest_of
from trimtab.charts.errors import ChartError, UnreachableError
from trimtab.charts.fetching import Fetcher
from trimtab.charts.http_repository import ARCHIVE_LIMIT, access_refused
from trimtab.charts.missing import chart_not_found, version_not_found
from trimtab.charts.oci_manifest import MANIFEST_TYPE, Layer, parse_manifest
from trimtab.charts.reference import LOOPBACK, OciRepository, is_private, shown_url, split_url, tag_of
from trimtab.doors.http import Answer, Request

_SMALL = 4 * 1024 * 1024
"""The most bytes of a manifest (opencontainers/distribution-spec, spec.md, Pushing manifests) and of a token."""
_HUB, _HUB_API = "docker.io", "registry-1.docker.io"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A chart in a registry."""

    url: str
    """The address of its archive."""
    manifest_digest: str
    layer: Layer


@dataclass(frozen=True, slots=True)
class Registries:
    """Asks registries. Source of the addresses: opencontainers/distribution-spec, spec.md, Endpoints."""

    fetcher: Fetcher
    credentials: Credentials
    speaks_tls: Callable[[str], bool] = lambda _: False
    """Whether a registry on this machine speaks HTTPS; like Docker, plain HTTP is taken there where nothing is said."""
    _tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def find(self, repository: OciRepository, chart: str, version: str) -> Located:
        """Find a release by its tag.

        Raises:
            ChartError: It is not there, is no chart, or the registry cannot be asked.
        """
        path = f"{repository.path}/{chart}".strip("/")
        url = f"{self._base(repository.registry)}/v2/{path}/manifests/{tag_of(version)}"
        answer = self._ask(repository.registry, path, url, _SMALL, accept=MANIFEST_TYPE)
        if answer.status == 404:
            raise self._missing(repository, chart, version)
        self._check_status(answer, repository.registry, path, url)
        digest = digest_of(answer.body)
        said = answer.headers.get("docker-content-digest", digest)
        if said.startswith("sha256:"):
            check_digest(answer.body, said, f"the manifest {shown_url(url)}", "the registry")
        layer = parse_manifest(answer.body, url)
        blob = f"{self._base(repository.registry)}/v2/{path}/blobs/{layer.digest}"
        return Located(url=blob, manifest_digest=digest, layer=layer)

    def fetch_blob(self, url: str, digest: str) -> bytes:
        """Fetch an archive by the address that `find` gave.

        Raises:
            ChartError: It is not there, is something else, or the registry cannot be asked.
        """
        parts = split_url(url)
        path = parts.path.removeprefix("/v2/").rpartition("/blobs/")[0]
        answer = self._ask(parts.netloc, path, url, ARCHIVE_LIMIT)
        if answer.status == 404:
            raise chart_not_found(path.rpartition("/")[2], f"{parts.netloc}/{path}")
        self._check_status(answer, parts.netloc, path, url)
        check_digest(answer.body, digest, f"the archive {shown_url(url)}", "the manifest")
        return answer.body

    def _base(self, registry: str) -> str:
        host = split_url(f"oci://{registry}").hostname or ""
        plain = host in LOOPBACK and not self.speaks_tls(registry)
        return f"{'http' if plain else 'https'}://{_HUB_API if registry == _HUB else registry}"

    def _ask(self, registry: str, path: str, url: str, limit: int, accept: str | None = None) -> Answer:
        headers = {"accept": accept} if accept else {}
        known = self._tokens.get((registry, path))
        first = {**headers, "authorization": known} if known else headers
        answer = self.fetcher.ask(Request(url=url, headers=first, limit=limit))
        if answer.status != 401:
            return answer
        given = self._answer_challenge(registry, path, url, answer.headers.get("www-authenticate", ""))
        if given is None:
            return answer
        self._tokens[registry, path] = given
        return self.fetcher.ask(Request(url=url, headers={**headers, "authorization": given}, limit=limit))

    def _answer_challenge(self, registry: str, path: str, url: str, header: str) -> str | None:
        challenge = parse_challenge(header)
        login = self.credentials.for_registry(registry, path, url)
        if isinstance(challenge, Basic):
            return login.basic if login and not login.identity_token else None
        return self._token(challenge, login, f"repository:{path}:pull") if isinstance(challenge, Bearer) else None

    def _token(self, challenge: Bearer, login: Login | None, scope: str) -> str | None:
        """Ask for a token. The realm may be another host, as the registry says: so all clients of registries do."""
        if not is_private(challenge.realm):
            raise UnreachableError(
                f"{shown_url(challenge.realm)[:200]} would give tokens, over plain HTTP or not at all",
                "ask who runs the registry for HTTPS",
                code="chart-access-refused",
            )
        answer = self.fetcher.ask(_token_request(challenge, login, scope))
        if answer.status in (400, 401, 403):
            raise access_refused(challenge.realm, answer.status, has_login=login is not None)
        try:
            value = json.loads(answer.body)
            token = value.get("token") or value.get("access_token")
        except (ValueError, AttributeError, RecursionError):
            token = None
        return f"Bearer {token}" if isinstance(token, str) and token.isascii() and token.isprintable() else None

    def _check_status(self, answer: Answer, registry: str, path: str, url: str) -> None:
        if answer.status in (401, 403):
            login = self.credentials.for_registry(registry, path, url)
            raise access_refused(url, answer.status, has_login=login is not None)
        if answer.status != 200:
            raise UnreachableError(f"{shown_url(url)} answered {answer.status}", "ask who runs the registry")

    def _missing(self, repository: OciRepository, chart: str, version: str) -> ChartError:
        path = f"{repository.path}/{chart}".strip("/")
        address = f"{repository.registry}/{repository.path}".rstrip("/")
        url = f"{self._base(repository.registry)}/v2/{path}/tags/list"
        answer = self._ask(repository.registry, path, url, _SMALL)
        try:
            tags = json.loads(answer.body).get("tags") if answer.status == 200 else None
        except (ValueError, AttributeError, RecursionError):
            tags = None
        if not isinstance(tags, list) or not tags:
            return chart_not_found(chart, address)
        return version_not_found(chart, version, address, [str(tag).replace("_", "+") for tag in tags])


def _token_request(challenge: Bearer, login: Login | None, scope: str) -> Request:
    """Make the request for a token. Source: distribution/distribution, docs/spec/auth/{token,oauth}.md."""
    if login is not None and login.identity_token:
        fields = {
            "grant_type": "refresh_token",
            "service": challenge.service or "",
            "client_id": "trimtab",
            "scope": challenge.scope or scope,
            "refresh_token": login.identity_token,
        }
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return Request(
            url=challenge.realm, method="POST", headers=headers, body=urlencode(fields).encode(), limit=_SMALL
        )
    headers = {"authorization": login.basic} if login else {}
    return Request(url=challenge.url(scope), headers=headers, limit=_SMALL)
