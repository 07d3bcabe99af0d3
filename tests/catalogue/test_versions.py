"""Versions compare as semantic versioning says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.catalogue.versions import is_version, parse_version

NUMBERS = st.integers(min_value=0, max_value=10**6)
PARTS = st.one_of(NUMBERS.map(str), st.sampled_from(["alpha", "beta", "rc", "0a"]))
PRE = st.lists(PARTS, max_size=3).map(lambda parts: "-" + ".".join(parts) if parts else "")
TEXTS = st.builds(
    lambda v, a, b, c, pre: f"{v}{a}.{b}.{c}{pre}", st.sampled_from(["", "v"]), NUMBERS, NUMBERS, NUMBERS, PRE
)

# The example of semver.org, item 11, between two releases.
RISING = (
    "0.9.10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
    "1.0.0-rc.1", "1.0.0", "v1.0.1", "1.2.0", "1.10.0",
)  # fmt: skip


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(RISING)))
def test_order_is_the_one_of_semver(lower: str, higher: str) -> None:
    """A number is not a text, and a pre-release comes before its release."""
    assert parse_version(lower) < parse_version(higher)
    assert not parse_version(higher) < parse_version(lower)


def test_text_keeps_the_leading_v() -> None:
    """Some charts want the letter and some do not: what was written is written again."""
    assert str(parse_version("v1.20.6")) == "v1.20.6"
    assert parse_version("v1.20.6") == parse_version("1.20.6")


def test_minor_has_no_leading_v() -> None:
    """The line of `v1.20.6` is called `1.20`."""
    assert parse_version("v1.20.6").minor == "1.20"


def test_a_patch_may_be_left_out() -> None:
    """Kubernetes is named by its minor in most tables."""
    assert parse_version("1.34") == parse_version("1.34.0")


@pytest.mark.parametrize(
    "text", ["", "latest", "1", "1.2.x", "01.2.3", "1.2.3.4", ">=1.2", "1.2.3 ", "1.2.3\n", "v1.2.3-"]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    """A branch, a range or a slip of the finger is not read as some version."""
    assert not is_version(text)
    with pytest.raises(ValueError, match="not a version"):
        parse_version(text)


@given(TEXTS)
def test_every_version_is_read_and_written_back(text: str) -> None:
    """Nothing of a version is lost."""
    assert str(parse_version(text)) == text


@given(TEXTS, TEXTS, TEXTS)
def test_order_is_total(one: str, two: str, three: str) -> None:
    """Any versions can be sorted: of two, one comes first or both are equal, and the order is transitive."""
    a, b, c = map(parse_version, (one, two, three))
    assert (a < b) + (b < a) + (a == b) == 1
    assert not (a <= b <= c) or a <= c
    assert a != b or hash(a) == hash(b)
