"""Ranges in `kubeVersion` are read as Helm reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.catalogue.version_range import is_in_range

VERSIONS = st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 20)).map(lambda v: f"{v[0]}.{v[1]}.{v[2]}")
INSIDE = [
    (">=1.25.0-0", "1.25.0"),
    (">= 1.25", "1.25.0"),
    (">=1.22.0 <1.36.0", "1.35.9"),
    (">=1.22.0, <1.36.0", "1.22.0"),
    ("1.35.x", "1.35.7"),
    ("1.35", "1.35.7"),
    ("*", "1.35.0"),
    ("~1.35.2", "1.35.4"),
    ("~1", "1.35.4"),
    ("^1.30", "1.35.4"),
    ("^0.2.3", "0.2.9"),
    ("1.30 - 1.35", "1.35.9"),
    ("<=1.35", "1.35.9"),
    (">1.34", "1.35.0"),
    ("<1.20 || >=1.30", "1.35.0"),
    ("!=1.34.1", "1.35.0"),
    ("v1.35.0", "1.35.0"),
]
OUTSIDE = [
    (">=1.36.0-0", "1.35.9"),
    (">1.35", "1.35.9"),
    ("<1.35.0-0", "1.35.0"),
    ("1.34.x", "1.35.0"),
    ("~1.34.2", "1.35.0"),
    ("^2", "1.35.0"),
    ("^0.2.3", "0.3.0"),
    ("1.30 - 1.34", "1.35.0"),
    ("<=1.34", "1.35.0"),
    ("<1.20 || >=1.36", "1.35.0"),
    ("!=1.35", "1.35.4"),
    (">=1.20 <1.30", "1.35.0"),
]


@pytest.mark.parametrize(("text", "version"), INSIDE)
def test_version_lies_inside(text: str, version: str) -> None:
    """Every form that charts use."""
    assert is_in_range(version, text) is True


@pytest.mark.parametrize(("text", "version"), OUTSIDE)
def test_version_lies_outside(text: str, version: str) -> None:
    """And the same forms, missed."""
    assert is_in_range(version, text) is False


@pytest.mark.parametrize("text", ["", "newest", ">=", ">=1.2.3.4", ">=1.30 and <2", "1.30 ||"])
def test_what_is_no_range_is_not_guessed(text: str) -> None:
    """Nothing is said of what cannot be read."""
    assert is_in_range("1.35.0", text) is None


@given(VERSIONS, VERSIONS)
def test_a_bound_and_its_opposite_share_nothing(version: str, bound: str) -> None:
    """A version is below a bound or not, and never both."""
    for how, other in (("<", ">="), (">", "<="), ("=", "!=")):
        assert is_in_range(version, how + bound) is not is_in_range(version, other + bound)


@given(VERSIONS)
def test_a_version_fits_itself(version: str) -> None:
    """Every inclusive form holds for the version it names."""
    assert all(is_in_range(version, how + version) for how in ("", "=", ">=", "<=", "~", "^"))
