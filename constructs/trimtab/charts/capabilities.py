"""What a chart is told that the cluster serves, by whoever renders it."""

from __future__ import annotations

from collections.abc import Iterable

from trimtab.catalogue.chart_facts import CustomKind
from trimtab.catalogue.kubernetes.served import api_versions
from trimtab.catalogue.kubernetes.structures import minors
from trimtab.catalogue.versions import parse_version


def served_api_versions(kubernetes: str, custom_kinds: Iterable[CustomKind]) -> tuple[str, ...]:
    """Give what a cluster serves as Argo CD tells it to helm: `group/version`, and `group/version/Kind`, sorted.

    Source of the form: argo-cd v3.5.1 util/argo/argo.go (APIResourcesToStrings).

    Args:
        kubernetes: The cluster's version or minor; what is older than all known ones is told what the oldest serves.
        custom_kinds: The kinds that all its applications add.
    """
    built_in = api_versions(max((1, parse_version(kubernetes).minor_number), minors()[0]))
    custom = {(f"{kind.group}/{version}", kind.kind) for kind in custom_kinds for version in kind.served}
    versions = {api_version for api_version, _ in custom}
    return tuple(sorted({*built_in, *versions, *(f"{api_version}/{kind}" for api_version, kind in custom)}))


def tell_api_versions(served: Iterable[str], asked: Iterable[str] | None) -> tuple[str, ...]:
    """Give what one chart must be told: of all that is served, what its templates ask for.

    The same list goes to helm here and into `helm.apiVersions` of the Application, where it stands in the place of what
    the cluster serves: so both write the same objects, and a kind that another application adds changes nothing for
    charts that never ask for it.

    Args:
        served: What the cluster serves: `served_api_versions`.
        asked: `ChartFacts.api_versions_asked`; nothing where it is not known, and then all is told.
    """
    wanted = None if asked is None else set(asked)
    return tuple(sorted({one for one in served if wanted is None or one in wanted}))
