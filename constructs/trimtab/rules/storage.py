"""Rules on storage that hold across components."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Severity
from trimtab.plan.offers import StorageClass
from trimtab.rules.rule import Problem, Rule, Subject


def check_several_default_classes(subject: Subject) -> Iterator[Problem]:
    """Find more than one default StorageClass."""
    defaults = [offer for offer in subject.facts.iter_offers(StorageClass) if offer.default]
    for second in defaults[1:]:
        first = defaults[0]
        yield Problem(
            path=second.path or ("components",),
            message=f"the StorageClasses {first.name} and {second.name} are both the default",
            help="leave default: true to one of them",
            related=((first.path, "the other default"),) if first.path else (),
        )


def check_storage_class_twice(subject: Subject) -> Iterator[Problem]:
    """Find two StorageClasses of one name."""
    seen: dict[str, StorageClass] = {}
    for offer in subject.facts.iter_offers(StorageClass):
        first = seen.setdefault(offer.name, offer)
        if first is not offer:
            yield Problem(
                path=offer.path or ("components",),
                message=f"two StorageClasses are named {offer.name}",
                help="give one of them another name",
                related=((first.path, "the other one"),) if first.path else (),
            )


def check_local_volume_pins_workload(subject: Subject) -> Iterator[Problem]:
    """Find local volumes."""
    if "local-path" in subject.components:
        yield Problem(
            path=("components", "local-path"),
            on_key=True,
            message="what uses a local volume runs on that one node only, and the node's disk is the only copy",
            help="keep backups elsewhere, then allow this with the reason",
        )


RULES = (
    Rule(
        code="several-default-classes",
        severity=Severity.ERROR,
        meaning="More than one StorageClass is the default.",
        why="Kubernetes takes the newest of them, which is nobody's decision"
        " (Kubernetes documentation, Storage Classes).",
        cure="Leave `default: true` to one StorageClass.",
        check=check_several_default_classes,
    ),
    Rule(
        code="storage-class-twice",
        severity=Severity.ERROR,
        meaning="Two StorageClasses have one name.",
        why="The later application overwrites the class of the earlier one, or fails: parameters cannot be changed.",
        cure="Give one of the two classes another name.",
        check=check_storage_class_twice,
    ),
    Rule(
        code="local-volume-pins-workload",
        severity=Severity.WARNING,
        meaning="Data lies on one node's disk.",
        why="The pod cannot move when the node is drained or lost, and the disk is the only copy.",
        cure="Keep backups elsewhere and allow this with that reason, or use a StorageClass whose volumes are not "
        "bound to one node.",
        check=check_local_volume_pins_workload,
    ),
)
