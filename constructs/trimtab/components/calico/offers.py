"""What Calico brings: the network of pods, and addresses for load balancers where BGP announces them."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.components.calico.settings import Settings
from trimtab.components.releases import wanted_release
from trimtab.plan.application import Application, WantedSecret
from trimtab.plan.cluster import Cluster
from trimtab.plan.facts import Facts
from trimtab.plan.offers import AddressPool, ApiGroup, Controller, NamespaceOffer, Need, Offer, PodNetwork

CRDS = "calico-crds"
OPERATOR = "calico-operator"
INSTALLATION = "calico"
CONFIG = "calico-config"

NAMESPACE = "tigera-operator"
SYSTEM = "calico-system"
"""Where the operator puts its workloads and looks for Secrets; it makes the namespace itself."""

OPERATOR_GROUP = "operator.tigera.io"
API_GROUP = "projectcalico.org"
_CRD_GROUPS = (OPERATOR_GROUP, "crd.projectcalico.org", "policy.networking.k8s.io")


def offers(settings: Settings, cluster: Cluster) -> tuple[Offer, ...]:
    """Give what Calico brings. Who brings the CRDs depends on the release."""
    crds = CRDS if has_crd_chart(settings) else OPERATOR
    # By a look at the text alone: a range that is none is told by a rule, which runs later.
    families = frozenset("IPv6" if ":" in text else "IPv4" for text in cluster.settings.network.load_balancers)
    pool = AddressPool(by=CONFIG, families=families)
    return (
        *(ApiGroup(by=crds, name=group) for group in _CRD_GROUPS),
        Controller(by=OPERATOR, name=OPERATOR_GROUP),
        NamespaceOffer(by=OPERATOR, name=wanted_namespace(settings), pod_security="privileged"),
        PodNetwork(by=INSTALLATION),
        NamespaceOffer(by=INSTALLATION, name=SYSTEM, pod_security="privileged"),
        ApiGroup(by=INSTALLATION, name=API_GROUP, served_by_pods=True),
        *((pool,) if gives_addresses(settings, cluster) else ()),
    )


def applications(settings: Settings, _facts: Facts) -> tuple[Application, ...]:
    """Give the layers, lowest first. None has a finalizer: whatever deletes an Application, pods keep their network."""
    return tuple(_iter_applications(settings))


def has_crd_chart(settings: Settings) -> bool:
    """Say whether the CRDs are a chart of their own (calico v3.32.1 charts/tigera-operator/README.md)."""
    return "crds" in wanted_release("calico", settings).charts


def gives_addresses(settings: Settings, cluster: Cluster) -> bool:
    """Say whether Calico gives Services of type LoadBalancer their addresses: only what is announced can be reached."""
    announced = settings.bgp is not None and "loadBalancers" in settings.bgp.advertise
    return announced and bool(cluster.settings.network.load_balancers)


def wanted_namespace(settings: Settings) -> str:
    """Give the operator's namespace."""
    return settings.namespace or NAMESPACE


def _iter_applications(settings: Settings) -> Iterator[Application]:
    namespace = wanted_namespace(settings)
    crds = Need(offer=ApiGroup, name=OPERATOR_GROUP)
    if has_crd_chart(settings):
        yield _kept(CRDS, namespace)
    yield Application(
        name=OPERATOR,
        component="calico",
        namespace=namespace,
        pod_security="privileged",
        needs=(crds,),
        keeps_on_delete=True,
        origins=("components.calico",),
    )
    yield _kept(INSTALLATION, namespace, crds, Need(offer=Controller, name=OPERATOR_GROUP))
    if settings.bgp is not None:
        yield Application(
            name=CONFIG,
            component="calico",
            namespace=SYSTEM,
            creates_namespace=False,
            needs=(Need(offer=ApiGroup, name=API_GROUP), Need(offer=NamespaceOffer, name=SYSTEM)),
            keeps_on_delete=True,
            # Calico's API server answers some time after the Installation is there (projectcalico/calico issue 10494).
            sync_options=("SkipDryRunOnMissingResource=true",),
            secrets=tuple(_iter_secrets(settings)),
            origins=("components.calico.bgp", "network"),
        )


def _kept(name: str, namespace: str, *needs: Need) -> Application:
    return Application(
        name=name,
        component="calico",
        namespace=namespace,
        creates_namespace=False,
        needs=needs,
        keeps_on_delete=True,
        origins=("components.calico", "network"),
    )


def _iter_secrets(settings: Settings) -> Iterator[WantedSecret]:
    keys: dict[str, set[str]] = {}
    for peer in settings.bgp.peers.values() if settings.bgp else ():
        if peer.password:
            keys.setdefault(peer.password.secret_name, set()).add(peer.password.key)
    for name, wanted in sorted(keys.items()):
        yield WantedSecret(
            namespace=SYSTEM,
            name=name,
            keys=tuple(sorted(wanted)),
            why="passwords of BGP sessions",
            formats=("the password that the peer has, at most 80 characters",) * len(wanted),
        )
