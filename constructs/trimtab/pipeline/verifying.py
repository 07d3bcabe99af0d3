"""The finished objects: what only the whole of a cluster shows."""

from __future__ import annotations

from dataclasses import replace

from trimtab.pipeline.state import State
from trimtab.verify.objects import Owned, check_objects


def verify_clusters(state: State) -> State:
    """Check what only the whole tree of a cluster shows."""
    for cluster in state.clusters:
        owned = [Owned(application=name, built=one) for name, objects in cluster.objects.items() for one in objects]
        found = check_objects(owned)
        state = state.found(*(replace(finding, cluster=cluster.name) for finding in found))
    return state
