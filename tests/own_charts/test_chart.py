"""The files of a chart of ours: what is in them, and that they are the same each time."""

from __future__ import annotations

import hashlib
import re

import pytest
import yaml

from own_chart_support.made import config_map, make_facts, make_ingredients, make_objects_only, make_release
from trimtab.catalogue.chart import KubernetesRange
from trimtab.own_charts.chart import plan_chart
from trimtab.own_charts.ingredients import Ingredients
from trimtab.own_charts.installing import Step, render_overview, render_script
from trimtab.own_charts.markdown import render_code


def about(given: Ingredients) -> dict[str, object]:
    """Read the Chart.yaml of a chart."""
    return dict(yaml.safe_load(plan_chart(given)["Chart.yaml"]))


def version(given: Ingredients) -> str:
    """Give the chart's version."""
    return str(about(given)["version"])


def test_the_same_application_gives_the_same_bytes() -> None:
    """Nothing says when or where it was made, and the order of values is no difference."""
    one = make_ingredients({"greeting": "a", "map": {"a": 1, "b": 2}})
    other = make_ingredients({"map": {"b": 2, "a": 1}, "greeting": "a"})
    assert plan_chart(one)["Chart.yaml"] == plan_chart(one)["Chart.yaml"]
    assert plan_chart(one)["README.md"] == plan_chart(other)["README.md"]


def test_a_version_is_the_components_and_a_digest() -> None:
    """Helm wants three numbers, whatever the component writes."""
    assert re.fullmatch(r"1\.2\.0\+[0-9a-f]{12}", version(make_ingredients()))
    assert version(make_ingredients(version="v1.2.3-beta.1")).startswith("1.2.3-beta.1+")
    assert version(make_ingredients(version=None)).startswith("0.0.0+")


@pytest.mark.parametrize(
    "other",
    [
        make_ingredients({"greeting": "other"}),
        make_ingredients({"greeting": "a"}, manifests=(config_map("more"),)),
        make_ingredients({"greeting": "a"}, address="https://mirror.example.org"),
        make_ingredients({"greeting": "a"}, facts=make_facts({})),
    ],
)
def test_a_chart_of_other_bytes_has_another_version(other: Ingredients) -> None:
    """Two charts of one version would be taken for one."""
    assert version(other) != version(make_ingredients({"greeting": "a"}))


def test_archives_at_hand_make_no_other_version() -> None:
    """Its lock says the same dependencies."""
    assert version(make_ingredients(archive=None)) == version(make_ingredients())


def test_an_archive_lies_where_helm_looks_for_it() -> None:
    """Byte for byte, so that its digest is still the lock's."""
    given = make_ingredients()
    assert given.archive is not None
    found = plan_chart(given)["charts/probe-1.2.3.tgz"]
    assert hashlib.sha256(found).digest() == hashlib.sha256(given.archive).digest()
    assert not [path for path in plan_chart(make_ingredients(archive=None)) if path.startswith("charts/")]


def test_what_upstream_says_of_kubernetes_is_said_again() -> None:
    """Helm asks the outermost chart alone."""
    supported = KubernetesRange(oldest="1.31", newest="1.35")
    given = make_ingredients(facts=make_facts(kube_version=">=1.25.0-0"), supported=supported)
    assert about(given)["kubeVersion"] == ">=1.25.0-0"


@pytest.mark.parametrize(
    ("newest", "expected"), [("1.35", ">=1.31.0-0 <1.36.0-0"), (None, ">=1.31.0-0"), ("1.34", None)]
)
def test_a_range_of_the_release_counts_where_upstream_says_nothing(newest: str | None, expected: str | None) -> None:
    """Not where the cluster, at 1.35, is outside: then somebody has allowed it."""
    given = make_ingredients(supported=KubernetesRange(oldest="1.31", newest=newest))
    assert about(given).get("kubeVersion") == expected


def test_a_chart_of_our_objects_alone_depends_on_nothing() -> None:
    """And takes no values."""
    files = plan_chart(make_objects_only(config_map("one")))
    assert files.keys() == {
        ".helmignore", "Chart.yaml", "README.md", "templates/configmap_one.yaml", "values.schema.json", "values.yaml"
    }  # fmt: skip
    assert yaml.safe_load(files["values.yaml"]) == {}


def test_a_readme_tells_value_default_and_reason() -> None:
    """The default is known where the archive is at hand."""
    release = make_release({"map": {"a": 5}, "inner": {"depth": 2}}, reasons={("map",): "five | are enough"})
    text = plan_chart(make_ingredients(release=release))["README.md"].decode()
    assert "| `probe.map.a` | `5` | `1` | five \\| are enough |" in text
    assert "| `probe.inner.depth` | `2` |  |  |" in text
    assert (
        "| value | ours | why |" in plan_chart(make_ingredients({"map": {"a": 5}}, archive=None))["README.md"].decode()
    )


@pytest.mark.parametrize(
    ("text", "expected"), [("a`b", "``a`b``"), ("`", "`` ` ``"), ("a|b", "`a\\|b`"), ("", ""), ("a\nb", "`a b`")]
)
def test_code_stays_in_its_cell(text: str, expected: str) -> None:
    """A table ends at the first bar or line break that is not kept from it."""
    assert render_code(text) == expected


def test_charts_are_installed_wave_by_wave() -> None:
    """Ten comes after two, and what has no chart is named where it belongs."""
    late = Step(wave=10, name="late", chart=make_ingredients(name="late", release_name="late"))
    early = Step(wave=2, name="early", chart=make_objects_only())
    files = Step(wave=0, name="files", files="https://git.example.org v1 crds")
    script = render_script("lab", [late, early, files])
    places = [script.index(word) for word in ("# files: apply upstream's files first", "./early", "./late")]
    assert places == sorted(places)
    assert "| 0 | files: no chart, but files of https://git.example.org v1 crds |" in render_overview(
        "lab", [files], has_archives=True
    )
