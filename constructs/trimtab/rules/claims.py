"""Rules on claims: the volumes that components ask for."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Severity
from trimtab.plan.offers import StorageClass
from trimtab.rules.rule import Problem, Rule, Subject


def check_claim_without_class(subject: Subject) -> Iterator[Problem]:
    """Find claims that name no class in a cluster that has classes and no default one."""
    names = [offer.name for offer in subject.facts.iter_offers(StorageClass)]
    if not names or subject.facts.default_storage_class:
        return
    paths = {
        need.path or application.path: application.name
        for application in subject.applications
        for need in application.needs
        if need.offer is StorageClass and need.name is None and not need.optional
    }
    for path, application in paths.items():
        yield Problem(
            path=path,
            message=f"the application '{application}' claims a volume of no class, and no class is the default",
            help=f"name one of {', '.join(sorted(names))}, or make one of them the default",
        )


RULES = (
    Rule(
        code="claim-without-class",
        severity=Severity.ERROR,
        meaning="A claim names no StorageClass, and the cluster has no default one.",
        why="The claim waits until somebody makes a class the default, and the pod with it"
        " (Kubernetes documentation, Persistent Volumes, Class).",
        cure="Name a StorageClass in the setting, or make one of the cluster's classes the default.",
        check=check_claim_without_class,
    ),
)
