"""A file can ask for too much; it is refused before it costs anything."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from trimtab.documents.document import Limits, Parsed
from trimtab.documents.reader import parse_yaml

PATIENCE = 1.0
"""Seconds of processor time; each refusal takes milliseconds, and without its limit minutes or all memory."""


def parse_quickly(text: str | bytes, limits: Limits | None = None) -> Parsed:
    """Read a text and fail where that took long."""
    start = time.process_time()
    parsed = parse_yaml(text, file="f.yaml", limits=limits or Limits())
    assert time.process_time() - start < PATIENCE
    return parsed


def bomb(levels: int) -> str:
    """Write a text whose every line stands for nine of the line before."""
    names = [f"a{level}" for level in range(levels)]
    lines = [f"{name}: &{name} [{', '.join(['*' + before] * 9)}]" for before, name in pairwise(names)]
    return "\n".join(["a0: &a0 [x, x]", *lines])


@pytest.mark.parametrize("text", [b"a" * 100_000_000, "a" * 5_000_000, "é" * 3_000_000])
def test_a_large_file_is_refused_unread(text: str | bytes):
    """The limit is in bytes, whatever the text came as."""
    (finding,) = parse_quickly(text).findings
    assert finding.code == "file-too-large"


def test_a_bomb_of_aliases_is_refused():
    """What an alias stands for counts each time it is used."""
    (finding,) = parse_quickly(bomb(20)).findings
    assert finding.code == "too-many-values"


def test_values_are_counted_over_all_documents():
    """Cutting a file into documents does not raise its limit."""
    assert not parse_yaml("[1, 2]\n---\n[3]\n", file="f", limits=Limits(max_values=5)).findings
    (finding,) = parse_yaml("[1, 2]\n---\n[3]\n", file="f", limits=Limits(max_values=4)).findings
    assert finding.code == "too-many-values"


@pytest.mark.parametrize("opening", ["[", "- ", "{", "? ", "{a: ", "[[{a: [", "!!seq [", "&a ["])
def test_deep_nesting_is_refused(opening: str):
    """A hundred thousand brackets neither crash nor hang."""
    (finding,) = parse_quickly(opening * 100_000).findings
    assert finding.code == "too-deep"


def test_depth_through_aliases_counts():
    """Each line is flat, yet the last value would be two hundred levels deep."""
    lines = [f"a{level + 1}: &a{level + 1} [*a{level}]" for level in range(200)]
    (finding,) = parse_quickly("\n".join(["a0: &a0 [x]", *lines])).findings
    assert finding.code == "too-deep"


def test_a_hundred_levels_are_fine():
    """The limit is the last depth that is allowed."""
    assert not parse_quickly("[" * 100 + "]" * 100).findings
    assert parse_quickly("[" * 101 + "]" * 101).findings


@pytest.mark.parametrize(
    "text", ["a\n" * 500_000, ": " * 500_000, "&a " * 500_000, "'" * 500_001, "!" * 500_000, "\x07" * 500_000]
)
def test_long_nonsense_is_refused_quickly(text: str):
    """What a parser stumbles on late costs no more than reading it."""
    assert len(parse_quickly(text).findings) <= 20 or parse_quickly(text).documents
