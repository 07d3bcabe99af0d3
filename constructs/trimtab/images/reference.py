"""The name of an image, read and written exactly as container runtimes do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address

DOCKER_HUB = "docker.io"
"""The registry of names that name none (distribution/reference normalize.go, defaultDomain)."""
LATEST = "latest"
"""The tag of names with neither tag nor digest (the same, defaultTag)."""
_OFFICIAL = "library/"
_OLD_HUB = "index.docker.io"
_LONGEST = 255
"""How long registry and repository may be together (distribution/reference, RepositoryNameTotalLengthMax)."""

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:]+\])"
REGISTRY = rf"{_HOST}(?::[0-9]+)?"
_PART = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
REPOSITORY = rf"{_PART}(?:/{_PART})*"
TAG = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
DIGEST = r"[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}"
_NAME = re.compile(rf"(?:({REGISTRY})/)?({REPOSITORY})(?::({TAG}))?(?:@({DIGEST}))?", re.ASCII)
_BARE_DIGEST = re.compile(r"[0-9a-f]{64}")
_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
"""Hexadecimal digits of the digests that the OCI image specification registers (descriptor.md, Digests)."""


class ReferenceRefusedError(ValueError):
    """A text is no reference to an image."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Reference:
    """An image, with everything written out that its short form leaves to the reader."""

    registry: str
    """Host name or address in lower case, an IPv6 address in brackets, with a port where one is named."""
    repository: str
    tag: str | None = None
    """Nothing only where a digest says it all."""
    digest: str | None = None

    @property
    def name(self) -> str:
        """Registry and repository."""
        return f"{self.registry}/{self.repository}"

    @property
    def version(self) -> str:
        """What is really pulled: the digest where there is one, for runtimes then ignore the tag."""
        return self.digest or self.tag or LATEST

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        return self.name + tag + (f"@{self.digest}" if self.digest else "")


def parse_reference(text: str) -> Reference:
    """Read a reference as `docker pull`, containerd and the kubelet do (distribution/reference, ParseDockerRef).

    A registry is what stands before the first slash and has a dot, a colon or a capital, or is `localhost`; without
    one it is Docker Hub, where a repository of one word lies below `library/`.

    Raises:
        ReferenceRefusedError: The text is none.
    """
    match = _NAME.fullmatch(_write_registry(text))
    if match is None or _BARE_DIGEST.fullmatch(text):
        raise ReferenceRefusedError(f"{text!r} is no reference to an image")
    registry, repository, tag, digest = match.groups()
    if registry == DOCKER_HUB and "/" not in repository:
        repository = _OFFICIAL + repository
    if len(f"{registry}/{repository}") > _LONGEST:
        raise ReferenceRefusedError(f"{text[:40]!r}… is longer than {_LONGEST} characters")
    if not _is_address(registry) or not _is_digest(digest):
        raise ReferenceRefusedError(f"{text!r} is no reference to an image")
    return Reference(
        registry=registry.lower(),
        repository=repository,
        tag=tag or (None if digest else LATEST),
        digest=digest,
    )


def find_reference(text: str) -> Reference | None:
    """Read a reference; nothing where the text is none."""
    try:
        return parse_reference(text)
    except ReferenceRefusedError:
        return None


def host_of(registry: str) -> str:
    """Give a registry's host without its port; an IPv6 address without its brackets."""
    if registry.startswith("["):
        return registry[1:].partition("]")[0]
    return registry.partition(":")[0]


def _write_registry(text: str) -> str:
    first, slash, rest = text.partition("/")
    if not slash or not (any(sign in first for sign in ".:") or first == "localhost" or first.lower() != first):
        return f"{DOCKER_HUB}/{text}"
    return f"{DOCKER_HUB}/{rest}" if first in (DOCKER_HUB, _OLD_HUB) else text


def _is_address(registry: str) -> bool:
    if not registry.startswith("["):
        return True
    try:
        IPv6Address(host_of(registry))
    except ValueError:
        return False
    return True


def _is_digest(digest: str | None) -> bool:
    algorithm, _, value = (digest or "").partition(":")
    return digest is None or (len(value) == _LENGTHS.get(algorithm, len(value)) and value == value.lower())
