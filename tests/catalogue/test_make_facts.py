"""The maker of facts keeps names, types and kinds, and writes them so that a change is one line."""

from __future__ import annotations

import json
from typing import Any

from trimtab.catalogue.chart_facts import parse_facts
from trimtab.catalogue.make_facts import build_crd_record, build_custom_kinds, build_record, render_facts


def crd(plural: str, *versions: tuple[str, bool, bool]) -> dict[str, Any]:
    """Build a definition; each version says whether it is served and stored."""
    return {
        "metadata": {"name": f"{plural}.example.org"},
        "spec": {
            "group": "example.org",
            "scope": "Cluster",
            "names": {"kind": plural.title(), "plural": plural},
            "versions": [{"name": name, "served": served, "storage": stored} for name, served, stored in versions],
        },
    }


DERIVED: dict[str, Any] = {
    "chart": "probe",
    "version": "1.2.3",
    "appVersion": "v9",
    "kubeVersion": None,
    "lookups": True,
    "random": ["now"],
    "apiVersionsAsked": ["policy/v1"],
    "images": ["example.org/probe:v9"],
    "renders": [
        {
            "group": "batch",
            "version": "v1",
            "kind": "Job",
            "namespaced": True,
            "namespaces": ["{release}"],
            "hook": "test",
        },
        {"group": "", "version": "v1", "kind": "Node", "namespaced": False, "namespaces": [""], "hook": None},
    ],
    "crds": ["probes.example.org"],
    "keys": {
        "z": {"type": "int", "default": 3, "source": "values"},
        "a.b\\.c": {"type": "map", "open": True, "source": "values"},
        "a": {"type": "map", "open": True, "each": True, "source": "values"},
    },
}
DEFINITIONS = [crd("probes", ("v1", True, True), ("v1beta1", False, False)), crd("others", ("v1", True, True))]


def test_a_record_survives_being_written_and_read() -> None:
    """What the maker writes, the catalogue reads."""
    facts = parse_facts(render_facts(build_record(DERIVED, DEFINITIONS)))
    assert (facts.chart, facts.version, facts.app_version, facts.kube_version) == ("probe", "1.2.3", "v9", None)
    assert [(kind.group, kind.version, kind.kind, kind.hook) for kind in facts.renders] == [
        ("batch", "v1", "Job", "test"),
        ("", "v1", "Node", None),
    ]
    assert facts.uses_lookup
    assert facts.keys == {"a": "map+", "a.b\\.c": "map*", "z": "int"}


def test_only_definitions_of_the_chart_are_kept() -> None:
    """Those of a neighbour in the same file belong to it, and versions nobody serves are left out."""
    (kind,) = parse_facts(render_facts(build_record(DERIVED, DEFINITIONS))).custom_kinds
    assert (kind.crd, kind.scope, kind.served, kind.storage) == ("probes.example.org", "Cluster", ("v1",), "v1")


def test_no_default_is_taken_over() -> None:
    """Facts are names and types; what stands in upstream's values stays there."""
    assert "3" not in json.dumps(build_record(DERIVED, DEFINITIONS)["keys"])


def test_one_entry_stands_on_one_line() -> None:
    """A new key changes one line of the file and no other."""
    more = {**DERIVED, "keys": {**DERIVED["keys"], "m": {"type": "bool"}}}
    before, after = (set(render_facts(build_record(d, DEFINITIONS)).splitlines()) for d in (DERIVED, more))
    assert after - before == {'"m": "bool",'}
    assert before <= after


def test_definitions_alone_look_like_a_chart_without_values() -> None:
    """Gateway API has no chart, yet its kinds are known like any other's."""
    facts = parse_facts(render_facts(build_crd_record("gateway-api", "1.0.0", DEFINITIONS)))
    assert facts.crds == ("others.example.org", "probes.example.org")
    assert {kind.kind for kind in facts.renders} >= {"CustomResourceDefinition", "ValidatingAdmissionPolicy"}
    assert list(facts.iter_unknown_keys({"any": 1})) == [("any",)]


def test_a_kind_defined_twice_counts_once() -> None:
    """Upstream ships the same definition in two files for two ways to install."""
    assert build_custom_kinds(DEFINITIONS + DEFINITIONS) == build_custom_kinds(DEFINITIONS)
