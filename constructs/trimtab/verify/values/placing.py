"""Where values that a chart is given stand, so that what is said of them can point there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.findings.path import Path
from trimtab.verify.entry import Entry
from trimtab.verify.tree import Tree
from trimtab.verify.world import ChartUse, GivenValues, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Values at one place, and who takes them."""

    about: Entry
    """The Application; where the values are a file of their own, the same with that file in its place."""
    given: GivenValues
    uses: tuple[ChartUse, ...]
    """The charts that are given them: a file may go to several."""

    @property
    def known(self) -> tuple[ChartFacts, ...]:
        """What is known of each chart; nothing where one of them is not known."""
        found = tuple(use.facts for use in self.uses if use.facts is not None)
        return found if len(found) == len(self.uses) else ()

    def at(self, key: Path) -> Path:
        """Give the path of a value in what holds it, on into a text of YAML; a parameter is pointed at as a whole."""
        return self.given.path if self.given.parameter else (*self.given.path, *key)


def iter_placed(tree: Tree, world: World) -> Iterator[Placed]:
    """Give all values that stand somewhere in the tree, each place once."""
    both = (*tree.of_kind("argoproj.io", "Application"), *tree.of_kind("argoproj.io", "ApplicationSet"))
    applications = {entry.origin: entry for entry in both if entry.is_written}
    by_file: dict[str, list[tuple[Entry, ChartUse, GivenValues]]] = defaultdict(list)
    for use in world.charts:
        entry = applications.get(use.origin) if use.given else None
        for given in use.given if entry else ():
            if given.file and entry:
                by_file[given.file].append((entry, use, given))
            elif entry:
                yield Placed(about=entry, given=given, uses=(use,))
    yield from _iter_files(by_file)
    for use in world.wrapped:
        about = Entry(
            manifest=use.values,
            group="",
            version="",
            kind="Chart",
            namespace="",
            name=use.application,
            origin=use.origin,
        )
        yield from (Placed(about=about, given=given, uses=(use,)) for given in use.given)


def _iter_files(by_file: Mapping[str, Sequence[tuple[Entry, ChartUse, GivenValues]]]) -> Iterator[Placed]:
    for users in by_file.values():
        entry, _, given = users[0]
        about = replace(entry, manifest=given.values, origin=given.origin)
        yield Placed(about=about, given=given, uses=tuple(use for _, use, _ in users))
