"""Fields that objects of a custom kind can be chosen by (`selectableFields`)."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.custom.field_paths import find_field
from trimtab.verify.custom.junctors import fault
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.reading import Fields, fields_of, iter_fields, text_of

_SELECTABLE, _MOST_SELECTABLE = "selectableFields", 8


def iter_selectable_faults(version: Fields) -> Iterator[Fault]:
    """Give all that the API server refuses of the fields that objects of a version can be chosen by.

    Source: apiextensions-apiserver v0.35.4 pkg/apis/apiextensions/validation/validation.go
    (ValidateCustomResourceSelectableFields:847).
    """
    seen: set[Path] = set()
    for position, selectable in iter_fields(version, _SELECTABLE):
        text, path = text_of(selectable, "jsonPath"), (_SELECTABLE, position, "jsonPath")
        if not text:
            continue
        try:
            names, field = find_field(text, fields_of(version, "schema", "openAPIV3Schema"), in_brackets=False)
        except ValueError as wrong:
            yield fault(path, f"selects by a field that is not there: '{text}': {wrong}", "write it as .spec.color")
            continue
        if names[:1] == ("metadata",):
            yield fault(path, f"selects by a field of the metadata: '{text}'", "select by labels")
        elif field.get("type") not in ("string", "boolean", "integer"):
            what = f"selects by a field that is no single value: '{text}'"
            yield fault(path, what, "name a text, a whole number, or one that is true or false")
        if names in seen:
            yield fault(path, f"selects by a field twice: '{text}'", "leave one of them away")
        seen.add(names)
    if len(seen) > _MOST_SELECTABLE:
        yield fault((_SELECTABLE,), f"selects by {len(seen)} fields", f"leave {_MOST_SELECTABLE} of them")
