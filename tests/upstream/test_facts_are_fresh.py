"""The committed facts are what the maker makes of upstream's files today."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from trimtab.catalogue import make_facts
from trimtab.catalogue.chart_facts import chart_facts, known_charts
from trimtab.catalogue.key_tree import Unknown
from upstream_support.chart_values import find_record, unknown_value_keys

FACTS = Path(make_facts.__file__).parent / "facts"


def test_facts_at_hand_are_those_wanted() -> None:
    """No chart is missing and none is left over."""
    assert known_charts() == make_facts.wanted_facts()


@pytest.mark.parametrize(("chart", "version"), make_facts.wanted_facts())
def test_facts_are_fresh(upstream: Path, chart: str, version: str) -> None:
    """Made again, the file has the same bytes; else run `make facts`."""
    made = make_facts.render_facts(make_facts.make_record(upstream, chart, version))
    assert (FACTS / chart / f"{version}.json").read_text(encoding="utf-8") == made


def test_nothing_is_made_of_a_chart_that_is_not_at_hand(upstream: Path) -> None:
    """A pin without a record stops the maker instead of leaving a hole."""
    with pytest.raises(LookupError, match="nothing on rook-ceph v9"):
        make_facts.make_record(upstream, "rook-ceph", "v9.9.9")


@pytest.mark.parametrize(("chart", "version"), [entry for entry in known_charts() if entry[0] != "gateway-api"])
def test_two_readers_agree_on_unknown_keys(chart: str, version: str) -> None:
    """The catalogue's tree and a walk over upstream's record, written apart, refuse the same keys."""
    facts = chart_facts(chart, version)
    assert facts is not None
    values = _values_with_slips(facts.keys)
    unknown = list(facts.iter_unknown_keys(values))
    dotted = [".".join(str(key).replace(".", "\\.") for key in path) for path in unknown]
    assert dotted == unknown_value_keys(values, chart, version)
    assert isinstance(facts.knows(unknown[0]), Unknown)


def test_records_are_found_by_chart_and_not_by_folder() -> None:
    """The folder of a chart may bear its component's name."""
    assert find_record("tigera-operator", "v3.32.1").parts[-2:] == ("calico", "v3.32.1")
    assert find_record("ceph-csi-drivers", "1.0.4").parts[-1] == "ceph-csi-drivers"


def _values_with_slips(keys: Mapping[str, str]) -> dict[str, object]:
    """Build values that use every recorded key, with a key beside each that no chart reads."""
    values: dict[str, object] = {}
    for dotted in ("slip", *(f"{path}.slip" for path in keys)):
        here = values
        for key in dotted.replace("\\.", "\0").split("."):
            below = here.setdefault(key.replace("\0", "."), {})
            assert isinstance(below, dict)
            here = below
    return values
