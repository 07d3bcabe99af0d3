"""Patterns of Go's mean the same after they are translated."""

from __future__ import annotations

import pytest
from jsonschema_rs import Draft202012Validator, RegexOptions

from trimtab.verify.custom.patterns import is_readable, translate_pattern


def is_match(pattern: str, text: str) -> bool:
    """Say what the schema engine makes of a pattern of Go's."""
    translated = translate_pattern(pattern)
    assert is_readable(translated), translated
    return Draft202012Validator({"pattern": translated}, pattern_options=RegexOptions()).is_valid(text)


@pytest.mark.parametrize(
    ("pattern", "right", "wrong"),
    [
        ("^a(?i)b$", "aB", "Ab"),
        (r"^\Qa.b\E$", "a.b", "axb"),
        ("^[[:alpha:]]+$", "abc", "ab1"),
        ("^[[:digit:][:upper:]]+$", "A1", "a"),
        ("^a{,5}$", "a{,5}", "aaa"),
        ("^{x}$", "{x}", "x"),
        ("^a{2}$", "aa", "a"),
        ("^[a[b]$", "[", "c"),
        ("^[a&&b]$", "&", "c"),
        (r"^[\w-.]+$", "a-b.c", "a b"),
        ("^[]a]$", "]", "b"),
        ("^[^]a]$", "b", "]"),
        ("^[a-c]$", "b", "-"),
        ("^[a-]$", "-", "b"),
        (r"^\d$", "1", "\u0663"),
        (r"^\s$", "\t", "\u2003"),
        (r"^[\s]$", " ", "\u2003"),
        (r"^\a$", "\x07", "a"),
        (r"^\<x\>$", "<x>", "x"),
        (r"^\x{41}\pL$", "Ab", "A1"),
        (r"^((100|[1-9]?\d)%|\d+)$", "55%", "101%"),
    ],
)
def test_patterns_mean_what_go_takes_them_for(pattern: str, right: str, wrong: str) -> None:
    """Each matches what Go's would, and not what it would not."""
    assert (is_match(pattern, right), is_match(pattern, wrong)) == (True, False)


def test_what_go_cannot_read_is_not_read() -> None:
    """Look-around and references back do not exist in RE2."""
    assert not is_readable(translate_pattern("(?=a)"))
    assert not is_readable(translate_pattern(r"(a)\1"))
