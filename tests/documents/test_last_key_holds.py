"""What machines wrote is read as Kubernetes does: of two equal keys the last one holds."""

from __future__ import annotations

import pytest

from trimtab.documents.reader import parse_yaml


@pytest.mark.parametrize(("last_key_holds", "value"), [(False, {"a": 1, "b": 3}), (True, {"a": 2, "b": 3})])
def test_which_of_two_equal_keys_is_taken(last_key_holds: bool, value: object) -> None:
    """It is a finding both ways, and points to the second."""
    parsed = parse_yaml("a: 1\nb: 3\na: 2\n", file="x", last_key_holds=last_key_holds)
    assert parsed.documents[0].value == value
    (finding,) = parsed.findings
    assert finding.place is not None
    assert (finding.code, finding.place.line) == ("duplicate-key", 3)
