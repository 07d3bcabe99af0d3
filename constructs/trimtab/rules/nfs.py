"""Rules on volumes that lie on an NFS server."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Severity
from trimtab.plan.offers import StorageClass
from trimtab.rules.rule import Problem, Rule, Subject


def check_database_on_nfs(subject: Subject) -> Iterator[Problem]:
    """Find databases whose files would lie on a file server."""
    for application in subject.applications:
        for need in application.needs:
            chosen = subject.facts.find(StorageClass, need.name) if need.database and need.name else None
            if chosen and chosen.file_server:
                yield Problem(
                    path=need.path or application.path,
                    on_key=not need.path,
                    message=f"the database of {application.component} would lie on the NFS server of {chosen.name}",
                    help=_cure(subject),
                )


def _cure(subject: Subject) -> str:
    others = [offer.name for offer in subject.facts.iter_offers(StorageClass) if not offer.file_server]
    return f"take {others[0]}, whose volumes are disks" if others else "add a component that brings volumes on disks"


RULES = (
    Rule(
        code="database-on-nfs",
        severity=Severity.WARNING,
        meaning="A database keeps its files on an NFS server.",
        why="A database's own user must own them, and an export that squashes users refuses; where it does not, a lost"
        " connection still leaves half-written files (PostgreSQL documentation, Creating a Database Cluster, NFS).",
        cure="Give the database a StorageClass with volumes on disks; where there is none, add a component that "
        "brings them, such as rook or local-path.",
        check=check_database_on_nfs,
    ),
)
