"""Which objects are the user's to change."""

from __future__ import annotations

from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of

_MANAGED_BY = "app.kubernetes.io/managed-by"
_CHART = "helm.sh/chart"


def is_own(entry: Entry) -> bool:
    """Say whether an object was written by hand: it stands in the tree, and no chart made it.

    Charts mark what they render; where one was rendered into the tree, its author decides about probes and images.
    """
    labels = fields_of(entry.manifest, "metadata", "labels")
    return entry.is_written and _CHART not in labels and labels.get(_MANAGED_BY) != "Helm"
