"""Values that the catalogue renders charts with show what components switch on, and fit the charts."""

from __future__ import annotations

from importlib.resources import files

import pytest

from trimtab.catalogue.chart_facts import chart_facts, known_charts
from trimtab.catalogue.sample_values import sample_values
from trimtab.documents.reader import parse_yaml

SAMPLES = sorted(file.name.removesuffix(".yaml") for file in files("trimtab.catalogue").joinpath("samples").iterdir())


def test_a_charts_own_values_come_first_and_alone_where_there_is_no_file() -> None:
    """What every release shows by itself is never left out."""
    assert sample_values("no-such-chart") == ({},)
    assert sample_values("traefik")[0] == {}
    assert len(sample_values("traefik")) == 3


@pytest.mark.parametrize("chart", SAMPLES)
def test_a_file_of_samples_is_read_whole(chart: str) -> None:
    """A slip in one would leave facts out without a word."""
    parsed = parse_yaml(files("trimtab.catalogue").joinpath("samples", f"{chart}.yaml").read_bytes(), file="")
    assert not parsed.findings
    assert len(sample_values(chart)) > 1
    assert all(isinstance(values, dict) and values for values in sample_values(chart)[1:])


@pytest.mark.parametrize(("chart", "version"), [one for one in known_charts() if one[0] in SAMPLES])
def test_every_release_reads_what_the_samples_set(chart: str, version: str) -> None:
    """A key that upstream has renamed shows nothing any more."""
    facts = chart_facts(chart, version)
    assert facts is not None
    assert [list(facts.iter_unknown_keys(values)) for values in sample_values(chart)[1:] if values] == [
        [] for _ in sample_values(chart)[1:]
    ]


def test_samples_are_of_charts_that_the_catalogue_holds() -> None:
    """A file for a chart that is gone is never read."""
    assert set(SAMPLES) <= {chart for chart, _ in known_charts()}
