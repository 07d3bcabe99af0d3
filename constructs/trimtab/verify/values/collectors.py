"""What collectors of logs are told in the values of their charts, in the words of their own configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trimtab.findings.path import Path
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.operators.logs import find_listener, iter_refused_outputs, tell_refused, tell_unreached
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.values.placing import Placed, iter_placed
from trimtab.verify.world import World

_TEXTS: Mapping[str, str] = {"fluent-bit": "config", "fluentd": "fileConfigs"}
"""The charts, and the key below which their configuration stands as texts."""


def check_outputs(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find outputs to Elasticsearch in values whose lines it refuses."""
    for placed, key, text in _iter_texts(tree, world):
        for line in iter_refused_outputs(text):
            yield tell_refused(placed.about, placed.at((*key, line)), f"'{key[0]}.{key[1]}' of {placed.about}")


def check_listeners(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find listeners in values that only IPv4 reaches, in a cluster without it."""
    for placed, key, text in _iter_texts(tree, world) if world.ip_families == ("IPv6",) else ():
        line = find_listener(text)
        if line is not None:
            yield tell_unreached(placed.about, placed.at((*key, line)), f"'{key[0]}.{key[1]}' of {placed.about}")


def _iter_texts(tree: Tree, world: World) -> Iterator[tuple[Placed, Path, str]]:
    if not any(use.chart in _TEXTS for use in world.charts):
        return
    for placed in iter_placed(tree, world):
        for top in sorted({_TEXTS[use.chart] for use in placed.uses if use.chart in _TEXTS}):
            for key, text in fields_of(placed.given.values, top).items():
                if isinstance(text, str):
                    yield placed, (top, key), text


CHECKS = (
    Check(name="Fluent Bit's outputs in values", codes=("rejected-log-lines",), run=check_outputs),
    Check(name="listeners of log collectors in values", codes=("ipv4-only-listener",), run=check_listeners),
)
