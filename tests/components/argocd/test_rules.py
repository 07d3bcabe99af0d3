"""What is refused of Argo CD's settings, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argocd_support.made import DUAL, IPV4, make_argocd
from trimtab.rules.cron import iter_cron_faults
from trimtab.rules.policy import find_policy_fault

OIDC = {"issuer": "https://id.example.org", "clientID": "argocd"}


def window(**more: Any) -> dict[str, Any]:
    """Give settings with one sync window, named night."""
    return {"gitops": {"syncWindows": {"night": {"kind": "allow", "schedule": "0 22 * * *", "duration": "8h", **more}}}}


@pytest.mark.parametrize(
    "schedule",
    [
        "0 18 * * 1-5",
        "*/15 0-6,22,23 ? JAN-MAR,12 sun",
        "5/10 * 1 * 0",
        "0 0 31 12 6",
    ],
)
def test_schedules_that_argocd_reads_are_taken(schedule: str) -> None:
    """Steps, runs, lists, names and question marks are all understood."""
    assert list(iter_cron_faults(schedule)) == []


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ("60 * * * *", "the minute '60' is not between 0 and 59"),
        ("* 24 * * *", "the hour '24' is not between 0 and 23"),
        ("* * 0 * *", "the day of the month '0' is not between 1 and 31"),
        ("* * * 13 *", "the month '13' is not between 1 and 12"),
        ("* * * * 7", "the day of the week '7' is not between 0 and 6"),
        ("* * * * fri-mon", "the day of the week 'fri-mon' runs backwards"),
        ("*/0 * * * *", "the minute '*/0' has a step that is no number above 0"),
        ("1, * * * *", "the minute '1,' is not understood"),
        ("x * * * *", "the minute 'x' is not understood"),
        ("* * * *", "it has 4 fields instead of 5"),
    ],
)
def test_schedules_that_argocd_cannot_read_are_told(schedule: str, said: str) -> None:
    """The field and what is wrong with it; Sunday as 7 is Unix, and not here."""
    assert list(iter_cron_faults(schedule)) == [said]


@given(st.text(max_size=40))
def test_no_schedule_is_too_odd_to_be_judged(schedule: str) -> None:
    """Whatever stands there is judged, one word a field at most."""
    assert len(list(iter_cron_faults(schedule))) <= 5


@given(minute=st.integers(0, 59), hour=st.integers(0, 23), day=st.integers(1, 31), month=st.integers(1, 12))
def test_every_minute_of_the_year_can_be_said(minute: int, hour: int, day: int, month: int) -> None:
    """Any number within its bounds is taken."""
    assert list(iter_cron_faults(f"{minute} {hour} {day} {month} *")) == []


def test_sync_window_form() -> None:
    """Each part is told at its own path."""
    made = make_argocd(**window(schedule="* * * * 7", duration="0h", timeZone="Europe/Wien"))
    problems = made.problems("sync-window-form")
    assert [problem.path[3] for problem in problems] == ["schedule", "duration", "timeZone"]
    assert make_argocd(**window(timeZone="Europe/Vienna")).problems("sync-window-form") == []


@pytest.mark.parametrize(
    ("names", "count"), [(["*"], 0), (["argo*"], 0), (["argocd", "rok"], 1), (["place7-argocd"], 1)]
)
def test_sync_window_without_application(names: list[str], count: int) -> None:
    """Names are those within the cluster; one that nobody bears opens nothing."""
    made = make_argocd(**window(applications=names))
    assert len(made.problems("sync-window-without-application")) == count


@pytest.mark.parametrize(
    "line",
    [
        "p, role:ci, applications, sync, place7/*, allow",
        "p, ops, applications, action/apps/Deployment/restart, */*, allow",
        "p, ops, applications, delete/*/Pod/*/*, place7/shop, deny",
        "p, ops, clusters, get, *, allow",
        "p, ops, *, *, *, allow",
        "g, ops, role:admin",
        '"g", "ops, europe", role:admin',
        "# nobody else",
        "",
    ],
)
def test_policy_form_takes_what_argocd_reads(line: str) -> None:
    """Rights, groups, names in quotes, comments and blank lines."""
    assert find_policy_fault(line) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("p, ops, applications, sync, place7/*", "it has 5 fields instead of 6"),
        ("g, ops", "it has 2 fields instead of 3"),
        ("q, ops, role:admin", "it begins with neither 'p' nor 'g'"),
        ("p, ops, application, sync, place7/*, allow", "there is no resource 'application'"),
        ("p, ops, applications, synchronise, place7/*, allow", "there is no action 'synchronise'"),
        ("p, ops, applications, sync, place7, allow", "'place7' is no project/name"),
        ("p, ops, applications, sync, place7/*, yes", "the effect is 'yes' instead of allow or deny"),
        ("p, ops, , sync, place7/*, allow", "a field is empty"),
        ("g, a, b\ng, c, d", "it is more than one line"),
    ],
)
def test_policy_form_tells_what_gives_no_right(line: str, said: str) -> None:
    """Argo CD would pass over each of these without a word."""
    assert find_policy_fault(line) == said
    assert len(make_argocd({"policies": [line]}).problems("policy-form")) == 1


@given(st.text(max_size=60))
def test_no_line_is_too_odd_to_be_judged(line: str) -> None:
    """Whatever stands there is judged, quotes and commas included."""
    assert find_policy_fault(line) is None or find_policy_fault(line)


@pytest.mark.parametrize(
    ("argocd", "count"),
    [({"oidc": OIDC}, 1), ({"dex": True}, 1), ({"oidc": OIDC, "host": "argocd.example.org"}, 0), ({}, 0)],
)
def test_sign_in_without_host(argocd: dict[str, Any], count: int) -> None:
    """A provider must know where to send people back to."""
    assert len(make_argocd(argocd).problems("sign-in-without-host")) == count


@pytest.mark.parametrize(("argocd", "count"), [({"admin": False}, 1), ({"admin": False, "oidc": OIDC}, 0), ({}, 0)])
def test_nobody_signs_in(argocd: dict[str, Any], count: int) -> None:
    """Without admin there must be another way."""
    assert len(make_argocd(argocd).problems("nobody-signs-in")) == count


@pytest.mark.parametrize(("workers", "count"), [(2, 1), (3, 0)])
def test_high_availability_without_nodes(workers: int, count: int) -> None:
    """Three copies of Redis want three nodes that pods may run on; the control plane's do not count."""
    nodes: dict[str, Any] = {"nodeCount": {"controlPlane": 3, "workers": workers}}
    made = make_argocd({"highAvailability": True}, **nodes)
    assert len(made.problems("high-availability-without-nodes")) == count
    assert make_argocd({"highAvailability": True}).problems("high-availability-without-nodes") == []


