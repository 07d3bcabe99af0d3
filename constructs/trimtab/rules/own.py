"""Rules on what the user adds: applications, constructs, allowances, secrets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.rules.rule import Problem, Rule, Subject

RESERVED = frozenset({"root"})
"""Names that an application of the user's cannot have: its Application's name would be that of the root."""


def check_unknown_application(subject: Subject) -> Iterator[Problem]:
    """Find names of applications that the cluster does not have."""
    known = sorted(application.name for application in subject.applications)
    named = chain(_named_after(subject), _named_by_patches(subject))
    for path, wanted in named:
        if wanted is not None and wanted not in known:
            near = suggest(wanted, known)
            yield Problem(
                path=path,
                message=f"there is no application '{wanted}' in this cluster",
                help=f"did you mean '{near}'?" if near else f"there are: {', '.join(known)}",
            )


def _named_after(subject: Subject) -> Iterator[tuple[Path, str | None]]:
    for name, own in subject.cluster.settings.applications.items():
        for position, wanted in enumerate(own.after):
            yield ("applications", name, "after", position), wanted


def _named_by_patches(subject: Subject) -> Iterator[tuple[Path, str | None]]:
    for name, patch in subject.cluster.settings.patches.items():
        yield ("patches", name, "target", "application"), patch.target.application


def check_reserved_name(subject: Subject) -> Iterator[Problem]:
    """Find applications of the user's with a name that is taken."""
    for name in sorted(RESERVED & set(subject.cluster.settings.applications)):
        yield Problem(
            path=("applications", name),
            on_key=True,
            message=f"an application cannot be named '{name}': the Application of the whole cluster has that name",
            help="choose another name",
        )


def check_two_patch_forms(subject: Subject) -> Iterator[Problem]:
    """Find patches with both forms, or none."""
    for name, patch in subject.cluster.settings.patches.items():
        if (patch.merge is None) == (patch.json_ is None):
            what = "both 'merge' and 'json'" if patch.merge is not None else "neither 'merge' nor 'json'"
            message = f"the patch '{name}' has {what}"
            yield Problem(path=("patches", name), on_key=True, message=message, help="give exactly one of them")


def check_destination_twice(subject: Subject) -> Iterator[Problem]:
    """Find destinations with a name and an address."""
    destination = subject.cluster.settings.gitops.destination
    if destination.server and destination.name:
        yield Problem(
            path=("gitops", "destination"),
            message="the destination has both a name and an address",
            help="give one: Argo CD refuses both",
        )


def check_both_node_forms(subject: Subject) -> Iterator[Problem]:
    """Find clusters that name their nodes and count them too."""
    settings = subject.cluster.settings
    if settings.nodes and settings.node_count:
        yield Problem(
            path=("nodeCount",),
            on_key=True,
            message="the nodes are both named and counted",
            help="remove nodeCount",
            related=((("nodes",), "the nodes by name"),),
        )


RULES = (
    Rule(
        code="unknown-application",
        severity=Severity.ERROR,
        meaning="A setting names an application that the cluster does not have.",
        why="The order or patch it was meant for would silently not be there.",
        cure="Correct the name: `trimtab graph` lists the applications of each cluster.",
        check=check_unknown_application,
    ),
    Rule(
        code="reserved-name",
        severity=Severity.ERROR,
        meaning="An application has the name of the root Application.",
        why="Two Applications would have one name, and the second replace the first.",
        cure="Give the application another name.",
        check=check_reserved_name,
    ),
    Rule(
        code="two-patch-forms",
        severity=Severity.ERROR,
        meaning="A patch has both forms, or none.",
        why="Which of them comes first would be a guess.",
        cure="Give exactly one of `merge` and `json`; make two patches for both.",
        check=check_two_patch_forms,
    ),
    Rule(
        code="destination-twice",
        severity=Severity.ERROR,
        meaning="Argo CD's destination has a name and an address.",
        why="Argo CD refuses it: can't have both name and server defined (argo-cd v3.5.1 util/argo/argo.go:1089).",
        cure="Give `name` or `server` of the destination, not both.",
        check=check_destination_twice,
    ),
    Rule(
        code="nodes-named-and-counted",
        severity=Severity.ERROR,
        meaning="The nodes are both named and counted.",
        why="Two answers to one question: replicas and monitors are worked out from it.",
        cure="Remove `nodeCount`.",
        check=check_both_node_forms,
    ),
)
