"""Rules on ClusterIssuers: whose signature, and whether the proof can ever succeed."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.versions import parse_version
from trimtab.components.cert_manager.build import root_name
from trimtab.components.cert_manager.issuer_settings import Acme, IssuerSettings
from trimtab.components.cert_manager.settings import Settings
from trimtab.components.cert_manager.solvers import uses_http01
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject

_AUTHORITIES = {"acme": "acme", "ca": "ca", "self_signed": "selfSigned"}
_SELF_CHECK_SINCE = "v1.21.0"
"""The first release with waitInsteadOfSelfCheck (cert-manager v1.21.1 pkg/apis/acme/v1/types_issuer.go:182-198)."""


def _issuers(subject: Subject) -> Iterator[tuple[str, IssuerSettings, Path]]:
    settings = subject.components.get("cert-manager")
    if isinstance(settings, Settings):
        for name, issuer in settings.issuers.items():
            yield name, issuer, ("components", "cert-manager", "issuers", name)


def _acme_issuers(subject: Subject) -> Iterator[tuple[str, Acme, Path]]:
    return ((name, issuer.acme, (*path, "acme")) for name, issuer, path in _issuers(subject) if issuer.acme)


def check_issuer_of_two_kinds(subject: Subject) -> Iterator[Problem]:
    """Find issuers with no authority, or with more than one."""
    for name, issuer, path in _issuers(subject):
        given = [key for field, key in _AUTHORITIES.items() if getattr(issuer, field) is not None]
        if len(given) != 1:
            yield Problem(
                path=(*path, given[1]) if given else path,
                on_key=True,
                message=f"the issuer {name} has {' and '.join(given) if given else 'no authority'}",
                help="give exactly one of acme, ca, selfSigned; another issuer takes another name",
            )


def check_issuer_name_taken(subject: Subject) -> Iterator[Problem]:
    """Find issuers named like the root that a self-signed one makes."""
    taken = {root_name(name): path for name, issuer, path in _issuers(subject) if issuer.self_signed}
    for name, _, path in _issuers(subject):
        if name in taken:
            yield Problem(
                path=path,
                on_key=True,
                message=f"the ClusterIssuer {name} is the root of another issuer already",
                help="give one of them another name",
                related=((taken[name], "the self-signed issuer that makes it"),),
            )


def check_solver_of_two_kinds(subject: Subject) -> Iterator[Problem]:
    """Find HTTP-01 through an Ingress and a Gateway at once."""
    for name, acme, path in _acme_issuers(subject):
        if acme.http01 and acme.http01.ingress_class and acme.http01.gateway:
            yield Problem(
                path=(*path, "http01", "gateway"),
                on_key=True,
                message=f"the challenges of {name} go to an Ingress and to a Gateway",
                help="leave out ingressClass or gateway",
                related=(((*path, "http01", "ingressClass"), "the Ingress class"),),
            )


def check_solver_never_used(subject: Subject) -> Iterator[Problem]:
    """Find HTTP-01 beside a DNS-01 that takes every name."""
    for name, acme, path in _acme_issuers(subject):
        if acme.http01 and acme.dns01 and not acme.dns01.zones:
            yield Problem(
                path=(*path, "http01"),
                on_key=True,
                message=f"{name} proves every name over DNS, and http01 is never used",
                help="remove http01, or say in dns01.zones which names are proven over DNS",
            )


def check_acme_challenge_unreachable(subject: Subject) -> Iterator[Problem]:
    """Find HTTP-01 of which nobody says that port 80 can be reached."""
    for name, acme, path in _acme_issuers(subject):
        if uses_http01(acme) and not (acme.http01 and acme.http01.reachable):
            wait = (
                "" if acme.wait_instead_of_self_check else "; where only the cluster cannot, set waitInsteadOfSelfCheck"
            )
            yield Problem(
                path=(*path, "http01") if acme.http01 else path,
                message=f"{name} proves names over port 80, and nothing says that the outside and the cluster reach it",
                help=f"take dns01, which needs no port, or say http01.reachable: true once it is known{wait}",
            )


def check_acme_self_check_by_version(subject: Subject) -> Iterator[Problem]:
    """Find a skipped self-check below the release that can skip it."""
    settings = subject.components.get("cert-manager")
    if not isinstance(settings, Settings):
        return
    version = wanted_release("cert-manager", settings).version
    if parse_version(version) >= parse_version(_SELF_CHECK_SINCE):
        return
    for _, acme, path in _acme_issuers(subject):
        if acme.wait_instead_of_self_check:
            yield Problem(
                path=(*path, "waitInsteadOfSelfCheck"),
                message=f"cert-manager {version} cannot skip its self-check",
                help="take v1.21 or newer, or dns01",
                related=((("components", "cert-manager", "version"), "the version"),),
            )


RULES = (
    Rule(
        code="issuer-of-two-kinds",
        severity=Severity.ERROR,
        meaning="An issuer has no authority, or more than one.",
        why="The webhook takes exactly one (cert-manager v1.21.1 internal/apis/certmanager/validation/issuer.go).",
        cure="Keep exactly one of `acme`, `ca` and `selfSigned`; make a second issuer for the other.",
        check=check_issuer_of_two_kinds,
    ),
    Rule(
        code="issuer-name-taken",
        severity=Severity.ERROR,
        meaning="An issuer has the name of the root that a self-signed issuer makes.",
        why="Two objects of one name are one object, and the later one wins.",
        cure="Give one of the two issuers another name.",
        check=check_issuer_name_taken,
    ),
    Rule(
        code="solver-of-two-kinds",
        severity=Severity.ERROR,
        meaning="HTTP-01 challenges are given to an Ingress and to a Gateway.",
        why="A solver has one of them (cert-manager v1.21.1 internal/apis/certmanager/validation/issuer.go,"
        " ValidateACMEIssuerChallengeSolverHTTP01Config).",
        cure="Remove `ingressClass`, or `gateway`.",
        check=check_solver_of_two_kinds,
    ),
    Rule(
        code="solver-never-used",
        severity=Severity.WARNING,
        meaning="An issuer has two ways to prove a name, and one of them is never taken.",
        why="Of two solvers that fit equally well cert-manager takes the first (cert-manager v1.21.1"
        " pkg/util/solverpicker/solverpicker.go).",
        cure="Remove `http01`, or say in `dns01.zones` which names are proven over DNS.",
        check=check_solver_never_used,
    ),
    Rule(
        code="acme-challenge-unreachable",
        severity=Severity.WARNING,
        meaning="HTTP-01 needs port 80, and nobody says that it can be reached.",
        why="A router in front or between the nodes blocks it: the challenge, or cert-manager's own check before it,"
        " never succeeds, and the certificate waits for ever.",
        cure="Use `dns01`, which needs no port, or open port 80 as far as the nodes and say `http01.reachable: "
        "true`. Where only the cluster itself cannot reach it, set `waitInsteadOfSelfCheck`.",
        check=check_acme_challenge_unreachable,
    ),
    Rule(
        code="acme-self-check-by-version",
        severity=Severity.ERROR,
        meaning="The self-check is to be skipped by a release that cannot.",
        why="The field came with 1.21; older CRDs drop it without a word, and the check goes on failing.",
        cure="Set `components.cert-manager.version` to v1.21 or newer, or use `dns01`.",
        check=check_acme_self_check_by_version,
    ),
)
