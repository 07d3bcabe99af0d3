"""Hooks of charts that do harm where Argo CD runs them, so that a rendered chart goes without them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmfulHook:
    """One hook of one chart."""

    chart: str
    hook: str
    """The hook of Helm's, such as `pre-delete`."""
    why: str
    """What it would do, as the end of a sentence that begins with the object."""
    source: str


_HARMFUL = (
    HarmfulHook(
        chart="tigera-operator",
        hook="pre-delete",
        why="removes the pod network before Argo CD, which needs it, has deleted anything",
        source="projectcalico/calico@v3.32.1 charts/tigera-operator/templates/tigera-operator/00-uninstall.yaml",
    ),
)


def find_harmful_hook(chart: str, hooks: frozenset[str]) -> HarmfulHook | None:
    """Give the reason to leave out an object of a chart that is these hooks; nothing where there is none."""
    return next((one for one in _HARMFUL if one.chart == chart and one.hook in hooks), None)
