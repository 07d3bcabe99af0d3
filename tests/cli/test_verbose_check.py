"""`check -v` answers: what was derived, and from what?"""

from __future__ import annotations

import pytest

from repository_support.repository import Repository


@pytest.fixture
def said(repository: Repository) -> str:
    """What `check -v` prints for the small cluster."""
    return repository.call("check", "-v").stdout


@pytest.mark.parametrize(
    "line",
    [
        "cluster lab",
        "    IP families: IPv4 (from network.services at apps/clusters/lab.yaml:5)",
        "    nodes: 2, 2 of them take pods (from nodes at apps/clusters/lab.yaml:6)",
        "    small: no (from nodes at apps/clusters/lab.yaml:6)",
    ],
)
def test_facts_name_the_settings_they_follow_from(said: str, line: str) -> None:
    """Each with file and line."""
    assert line in said.splitlines()


def test_facts_that_nobody_said_are_called_defaults(said: str) -> None:
    """A reader learns which setting would change it."""
    assert "architectures: amd64 (from nodes at " in said
    assert "  already there\n    pod network\n" in said


def test_waves_are_told_with_their_reasons(said: str) -> None:
    """Each application with its wave, its chart, what it waits for and what it brings."""
    lines = said.splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip().endswith("  cert-manager-issuers"))
    assert lines[at].strip().split()[0].isdigit()
    assert lines[at + 1] == "          after cert-manager: controller of cert-manager.io"
    assert lines[at + 2] == "          brings ClusterIssuer ca"
    assert any("cert-manager, chart cert-manager v" in line for line in lines)


def test_a_place_that_hangs_on_objects_is_not_taken_for_known(repository: Repository) -> None:
    """`check` reads no manifest, so it says where the whole order is shown."""
    repository.write("apps/manifests/lab/shop/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    lines = repository.call("check", "-v").stdout.splitlines()
    told = [number for number, line in enumerate(lines) if "`trimtab graph` shows it" in line]
    headings = [line.split()[1] for line in lines[: told[0]] if line[:8].strip().isdigit()]
    assert (len(told), headings[-1]) == (1, "shop")


def test_derived_chart_values_are_told_with_value_and_reason(said: str) -> None:
    """What would break when it is overridden is said before somebody does."""
    assert "          crds.keep = true: deleting the CRDs deletes every Certificate in the cluster" in said.splitlines()


def test_no_line_is_broken_by_a_value(said: str) -> None:
    """A value of many lines is written on one and cut: every line begins as this report's lines do."""
    assert all(line.startswith(("cluster ", "  ")) for line in said.splitlines() if line)


def test_plans_go_to_stderr_beside_json(repository: Repository) -> None:
    """Stdout stays one JSON value."""
    done = repository.call("check", "-v", "--format", "json")
    assert "cluster lab" in done.stderr
    assert "cluster lab" not in done.stdout


def test_no_heading_stands_over_nothing(repository: Repository) -> None:
    """A distribution that brings nothing to offer has no list of what is already there."""
    repository.add("kubernetes: {provides: []}\ncomponents: {calico: {}}")
    said = repository.call("check", "-v").stdout
    assert "already there" not in said
    assert "applications, by wave" in said
