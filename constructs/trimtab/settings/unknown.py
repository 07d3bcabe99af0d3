"""Unknown settings: what was meant, or where that setting really belongs."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.finding import Finding, Related, Severity
from trimtab.findings.path import Path, render_path
from trimtab.findings.suggest import suggest
from trimtab.settings.refusals import Refusal
from trimtab.settings.subschema import iter_settings
from trimtab.settings.words import join_or

_FEW = 20
"""So many names can be read at a glance; more are not listed."""


def explain_unknown(refusal: Refusal) -> Iterator[Finding]:
    """A mapping has keys that are no settings: one finding a key."""
    for key in refusal.details["unexpected"]:
        yield _find(refusal, key)


def _find(refusal: Refusal, key: str) -> Finding:
    path = (*refusal.path, key)
    places = refusal.merged.key_places(path)
    return Finding(
        code="unknown-setting",
        severity=Severity.ERROR,
        message=_tell(refusal.path, key if len(key) <= 60 else f"{key[:60]}…"),
        help=_advise(refusal, key),
        path=path,
        place=places[0] if places else refusal.merged.key_place_of(path),
        related=tuple(Related(message="it is set here too", place=place) for place in places[1:]),
    )


def _tell(owner: Path, key: str) -> str:
    if owner == ("components",):
        return f"unknown component '{key}'"
    if len(owner) == 2 and owner[0] == "components":
        return f"unknown setting '{key}' of component '{owner[1]}'"
    return f"unknown setting '{key}' of '{render_path(owner)}'" if owner else f"unknown setting '{key}'"


def _advise(refusal: Refusal, key: str) -> str | None:
    known = sorted(refusal.node.get("properties", ()))
    if near := suggest(key, known):
        return f"did you mean '{near}'?"
    if homes := _homes(refusal, key):
        return f"'{key}' is a setting of {join_or(homes)}"
    what = "components" if refusal.path == ("components",) else "settings here"
    return f"the {what} are {', '.join(known)}" if 0 < len(known) <= _FEW else None


def _homes(refusal: Refusal, key: str) -> list[str]:
    """Name at most two mappings that know the key, the nearest first."""
    owners = {path[:-1] for path, _ in iter_settings(refusal.schema) if path[-1] == key}
    nearest = sorted(owners, key=lambda owner: (-_shared(owner, refusal.path), len(owner), render_path(owner)))
    return [_name(owner) for owner in nearest[:2]]


def _shared(one: Path, other: Path) -> int:
    return next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def _name(owner: Path) -> str:
    return f"'{'.'.join(map(str, owner))}'" if owner else "the top of the file"