def test_argocd_namespace_twice() -> None:
    """The namespace stands in one place; the same name twice does no harm."""
    assert len(make_argocd({"namespace": "other"}).problems("argocd-namespace-twice")) == 1
    assert make_argocd({"namespace": "argocd"}).problems("argocd-namespace-twice") == []


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        ({}, 1),
        ({"network": IPV4}, 0),
        ({"network": DUAL}, 0),
        ({"registries": {"ghcr.io": {"mirror": "https://mirror.example.org"}}}, 0),
    ],
)
def test_source_without_ipv6_refuses_dex(settings: dict[str, Any], count: int) -> None:
    """Dex's image cannot be pulled over IPv6 alone, but from a mirror."""
    assert len(make_argocd({"dex": True}, **settings).problems("image-without-ipv6")) == count
    assert make_argocd(**settings).problems("image-without-ipv6") == []


def test_reserved_project() -> None:
    """A cluster's AppProject must not take the place of Argo CD's own."""
    assert len(make_argocd(cluster="default").problems("reserved-project")) == 1
    assert make_argocd().problems("reserved-project") == []


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://git:hunter2@git.example.org/x.git", 1),
        ("https://git@git.example.org/x.git", 0),
        ("git@git.example.org:x.git", 0),
        ("ssh://git@git.example.org/x.git", 0),
    ],
)
def test_secret_in_git_as_part_of_an_address(url: str, count: int) -> None:
    """A password in an address is told where it stands, and never shown."""
    made = make_argocd(gitops={"repoURL": url}, repositories={"https://a.example": {"mirror": url}})
    problems = made.problems("password-in-url")
    assert len(problems) == 2 * count
    assert not any("hunter2" in f"{problem.message} {problem.help}" for problem in problems)
