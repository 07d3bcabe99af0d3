"""Settings that have a new name: the old one works for two releases, with a warning that says the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trimtab.documents.document import Value
from trimtab.findings.finding import Finding, Related, Severity
from trimtab.findings.path import Key, Path, get_value, render_path
from trimtab.settings.layers import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A setting that moved; `*` stands for any key, and for the same key in both paths."""

    old: Path
    new: Path
    gone_in: str
    """The first release that no longer knows the old name."""


RENAMED: tuple[Renamed, ...] = ()
"""Every renamed setting, the oldest first."""


def rename_settings(layer: Layer, table: Sequence[Renamed] = RENAMED) -> tuple[Layer, tuple[Finding, ...]]:
    """Put the settings of one file under the names they have now.

    Returns:
        The layer, and a warning for each old name in it; an error where old and new name are both there.
    """
    value, moved, findings = layer.document.value, dict(layer.moved), []
    for entry in table:
        for old, captured in list(_iter_matches(value, entry.old)):
            new = _fill(entry.new, captured)
            is_taken = get_value(value, new) is not None
            findings.append(_refuse(layer, old, new) if is_taken else _warn(layer, entry, old, new))
            value = _move(value, old, new)
            moved[new] = old
    if not findings:
        return layer, ()
    return replace(layer, value=value, moved=moved), tuple(findings)


def _warn(layer: Layer, entry: Renamed, old: Path, new: Path) -> Finding:
    return Finding(
        code="setting-renamed",
        severity=Severity.WARNING,
        message=f"'{render_path(old)}' is now called '{render_path(new)}'",
        help=f"rename it; Trimtab {entry.gone_in} no longer reads the old name",
        path=new,
        place=layer.document.places.key(old),
    )


def _refuse(layer: Layer, old: Path, new: Path) -> Finding:
    places = layer.document.places
    return Finding(
        code="setting-named-twice",
        severity=Severity.ERROR,
        message=f"'{render_path(old)}' is the old name of '{render_path(new)}', and both are set",
        help="remove the old one",
        path=new,
        place=places.key(old),
        related=(Related(message="the new name is here", place=places.key(new)),),
    )


def _iter_matches(value: Value, form: Path, at: Path = (), captured: Path = ()) -> Iterable[tuple[Path, Path]]:
    if not form:
        yield at, captured
        return
    if not isinstance(value, dict):
        return
    star = form[0] == "*"
    for key in list(value) if star else [key for key in value if key == form[0]]:
        yield from _iter_matches(value[key], form[1:], (*at, key), (*captured, key) if star else captured)


def _fill(form: Path, captured: Path) -> Path:
    rest = iter(captured)
    return tuple(next(rest) if key == "*" else key for key in form)


def _move(value: Value, old: Path, new: Path) -> Value:
    taken = get_value(value, old)
    without = _without(value, old)
    return without if get_value(value, new) is not None else _with(without, new, taken)


def _without(value: Value, path: Sequence[Key]) -> Value:
    if not isinstance(value, dict):
        return value
    key = str(path[0])
    if len(path) == 1:
        return {name: child for name, child in value.items() if name != key}
    return {name: _without(child, path[1:]) if name == key else child for name, child in value.items()}


def _with(value: Value, path: Sequence[Key], new: Value) -> Value:
    mapping: Mapping[str, Value] = value if isinstance(value, dict) else {}
    key = str(path[0])
    return {**mapping, key: new if len(path) == 1 else _with(mapping.get(key), path[1:], new)}
