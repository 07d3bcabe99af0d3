"""containerd's configuration, and where it pulls each registry's images from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from trimtab.bootstrap.files import Files, render_lines
from trimtab.bootstrap.host_files import ALL, is_kubespray, systems
from trimtab.plan.cluster import Cluster
from trimtab.settings.nodes import OperatingSystem
from trimtab.settings.ways_out import Registry

CERTS = "etc/containerd/certs.d"
_CRI = 'plugins."io.containerd.grpc.v1.cri"'
_UPSTREAM = {"docker.io": "registry-1.docker.io"}
"""Registries whose images lie on another host than their name says (containerd docs/hosts.md)."""


def plan_containerd(cluster: Cluster) -> Files:
    """Give config.toml by operating system, and hosts.toml by registry. kubespray writes its own."""
    if is_kubespray(cluster):
        return {}
    files: Files = {f"00-hosts/{os}/files/etc/containerd/config.toml": _config(os) for os in systems(cluster)}
    for host, registry in sorted(cluster.settings.registries.items()):
        files[f"{ALL}/{CERTS}/{registry_folder(host)}/hosts.toml"] = render_lines(*_iter_hosts(host, registry))
    for mirror, (host, registry) in sorted(_named_mirrors(cluster).items()):
        lines = _iter_mirror(mirror, host, registry)
        files[f"{ALL}/{CERTS}/{registry_folder(mirror)}/hosts.toml"] = render_lines(*lines)
    return files


def registry_folder(host: str) -> str:
    """Name the folder of a registry: a port is written `_5000_` (containerd core/remotes/docker/config/hosts.go).

    An IPv6 address keeps its brackets and colons.
    """
    address, bracket, rest = host.rpartition("]")
    name, colon, port = rest.partition(":")
    kept = re.sub(r"[^A-Fa-f0-9:\[]", "_", address) + bracket
    return kept + re.sub(r"[^A-Za-z0-9.-]|^[.]+", "_", name) + (f"_{re.sub('[^0-9]', '', port)}_" if colon else "")


def authority_path(host: str) -> str:
    """Give where on a host the certificate lies that a registry is trusted by."""
    return f"/{CERTS}/{registry_folder(host)}/ca.crt"


def plan_server(host: str) -> str:
    """Give the address that a registry's images lie at upstream."""
    return f"https://{_UPSTREAM.get(host, host)}"


def plan_mirror(host: str, registry: Registry) -> str:
    """Give the address that a registry's images are really pulled from."""
    return registry.mirror or plan_server(host)


def iter_authorities(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Give the certificates that registries are trusted by: file of the repository, and path on a host."""
    for host, registry in sorted(cluster.settings.registries.items()):
        if registry.ca_file:
            yield registry.ca_file, authority_path(host)


def _config(os: str) -> str:
    """Version 2 of the format, which containerd 1.6 to 2 all read (containerd docs/cri/config.md)."""
    systemd = str(os != OperatingSystem.ALPINE).lower()
    return render_lines(
        "version = 2",
        "",
        f"[{_CRI}.registry]",
        '  config_path = "/etc/containerd/certs.d"',
        "",
        f"[{_CRI}.cni]",
        '  bin_dir = "/opt/cni/bin"',
        '  conf_dir = "/etc/cni/net.d"',
        "",
        f"[{_CRI}.containerd.runtimes.runc]",
        '  runtime_type = "io.containerd.runc.v2"',
        "",
        f"[{_CRI}.containerd.runtimes.runc.options]",
        "  # The kubelet's cgroupDriver says the same.",
        f"  SystemdCgroup = {systemd}",
    )


def _named_mirrors(cluster: Cluster) -> dict[str, tuple[str, Registry]]:
    """Give the mirrors that images name and that containerd must be told to trust, each with its registry."""
    registries = cluster.settings.registries
    named = {
        urlsplit(registry.mirror).netloc.lower(): (host, registry)
        for host, registry in sorted(registries.items())
        if registry.rewrite and registry.mirror and (registry.ca_file or registry.insecure)
    }
    return {mirror: found for mirror, found in named.items() if mirror not in registries}


def _iter_mirror(mirror: str, host: str, registry: Registry) -> Iterator[str]:
    yield f'server = "https://{mirror}"'
    yield ""
    yield f'[host."https://{mirror}"]'
    yield '  capabilities = ["pull", "resolve"]'
    yield from _iter_trust(host, registry)


def _iter_hosts(host: str, registry: Registry) -> Iterator[str]:
    mirror = plan_mirror(host, registry)
    yield f'server = "{plan_server(host)}"'
    yield ""
    yield f'[host."{mirror}"]'
    yield '  capabilities = ["pull", "resolve"]'
    if urlsplit(mirror).path.strip("/"):
        yield "  override_path = true"
    yield from _iter_trust(host, registry)


def _iter_trust(host: str, registry: Registry) -> Iterator[str]:
    if registry.ca_file:
        yield f'  ca = "{authority_path(host)}"'
    if registry.insecure:
        yield "  skip_verify = true"
