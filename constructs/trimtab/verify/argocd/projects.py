"""AppProjects: what Argo CD's own server refuses, and nobody looks at where a project comes from Git."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import available_timezones

from trimtab.catalogue.argocd_fields import GROUP
from trimtab.doors.time_zones import read_time_zone
from trimtab.findings.path import Path
from trimtab.findings.suggest import suggest
from trimtab.rules.cron import iter_cron_faults
from trimtab.rules.policy import find_policy_fault
from trimtab.verify.argocd.durations import is_duration
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_ROLE = re.compile(r"[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?")
_LONGEST_DESCRIPTION = 255
_LISTS = ("sourceRepos", "sourceNamespaces")


def check_projects(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find what Argo CD would refuse in a project that somebody made on its page (app_project_types.go:189)."""
    for entry in tree.of_kind(GROUP, "AppProject"):
        spec = fields_of(entry.manifest, "spec")
        yield from _check_lists(entry, spec)
        yield from _check_destinations(entry, spec)
        yield from _check_roles(entry, spec)
        for position, window in iter_fields(spec, "syncWindows"):
            yield from _check_window(entry, ("spec", "syncWindows", position), window)


def _check_lists(entry: Entry, spec: Mapping[str, Any]) -> Iterator[Complaint]:
    for field in _LISTS:
        yield from _check_once(entry, ("spec", field), list_of(spec, field))
    for position, repository in enumerate(list_of(spec, "sourceRepos")):
        if repository == "!*":
            yield _invalid(entry, ("spec", "sourceRepos", position), f"{entry} forbids every repository")


def _check_destinations(entry: Entry, spec: Mapping[str, Any]) -> Iterator[Complaint]:
    keys: list[tuple[str, str]] = []
    for position, one in iter_fields(spec, "destinations"):
        path: Path = ("spec", "destinations", position)
        for field in ("name", "server", "namespace"):
            if one.get(field) == "!*":
                yield _invalid(entry, (*path, field), f"{entry} forbids every destination by its {field}")
        keys.append((text_of(one, "server") or text_of(one, "name"), text_of(one, "namespace")))
    yield from _check_once(entry, ("spec", "destinations"), keys)


def _check_roles(entry: Entry, spec: Mapping[str, Any]) -> Iterator[Complaint]:
    names = [text_of(role, "name") for _, role in iter_fields(spec, "roles")]
    yield from _check_once(entry, ("spec", "roles"), names)
    for position, role in iter_fields(spec, "roles"):
        path: Path = ("spec", "roles", position)
        name = text_of(role, "name")
        if name and not _ROLE.fullmatch(name):
            said = f"the role '{name}' of {entry} has a name that Argo CD refuses"
            yield _invalid(entry, (*path, "name"), said, "letters, digits, '-' and '_', a letter or digit at both ends")
        yield from _check_once(entry, (*path, "policies"), list_of(role, "policies"))
        for number, line in enumerate(list_of(role, "policies")):
            if isinstance(line, str) and (fault := _find_fault(entry.name, name, line)):
                yield Complaint(
                    code="policy-form",
                    about=entry,
                    path=(*path, "policies", number),
                    message=f"Argo CD cannot read a right of the role '{name}' of {entry}: {fault}",
                    help=f"such as: p, proj:{entry.name}:{name}, applications, sync, {entry.name}/*, allow",
                )


def _find_fault(project: str, role: str, line: str) -> str | None:
    fault = find_policy_fault(line)
    if fault or not line.strip():
        return fault
    fields = [field.strip() for field in line.split(",")]
    subject = f"proj:{project}:{role}"
    if fields[0] == "p" and fields[1] != subject:
        return f"it is for '{fields[1]}' instead of '{subject}'"
    if len(fields) > 4 and fields[2] == "applications" and not fields[4].startswith(f"{project}/"):
        return f"'{fields[4]}' is not of the project '{project}'"
    return None


def _check_window(entry: Entry, path: Path, window: Mapping[str, Any]) -> Iterator[Complaint]:
    kind, schedule, duration = (text_of(window, key) for key in ("kind", "schedule", "duration"))
    if kind not in {"allow", "deny"}:
        near = suggest(kind, ("allow", "deny"))
        help_ = f"did you mean '{near}'?" if near else "write allow or deny"
        yield _window(entry, (*path, "kind"), f"a sync window of {entry} is of the kind '{kind}'", help_)
    for fault in iter_cron_faults(schedule):
        help_ = "five fields: minute, hour, day of the month, month, day of the week (0 to 6, Sunday is 0)"
        said = f"Argo CD cannot read the schedule '{schedule}' of a sync window of {entry}: {fault}"
        yield _window(entry, (*path, "schedule"), said, help_)
    if not is_duration(duration):
        said = f"'{duration}' is no time for a sync window of {entry} to last"
        yield _window(entry, (*path, "duration"), said, "write it as Go does, such as 8h or 1h30m")
    zone = text_of(window, "timeZone")
    if zone and read_time_zone(zone) is None and (zones := available_timezones()):
        near = suggest(zone, sorted(zones))
        help_ = f"did you mean '{near}'?" if near else "the names are those of the tz database, such as Europe/Vienna"
        said = f"there is no time zone '{zone}', and Argo CD takes UTC for the sync window of {entry}"
        yield _window(entry, (*path, "timeZone"), said, help_)
    if not any(list_of(window, key) for key in ("applications", "namespaces", "clusters")):
        said = f"a sync window of {entry} holds for no application, namespace or cluster"
        yield _window(entry, path, said, "name at least one, '*' for all: applications: ['*']")
    if len(text_of(window, "description")) > _LONGEST_DESCRIPTION:
        said = f"the description of a sync window of {entry} has more than {_LONGEST_DESCRIPTION} characters"
        yield _invalid(entry, (*path, "description"), said, "make it shorter")


def _check_once(entry: Entry, path: Path, items: Iterable[Any]) -> Iterator[Complaint]:
    seen: set[Any] = set()
    for position, item in enumerate(items):
        if not isinstance(item, (str, tuple)) or not item:
            continue
        if item in seen:
            named = item if isinstance(item, str) else " ".join(part for part in item if part)
            yield _invalid(entry, (*path, position), f"{entry} has '{named}' twice in '{path[-1]}'", "leave one out")
        seen.add(item)


def _invalid(entry: Entry, path: Path, message: str, help_: str = "name what is forbidden, not '*'") -> Complaint:
    return Complaint(code="invalid-project", about=entry, path=path, message=message, help=help_)


def _window(entry: Entry, path: Path, message: str, help_: str) -> Complaint:
    return Complaint(code="sync-window-form", about=entry, path=path, message=message, help=help_)


CHECKS = (Check(name="AppProjects", codes=("invalid-project", "policy-form", "sync-window-form"), run=check_projects),)
