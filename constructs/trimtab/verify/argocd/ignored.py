"""Differences that an Application is to ignore: entries that match nothing, and values that each sync writes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from trimtab.findings.path import Path
from trimtab.findings.suggest import edits_between
from trimtab.verify.argocd.application import Application, Applications
from trimtab.verify.argocd.globs import is_match
from trimtab.verify.argocd.ignored_fields import find_no_field
from trimtab.verify.argocd.jq.expression import compile_jq
from trimtab.verify.argocd.jq.tokens import RichError, SyntaxFaultError
from trimtab.verify.argocd.pointers import MISSING, parse_pointer, resolve_pointer
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint, Said, Unchecked
from trimtab.verify.entry import Entry
from trimtab.verify.reading import iter_fields, list_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, World

_WAYS = ("jsonPointers", "jqPathExpressions", "managedFieldsManagers")
_TOOLS = ("chart", "helm", "kustomize", "plugin")
_HELP_TO_LEAD = (
    'end it in a path, such as .metadata.labels["app"]; keys that begin alike are'
    ' .a[.a | keys[] | select(startswith("x"))]'
)
_SHORTEST = 5
"""Of a shorter name another one is too near to call it a slip."""


def check_ignored(tree: Tree, world: World) -> Iterator[Said]:
    """Find entries of ignoreDifferences that ignore nothing."""
    applications = Applications(tree)
    wanted = [one for one in applications.every if list_of(one.spec, "ignoreDifferences")]
    if not wanted:
        return
    objects: dict[int, list[Entry]] = defaultdict(list)
    for entry in tree.entries:
        owner = applications.of(entry) if entry.application else None
        if owner is not None:
            objects[id(owner)].append(entry)
    charts = {id(applications.find(chart.cluster, chart.application)): chart for chart in world.charts}
    for application in wanted:
        known, chart = objects[id(application)], charts.get(id(application))
        for position, item in iter_fields(application.spec, "ignoreDifferences"):
            path = application.at("spec", "ignoreDifferences", position)
            yield from _check_item(application, path, item, known, chart, world)


def is_whole(application: Application, world: World) -> bool:
    """Say whether all objects of an Application stand in the tree as they are, with nothing that renders others."""
    if (application.entry.cluster, application.entry.name) in world.partial:
        return False
    return bool(application.sources) and not any(
        source.get(tool) for _, source in application.sources for tool in _TOOLS
    )


def _check_item(
    application: Application,
    path: Path,
    item: Mapping[str, Any],
    known: Sequence[Entry],
    chart: ChartUse | None,
    world: World,
) -> Iterator[Said]:
    whole = is_whole(application, world) or (chart is not None and chart.is_rendered)
    if not any(list_of(item, way) for way in _WAYS):
        said = f"{application} names no field of {_name(item)} to ignore"
        yield _not_ignored(application, path, said, "name it in jsonPointers or jqPathExpressions")
    yield from _check_syntax(application, path, item)
    matched = [entry for entry in known if _fits(item, entry)]
    if not matched and whole and known:
        said = f"{application} has no {_name(item)} whose differences it could ignore"
        yield _not_ignored(application, path, said, _help_to_find(item, known))
        return
    if not matched and not whole and not _may_render(item, chart):
        yield Unchecked(reason="ignoreDifferences on what a chart or kustomize renders")
    absent = {
        (way, position): fault
        for way in ("jsonPointers", "jqPathExpressions")
        for position, text in enumerate(list_of(item, way))
        if isinstance(text, str) and (fault := find_no_field(item, way, text, world))
    }
    for (way, position), fault in absent.items():
        said = (
            f"'{list_of(item, way)[position]}' of {application} leads to nothing in any {_name(item)}, {fault.message}"
        )
        yield _not_ignored(application, (*path, way, position), said, fault.help)
    yield from _check_slips(application, path, item, matched, absent)
    yield from _check_written_back(application, path, item, matched)


def _may_render(item: Mapping[str, Any], chart: ChartUse | None) -> bool:
    kinds = chart.facts.renders if chart and chart.facts else ()
    kind, group = text_of(item, "kind"), text_of(item, "group")
    return any(is_match(kind, one.kind) and is_match(group, one.group) for one in kinds)


def _fits(item: Mapping[str, Any], entry: Entry) -> bool:
    return (
        is_match(text_of(item, "kind"), entry.kind)
        and is_match(text_of(item, "group"), entry.group)
        and text_of(item, "name") in {"", entry.name}
        and text_of(item, "namespace") in {"", entry.namespace}
    )


def _name(item: Mapping[str, Any]) -> str:
    group, name, namespace = (text_of(item, key) for key in ("group", "name", "namespace"))
    kind = f"{text_of(item, 'kind')}.{group}" if group else text_of(item, "kind")
    where = "/".join(part for part in (namespace, name) if part)
    return f"{kind} {where}" if where else kind


def _help_to_find(item: Mapping[str, Any], known: Sequence[Entry]) -> str:
    kind, name = text_of(item, "kind"), text_of(item, "name")
    alike = [entry for entry in known if entry.kind.lower() == kind.lower()]
    for entry in alike:
        if entry.kind != kind:
            return f"the kind is '{entry.kind}'"
        if not is_match(text_of(item, "group"), entry.group):
            return f"the group of {kind} is '{entry.group}'"
    names = sorted({entry.name for entry in alike})
    if names and name:
        return f"it has {kind} {', '.join(names[:5])}"
    return f"its kinds are {', '.join(sorted({entry.kind for entry in known})[:8])}"


def _check_syntax(application: Application, path: Path, item: Mapping[str, Any]) -> Iterator[Said]:
    for position, text in enumerate(list_of(item, "jsonPointers")):
        if isinstance(text, str) and parse_pointer(text) is None:
            said = f"'{text}' of {application} is no JSON pointer"
            help_ = f"begin it with a slash: '/{text.lstrip('.').replace('.', '/')}'"
            yield _not_ignored(application, (*path, "jsonPointers", position), said, help_)
    for position, text in enumerate(list_of(item, "jqPathExpressions")):
        yield from _check_jq(application, (*path, "jqPathExpressions", position), str(text))


def _check_jq(application: Application, path: Path, text: str) -> Iterator[Said]:
    try:
        expression = compile_jq(text)
    except SyntaxFaultError as fault:
        yield Complaint(
            code="invalid-application",
            about=application.entry,
            path=path,
            message=f"jq cannot read '{text}' of {application}: {fault}",
            help="Argo CD compares nothing of the Application until it can",
        )
    except RichError as rich:
        yield _not_judged(text, rich)
    else:
        if expression.is_made:
            said = f"'{text}' of {application} makes new values, and leads to none that Argo CD could leave out"
            yield _not_ignored(application, path, said, _HELP_TO_LEAD)


def _check_slips(
    application: Application,
    path: Path,
    item: Mapping[str, Any],
    matched: Sequence[Entry],
    told: Collection[tuple[str, int]],
) -> Iterator[Said]:
    """Find paths that miss a field by a slip; others may lead to what only the cluster writes."""
    for position, text in enumerate(list_of(item, "jsonPointers")):
        parts = parse_pointer(text) if isinstance(text, str) else None
        slips = {_find_slip(parts, entry.manifest) for entry in matched} if parts else {None}
        meant = next(iter(slips)) if len(slips) == 1 else None
        if meant is not None and ("jsonPointers", position) not in told:
            said = f"'{text}' leads to nothing in {_name(item)} of {application}"
            yield _not_ignored(application, (*path, "jsonPointers", position), said, f"did you mean '{meant}'?")

    for position, text in enumerate(list_of(item, "jqPathExpressions")):
        near = _find_slip_of_jq(text, matched) if isinstance(text, str) and matched else None
        if isinstance(near, Unchecked):
            yield near
        elif near is not None and ("jqPathExpressions", position) not in told:
            said = f"'{text}' leads to nothing in {_name(item)} of {application}"
            yield _not_ignored(application, (*path, "jqPathExpressions", position), said, f"did you mean '{near}'?")


def _find_slip_of_jq(text: str, matched: Sequence[Entry]) -> str | Unchecked | None:
    """Give the one field that was meant in all objects, where the expression leads nowhere in any."""
    slips: set[str | None] = set()
    try:
        expression = compile_jq(text)
        for entry in matched:
            outcome = expression.look_into(entry.manifest)
            if outcome.leads:
                return None
            slips.update({_find_near(one.name, one.parent) for one in outcome.missed} or {None})
    except RichError as rich:
        return _not_judged(text, rich)
    except SyntaxFaultError:
        return None
    return next(iter(slips)) if len(slips) == 1 else None


def _find_near(name: str, parent: Mapping[str, Any]) -> str | None:
    return next((key for key in parent if _is_slip(name, key)), None)


def _not_judged(text: str, rich: RichError) -> Unchecked:
    return Unchecked(reason=f"a jq expression of ignoreDifferences is not followed, for {rich}: {text}")


def _find_slip(parts: tuple[str, ...], manifest: Any) -> str | None:
    """Give the pointer that was meant: an unescaped slash in a key, or a letter too many, too few or other."""
    for number, part in enumerate(parts):
        parent = resolve_pointer(parts[:number], manifest)
        if parent is MISSING or not isinstance(parent, Mapping) or part in parent:
            continue
        rest = "/".join(parts[number:])
        for key in parent:
            if "/" in key and (rest == key or rest.startswith(f"{key}/")):
                return _render(parts[:number], key, tuple(filter(None, rest[len(key) + 1 :].split("/"))))
            if _is_slip(part, key):
                return _render(parts[:number], key, parts[number + 1 :])
        return None
    return None


def _is_slip(part: str, key: str) -> bool:
    if part.lower() == key.lower():
        return True
    # A plural is often a field of its own, which the API server fills in: clusterIP, clusterIPs.
    longest = max(part, key, key=len)
    is_plural = longest.rstrip("s") == min(part, key, key=len).rstrip("s")
    return len(part) > _SHORTEST and not is_plural and edits_between(part, key, 1) == 1


def _render(before: tuple[str, ...], key: str, after: tuple[str, ...]) -> str:
    return "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in (*before, key, *after))


def _check_written_back(
    application: Application, path: Path, item: Mapping[str, Any], matched: Sequence[Entry]
) -> Iterator[Said]:
    """Find values that stand in Git and are ignored: each sync writes them to the cluster all the same."""
    if any(option in application.options for option in ("RespectIgnoreDifferences=true", "ApplyOutOfSyncOnly=true")):
        return
    for way in ("jsonPointers", "jqPathExpressions"):
        for position, text in enumerate(list_of(item, way)):
            entry = next((one for one in matched if _has(way, text, one.manifest)), None)
            if entry is not None:
                yield Complaint(
                    code="ignored-difference-overwritten",
                    about=application.entry,
                    path=(*path, way, position),
                    message=f"{application} ignores '{text}' of {entry} when it compares, and writes it at every sync",
                    help="add the sync option 'RespectIgnoreDifferences=true', or leave the field out of the manifest",
                )
                return


def _has(way: str, text: Any, manifest: Mapping[str, Any]) -> bool:
    if not isinstance(text, str):
        return False
    if way == "jsonPointers":
        parts = parse_pointer(text)
        return parts is not None and resolve_pointer(parts, manifest) is not MISSING
    try:
        return compile_jq(text).leads_somewhere(manifest)
    except (RichError, SyntaxFaultError):
        return False


def _not_ignored(application: Application, path: Path, message: str, help_: str) -> Complaint:
    return Complaint(code="difference-not-ignored", about=application.entry, path=path, message=message, help=help_)


CHECKS = (
    Check(
        name="differences to ignore",
        codes=("difference-not-ignored", "ignored-difference-overwritten", "invalid-application"),
        run=check_ignored,
    ),
)
