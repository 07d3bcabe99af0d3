"""The lock is one text for one content, and what cannot be read is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.charts.errors import ChartError
from trimtab.charts.lockfile import LockEntry, make_lock, parse_lock, render_lock
from trimtab.charts.reference import ChartKey

DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64).map(lambda digits: f"sha256:{digits}")
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=20)
KEYS = st.builds(ChartKey, repo_url=WORDS, chart=WORDS, version=WORDS)
ENTRIES = st.builds(LockEntry, key=KEYS, url=WORDS, digest=DIGESTS, manifest_digest=st.none() | DIGESTS)
ONE = LockEntry(
    key=ChartKey(repo_url="quay.io/x", chart="made", version="1.10"),
    url="https://quay.io/v2/x/made/blobs/sha256:0",
    digest="sha256:" + "0" * 64,
    manifest_digest="sha256:" + "1" * 64,
)


@given(st.lists(ENTRIES, max_size=5, unique_by=lambda entry: entry.key))
def test_what_is_written_is_read(entries: list[LockEntry]) -> None:
    """Every lock comes back as it was, whatever the order it was made in."""
    text = render_lock(make_lock(entries))
    assert parse_lock(text) == make_lock(entries)
    assert render_lock(make_lock(reversed(entries))) == text


def test_text_is_for_people_too() -> None:
    """It says who wrote it, has a format version, and a version that looks like a number stays text."""
    assert render_lock(make_lock([ONE])).splitlines() == [
        "# Written by `trimtab lock`: commit it, do not edit it.",
        "---",
        "lockVersion: 1",
        "charts:",
        "  - repoURL: quay.io/x",
        "    chart: made",
        '    version: "1.10"',
        f"    url: {ONE.url}",
        f"    digest: {ONE.digest}",
        f"    manifestDigest: {ONE.manifest_digest}",
    ]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("lockVersion: 1", "lockVersion: 2", "this release reads 1"),
        ("digest: sha256:0", "digest: md5:0", "is no digest"),
        ("    chart: made\n", "", "lacks one of"),
        ("charts:", "<<<<<<< HEAD\ncharts:", "not valid YAML"),
        ("charts:", "chart:", "no list of charts"),
        ("lockVersion", "---\nlockVersion: 1\n---\nlockVersion", "no list of charts"),
    ],
)
def test_what_cannot_be_read_is_said(old: str, new: str, word: str) -> None:
    """A merge's marks, an edit or a newer format is named, with the way out."""
    with pytest.raises(ChartError) as caught:
        parse_lock(render_lock(make_lock([ONE])).replace(old, new, 1))
    assert caught.value.code == "chart-lock-unreadable"
    assert word in caught.value.message


def test_chart_twice_is_refused() -> None:
    """Which of two digests holds would be a guess."""
    head, _, row = render_lock(make_lock([ONE])).partition("charts:\n")
    with pytest.raises(ChartError, match="twice"):
        parse_lock(f"{head}charts:\n{row}{row}")
