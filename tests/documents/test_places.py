"""Every value and key knows its line and column."""

from __future__ import annotations

import pytest

from trimtab.documents.document import Places
from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Place
from trimtab.findings.path import Path

TEXT = """\
# a comment
nodes:
  node1: {roles: [control-plane, "é"], address: 192.168.1.11}
  empty:
shared: &x
  deep: 1
again: *x
merged:
  <<: *x
"""


def places_of(text: str) -> Places:
    """Give the places of a text's only document."""
    (document,) = parse_yaml(text, file="f.yaml").documents
    return document.places


def span(place: Place | None) -> tuple[int, int, int, int] | None:
    """Give a place as four numbers."""
    return None if place is None else (place.line, place.column, place.end_line, place.end_column)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), (2, 1, 9, 9)),
        (("nodes",), (3, 3, 4, 9)),
        (("nodes", "node1"), (3, 10, 3, 62)),
        (("nodes", "node1", "roles", 1), (3, 34, 3, 37)),
        (("nodes", "node1", "address"), (3, 49, 3, 61)),
        (("nodes", "empty"), (4, 9, 4, 9)),
        (("again",), (7, 8, 7, 10)),
        (("again", "deep"), (6, 9, 6, 10)),
        (("merged", "deep"), (6, 9, 6, 10)),
        (("nodes", "node2"), None),
        (("nodes", "node1", "roles", 2), None),
        (("nodes", "node1", "address", "x"), None),
    ],
)
def test_values_have_a_span(path: Path, expected: tuple[int, int, int, int] | None):
    """A collection ends with its last item, an alias stands where it is written, columns count characters."""
    assert span(places_of(TEXT).value(path)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("nodes",), (2, 1, 2, 6)),
        (("nodes", "node1", "address"), (3, 40, 3, 47)),
        (("again", "deep"), (6, 3, 6, 7)),
        (("nodes", "node1", "roles", 0), None),
        ((), None),
        (("missing",), None),
    ],
)
def test_keys_have_a_span(path: Path, expected: tuple[int, int, int, int] | None):
    """The key is what a finding on a missing or unknown setting marks."""
    assert span(places_of(TEXT).key(path)) == expected


@pytest.mark.parametrize(
    ("path", "found", "line_and_column"),
    [
        (("nodes", "node1", "address"), ("nodes", "node1", "address"), (3, 49)),
        (("nodes", "node1", "disks", 0), ("nodes", "node1"), (3, 3)),
        (("nodes", "node1", "roles", 0, "x"), ("nodes", "node1", "roles", 0), (3, 19)),
        (("other", "x"), (), (2, 1)),
    ],
)
def test_a_path_without_a_place_takes_its_nearest_ancestor(path: Path, found: Path, line_and_column: tuple[int, int]):
    """An ancestor is shown by its key where it has one."""
    ancestor, place = places_of(TEXT).nearest(path)
    assert (ancestor, (place.line, place.column)) == (found, line_and_column)


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_line_breaks_that_only_yaml_knows_do_not_count(odd: str):
    """Editors break lines at a line feed, so a line separator in a comment must not shift the places after it."""
    assert span(places_of(f"# a{odd}# b\nc: d\n").value(("c",))) == (2, 4, 2, 5)


def test_a_byte_order_mark_takes_no_column():
    """The first key of a file stands in column 1 with and without the mark."""
    assert span(places_of("\ufeffa: b").key(("a",))) == (1, 1, 1, 2)
