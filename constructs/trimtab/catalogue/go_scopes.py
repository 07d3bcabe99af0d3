"""Which kinds of Kubernetes' API belong to the cluster, told from the Go types that declare them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_CLUSTER_WIDE = re.compile(
    r"^// \+genclient:nonNamespaced\n(?:[ \t]*(?://[^\n]*)?\n)*type (\w+) struct \{$", re.MULTILINE
)
"""The mark may stand in a comment of its own, with blank lines between it and the type's description."""

_ELSEWHERE = ("apiextensions.v1.CustomResourceDefinition", "apiregistration.v1.APIService")
"""Types outside kubernetes/api (apiextensions-apiserver, kube-aggregator), which bear the same mark there."""


def iter_cluster_wide(sources: Mapping[str, str]) -> Iterator[str]:
    """Give each type whose objects belong to the cluster; those of all other kinds live in a namespace.

    Source: the mark from which client-go is made, `+genclient:nonNamespaced`; it agrees with the paths in
    kubernetes/kubernetes api/openapi-spec/swagger.json of 1.35 and 1.36 about every kind there.

    Args:
        sources: The text of each package's `types.go`, by its name such as `core.v1`.
    """
    yield from _ELSEWHERE
    for name, text in sources.items():
        for struct in _CLUSTER_WIDE.findall(text):
            yield f"{name}.{struct}"
