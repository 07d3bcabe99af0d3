"""What is said of a chart's render, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trimtab.charts.rendering import Dropped, RenderRequest, Unstable
from trimtab.findings.finding import Finding, Severity
from trimtab.findings.path import render_path

_MOST = 5
"""Fields or faults named in one finding; the rest are counted."""


def tell_refusal(request: RenderRequest, reasons: Sequence[str], *, by_helm: bool) -> Finding:
    """Say why a chart does not render: in helm's own words, or what Kubernetes cannot read of what it wrote."""
    cure = (
        "change the values it speaks of, or the component's settings they come from"
        if by_helm
        else "Argo CD would refuse it too: look for a value that breaks its template"
    )
    message = f"{_chart(request)} does not render: {_join(reasons)}"
    return Finding(code="render-failed", severity=Severity.ERROR, message=message, help=cure, path=request.at)


def tell_doubts(request: RenderRequest, doubts: Sequence[str]) -> tuple[Finding, ...]:
    """Say that keys are written twice."""
    if not doubts:
        return ()
    message = f"{_chart(request)} writes a key twice, and Kubernetes takes the last one: {_join(doubts)}"
    return (_warn(request, "key-rendered-twice", message, "look whether a value adds what the chart writes itself"),)


def tell_dropped(request: RenderRequest, dropped: Iterable[Dropped]) -> tuple[Finding, ...]:
    """Name the hooks that were left out for what they would do, or since nothing runs them; tests are not worth it.

    What would do harm is only noted: nobody wants it back.
    """
    found = (
        (
            one,
            _warn(
                request,
                "hook-left-out",
                f"{one.identity}, a hook {one.hook} of {_chart(request)}, is left out: {one.why}",
                "do by hand what it would do, when it is wanted",
            ),
        )
        for one in dropped
        if not one.hook.startswith("test")
    )
    return tuple(replace(said, severity=Severity.NOTE) if one.is_harmful else said for one, said in found)


def tell_unstable(request: RenderRequest, unstable: Sequence[Unstable]) -> tuple[Finding, ...]:
    """Name the fields that change at every render, with the values that stop it, in one finding for each cure."""
    if not unstable:
        return ()
    names = _join([f"{one.identity} {render_path(one.field)}" for one in unstable])
    message = f"{_chart(request)} renders differently each time: {names}"
    found = _warn(request, "changes-on-every-render", message, _cure(unstable))
    return (replace(found, severity=Severity.ERROR, soft=True),)


def _cure(unstable: Sequence[Unstable]) -> str:
    values = list(dict.fromkeys(value for one in unstable for value in one.values))
    if not values:
        return "look in its values for a secret to name or a value to give, instead of a generated one"
    rest = [one for one in unstable if not one.values and not _follows(one)]
    more = f"; for {_join([str(one.identity) for one in rest])} no value is known" if rest else ""
    return f"set {', '.join(values)}{more}"


def _follows(one: Unstable) -> bool:
    """Say whether a field is the digest of another: it comes to rest with it."""
    return any(isinstance(step, str) and step.startswith("checksum/") for step in one.field)


def _warn(request: RenderRequest, code: str, message: str, cure: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, help=cure, path=request.at)


def _chart(request: RenderRequest) -> str:
    return f"the chart {request.chart} {request.version}"


def _join(parts: Sequence[str]) -> str:
    shown = ", ".join(dict.fromkeys(parts[:_MOST]))
    return f"{shown} and {len(parts) - _MOST} more" if len(parts) > _MOST else shown
