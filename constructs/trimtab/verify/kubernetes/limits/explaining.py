"""A value beyond its limit, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trimtab.findings.path import Path, render_path
from trimtab.findings.suggest import suggest
from trimtab.verify.kubernetes.fault import Fault
from trimtab.verify.kubernetes.limits.limit import Form, Limit
from trimtab.verify.kubernetes.words import describe


def iter_limit_faults(value: object, limit: Limit, path: Path, *, hidden: bool) -> Iterator[Fault]:
    """Say what is wrong with a value whose type is right.

    Args:
        value: The value; null counts as nothing.
        limit: What it must keep to.
        path: Where it stands.
        hidden: Whether it must not be shown.
    """
    if value is None or value in ("", []):
        if fault := _find_emptiness(value, limit, path):
            yield fault
    elif isinstance(value, str):
        yield from _iter_text_faults(value, limit, path, hidden=hidden)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _iter_number_faults(value, limit, path)
    elif isinstance(value, Mapping):
        yield from _iter_key_faults(value, limit, path)
        yield from _iter_inner_faults(value.items(), limit, path, hidden=hidden)
    elif isinstance(value, list | tuple):
        yield from _iter_count_faults(value, limit, path)
        yield from _iter_inner_faults(enumerate(value), limit, path, hidden=hidden)


def find_absence(key: str, holder: Path, path: Path) -> Fault:
    """Say that a field is not there.

    Args:
        key: The field.
        holder: What lacks it.
        path: Where to point.
    """
    where = f" in {render_path(holder)}" if holder else ""
    help_text = "give it a value; Kubernetes has no default for it"
    return Fault(code="missing-field", path=path, message=f"lacks the field '{key}'{where}", help=help_text)


def _find_emptiness(value: object, limit: Limit, path: Path) -> Fault | None:
    if limit.needed or (limit.filled and value == []):
        message = f"has nothing in {render_path(path)}"
        return Fault(code="missing-field", path=path, message=message, help="give it a value")
    if value == "" and limit.choices:
        return _refuse_choice("", limit, path)
    if value == "" and limit.form is not None and not limit.may_be_empty:
        message = f"has an empty text in {render_path(path)}"
        return Fault(code="missing-field", path=path, message=message, help="give it a value, or leave it away")
    return None


def _iter_text_faults(value: str, limit: Limit, path: Path, *, hidden: bool) -> Iterator[Fault]:
    if limit.choices and value not in limit.choices:
        yield _refuse_choice(value, limit, path)
    if limit.form is not None and (wrong := limit.form.look(value)):
        yield _refuse_form(value, limit.form, wrong, path, hidden=hidden)


def _refuse_choice(value: str, limit: Limit, path: Path) -> Fault:
    near = suggest(value, limit.choices)
    return Fault(
        code="value-not-allowed",
        path=path,
        message=f"has {render_path(path)} '{value}', which Kubernetes does not know",
        help=f"did you mean '{near}'?" if near else f"choose one of {', '.join(one for one in limit.choices if one)}",
    )


def _refuse_form(value: str, form: Form, wrong: str, path: Path, *, hidden: bool) -> Fault:
    message = f"has {describe(value, hidden=hidden)} in {render_path(path)}, which is {form.what}"
    return Fault(code=form.code, path=path, message=message, help=wrong)


def _iter_number_faults(value: float, limit: Limit, path: Path) -> Iterator[Fault]:
    least, most = limit.least, limit.most
    if (least is None or value >= least) and (most is None or value <= most):
        return
    if least is not None and most is not None:
        cure = f"write {least} to {most}"
    else:
        cure = f"write {least} or more" if most is None else f"write {most} at most"
    yield Fault(code="field-out-of-range", path=path, message=f"has {value} in {render_path(path)}", help=cure)


def _iter_key_faults(value: Mapping[object, object], limit: Limit, path: Path) -> Iterator[Fault]:
    for key in value if limit.keys is not None else ():
        if isinstance(key, str) and limit.keys is not None and (wrong := limit.keys.look(key)):
            message = f"has the key '{key}' in {render_path(path)}, which is {limit.keys.what}"
            yield Fault(code=limit.keys.code, path=(*path, key), message=message, help=wrong, on_key=True)


def _iter_count_faults(value: Sequence[object], limit: Limit, path: Path) -> Iterator[Fault]:
    if limit.most_items is not None and len(value) > limit.most_items:
        message = f"has {len(value)} entries in {render_path(path)}"
        yield Fault(code="field-out-of-range", path=path, message=message, help=f"write {limit.most_items} at most")


def _iter_inner_faults(
    items: Iterable[tuple[str | int, object]], limit: Limit, path: Path, *, hidden: bool
) -> Iterator[Fault]:
    for key, item in items if limit.each is not None else ():
        here = (*path, key)
        if item is not None and limit.each is not None:
            yield from iter_limit_faults(item, limit.each, here, hidden=hidden)
        elif limit.each is not None and limit.each.refuses_nothing:
            message = f"has nothing in {render_path(here)}"
            yield Fault(code="missing-field", path=here, message=message, help="give it a value, or take it away")
