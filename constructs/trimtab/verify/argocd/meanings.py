"""What sync and compare options do: those that cancel each other, and those that do harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trimtab.catalogue.argocd_names import COMPARE_OPTIONS, OBJECT_OPTIONS, SYNC_OPTIONS
from trimtab.findings.path import Path
from trimtab.verify.argocd.application import Applications, iter_applications
from trimtab.verify.argocd.installed import Installed
from trimtab.verify.argocd.risks import HOLDERS
from trimtab.verify.argocd.scopes import Scopes
from trimtab.verify.argocd.texts import split_commas
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry
from trimtab.verify.reading import annotations_of, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_AT: Path = ("metadata", "annotations")
_SERVER_SIDE = "controller.diff.server.side"
_TRACKING = "application.resourceTrackingMethod"
_LONGEST_LABEL = 63


def check_meanings(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find sync options that cancel each other, or switch off what would find a mistake."""
    for application in iter_applications(tree):
        path = application.at("spec", "syncPolicy", "syncOptions")
        options = [one if isinstance(one, str) else "" for one in list_of(application.sync_policy, "syncOptions")]
        places = [(*path, position) for position in range(len(options))]
        yield from _check_options(application.entry, options, places)
        if "CreateNamespace=true" in options and not text_of(application.destination, "namespace"):
            place = places[options.index("CreateNamespace=true")]
            said = f"{application} has the sync option 'CreateNamespace=true' and goes to no namespace"
            yield _ignored(application.entry, place, said, "name it in spec.destination.namespace")
    for entry in tree.entries:
        if entry.is_written and (own := split_commas(annotations_of(entry.manifest).get(SYNC_OPTIONS))):
            yield from _check_options(entry, own, [(*_AT, SYNC_OPTIONS)] * len(own))
            yield from _check_force(entry, own)


def _check_options(entry: Entry, options: Sequence[str], places: Sequence[Path]) -> Iterator[Complaint]:
    seen: dict[str, str] = {}
    for option, place in zip(options, places, strict=True):
        name, _, value = option.partition("=")
        if value in OBJECT_OPTIONS.get(name, ("true", "false")) and seen.setdefault(name, value) != value:
            said = f"{entry} has the sync options '{name}={seen[name]}' and '{option}', and Argo CD heeds one of them"
            yield _ignored(entry, place, said, "leave one of them out")
        if option == "ServerSideApply=true" and "Replace=true" in options:
            said = f"{entry} has the sync option '{option}' beside 'Replace=true', and Argo CD replaces"
            yield _ignored(entry, place, said, "leave one of them out: what is replaced is not applied")
        if option == "Validate=false":
            yield Complaint(
                code="validation-off",
                about=entry,
                path=place,
                message=f"{entry} is applied without validation: the API server drops fields that it does not know",
                help="leave 'Validate=false' out, and mend what is refused then",
            )


def _check_force(entry: Entry, options: Sequence[str]) -> Iterator[Complaint]:
    if "Force=true" in options and (entry.group, entry.kind) in HOLDERS:
        yield Complaint(
            code="data-recreated",
            about=entry,
            path=(*_AT, SYNC_OPTIONS),
            message=f"{entry} holds data, and is deleted and made anew where Argo CD cannot change it",
            help="leave 'Force=true' out",
        )


def check_server_side(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find a compare option that only counts where the API server compares."""
    installed = Installed(tree, world)
    for application in iter_applications(tree):
        options = split_commas(annotations_of(application.manifest).get(COMPARE_OPTIONS))
        if "IncludeMutationWebhook=true" not in options or "ServerSideDiff=true" in options:
            continue
        parameters = installed.find_parameters(application.entry.cluster)
        is_off = "ServerSideDiff=false" in options
        if is_off or (parameters is not None and str(parameters.get(_SERVER_SIDE)).lower() != "true"):
            yield Complaint(
                code="ignored-argocd-annotation",
                about=application.entry,
                path=application.at(*_AT, COMPARE_OPTIONS),
                message=f"{application} has the compare option 'IncludeMutationWebhook=true', and Argo CD ignores it",
                help="add 'ServerSideDiff=true': without it no webhook is asked",
            )


def check_namespaces(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find objects that go to no namespace and must, and Applications whose name is no label (controller/state.go)."""
    applications = Applications(tree)
    open_ = [one for one in applications.every if one.destination and not text_of(one.destination, "namespace")]
    scopes = Scopes(tree, world) if open_ else None
    homeless = {id(one) for one in open_}
    for entry in tree.entries if scopes else ():
        owner = applications.of(entry) if entry.application and not entry.namespace else None
        is_asked = owner is not None and id(owner) in homeless and entry.is_written
        if owner is not None and is_asked and scopes and scopes.find(entry.group, entry.kind) == "Namespaced":
            yield Complaint(
                code="invalid-application",
                about=entry,
                path=("metadata",),
                message=f"{entry} names no namespace, and neither does the destination of {owner}",
                help="give it metadata.namespace, or the Application spec.destination.namespace",
                others=(Other(entry=owner.entry, message="this applies it", path=("spec", "destination")),),
            )
    installed = Installed(tree, world)
    for application in applications.every:
        settings = installed.find_settings(application.entry.cluster) or {}
        length = len(application.entry.name)
        if length > _LONGEST_LABEL and text_of(settings, _TRACKING) == "label":
            yield Complaint(
                code="invalid-application",
                about=application.entry,
                path=("metadata", "name"),
                message=f"the name of {application} has {length} characters, and its objects bear it as a label",
                help=f"{_LONGEST_LABEL} fit; or track by annotation: '{_TRACKING}: annotation' in argocd-cm",
            )


def _ignored(entry: Entry, path: Path, message: str, help_: str) -> Complaint:
    return Complaint(code="ignored-sync-option", about=entry, path=path, message=message, help=help_)


CHECKS = (
    Check(
        name="what sync options mean",
        codes=("ignored-sync-option", "validation-off", "data-recreated"),
        run=check_meanings,
    ),
    Check(name="what compare options mean", codes=("ignored-argocd-annotation",), run=check_server_side),
    Check(name="namespaces of objects", codes=("invalid-application",), run=check_namespaces),
)
