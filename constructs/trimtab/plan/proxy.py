"""What is reached without the HTTP proxy, and the words that programs read a proxy from."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.plan.cluster import Cluster


def plan_no_proxy(cluster: Cluster, *more: str) -> tuple[str, ...]:
    """Give what is reached without the proxy: the cluster's own ranges and names, `more`, what the settings add."""
    network = cluster.settings.network
    own = [text for node in cluster.nodes for text in (node.address, node.secondary_address) if text]
    found = ["localhost", "127.0.0.1", "::1", ".svc", f".{cluster.settings.kubernetes.cluster_domain}"]
    found += [*network.pods, *network.services, *(network.nodes or own), *more]
    return tuple(dict.fromkeys([*found, *(network.proxy.no_proxy if network.proxy else [])]))


def plan_proxy_environment(cluster: Cluster, *more: str) -> Mapping[str, str]:
    """Give the variables that programs read a proxy from; none where the world is reached without one."""
    proxy = cluster.settings.network.proxy
    if proxy is None:
        return {}
    no_proxy = ",".join(plan_no_proxy(cluster, *more))
    return {"HTTP_PROXY": proxy.http, "HTTPS_PROXY": proxy.https or proxy.http, "NO_PROXY": no_proxy}
