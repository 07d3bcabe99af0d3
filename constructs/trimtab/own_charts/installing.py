"""In which order charts of ours are installed, and by which commands."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trimtab.own_charts.ingredients import Ingredients
from trimtab.own_charts.markdown import render_code, render_table

SCRIPT = "install.sh"
"""What runs all commands, beside the charts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One application in the order."""

    wave: int
    name: str
    chart: Ingredients | None = None
    """What its chart is made of; nothing where it has none."""
    files: str = ""
    """Where upstream's files lie that no chart holds, for people."""


def plan_command(given: Ingredients, folder: str) -> str:
    """Give the command that installs one chart, or brings it up to date.

    `--take-ownership` is for the namespace, which the chart holds and helm makes before it.
    """
    crds = " --skip-crds" if given.release is not None and given.release.skip_crds else ""
    return (
        f"helm upgrade --install {given.release_name} {shlex.quote(folder)} -n {given.namespace}"
        f" --create-namespace --take-ownership{crds} --wait"
    )


def render_script(cluster: str, steps: Sequence[Step]) -> str:
    """Write a shell script that installs all charts, wave by wave."""
    lines = [
        "#!/bin/sh",
        f"# Installs the applications of {cluster} with helm, in their order. Stops at the first that fails.",
        "set -eu",
        'cd "$(dirname "$0")"',
    ]
    for wave, inner in _by_wave(steps).items():
        lines += ["", f"# wave {wave}"]
        lines += [line for step in inner for line in _render_step(step)]
    return "\n".join(lines) + "\n"


def render_overview(cluster: str, steps: Sequence[Step], *, has_archives: bool) -> str:
    """Write the README beside the charts."""
    rows = [[str(step.wave), *_describe(step)] for inner in _by_wave(steps).values() for step in inner]
    fetch = (
        ""
        if has_archives
        else (
            "Upstream's charts are not in here: run `helm dependency build` in a chart's folder first.\n"
            "For a repository that begins with https, `helm repo add` must have named it.\n"
        )
    )
    return (
        f"# Charts of {cluster}\n\n"
        "One chart an application: helm gives a release one name and one namespace, and each application has its own.\n"
        f"`{SCRIPT}` installs them in this order, each after what it needs.\n"
        "Secrets that no file holds must be there first: `trimtab secrets` lists them.\n"
        "It is for clusters without Argo CD: what Argo CD applies, helm must not.\n"
        f"{fetch}\n{render_table(['wave', 'chart', 'release', 'namespace'], rows)}"
    )


def _render_step(step: Step) -> list[str]:
    lines = [f"# {step.name}: apply upstream's files first, {step.files}"] if step.files else []
    return [*lines, *([plan_command(step.chart, f"./{step.name}")] if step.chart else [])]


def _describe(step: Step) -> list[str]:
    if step.chart is None:
        return [f"{step.name}: no chart, but files of {step.files}", "", ""]
    more = f", and files of {step.files}" if step.files else ""
    chart = step.chart
    return [
        f"[{step.name}]({step.name}/README.md){more}",
        render_code(chart.release_name),
        render_code(chart.namespace),
    ]


def _by_wave(steps: Sequence[Step]) -> Mapping[int, list[Step]]:
    waves: dict[int, list[Step]] = {}
    for step in sorted(steps, key=lambda one: (one.wave, one.name)):
        waves.setdefault(step.wave, []).append(step)
    return waves
