"""The list of Secrets that can be worked off, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trimtab.plan.cluster import Cluster
from trimtab.secrets.commands import plan_commands, plan_seal_commands
from trimtab.secrets.generating import plan_namespaces
from trimtab.secrets.references import store_path
from trimtab.secrets.wanted import Wanted
from trimtab.settings.secrets import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One Secret and how it comes into the cluster."""

    wanted: Wanted
    provider: Provider
    """Who makes it; `none` for a person, also where others are made by references."""
    where: str = ""
    """Where its values lie: a path in the store, or the file of the SealedSecret."""
    unsealed: tuple[str, ...] = ()
    """Keys that no SealedSecret has."""
    commands: tuple[str, ...] = ()
    """What is left to do, for a shell; nothing where all is in Git."""


def list_entries(
    wanted: Sequence[Wanted], cluster: Cluster, sealed: Mapping[str, tuple[str, frozenset[str]]]
) -> list[Entry]:
    """Say of each Secret how it comes into the cluster.

    Args:
        wanted: The Secrets.
        cluster: The cluster.
        sealed: `namespace/name` to the file of its SealedSecret and the keys in it.
    """
    return [_entry(one, cluster, sealed) for one in wanted]


def _entry(wanted: Wanted, cluster: Cluster, sealed: Mapping[str, tuple[str, frozenset[str]]]) -> Entry:
    provider = Provider.NONE if wanted.by_hand else cluster.settings.secrets.provider
    if provider is Provider.SEALED_SECRETS:
        file, keys = sealed.get(wanted.full_name, ("", frozenset()))
        missing = tuple(key for key in wanted.keys if key not in keys)
        commands = plan_seal_commands(wanted, cluster.name, missing) if missing else ()
        return Entry(wanted=wanted, provider=provider, where=file, unsealed=missing, commands=commands)
    if provider is Provider.EXTERNAL_SECRETS:
        return Entry(wanted=wanted, provider=provider, where=store_path(wanted, cluster), commands=wanted.obtained_by)
    return Entry(wanted=wanted, provider=provider, commands=plan_commands(wanted, cluster.name))


def render_list(entries: Sequence[Entry], cluster: Cluster) -> str:
    """Write the list for people."""
    if not entries:
        return f"cluster {cluster.name} needs no Secret from outside Git\n"
    blocks = ["\n".join(_lines(entry, cluster)) for entry in entries]
    count = f"{len(entries)} Secret{'' if len(entries) == 1 else 's'}"
    head = f"cluster {cluster.name}: {count} whose values are not in Git"
    namespaces = [f"$ kubectl create namespace {name}" for name in _list_namespaces(entries)]
    first = (
        ["\n".join(["namespaces, where they are not there yet", *(f"  {n}" for n in namespaces)])] if namespaces else []
    )
    return "\n\n".join([head, *first, *blocks]) + "\n"


def list_value(entries: Sequence[Entry], cluster: Cluster) -> dict[str, Any]:
    """Give the list for programs."""
    provider = cluster.settings.secrets.provider
    return {"cluster": cluster.name, "provider": provider, "secrets": [_value(entry) for entry in entries]}


def _list_namespaces(entries: Sequence[Entry]) -> list[str]:
    made = [entry.wanted for entry in entries if entry.provider is Provider.NONE]
    return [namespace["metadata"]["name"] for namespace in plan_namespaces(made)]


def _lines(entry: Entry, cluster: Cluster) -> Iterator[str]:
    wanted = entry.wanted
    yield wanted.full_name
    yield from (f"  needed by {use.application}: {use.why}" for use in wanted.uses)
    yield f"  made by {_describe_maker(entry, cluster)}"
    if wanted.type != "Opaque":
        yield f"  type {wanted.type}"
    yield from (f"  label {key}: {value}" for key, value in wanted.labels.items())
    yield from (f"  key {key}" + (f": {text}" if text else "") for key, text in wanted.keys.items())
    yield from (f"  $ {command}" for command in entry.commands)


def _describe_maker(entry: Entry, cluster: Cluster) -> str:
    if entry.provider is Provider.EXTERNAL_SECRETS:
        return f"an ExternalSecret, from {entry.where} in {cluster.settings.secrets.store}, a property for each key"
    if entry.provider is Provider.SEALED_SECRETS:
        left = f"; not sealed yet: {', '.join(entry.unsealed)}" if entry.unsealed else ""
        return f"a SealedSecret{f', {entry.where}' if entry.where else ''}{left}"
    return "a person, before Argo CD brings anything" if entry.wanted.by_hand else "a person"


def _value(entry: Entry) -> dict[str, Any]:
    wanted = entry.wanted
    formats = wanted.formats
    return {
        "namespace": wanted.namespace,
        "name": wanted.name,
        "type": wanted.type,
        "labels": dict(wanted.labels),
        "keys": [
            {"name": key, "format": text, "generatable": formats[key] is not None} for key, text in wanted.keys.items()
        ],
        "neededBy": [{"application": use.application, "why": use.why} for use in wanted.uses],
        "byHand": wanted.by_hand,
        "generatable": wanted.is_generatable,
        "provider": entry.provider,
        "where": entry.where,
        "unsealed": list(entry.unsealed),
        "commands": list(entry.commands),
    }
