"""Each rule on certificates finds the bad thing, at its place, and leaves the good thing alone."""

from __future__ import annotations

from typing import Any

import pytest

from platform_support.made import make_cluster
from trimtab.findings.finding import Severity
from trimtab.findings.path import render_path
from trimtab.rules.certificates import RULES
from trimtab.rules.order import RULES as ORDER_RULES

EMAIL = {"email": "ops@example.org"}
DNS: dict[str, Any] = {"rfc2136": {"nameserver": "ns", "keyName": "k", "keySecret": {"name": "tsig", "key": "secret"}}}
GATEWAY = {"name": "gw", "namespace": "web"}
LAB = {"selfSigned": {"commonName": "lab"}}
CA = {"ca": {"secret": {"name": "s"}}}


def acme(**more: Any) -> dict[str, Any]:
    """Give an issuer of the kind acme."""
    return {"acme": {**EMAIL, **more}}


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("issuer-of-two-kinds", {"i": {}}, "i"),
    ("issuer-of-two-kinds", {"i": {**CA, **LAB}}, "i.selfSigned"),
    ("issuer-name-taken", {"lab": LAB, "lab-root": CA}, "lab-root"),
    ("solver-of-two-kinds", {"i": acme(http01={"ingressClass": "x", "gateway": GATEWAY})}, "i.acme.http01.gateway"),
    ("solver-never-used", {"i": acme(http01={}, dns01=DNS)}, "i.acme.http01"),
    ("acme-challenge-unreachable", {"i": acme()}, "i.acme"),
    ("acme-challenge-unreachable", {"i": acme(http01={"gateway": GATEWAY})}, "i.acme.http01"),
    ("acme-challenge-unreachable", {"i": acme(waitInsteadOfSelfCheck="30s")}, "i.acme"),
]

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("issuer-of-two-kinds", {"a": acme(), "b": CA, "c": LAB}),
    ("issuer-name-taken", {"lab": CA, "lab-root": CA}),
    ("solver-of-two-kinds", {"i": acme(http01={"ingressClass": "x"}), "j": acme(http01={"gateway": GATEWAY})}),
    ("solver-never-used", {"i": acme(http01={}, dns01={**DNS, "zones": ["example.org"]}), "j": acme(dns01=DNS)}),
    ("acme-challenge-unreachable", {"i": acme(http01={"reachable": True}), "j": acme(dns01=DNS), "k": CA, "l": LAB}),
]


@pytest.mark.parametrize(("code", "issuers", "place"), BAD)
def test_the_bad_thing_is_found_at_its_place(code: str, issuers: dict[str, Any], place: str) -> None:
    """One problem, and its path is the setting to change."""
    [problem] = make_cluster({"cert-manager": {"issuers": issuers}}).problems(RULES, code)
    assert render_path(problem.path) == f"components.cert-manager.issuers.{place}"


@pytest.mark.parametrize(("code", "issuers"), GOOD)
def test_the_good_thing_is_left_alone(code: str, issuers: dict[str, Any]) -> None:
    """Nothing is found where nothing is wrong."""
    assert make_cluster({"cert-manager": {"issuers": issuers}}).problems(RULES, code) == []


def test_every_rule_is_silent_without_cert_manager() -> None:
    """A cluster without cert-manager has none of its problems."""
    made = make_cluster({})
    assert [rule.code for rule in RULES if made.problems(RULES, rule.code)] == []


@pytest.mark.parametrize(("version", "count"), [("v1.19.6", 1), ("v1.20.3", 1), ("v1.21.1", 0), (None, 0)])
def test_acme_self_check_by_version(version: str | None, count: int) -> None:
    """Skipping the self-check is refused below 1.21, for good: the CRDs there do not know the field."""
    issuers = {"i": acme(dns01=DNS, waitInsteadOfSelfCheck="30s"), "j": acme(dns01=DNS)}
    made = make_cluster({"cert-manager": {"issuers": issuers, **({"version": version} if version else {})}})
    assert len(made.problems(RULES, "acme-self-check-by-version")) == count
    [rule] = [rule for rule in RULES if rule.code == "acme-self-check-by-version"]
    assert (rule.severity, rule.soft) == (Severity.ERROR, False)


def test_acme_challenge_unreachable_suggests_what_helps() -> None:
    """The advice is another proof, or to skip the check, unless that is done already."""
    [plain] = make_cluster({"cert-manager": {"issuers": {"i": acme()}}}).problems(RULES, "acme-challenge-unreachable")
    waiting = make_cluster({"cert-manager": {"issuers": {"i": acme(waitInsteadOfSelfCheck="30s")}}})
    [patient] = waiting.problems(RULES, "acme-challenge-unreachable")
    assert all("dns01" in (problem.help or "") for problem in (plain, patient))
    assert "waitInsteadOfSelfCheck" in (plain.help or "")
    assert "waitInsteadOfSelfCheck" not in (patient.help or "")


def test_a_gateway_without_gateway_api_is_a_kind_not_served() -> None:
    """The finding stands at the Gateway that is named."""
    issuers = {"i": acme(http01={"gateway": GATEWAY})}
    [problem] = make_cluster({"cert-manager": {"issuers": issuers}}).problems(ORDER_RULES, "kind-not-served")
    assert render_path(problem.path) == "components.cert-manager.issuers.i.acme.http01.gateway"
    assert make_cluster({"cert-manager": {"issuers": issuers}, "gateway-api": {}}).order.unmet == ()
