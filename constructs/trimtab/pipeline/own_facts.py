"""What is known of charts that the catalogue does not hold, from the archives at hand; the network is never asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from trimtab.catalogue.chart import LOCK_CURE, OwnFacts
from trimtab.charts.errors import ChartError
from trimtab.charts.folders import CACHE_NAME as ARCHIVES
from trimtab.charts.folders import ArchiveFolders
from trimtab.charts.helm_version import check_helm
from trimtab.charts.lockfile import LOCK_FILE, Lock, LockEntry, parse_lock
from trimtab.charts.own_facts import (
    CACHE_NAME,
    ChartInputs,
    Derived,
    derive_own_facts,
    keep_own_facts,
    parse_derived,
    read_own_facts,
)
from trimtab.charts.reference import ChartKey
from trimtab.charts.vendoring import VENDOR
from trimtab.doors.cache import Cache, open_cache
from trimtab.doors.helm import Helm, HelmRunner, read_helm, run_helm
from trimtab.findings.finding import Finding, Severity
from trimtab.pipeline.locking import load_lock_text


@dataclass(frozen=True)
class FactsFinder:
    """Finds the facts of charts by the lock of a repository; what is not asked for is not looked at."""

    root: Path
    """The top of the repository."""
    environment: Mapping[str, str]
    """Says where helm and the user's caches are."""
    run: HelmRunner = run_helm
    _found: dict[tuple[ChartKey, str], OwnFacts] = field(default_factory=dict, compare=False, repr=False)

    def find(self, repo_url: str, chart: str, version: str, inputs: ChartInputs) -> OwnFacts:
        """Give what is known of a chart, or say why that is nothing.

        Args:
            repo_url: Its repository, as upstream publishes it.
            chart: Its name.
            version: Its version.
            inputs: What the cluster gives each release of it.

        Raises:
            OutsideError: The disk refuses, or helm cannot be run.
        """
        key = ChartKey(repo_url=repo_url, chart=chart, version=version)
        asked = key, repr(inputs)
        if asked not in self._found:
            self._found[asked] = self._find(key, inputs)
        return self._found[asked]

    def _find(self, key: ChartKey, inputs: ChartInputs) -> OwnFacts:
        try:
            entry = self._lock.entries.get(key)
            if entry is None:
                return OwnFacts(lacks=f"{LOCK_FILE} does not name it" if self._text else f"there is no {LOCK_FILE}")
            known = read_own_facts(self._cache, entry.digest, inputs)
            return _tell(known) if known else self._derive(entry, inputs)
        except ChartError as error:
            return OwnFacts(lacks=error.message, cure=error.help or LOCK_CURE, is_locked=True)

    def _derive(self, entry: LockEntry, inputs: ChartInputs) -> OwnFacts:
        content = self._folders.find(self._lock, entry)
        if content is None:
            return OwnFacts(lacks=f"its archive is neither in {VENDOR} nor in the user's cache", is_locked=True)
        helm, wrong = self._helm
        if helm is None or (wrong is not None and wrong.severity is Severity.ERROR):
            lacks = wrong.message if wrong else "there is no helm"
            return OwnFacts(lacks=lacks, cure=(wrong and wrong.help) or LOCK_CURE, is_locked=True)
        raw = derive_own_facts(content, inputs, helm, run=self.run)
        keep_own_facts(self._cache, entry.digest, inputs, raw)
        return _tell(parse_derived(raw))

    @cached_property
    def _text(self) -> str | None:
        return load_lock_text(self.root)

    @cached_property
    def _lock(self) -> Lock:
        return parse_lock(self._text) if self._text is not None else Lock()

    @cached_property
    def _folders(self) -> ArchiveFolders:
        return ArchiveFolders(root=self.root, cache=open_cache(self.environment, ARCHIVES))

    @cached_property
    def _cache(self) -> Cache | None:
        return open_cache(self.environment, CACHE_NAME)

    @cached_property
    def _helm(self) -> tuple[Helm | None, Finding | None]:
        helm = read_helm(self.environment)
        return helm, check_helm(helm)


def _tell(derived: Derived) -> OwnFacts:
    if not derived.refused:
        return OwnFacts(facts=derived.facts)
    lacks = f"helm refuses to render it with the values of this cluster: {derived.refused[0]}"
    facts = derived.facts if derived.facts.renders else None  # without any object it would pass for a harmless chart
    return OwnFacts(facts=facts, lacks=lacks, cure="mend the values, or name a chart's version that takes them")
