"""An AppProject as the checks see it: what it lets pass, decided as Argo CD decides it.

Source: argo-cd v3.5.1 pkg/apis/application/v1alpha1/app_project_types.go and types.go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from trimtab.catalogue.argocd_names import IN_CLUSTER, IN_CLUSTER_NAME
from trimtab.verify.argocd.globs import is_denial, is_match, is_permitted_by, normalise_repository
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of, iter_fields, text_of, texts_of


class Project:
    """What a project permits."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.spec: Mapping[str, Any] = fields_of(entry.manifest, "spec")

    def permits_source(self, url: str) -> bool:
        """Say whether a repository may be read from."""
        wanted = normalise_repository(url)
        permitted = False
        for pattern in texts_of(self.spec, "sourceRepos"):
            denies = is_denial(pattern)
            normal = ("!" if denies else "") + normalise_repository(pattern.removeprefix("!"))
            if is_permitted_by(normal, wanted, "/"):
                permitted = True
            elif denies:
                return False
        return permitted

    def permits_destination(self, destination: Mapping[str, Any], namespace: str) -> bool:
        """Say whether a namespace of a cluster may be applied to; yes where that hangs on what only Argo CD knows."""
        server, name = text_of(destination, "server").rstrip("/"), text_of(destination, "name")
        if server == IN_CLUSTER or name == IN_CLUSTER_NAME:
            server, name = IN_CLUSTER, IN_CLUSTER_NAME
        verdicts = [
            _judge(text_of(item, "name"), text_of(item, "server"), text_of(item, "namespace"), known)
            for known in [(name, server, namespace)]
            for _, item in iter_fields(self.spec, "destinations")
        ]
        return "denied" not in verdicts and "permitted" in verdicts

    def permits_kind(self, group: str, kind: str, name: str, *, namespaced: bool) -> bool:
        """Say whether an object of a kind may be applied."""
        which = "namespace" if namespaced else "cluster"
        listed, denied = self.spec.get(f"{which}ResourceWhitelist"), self.spec.get(f"{which}ResourceBlacklist")
        # No list at all permits every kind of namespaced objects, and none of the whole cluster's.
        allowed = namespaced if listed is None else self._is_listed(f"{which}ResourceWhitelist", group, kind, name)
        return allowed and not (denied and self._is_listed(f"{which}ResourceBlacklist", group, kind, name))

    def _is_listed(self, field: str, group: str, kind: str, name: str) -> bool:
        return any(
            is_match(text_of(item, "kind"), kind)
            and is_match(text_of(item, "group"), group)
            and (not text_of(item, "name") or is_match(text_of(item, "name"), name))
            for _, item in iter_fields(self.spec, field)
        )

    def permits_namespace_of_application(self, namespace: str) -> bool:
        """Say whether an Application may lie in a namespace that is not Argo CD's own."""
        return any(is_match(pattern, namespace) for pattern in texts_of(self.spec, "sourceNamespaces"))


def iter_namespaces(spec: Mapping[str, Any]) -> Iterator[str]:
    """Give the namespaces that a project names as destinations."""
    return (text_of(item, "namespace") for _, item in iter_fields(spec, "destinations"))


@lru_cache(maxsize=4096)
def _judge(for_name: str, for_server: str, for_namespace: str, known: tuple[str, str, str]) -> str:
    """Say what patterns of a destination say of a name, a server and a namespace."""
    name, server, namespace = known
    by_name, by_server = _fits(for_name, name), _fits(for_server, server)
    by_namespace = is_permitted_by(for_namespace, namespace)
    if (by_server or by_name) and by_namespace:
        return "permitted"
    is_denied = (
        (is_denial(for_name) and not by_name)
        or (is_denial(for_server) and not by_server and by_namespace)
        or (is_denial(for_namespace) and not by_namespace and by_server)
    )
    return "denied" if is_denied else ""


def _fits(pattern: str, known: str) -> bool:
    """Say whether a name or address fits; what is not known fits whatever a pattern wants."""
    return is_permitted_by(pattern, known) if known else bool(pattern)
