"""Where each thing lies in dist/: the only module that spells these paths."""

from __future__ import annotations

INDEX_NAME = "index.json"
"""The inventory's file name inside a cluster's folder."""


def root_path(cluster: str) -> str:
    """The one Application a person applies once."""
    return f"{cluster}/root.yaml"


def root_objects_path(cluster: str) -> str:
    """The folder of Applications and AppProjects, and nothing else: the source path of the root Application."""
    return f"{cluster}/root"


def application_path(cluster: str, application: str) -> str:
    """The folder of one application."""
    return f"{cluster}/apps/{application}"


def values_path(cluster: str, application: str) -> str:
    """The Helm values of an application, never below a path that Argo CD reads objects from."""
    return f"{application_path(cluster, application)}/values.yaml"


def manifests_path(cluster: str, application: str) -> str:
    """The folder of an application's own objects: a source path of its Application when it has any."""
    return f"{application_path(cluster, application)}/manifests"


def rendered_path(cluster: str, application: str) -> str:
    """The folder of an application whose chart we render: the chart's objects and our own.

    It has another name than that of our own objects alone, so that an Application which still has the sources of the
    other delivery finds no folder, which is an error, and not one with fewer objects, which would be pruned
    (argo-cd v3.5.1 util/app/path/path.go: "app path does not exist").
    """
    return f"{application_path(cluster, application)}/rendered"


def hooks_path(cluster: str, application: str) -> str:
    """The hooks of a chart that we render, apart: who applies by hand leaves them out."""
    return f"{rendered_path(cluster, application)}/hooks"


def bootstrap_path(cluster: str) -> str:
    """The folder of what is done by hand on day 0."""
    return f"{cluster}/bootstrap"


def index_path(cluster: str) -> str:
    """The inventory of the cluster's folder."""
    return f"{cluster}/{INDEX_NAME}"


def path_in_cluster(path: str) -> str:
    """Take the cluster off a path: `lab/root.yaml` becomes `root.yaml`."""
    return path.partition("/")[2]
