"""What registries and users' files say: manifests, challenges, credentials, addresses."""

from __future__ import annotations

import contextlib

from fuzz_support.given import to_text
from trimtab.charts.challenge import parse_challenge
from trimtab.charts.credentials import parse_helper_answer, parse_registry_config
from trimtab.charts.errors import ChartError
from trimtab.charts.oci_manifest import parse_manifest
from trimtab.charts.reference import ChartKey, check_key, host_of, is_private, join_url, parse_address, shown_url


def fuzz(data: bytes) -> None:
    """Read bytes as each of them."""
    text = to_text(data)
    parse_challenge(text)
    parse_registry_config(text)
    parse_helper_answer(text)
    with contextlib.suppress(ChartError):
        parse_manifest(data, "https://registry.example.org/v2/a/manifests/1")
    with contextlib.suppress(ChartError):
        parse_address(text)
    with contextlib.suppress(ChartError):
        check_key(ChartKey(repo_url=text, chart=text, version=text))
    assert shown_url(text).isprintable()
    host_of(text)
    is_private(text)
    join_url("https://charts.example.org/a/", text)
    join_url(text, "b")
