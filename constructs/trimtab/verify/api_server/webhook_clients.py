"""How the API server reaches what it asks: webhooks of admission, and those that convert custom resources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.forms import find_subdomain_fault
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, fields_of

_REVIEWS = {"v1", "v1beta1"}


def check_client(entry: Entry, path: Path, client: Fields, whose: str) -> Iterator[Complaint]:
    """Find places that the API server cannot ask.

    Source: apiserver v0.35.4 pkg/util/webhook/validation.go (ValidateWebhookURL, ValidateWebhookService).

    Args:
        entry: The object.
        path: Where the place is said.
        client: The place: `url` or `service`.
        whose: What is there: `a webhook 'a.example.org'`.
    """
    url, service = client.get("url"), client.get("service")
    if (url is None) == (service is None):
        what = f"has {whose} " + ("that is nowhere" if url is None else "at two places")
        yield complain("contradicting-fields", entry, path, what, "write url or service")
    elif isinstance(url, str) and (fault := _find_url_fault(url)):
        what = f"has {whose} at an address that it is not asked at: {url}"
        yield complain("wrong-field-form", entry, (*path, "url"), what, fault)
    below = fields_of(service).get("path")
    if isinstance(below, str) and (fault := _find_path_fault(below)):
        what = f"has {whose} below the path '{below}'"
        yield complain("wrong-field-form", entry, (*path, "service", "path"), what, fault)


def check_reviews(entry: Entry, path: Path, versions: Sequence[object], whose: str) -> Iterator[Complaint]:
    """Find versions of reviews that the API server does not speak, or that stand twice.

    Args:
        entry: The object.
        path: Where the versions stand.
        versions: The versions.
        whose: What speaks them: `a webhook 'a.example.org'`.
    """
    if not _REVIEWS.intersection(map(str, versions)):
        what = f"has {whose} that the API server cannot talk to"
        yield complain("value-not-allowed", entry, path, what, "list v1")
    elif len({*map(str, versions)}) < len(versions):
        what = f"has {whose} that speaks a version twice"
        yield complain("duplicate-entry", entry, path, what, "leave one of them away")


def _find_url_fault(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme == "https" and bool(parts.netloc)
    except ValueError:
        is_whole = False
    if not is_whole:
        return "write it as https://host/path"
    is_bare = "@" not in parts.netloc and not parts.query and not parts.fragment
    return None if is_bare else "write it without a user, without '?' and without '#'"


def _find_path_fault(path: str) -> str | None:
    if path in ("", "/"):
        return None
    if not path.startswith("/"):
        return "begin it with '/'"
    return next(filter(None, map(find_subdomain_fault, path[1:].removesuffix("/").split("/"))), None)
