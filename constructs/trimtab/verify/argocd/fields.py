"""Fields of Applications, ApplicationSets and AppProjects: which there are, and what they may hold."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.argocd_fields import GROUP, Fields, Misfit, argocd_fields, known_minors
from trimtab.findings.path import Path, render_path
from trimtab.findings.suggest import suggest
from trimtab.settings.words import join_or, name_value
from trimtab.verify.argocd.installed import find_version
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

KINDS = ("Application", "ApplicationSet", "AppProject")
_WORDS = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "integer or text": "a whole number or text",
    "mapping": "a mapping",
    "list": "a list",
}
_CODES = {"type": "wrong-field-type", "choice": "value-not-allowed", "form": "wrong-field-form"}
_FORMS = {"^.{2,}|[^./]$": "a folder below the top of the repository"}
"""The patterns in Argo CD's definitions, in words."""


def check_fields(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find fields that the API server refuses, or drops where nobody asks it to be strict."""
    fields = argocd_fields(find_version(world))
    for kind in KINDS:
        for entry in tree.of_kind(GROUP, kind):
            for misfit in fields.iter_misfits(kind, entry.manifest):
                yield _complain(entry, misfit, fields)


def _complain(entry: Entry, misfit: Misfit, fields: Fields) -> Complaint:
    if misfit.wrong == "unknown":
        return _unknown(entry, misfit, fields)
    if misfit.wrong == "missing":
        return Complaint(
            code="missing-field",
            about=entry,
            path=misfit.path,
            message=f"{_owner(entry, misfit.path)} has no '{misfit.name}'",
            help="the API server refuses the object without it",
        )
    return _wrong_value(entry, misfit)


def _wrong_value(entry: Entry, misfit: Misfit) -> Complaint:
    where = f"'{render_path(misfit.path)}' of {entry}"
    value = name_value(misfit.value, misfit.path)
    if misfit.wrong == "type":
        wanted, help_ = _WORDS[misfit.wanted[0]], _help_with_type(misfit)
    elif misfit.wrong == "choice":
        near = suggest(str(misfit.value), misfit.wanted)
        wanted, help_ = join_or(misfit.wanted), f"did you mean '{near}'?" if near else "the API server refuses the rest"
    else:
        wanted, help_ = _FORMS.get(misfit.wanted[0], f"of the form {misfit.wanted[0]}"), "the API server refuses it"
    return Complaint(
        code=_CODES[misfit.wrong],
        about=entry,
        path=misfit.path,
        message=f"{where} has to be {wanted}, and is {value}",
        help=help_,
    )


def _help_with_type(misfit: Misfit) -> str:
    value, wanted = misfit.value, misfit.wanted[0]
    if wanted == "text" and isinstance(value, (bool, int, float)):
        return f'write it in quotes: "{str(value).lower() if isinstance(value, bool) else value}"'
    if isinstance(value, str) and wanted in {"boolean", "integer", "number"}:
        return "write it without quotes"
    if wanted == "list":
        return "write each item in a line of its own, with '- ' before it"
    return "the API server refuses it"


def _unknown(entry: Entry, misfit: Misfit, fields: Fields) -> Complaint:
    return Complaint(
        code="unknown-field",
        about=entry,
        path=misfit.path,
        on_key=True,
        message=f"{_owner(entry, misfit.path[:-1])} has no field '{misfit.name}'",
        help=_help_with_name(entry, misfit, fields),
    )


def _help_with_name(entry: Entry, misfit: Misfit, fields: Fields) -> str:
    for minor in known_minors():
        other = argocd_fields(minor)
        if other is not fields and other.has_field(entry.kind, misfit.path):
            verb = "has it from" if known_minors().index(minor) > 0 else "had it in"
            return f"Argo CD {verb} {minor} on, and this one is {fields.version}"
    near = suggest(misfit.name, misfit.wanted)
    if near:
        return f"did you mean '{near}'?"
    return f"the fields here are {', '.join(sorted(misfit.wanted))}" if len(misfit.wanted) < 9 else "remove it"


def _owner(entry: Entry, path: Path) -> str:
    return f"'{render_path(path)}' of {entry}" if path else str(entry)


CHECKS = (
    Check(
        name="fields of Argo CD's objects",
        codes=("unknown-field", "missing-field", "wrong-field-type", "value-not-allowed", "wrong-field-form"),
        run=check_fields,
    ),
)
