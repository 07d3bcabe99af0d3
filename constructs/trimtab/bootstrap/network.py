"""The step of the pods' network: how it is brought, and how one sees that it is there."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.files import quote_all, render_block
from trimtab.bootstrap.handover import network_applications
from trimtab.bootstrap.prepare import SSH, has_kube_proxy
from trimtab.components.assemble import Plan
from trimtab.plan.cluster import Cluster


def iter_network(plan: Plan) -> Iterator[str]:
    """Give the step: the network that Argo CD will own by hand-over, else only the check that there is one."""
    if network_applications(plan):
        yield from _hand_over_network(plan)
        yield ""
    else:
        yield "Nothing is applied here: whoever installed Kubernetes has brought it."
        yield ""
    yield from _check_network(plan.cluster)


def _hand_over_network(plan: Plan) -> Iterator[str]:
    wanted = [s for name in network_applications(plan) for s in plan.application(name).secrets]
    if wanted:
        words = ", ".join(f"`{secret.name}`" for secret in wanted)
        yield f"First make what it reads, {words}: see [30-secrets.md](30-secrets.md)."
        yield ""
    yield f"Argo CD needs a network before it can bring one. {', '.join(f'`{n}`' for n in network_applications(plan))}:"
    yield "applied as Argo CD will apply them, with the same charts, values and field manager, so that it takes them"
    yield "over without a change. Hooks are left out."
    yield ""
    yield render_block("sh 20-cni/install.sh")


def _check_network(cluster: Cluster) -> Iterator[str]:
    several = len(_takers(cluster)) > 1
    yield f"Check: every node is Ready{', and two pods on different nodes reach each other' if several else ''}."
    yield ""
    yield render_block(*_two_pods(cluster))
    if has_kube_proxy(cluster):
        yield ""
        yield "kube-proxy has run by now: check the hosts once more, which looks for its rules as well."
        yield ""
        yield render_block(*iter_host_checks(cluster))


def iter_host_checks(cluster: Cluster) -> Iterator[str]:
    """Give the commands that check every host."""
    yield f"for node in {quote_all(node.name for node in cluster.nodes)}; do"
    yield f'  echo "$node"; ssh -F {SSH} "$node" sh bootstrap/00-hosts/check.sh "$node"'
    yield "done"


def _takers(cluster: Cluster) -> list[str]:
    """Give the nodes that a pod can be put on by name, which asks no scheduler: only NoExecute drives it away."""
    rest = [node for node in cluster.nodes if node not in cluster.schedulable_nodes]
    held = [node for node in rest if not any(taint.endswith(":NoExecute") for taint in node.taints)]
    return [node.name for node in (*cluster.schedulable_nodes, *held)]


def _two_pods(cluster: Cluster) -> Iterator[str]:
    yield "kubectl get nodes --output wide"
    takers = _takers(cluster)[:2]
    if len(takers) < 2:
        return
    image = "registry.k8s.io/e2e-test-images/agnhost:2.53"
    for name, node in zip(("one", "two"), takers, strict=True):
        spec = f'{{"spec": {{"nodeName": "{node}"}}}}'
        yield f"kubectl run net-{name} --image {image} --overrides '{spec}' -- netexec --http-port 8080"
    yield "kubectl wait --for condition=Ready --timeout 180s pod net-one net-two"
    target = (
        "[$(kubectl get pod net-two --output jsonpath='{.status.podIP}')]:8080"
        if cluster.ip_families[0] == "IPv6"
        else ("$(kubectl get pod net-two --output jsonpath='{.status.podIP}'):8080")
    )
    yield f'kubectl exec net-one -- /agnhost connect "{target}" --timeout 5s && echo reached'
    yield "kubectl delete pod net-one net-two"
