"""ApplicationSets of a tree to the Applications that they make, as far as the tree alone says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from trimtab.findings.path import Path
from trimtab.kube.manifests import split_api_version
from trimtab.verify.argocd.texts import is_templated
from trimtab.verify.files.applications import GROUP, Application, parse_application
from trimtab.verify.files.found import Found
from trimtab.verify.files.parameters_of_sets import Ground, list_parameters
from trimtab.verify.files.templates import fill_in
from trimtab.verify.reading import fields_of, list_of

_TEMPLATE: Path = ("spec", "template")


def expand_sets(objects: Iterable[Found], ground: Ground, known: Iterable[Application]) -> tuple[Application, ...]:
    """Give the Applications that ApplicationSets make.

    One whose cluster cannot be told is for each cluster that others name. Of several with one name only the first
    counts: there can be no more.

    Args:
        objects: Objects, those sets among them.
        ground: What their generators look at.
        known: The Applications that stand in the tree themselves.
    """
    made = [
        application
        for found in objects
        if found.manifest["kind"] == "ApplicationSet" and split_api_version(found.manifest["apiVersion"])[0] == GROUP
        for application in _expand(found, ground)
    ]
    made = list({(one.name, None if one.name else id(one)): one for one in reversed(made)}.values())[::-1]
    taken = {one.name for one in known}
    made = [one for one in made if one.name not in taken]
    clusters = sorted({one.destination for one in (*known, *made) if not is_templated(one.destination)}) or [""]
    return tuple(
        each
        for one in made
        for each in ([replace(one, destination=name) for name in clusters] if is_templated(one.destination) else [one])
    )


def _expand(found: Found, ground: Ground) -> Iterator[Application]:
    spec = fields_of(found.manifest, "spec")
    uses_go = spec.get("goTemplate") is True
    told: set[str] = set()
    for parameters in list_parameters(list_of(spec, "generators"), ground, uses_go=uses_go):
        filled: Mapping[str, Any] = fill_in(spec.get("template"), parameters, uses_go=uses_go)
        if isinstance(filled, Mapping):
            application = parse_application(filled, found, _TEMPLATE)
            same = repr((application.destination, application.target, filled.get("spec")))
            if same not in told:  # what differs in its name alone, or in what is not known
                told.add(same)
                yield application
