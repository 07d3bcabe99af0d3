"""The JSON Schema of the inventory."""

from __future__ import annotations

from typing import Any

from trimtab.tree.index import FORMAT

Schema = dict[str, Any]


def index_schema() -> Schema:
    """Build the JSON Schema (draft 2020-12) of `index.json`, which other tools may read."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Inventory of a cluster's folder in dist/",
        **_mapping(
            format=_constant(FORMAT, "The format of this file."),
            trimtab=_text("The version of the tool that wrote the folder."),
            cluster=_text("The cluster's name; the name of the folder."),
            kubernetes=_text("The cluster's Kubernetes version."),
            distribution={"description": "Who installed Kubernetes.", **_distribution()},
            network={"description": "The cluster's ranges, as they were written.", **_network()},
            files=_digests("The files that belong to no application, this one left out."),
            applications=_list(_application(), "The applications, sorted by name."),
            secrets=_list(_secret(), "The Secrets that the tree refers to and somebody else makes."),
            hostNames=_list(_text("A host name."), "The host names that the tree expects to be resolved."),
        ),
    }


def _application() -> Schema:
    return _mapping(
        name=_text("The application's name, without the cluster's."),
        component=_text("The component that it comes from."),
        version=_text_or_null("The component's release; nothing for an application of the user's own."),
        wave={"type": "integer", "description": "Its place in the order; lower comes first."},
        namespace=_text("The namespace that its release is installed into."),
        chart={"description": "The chart, when it has one.", "anyOf": [_chart(), {"type": "null"}]},
        releaseName={"type": ["string", "null"], "description": "The name of the Helm release."},
        delivery={"enum": ["values", "rendered", None], "description": "Who renders the chart: Argo CD, or this tool."},
        needs=_list(_text("A capability."), "The capabilities it waits for."),
        gives=_list(_text("A capability."), "The capabilities it brings."),
        origins=_list(_text("A settings path."), "The settings it was made from."),
        files=_digests("Its own files."),
    )


def _distribution() -> Schema:
    return _mapping(name=_text_or_null("Its name."), version=_text_or_null("Its version; for kubespray its tag."))


def _network() -> Schema:
    return _mapping(
        pods=_list(_text("A range."), "The ranges of pods."),
        services=_list(_text("A range."), "The ranges of Services."),
    )


def _chart() -> Schema:
    known = _mapping(
        repoURL=_text("The chart repository."), name=_text("The chart's name."), version=_text("The chart's version.")
    )
    digest = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
    told = {"digest": {**digest, "description": "The archive that was rendered; only where this tool renders."}}
    return {**known, "properties": {**known["properties"], **told}}


def _secret() -> Schema:
    return _mapping(
        namespace=_text("Its namespace."),
        name=_text("Its name."),
        keys=_list(_text("A key."), "The keys that must be in it."),
    )


def _mapping(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _text_or_null(description: str) -> Schema:
    return {"type": ["string", "null"], "description": description}


def _constant(value: int, description: str) -> Schema:
    return {"const": value, "description": description}


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _digests(description: str) -> Schema:
    return {
        "type": "object",
        "description": f"{description} SHA-256 in hexadecimal by path inside the cluster's folder.",
        "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
