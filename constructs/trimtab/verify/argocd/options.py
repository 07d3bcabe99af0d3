"""Sync options: names and values that Argo CD ignores without a word, and options where they do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.catalogue.argocd_names import APPLICATION_OPTIONS, OBJECT_OPTIONS, SYNC_OPTIONS
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.settings.words import join_or
from trimtab.verify.argocd.application import Application, iter_applications
from trimtab.verify.argocd.texts import is_templated, split_commas
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import list_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_IN_SPEC = "in spec.syncPolicy.syncOptions of an Application"
_ON_OBJECT = f"in the annotation '{SYNC_OPTIONS}' of an object"


def check_application_options(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find sync options of Applications that do nothing."""
    for application in iter_applications(tree):
        for position, option in enumerate(list_of(application.sync_policy, "syncOptions")):
            if isinstance(option, str) and not is_templated(option):
                path = application.at("spec", "syncPolicy", "syncOptions", position)
                yield from _check_application_option(application, path, option)


def check_object_options(entry: Entry, path: Path, value: str) -> Iterator[Complaint]:
    """Find sync options in an object's annotation that do nothing."""
    for option in split_commas(value):
        yield from _check(entry, path, option, known=OBJECT_OPTIONS, other=APPLICATION_OPTIONS, elsewhere=_IN_SPEC)


def _check_application_option(application: Application, path: Path, option: str) -> Iterator[Complaint]:
    if "," in option and all(part in _all_options() for part in split_commas(option)):
        yield Complaint(
            code="ignored-sync-option",
            about=application.entry,
            path=path,
            message=f"{application} has '{option}' as one sync option, and Argo CD ignores it",
            help="give each option an item of its own",
        )
    else:
        known, other = APPLICATION_OPTIONS, OBJECT_OPTIONS
        yield from _check(application.entry, path, option, known=known, other=other, elsewhere=_ON_OBJECT)


def _all_options() -> frozenset[str]:
    return frozenset(f"{name}={value}" for name, values in APPLICATION_OPTIONS.items() for value in values)


def _check(
    entry: Entry,
    path: Path,
    option: str,
    *,
    known: Mapping[str, tuple[str, ...]],
    other: Mapping[str, tuple[str, ...]],
    elsewhere: str,
) -> Iterator[Complaint]:
    name, equals, value = option.partition("=")
    if equals and value in known.get(name, ()):
        return
    yield Complaint(
        code="ignored-sync-option",
        about=entry,
        path=path,
        message=f"{entry} has the sync option '{option}', and Argo CD ignores it{_say_where(name, known, other)}",
        help=_help(name, value, known, other, elsewhere),
    )


def _say_where(name: str, known: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> str:
    return " here" if name in other and name not in known else ""


def _help(
    name: str, value: str, known: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]], elsewhere: str
) -> str:
    if name in known:
        near = suggest(value, known[name]) if value else None
        return f"did you mean '{name}={near}'?" if near else f"write {join_or(f'{name}={one}' for one in known[name])}"
    if name in other:
        return f"it counts {elsewhere}"
    meant = suggest(name.strip(), known)
    if meant is None and name.strip() in known:
        meant = name.strip()
    if meant:
        given = value.strip().strip("\"'").lower()
        return f"did you mean '{meant}={given if given in known[meant] else known[meant][0]}'?"
    return f"the options are {join_or(sorted(known))}, each with '=' and its value"


CHECKS = (Check(name="sync options of Applications", codes=("ignored-sync-option",), run=check_application_options),)
