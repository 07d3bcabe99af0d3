"""Each rule finds the bad thing, at its place, and leaves the good thing alone."""

from __future__ import annotations

from typing import Any

import pytest

from logging_support.made import ALL, RULES, STORAGE, make_cluster
from trimtab.findings.path import render_path
from trimtab.plan.application import Application
from trimtab.plan.facts import Facts
from trimtab.plan.offers import Need, StorageClass
from trimtab.rules.claims import check_claim_without_class
from trimtab.rules.rule import Subject

ARM: dict[str, Any] = {"nodeDefaults": {"arch": "arm"}}
TAINTED: dict[str, Any] = {"nodeDefaults": {"taints": ["a=b:NoSchedule"]}}
ALPINE: dict[str, Any] = {"nodeDefaults": {"os": "alpine"}}
TWO: dict[str, Any] = {"elasticsearch": {"nodes": 2}}
THREE: dict[str, Any] = {"elasticsearch": {"nodes": 3}}
NO_DEFAULT: dict[str, Any] = {"brought": (StorageClass(by="s", name="fast"),)}


def stack(version: str, operator: str = "3.5.0") -> dict[str, Any]:
    """Ask for a version of Elasticsearch beside a release of the operator."""
    return {"version": operator, "elasticsearch": {"version": version}}


BAD: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("elasticsearch-of-two", TWO, {}, ".elasticsearch.nodes"),
    ("elasticsearch-wider-than-cluster", THREE, {"machines": 2}, ".elasticsearch.nodes"),
    ("elasticsearch-wider-than-cluster", THREE, {"machines": 1}, ".elasticsearch.nodes"),
    ("elasticsearch-without-machine", {}, ARM, ""),
    ("elasticsearch-without-machine", {}, TAINTED, ""),
    ("journal-without-systemd", {"journal": True}, ALPINE, ".journal"),
    ("stack-does-not-fit-operator", stack("7.17.0"), {}, ".elasticsearch.version"),
    ("stack-does-not-fit-operator", stack("9.6.0"), {}, ".elasticsearch.version"),
    ("stack-does-not-fit-operator", stack("9.5.0", "3.4.1"), {}, ".elasticsearch.version"),
    ("unknown-fluent-bit-release", {"fluentBit": {"version": "0.58.2"}}, {}, ".fluentBit.version"),
    ("kibana-without-tls", {"kibana": {"host": "a.example.org"}}, {}, ".kibana.host"),
    ("claim-without-class", {}, NO_DEFAULT, ".elasticsearch.storageClass"),
]


@pytest.mark.parametrize(("code", "logging", "root", "place"), BAD)
def test_bad_settings_are_found_at_their_place(
    code: str, logging: dict[str, Any], root: dict[str, Any], place: str
) -> None:
    """One problem, at the setting that must change, with a cure."""
    problems = make_cluster(logging, **root).problems(code)
    assert [render_path(problem.path) for problem in problems] == [f"components.logging{place}"]
    assert all(problem.help for problem in problems)


GOOD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({}, {"machines": 0}),
    ({}, {"machines": 1}),
    ({}, ALPINE),
    (THREE, {"machines": 3}),
    ({"journal": False}, ALPINE),
    (stack("9.5.3"), {}),
    (stack("8.19.2"), {}),
    ({"fluentBit": {"version": "0.57.9"}}, {}),
    ({"kibana": {"host": "a.example.org"}}, {"brought": ALL}),
    ({"elasticsearch": {"storageClass": "fast"}}, NO_DEFAULT),
    ({}, {"brought": ()}),
]


@pytest.mark.parametrize(("logging", "root"), GOOD)
def test_good_settings_have_no_problem(logging: dict[str, Any], root: dict[str, Any]) -> None:
    """No rule speaks of what is right."""
    made = make_cluster(logging, **root)
    assert [problem.message for rule in RULES for problem in made.problems(rule.code)] == []


def test_every_rule_has_a_bad_example_here() -> None:
    """A rule that nothing breaks may be one that cannot be broken."""
    assert {rule.code for rule in RULES} == {code for code, *_ in BAD}


@pytest.mark.parametrize(("default", "found"), [(True, 0), (False, 1)])
def test_a_default_class_serves_every_claim(default: bool, found: int) -> None:
    """Whoever needs any class gets the default one."""
    any_class = Application(name="a", component="logging", namespace="a", needs=(Need(offer=StorageClass),))
    cluster = make_cluster().facts.cluster
    facts = Facts(cluster, (StorageClass(by="s", name="fast", default=default),))
    subject = Subject(cluster=cluster, components={}, facts=facts, applications=(any_class,))
    assert len(list(check_claim_without_class(subject))) == found


@pytest.mark.parametrize(("machines", "cure"), [(1, "take 1,"), (2, "take 1,")])
def test_the_cure_is_no_other_fault(machines: int, cure: str) -> None:
    """Two machines are not told to have two nodes."""
    [problem] = make_cluster(THREE, machines=machines, brought=(STORAGE,)).problems("elasticsearch-wider-than-cluster")
    assert (problem.help or "").startswith(cure)
