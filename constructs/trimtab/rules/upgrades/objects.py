"""What became of an object since an earlier revision, where that is refused or does harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.argocd_names import HELM_HOOK, HOOK, SYNC_OPTIONS
from trimtab.catalogue.versions import is_version, parse_version
from trimtab.kube.manifests import Manifest, split_api_version
from trimtab.plan.quantities import parse_quantity
from trimtab.rules.upgrades.custom_fields import CUSTOM_FIELDS, FIXED_VALUES
from trimtab.rules.upgrades.field import Fixed, How
from trimtab.rules.upgrades.kubernetes_fields import KUBERNETES_FIELDS

FIXED = (*KUBERNETES_FIELDS, *CUSTOM_FIELDS)
"""Every field that is watched."""
STORED = "stored-version-removed"
_HOOKS = (HOOK, HELM_HOOK)
_FROZEN = ("data", "stringData", "binaryData")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that must not be made."""

    code: str
    path: tuple[str, ...]
    """The field, as the object spells it."""
    message: str
    """What changed, without the object's name in front."""
    help: str


def iter_changes(old: Manifest, new: Manifest) -> Iterator[Change]:
    """Find the changes of one object that are refused or do harm.

    What Argo CD deletes and makes anew may change at will: hooks, and what is applied by force.

    Args:
        old: The object in the base.
        new: The same object now.
    """
    if _is_made_anew(new):
        return
    group, _ = split_api_version(new.get("apiVersion", ""))
    kind = str(new.get("kind"))
    yield from _check_table((row for row in FIXED if row.group == group and kind in row.kinds), old, new)
    if group == "" and kind in ("ConfigMap", "Secret"):
        yield from _check_frozen(kind, old, new)
    if group == "apiextensions.k8s.io":
        yield from _check_stored(old, new)


def iter_value_changes(chart: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Find the changes of a chart's values that end in a field which cannot change."""
    yield from _check_table((row for row in FIXED_VALUES if chart in row.kinds), old, new)


def _is_made_anew(manifest: Manifest) -> bool:
    annotations = (manifest.get("metadata") or {}).get("annotations")
    if not isinstance(annotations, Mapping):
        return False
    options = str(annotations.get(SYNC_OPTIONS, "")).replace(" ", "").split(",")
    return "Force=true" in options or any(hook in annotations for hook in _HOOKS)


def _check_table(rows: Iterable[Fixed], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for row in rows:
        for path, before, now in _iter_pairs(old, new, row.path):
            change = _compare(row, path, before, now)
            if change:
                yield change


def _iter_pairs(old: Any, new: Any, path: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if not path:
        yield (), old, new
        return
    step, *rest = path
    if step.startswith("["):
        key = step[1:-1].split(".")
        before, now = _by_key(old, key), _by_key(new, key)
        for name in before.keys() & now.keys():
            for below, one, other in _iter_pairs(before[name], now[name], rest):
                yield (name, *below), one, other
    else:
        for below, one, other in _iter_pairs(_step(old, step), _step(new, step), rest):
            yield (step, *below), one, other


def _by_key(items: Any, key: Sequence[str]) -> dict[str, Any]:
    found = {}
    for item in items if isinstance(items, list) else ():
        name = item
        for step in key:
            name = _step(name, step)
        if isinstance(name, str):
            found[name] = item
    return found


def _step(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return value[int(key)] if key.isdigit() and int(key) < len(value) else None
    return value.get(key) if isinstance(value, Mapping) else None


def _compare(row: Fixed, path: tuple[str, ...], before: Any, now: Any) -> Change | None:
    before = row.default if before is None else before
    now = row.default if now is None else now
    if before == now or not _is_worse(row.how, before, now):
        return None
    at, one, other = _first_difference(path, before, now)
    message = f"{'.'.join(at)} was {_tell(one)} in the base, and is {_tell(other)} here"
    return Change(code=row.code, path=at, message=message, help=f"{row.help} ({row.source})")


def _is_worse(how: How, before: Any, now: Any) -> bool:
    if how is How.ONCE_SET:
        return now is not None and before is not None
    if how is How.NOT_SMALLER:
        one, other = parse_quantity(before), parse_quantity(now)
        return one is not None and other is not None and other < one
    if how is How.NOT_OLDER:
        one_version, other_version = _tag(before), _tag(now)
        return is_version(one_version) and is_version(other_version) and _is_older(other_version, one_version)
    return True


def _tag(image: Any) -> str:
    """Give the version in `quay.io/ceph/ceph:v20.2.1-2026@sha256:...`, or of a bare version."""
    return str(image).partition("@")[0].rpartition(":")[2]


def _is_older(one: str, other: str) -> bool:
    return parse_version(one) < parse_version(other)


def _first_difference(path: tuple[str, ...], before: Any, now: Any) -> tuple[tuple[str, ...], Any, Any]:
    """Go down to the first key whose value is another, so that the message is short."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in sorted({*before, *now}):
            if before.get(key) != now.get(key):
                return _first_difference((*path, str(key)), before.get(key), now.get(key))
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for at, (one, other) in enumerate(zip(before, now, strict=True)):
            if one != other:
                return _first_difference((*path, str(at)), one, other)
    return path, before, now


def _tell(value: Any) -> str:
    if value is None or value == "":
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        short = all(isinstance(item, (str, int)) for item in value) and len(value) <= 3
        return ", ".join(str(item) for item in value) if short and value else f"a list of {len(value)}"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _check_frozen(kind: str, old: Manifest, new: Manifest) -> Iterator[Change]:
    if old.get("immutable") is not True:
        return
    is_same = all(old.get(field) == new.get(field) for field in _FROZEN)
    if is_same and new.get("immutable") is True:
        return
    what = "what is in it" if not is_same else "that it is immutable"
    yield Change(
        code="immutable-field-changed",
        path=("immutable",),
        message=f"it was immutable in the base, and {what} changed",
        help=f"give the {kind} another name, and name it where it is used (kubernetes/kubernetes"
        f" pkg/apis/core/validation/validation.go, Validate{kind}Update)",
    )


def _check_stored(old: Manifest, new: Manifest) -> Iterator[Change]:
    """A version that was ever stored must stay listed until `status.storedVersions` is cleared of it."""
    before = {one.get("name"): one for one in _versions(old)}
    now = {one.get("name") for one in _versions(new)}
    for name, version in before.items():
        if version.get("storage") is True and name not in now:
            yield Change(
                code=STORED,
                path=("spec", "versions"),
                message=f"the version {name}, in which objects are stored, is no longer there",
                help="keep it listed with served: false, rewrite the objects (kube-storage-version-migrator), clear it"
                " from status.storedVersions, and remove it then",
            )


def _versions(manifest: Manifest) -> list[Mapping[str, Any]]:
    versions = (manifest.get("spec") or {}).get("versions")
    return [one for one in versions if isinstance(one, Mapping)] if isinstance(versions, list) else []
