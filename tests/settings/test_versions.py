"""The version of the settings format."""

from __future__ import annotations

import pytest

from trimtab.documents.reader import parse_yaml
from trimtab.findings.finding import Finding
from trimtab.settings.layers import Layer
from trimtab.settings.versions import check_format


def check(text: str) -> list[Finding]:
    """Check the format of a file."""
    return check_format(Layer(file="a.yaml", document=parse_yaml(text, file="a.yaml").documents[0]))


@pytest.mark.parametrize("text", ["apiVersion: trimtab/v1", "size: small"])
def test_the_format_of_this_release_is_read(text):
    """Written out or left out."""
    assert check(text) == []


def test_a_misspelt_format_is_corrected():
    """The place is the value."""
    (finding,) = check("apiVersion: trimtap/v1")
    assert finding.message == "unknown settings format: apiVersion is 'trimtap/v1'"
    assert finding.help == "did you mean 'trimtab/v1'?"
    assert finding.place is not None
    assert finding.place.column == 13


def test_a_format_of_another_kind_names_those_there_are():
    """A number, a list, an API of somebody else."""
    for text in ("apiVersion: 1", "apiVersion: [a]", "apiVersion: apps/v1beta1"):
        (finding,) = check(text)
        assert finding.code == "unknown-format"
        assert finding.help == "this release reads trimtab/v1"
