"""What the chart of one application is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.chart import KubernetesRange
from trimtab.catalogue.chart_facts import ChartFacts
from trimtab.kube.release import ChartRelease


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """One application, as its chart needs it."""

    name: str
    """The application's name, which is the chart's."""
    cluster: str
    kubernetes: str
    """The cluster's minor."""
    release_name: str
    namespace: str
    version: str | None = None
    """The release of the component; nothing for the user's own applications."""
    supported: KubernetesRange | None = None
    """The minors that the component's release supports."""
    release: ChartRelease | None = None
    """Upstream's chart, where it has one."""
    address: str = ""
    """Where that chart is fetched: upstream's address or a mirror's, as settings write it."""
    facts: ChartFacts | None = None
    """What is known of that chart."""
    manifests: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    """The application's own objects, keys in order."""
    archive: bytes | None = None
    """Upstream's archive, where it is to lie in the chart."""
    hooks: int = 0
    """How many of these objects are hooks of Argo CD, of a chart that we render: helm takes them for plain objects."""
