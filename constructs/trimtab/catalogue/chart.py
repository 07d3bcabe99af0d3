"""What a pinned release consists of: charts, files from Git, images, and the Kubernetes it supports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trimtab.catalogue.chart_facts import ChartFacts, chart_facts
from trimtab.catalogue.versions import Version, parse_version

LOCK_CURE = "run `trimtab lock`, which fetches it and works out what it reads and renders"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFacts:
    """What is known of a chart that the catalogue does not hold."""

    facts: ChartFacts | None = None
    """As they were worked out from its archive; nothing where that is not at hand."""
    lacks: str = ""
    """Why there are none, or not all, in words that follow a colon."""
    cure: str = LOCK_CURE
    """What brings them."""
    is_locked: bool = False
    """Whether the lock names the chart, so that another machine may know more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPin:
    """One Helm chart at one version, and where Argo CD finds it."""

    component: str
    chart: str
    version: str
    """The chart's version exactly as its repository spells it; some charts want a leading `v`."""
    app_version: str
    repo_url: str
    """As Argo CD wants it: `https://...` for an index, host and path without a scheme for OCI."""
    oci: bool
    own: OwnFacts | None = None
    """What is known of a chart that the repository named itself; nothing for a chart of the catalogue."""

    @property
    def facts(self) -> ChartFacts | None:
        """What is known of the chart at this version: its own, else the catalogue's; nothing where neither is."""
        return self.own.facts if self.own else chart_facts(self.chart, self.version)

    @property
    def host(self) -> str:
        """The host that the cluster must reach to fetch the chart."""
        return self.repo_url.removeprefix("https://").partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class GitPin:
    """A folder of manifests at one revision of a Git repository, for what upstream has no chart for."""

    component: str
    repo_url: str
    revision: str
    path: str
    own: OwnFacts | None = None
    """What is known of a release that the repository named itself; nothing for one of the catalogue."""

    @property
    def facts(self) -> ChartFacts | None:
        """What is known of the files at this revision; nothing where that is nothing."""
        return self.own.facts if self.own else chart_facts(self.component, self.revision.removeprefix("v"))

    @property
    def host(self) -> str:
        """The host that the cluster must reach to fetch the files."""
        return self.repo_url.removeprefix("https://").partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class KubernetesRange:
    """The Kubernetes minors a release supports, both ends included; no newest means none is stated."""

    oldest: str
    newest: str | None = None

    def __contains__(self, version: object) -> bool:
        minor = _minor(version if isinstance(version, Version) else parse_version(str(version)))
        return _minor(parse_version(self.oldest)) <= minor and (
            self.newest is None or minor <= _minor(parse_version(self.newest))
        )

    def __str__(self) -> str:
        return f"{self.oldest} to {self.newest}" if self.newest else f"{self.oldest} and newer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One version of a component that we know and test: all that belongs to it."""

    component: str
    version: str
    """What the user writes as the component's `version`."""
    charts: Mapping[str, ChartPin] = field(default_factory=dict, hash=False)
    """Role to chart, in the order they are installed."""
    files: Mapping[str, GitPin] = field(default_factory=dict, hash=False)
    """Role to a folder of manifests in upstream's repository."""
    kubernetes: KubernetesRange | None = None
    """What upstream tests or supports; nothing when it says nothing."""
    floor: str | None = None
    """The oldest version one may upgrade from; nothing when upstream names none."""
    one_minor_at_a_time: bool = False
    """Whether upstream asks to walk the minors in order."""
    walked: str | None = None
    """The version whose minors are walked, where that is not `version`: the application's, when a chart counts by
    itself."""
    images: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Images that belong to the release but not to its charts, name to reference."""
    architectures: tuple[str, ...] = ()
    """The architectures all its images exist for, in Kubernetes' words; empty when not known."""
    source: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Fact to the place it was read at: repository, file, line."""
    like: str | None = None
    """The release of the catalogue that one of the repository's own takes after; nothing for those of the catalogue."""

    @property
    def is_own(self) -> bool:
        """Whether the repository's settings name it, and the catalogue does not hold it."""
        return self.like is not None

    @property
    def minor(self) -> str:
        """The line it belongs to, such as `1.20`."""
        return parse_version(self.version).minor


def _minor(version: Version) -> tuple[int, int]:
    return version.major, version.minor_number
