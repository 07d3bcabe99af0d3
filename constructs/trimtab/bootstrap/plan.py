"""The files of day 0: from bare hosts to the root Application."""

from __future__ import annotations

from collections.abc import Collection

from trimtab.bootstrap.containerd import plan_containerd
from trimtab.bootstrap.endpoint_files import plan_endpoint_files
from trimtab.bootstrap.etcd import plan_etcd_files
from trimtab.bootstrap.files import Files
from trimtab.bootstrap.firewall import plan_firewall
from trimtab.bootstrap.handover import plan_handover
from trimtab.bootstrap.host_files import is_kubespray, plan_host_files
from trimtab.bootstrap.installers import has_bootstrap
from trimtab.bootstrap.kubeadm import plan_kubeadm
from trimtab.bootstrap.kubespray import plan_kubespray
from trimtab.bootstrap.names import PAGE as NAMES
from trimtab.bootstrap.names import plan_names
from trimtab.bootstrap.nodes import plan_node_files
from trimtab.bootstrap.operating_systems import plan_operating_systems
from trimtab.bootstrap.prepare import plan_preparation
from trimtab.bootstrap.readme import plan_readme
from trimtab.bootstrap.runbooks import plan_runbooks
from trimtab.bootstrap.secrets_page import PAGE as SECRETS
from trimtab.bootstrap.secrets_page import plan_secrets_page
from trimtab.components.assemble import Plan
from trimtab.tree.file import FileSpec
from trimtab.tree.paths import bootstrap_path


def plan_bootstrap(plan: Plan, *, with_manifests: Collection[str] = ()) -> tuple[FileSpec, ...]:
    """Give the files below `dist/<cluster>/bootstrap/`, sorted by path; none of them belongs to an application.

    Args:
        plan: The cluster's plan.
        with_manifests: The applications that have objects of their own in the tree.

    Returns:
        The files; none where the settings name no machines, or the distribution is one whose installer is not known.
    """
    if not has_bootstrap(plan.cluster):
        return ()
    folder = bootstrap_path(plan.cluster.name)
    files = _plan_files(plan, with_manifests)
    return tuple(FileSpec(path=f"{folder}/{path}", content=files[path].encode()) for path in sorted(files))


def _plan_files(plan: Plan, with_manifests: Collection[str]) -> Files:
    cluster, components = plan.cluster, plan.settings
    return {
        "README.md": plan_readme(plan),
        NAMES: plan_names(plan),
        SECRETS: plan_secrets_page(plan),
        **plan_preparation(cluster, components),
        **plan_host_files(cluster, components),
        **plan_containerd(cluster),
        **plan_firewall(cluster, components),
        **plan_node_files(cluster, components),
        **plan_operating_systems(cluster),
        **plan_endpoint_files(cluster),
        **plan_etcd_files(cluster),
        **(plan_kubespray(cluster, components) if is_kubespray(cluster) else plan_kubeadm(cluster)),
        **plan_handover(plan, with_manifests),
        **plan_runbooks(plan),
    }
