"""The maker of facts keeps names, types and kinds, and writes them so that a change is one line."""

from __future__ import annotations

from typing import Any

from trimtab.catalogue.chart_facts import parse_facts
from trimtab.catalogue.make_facts import build_bare_record, build_custom_kinds, render_facts


def crd(plural: str, *versions: tuple[str, bool, bool]) -> dict[str, Any]:
    """Build a definition; each version says whether it is served and stored."""
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.example.org"},
        "spec": {
            "group": "example.org",
            "scope": "Cluster",
            "names": {"kind": plural.title(), "plural": plural},
            "versions": [{"name": name, "served": served, "storage": stored} for name, served, stored in versions],
        },
    }


RECORD: dict[str, Any] = {
    "chart": "probe",
    "version": "1.2.3",
    "appVersion": "v9",
    "kubeVersion": None,
    "usesLookup": True,
    "random": ["now"],
    "apiVersionsAsked": ["policy/v1"],
    "images": ["example.org/probe:v9"],
    "renders": [["batch/v1", "Job", True, ["{release}"], "test"], ["v1", "Node", False, [""], None]],
    "crds": ["probes.example.org"],
    "customKinds": [["example.org", "Probes", "probes", "Cluster", ["v1"], "v1"]],
    "keys": {"a": "map+", "a.b\\.c": "map*", "z": "int"},
}
DEFINITIONS = [crd("probes", ("v1", True, True), ("v1beta1", False, False)), crd("others", ("v1", True, True))]


def test_a_record_survives_being_written_and_read() -> None:
    """What the maker writes, the catalogue reads."""
    facts = parse_facts(render_facts(RECORD))
    assert (facts.chart, facts.version, facts.app_version, facts.kube_version) == ("probe", "1.2.3", "v9", None)
    assert [(kind.group, kind.version, kind.kind, kind.hook) for kind in facts.renders] == [
        ("batch", "v1", "Job", "test"),
        ("", "v1", "Node", None),
    ]
    assert facts.uses_lookup
    assert facts.keys == {"a": "map+", "a.b\\.c": "map*", "z": "int"}


def test_versions_that_nobody_serves_are_left_out() -> None:
    """No object can be written in one."""
    assert build_custom_kinds(DEFINITIONS)[1] == ["example.org", "Probes", "probes", "Cluster", ["v1"], "v1"]


def test_one_entry_stands_on_one_line() -> None:
    """A new key changes one line of the file and no other."""
    more = {**RECORD, "keys": {"m": "bool", **RECORD["keys"]}}
    before, after = (set(render_facts(record).splitlines()) for record in (RECORD, more))
    assert after - before == {'"m": "bool",'}
    assert before <= after


def test_definitions_alone_look_like_a_chart_without_values() -> None:
    """Gateway API has no chart, yet its kinds are known like any other's."""
    policy = {"apiVersion": "v1", "kind": "Policy", "metadata": {"name": "guard"}}
    rendered = [["v1", "Policy", False, [""], None]]
    facts = parse_facts(render_facts(build_bare_record("gateway-api", "1.0.0", [*DEFINITIONS, policy], rendered)))
    assert facts.crds == ("others.example.org", "probes.example.org")
    assert [kind.kind for kind in facts.renders] == ["Policy"]
    assert list(facts.iter_unknown_keys({"any": 1})) == [("any",)]


def test_a_kind_defined_twice_counts_once() -> None:
    """Upstream ships the same definition in two files for two ways to install."""
    assert build_custom_kinds(DEFINITIONS + DEFINITIONS) == build_custom_kinds(DEFINITIONS)
