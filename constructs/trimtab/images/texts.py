"""Images in texts that may hold anything: arguments, environment, configuration; what may be a URL or prose is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.images.reference import DIGEST, REGISTRY, REPOSITORY, TAG, Reference, find_reference

Found = tuple[Reference, int, int]
"""A reference, and where it starts and ends in the text."""

_SPELLED_OUT = re.compile(rf"({REGISTRY})/{REPOSITORY}(?::({TAG})(?:@{DIGEST})?|@{DIGEST})", re.ASCII)
_FLAG = re.compile(r"(--?[A-Za-z][A-Za-z0-9._-]*)[= ](.*)", re.DOTALL)
_LABEL_HOSTS = ("kubernetes.io", "k8s.io", "x-k8s.io")
"""Domains of labels and taints, which look like images: `node-role.kubernetes.io/control-plane:NoSchedule`."""
_REGISTRIES_THERE = ("registry.k8s.io", "staging-registry.k8s.io")
_EFFECTS = frozenset({"NoSchedule", "NoExecute", "PreferNoSchedule"})
_QUOTED = r"[\"']?([^\s\"',{}]+)[\"']?"
_KEY = r"[\"']?([A-Za-z][A-Za-z0-9_.-]*)[\"']?"
_LINE = re.compile(rf"^[ \t]*(?:-[ \t]+)?{_KEY}[ \t]*[:=][ \t]*{_QUOTED}[ \t]*,?[ \t]*\r?$", re.MULTILINE)
"""A line of YAML, JSON, TOML or of an environment file that gives one key a value."""


def find_spelled_out(text: str) -> Reference | None:
    """Read a text that can be nothing but an image: registry, repository, and tag or digest are all there."""
    match = _SPELLED_OUT.fullmatch(text)
    if match is None or match[2] in _EFFECTS or not _is_registry(match[1]):
        return None
    return find_reference(text)


def find_hinted(text: str) -> Reference | None:
    """Read a text of which a name beside it says that it is an image: registry, tag or digest must still be there."""
    if find_spelled_out(text) is None and "/" not in text and not re.search(r"[a-z]\S*[:@]\S", text):
        return None
    return find_reference(text)


def find_named(name: str, text: str) -> Reference | None:
    """Read a text that stands under a name: loosely where the name says `image`, strictly elsewhere."""
    if is_hint(name):
        return find_hinted(text)
    return find_spelled_out(text)


def is_hint(name: str) -> bool:
    """Say whether a name announces an image: `image`, `helper-image`, `baseImage`, `RELATED_IMAGE_X`.

    `imagePullPolicy` does not: the last word decides.
    """
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)
    lower = [word.lower() for word in words]
    return bool(lower) and (lower[-1] in ("image", "baseimage") or lower[:2] == ["related", "image"])


def find_in_argument(text: str) -> Found | None:
    """Read an argument: the image itself, or `--flag=image`."""
    if flag := _FLAG.fullmatch(text):
        reference = find_named(flag[1], flag[2])
        return (reference, flag.start(2), flag.end(2)) if reference else None
    reference = find_spelled_out(text)
    return (reference, 0, len(text)) if reference else None


def iter_in_config(key: str, text: str) -> Iterator[Found]:
    """Read one entry of a ConfigMap: an image, or a file that gives images to keys."""
    if "\n" not in text.strip():
        reference = find_named(key, text.strip())
        start = len(text) - len(text.lstrip())
        if reference:
            yield reference, start, start + len(text.strip())
            return
    for line in _LINE.finditer(text):
        if reference := find_named(line[1], line[2]):
            yield reference, line.start(2), line.end(2)


def _is_registry(registry: str) -> bool:
    """Tell a registry from a first word of a path, and from the domain of a label."""
    host = registry.rpartition(":")[0] if re.search(r":[0-9]+$", registry) else registry
    if host.startswith("[") or host == "localhost" or host in _REGISTRIES_THERE:
        return True
    if any(host == domain or host.endswith(f".{domain}") for domain in _LABEL_HOSTS):
        return False
    return "." in host or host != registry
