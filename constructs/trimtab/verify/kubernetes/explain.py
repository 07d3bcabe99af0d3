"""Everything in an object that does not fit the structure of its kind, each at its own path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trimtab.catalogue.kubernetes.structures import Minor, Spec, find_structure, is_type
from trimtab.findings.path import Path, render_path
from trimtab.findings.suggest import suggest
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.kubernetes.limits.explaining import find_absence, iter_limit_faults
from trimtab.verify.kubernetes.limits.limit import Limit
from trimtab.verify.kubernetes.limits.registry import has_needs, limits_of, required_of
from trimtab.verify.kubernetes.limits.requirements import iter_requirement_faults
from trimtab.verify.kubernetes.scalars import find_scalar_fault
from trimtab.verify.kubernetes.unknown import advise_unknown_field
from trimtab.verify.kubernetes.words import describe


def iter_faults(minor: Minor, name: str, value: object, *, path: Path = (), hidden: bool = False) -> Iterator[Fault]:
    """Give every fault of an object, or of a part of it; it has none where its validator takes it.

    The validator may refuse what has none: below `status`, and where a limit is loose, the API server does not look.

    Args:
        minor: A minor version that is known.
        name: The name of its type.
        value: The object, or the part.
        path: Where the part stands.
        hidden: Whether its values must not be shown.
    """
    return _Walk(minor, hidden).iter_type(value, name, path)


@dataclass(frozen=True, slots=True)
class _Walk:
    minor: Minor
    hidden: bool
    loose: bool = False
    """Whether only types count, for the API server looks at no more."""

    def iter_type(self, value: object, name: str, path: Path) -> Iterator[Fault]:
        if value is None:
            return
        if not isinstance(value, Mapping):
            yield self._wrong(value, "a mapping", path)
            return
        structure, limits = find_structure(self.minor, name), {} if self.loose else limits_of(name)
        for key, inner in value.items():
            if key in structure.fields:
                yield from self._iter_field(inner, structure.fields[key], limits.get(key), (*path, key))
            else:
                help_text = advise_unknown_field(self.minor, name, str(key))
                yield Fault(
                    code="unknown-field",
                    path=(*path, key),
                    message=f"has an unknown field '{key}'{_where(path)}",
                    help=help_text,
                    on_key=True,
                )
        required = structure.required if self.loose else required_of(self.minor, name)
        yield from _iter_missing(value, required, path)
        if not self.loose:
            yield from iter_requirement_faults(name, value, path)

    def _iter_field(self, value: object, spec: Spec, limit: Limit | None, path: Path) -> Iterator[Fault]:
        """Look at the type first: of a value of another type there is nothing more to say."""
        is_right, walk = True, self
        if path == ("status",) or (limit is not None and limit.loose):
            walk = _Walk(self.minor, self.hidden, loose=True)
        for fault in walk._iter_spec(value, spec, path):
            is_right = False
            yield fault
        if is_right and limit is not None and value is not None:
            yield from iter_limit_faults(value, limit, path, hidden=self.hidden)

    def _iter_spec(self, value: object, spec: Spec, path: Path) -> Iterator[Fault]:
        if value is None:
            return
        if isinstance(spec, str):
            if is_type(spec):
                yield from self.iter_type(value, spec, path)
            elif fault := find_scalar_fault(value, spec, path, hidden=self.hidden):
                yield fault
        elif spec[0] == "one-of":
            yield from self._iter_choice(value, spec[1:], path)
        elif spec[0] == "map":
            yield from self._iter_map(value, spec[1], path)
        else:
            yield from self._iter_list(value, spec[1], path)

    def _iter_list(self, value: object, inner: Spec, path: Path) -> Iterator[Fault]:
        if isinstance(value, list | tuple):
            for position, item in enumerate(value):
                here = (*path, position)
                if item is None and not self.loose and has_needs(self.minor, inner):
                    yield from self.iter_type({}, str(inner), here)
                else:
                    yield from self._iter_spec(item, inner, here)
        else:
            yield self._wrong(value, "a list", path)

    def _iter_map(self, value: object, inner: Spec, path: Path) -> Iterator[Fault]:
        if isinstance(value, Mapping):
            for key, item in value.items():
                yield from self._iter_spec(item, inner, (*path, key))
        else:
            yield self._wrong(value, "a mapping", path)

    def _iter_choice(self, value: object, choices: list[str], path: Path) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield self._wrong(value, "a text", path)
        elif value and value not in choices:
            known = [choice for choice in choices if choice]
            near = suggest(value, known)
            yield Fault(
                code="value-not-allowed",
                path=path,
                message=f"has {render_path(path)} '{value}', which Kubernetes does not know",
                help=f"did you mean '{near}'?" if near else f"choose one of {', '.join(known)}",
            )

    def _wrong(self, value: object, wanted: str, path: Path) -> Fault:
        is_list = wanted == "a list"
        cure = "begin each entry with `- `" if is_list else "see the path above it: a mapping has `key: value` lines"
        return Fault(
            code="wrong-field-type",
            path=path,
            message=f"has {describe(value, hidden=self.hidden)} in {render_path(path)}, where {wanted} belongs",
            help=cure if isinstance(value, Mapping | list) else f"write {wanted}",
        )


def _iter_missing(value: Mapping[str, Any], required: Iterable[str], path: Path) -> Iterator[Fault]:
    for key in required:
        if value.get(key) is None:
            yield find_absence(key, path, (*path, key) if key in value else path)


def _where(path: Path) -> str:
    return f" in {render_path(path)}" if path else ""
