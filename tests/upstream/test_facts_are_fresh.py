"""The committed facts agree with a record of the same charts that another program made, but for what is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from trimtab.catalogue.chart_facts import chart_facts, known_charts
from trimtab.catalogue.key_tree import Unknown
from trimtab.catalogue.make_facts import FACTS, wanted_facts
from upstream_support.chart_values import find_record, iter_unknown_keys
from upstream_support.derived import iter_differences, read_derived
from upstream_support.differences import DIFFERENCES

pytestmark = pytest.mark.unmeasured


def test_facts_at_hand_are_those_wanted() -> None:
    """No chart is missing and none is left over."""
    assert known_charts() == wanted_facts()


@pytest.mark.parametrize("chart", sorted({chart for chart, _ in wanted_facts()}))
def test_two_records_agree_but_for_what_is_named(upstream: Path, chart: str) -> None:
    """Two programs, written apart, tell the same of a chart; where they do not, it says why, and no more."""
    facts: set[str] = set()
    versions = [version for one, version in wanted_facts() if one == chart]
    recorded = [version for version in versions if is_recorded(upstream, chart, version)]
    if not recorded:
        pytest.skip(f"no record of {chart} {', '.join(versions)} is at hand")
    for version in recorded:
        facts.update(iter_differences(read_facts(chart, version), read_derived(upstream, chart, version)))
    reasons = [known for known in DIFFERENCES if known.chart == chart]
    assert [fact for fact in sorted(facts) if not any(known.is_met(fact) for known in reasons)] == []
    assert [known for known in reasons if not any(map(known.is_met, facts))] == []


def test_every_difference_is_one_of_a_chart_held() -> None:
    """A reason for a chart that is gone would never be looked at."""
    assert {known.chart for known in DIFFERENCES} <= {chart for chart, _ in wanted_facts()}


def test_a_chart_that_nobody_recorded_is_no_empty_record(upstream: Path) -> None:
    """Else every fact of ours would look like one that the other record lacks."""
    with pytest.raises(LookupError, match="no record of chart rook-ceph v9"):
        read_derived(upstream, "rook-ceph", "v9.9.9")


@pytest.mark.parametrize(("chart", "version"), [entry for entry in known_charts() if entry[0] != "gateway-api"])
def test_two_readers_agree_on_unknown_keys(chart: str, version: str) -> None:
    """The catalogue's tree and a walk over the file, written apart, refuse the same keys."""
    facts = chart_facts(chart, version)
    assert facts is not None
    values = _values_with_slips(facts.keys)
    unknown = list(facts.iter_unknown_keys(values))
    dotted = [".".join(str(key).replace(".", "\\.") for key in path) for path in unknown]
    assert dotted == list(iter_unknown_keys(_unflag(facts.keys), values))
    assert isinstance(facts.knows(unknown[0]), Unknown)


def test_records_are_found_by_chart_and_not_by_folder() -> None:
    """The folder of a chart may bear its component's name."""
    assert find_record("tigera-operator", "v3.32.1").parts[-2:] == ("calico", "v3.32.1")
    assert find_record("ceph-csi-drivers", "1.0.4").parts[-1] == "ceph-csi-drivers"


def is_recorded(upstream: Path, chart: str, version: str) -> bool:
    """Say whether there is another record: of a release that is new to the catalogue there is none yet."""
    try:
        return find_record(chart, version).is_dir()
    except LookupError:
        return (upstream / chart / version).is_dir()


def read_facts(chart: str, version: str) -> Mapping[str, object]:
    """Read a committed file as it stands."""
    facts: Mapping[str, object] = json.loads((FACTS / chart / f"{version}.json").read_text(encoding="utf-8"))
    return facts


def _unflag(keys: Mapping[str, str]) -> dict[str, dict[str, bool]]:
    return {path: {"open": flagged[-1] in "*+", "each": flagged[-1] == "+"} for path, flagged in keys.items()}


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
