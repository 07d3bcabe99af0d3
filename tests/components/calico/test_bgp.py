"""BGP: what is announced, how peers are addressed, who may read their passwords."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from calico_support.made import make_cluster
from trimtab.components.calico.settings import Settings

V6 = "2001:db8::ff"


def peers(**fields: Any) -> dict[str, Any]:
    """Give settings with one peer."""
    return {"bgp": {"asNumber": 65000, "peers": {"router": {"address": V6, "asNumber": 65001, **fields}}}}


@pytest.mark.parametrize(
    ("address", "port", "written"),
    [
        (V6, None, V6),
        (f"[{V6}]", None, V6),
        ("2001:0DB8:0::ff", None, V6),
        (V6, 1179, f"[{V6}]:1179"),
        (f"[{V6}]:1179", None, f"[{V6}]:1179"),
        (f"[{V6}]", 1179, f"[{V6}]:1179"),
        (f"[{V6}]:1179", 1179, f"[{V6}]:1179"),
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", 1179, "192.0.2.1:1179"),
        ("192.0.2.1:1179", None, "192.0.2.1:1179"),
    ],
)
def test_bgp_peer_address_form_is_made_right(address: str, port: int | None, written: str) -> None:
    """Brackets stand around an IPv6 address where a port follows, and nowhere else."""
    made = make_cluster(peers(address=address, port=port), net="dual")
    assert made.objects("BGPPeer")["router"]["spec"]["peerIP"] == written
    assert made.problems("bgp-peer-address-form") == []


def test_a_peer_says_only_what_was_said() -> None:
    """What is left to Calico is not written, so that it cannot differ."""
    assert make_cluster(peers()).objects("BGPPeer")["router"]["spec"] == {"peerIP": V6, "asNumber": 65001}


@pytest.mark.parametrize(
    ("advertise", "expected"),
    [
        ([], {}),
        (["services"], {"serviceClusterIPs": [{"cidr": "2001:db8:2::/108"}]}),
        (["loadBalancers"], {"serviceLoadBalancerIPs": [{"cidr": "2001:db8:3::/112"}]}),
    ],
)
def test_what_is_asked_for_is_announced(advertise: list[str], expected: dict[str, Any]) -> None:
    """The cluster's own ranges are announced, and none that was not asked for."""
    made = make_cluster({"bgp": {"advertise": advertise}}, network={"loadBalancers": ["2001:db8:3::/112"]})
    spec = made.objects("BGPConfiguration")["default"]["spec"]
    assert {key: value for key, value in spec.items() if key.startswith("service")} == expected
    assert spec["nodeToNodeMeshEnabled"] is True


def test_both_families_of_services_are_announced() -> None:
    """A cluster with two families announces two ranges."""
    spec = make_cluster({"bgp": {"advertise": ["services"]}}, net="dual").objects("BGPConfiguration")["default"]["spec"]
    assert spec["serviceClusterIPs"] == [{"cidr": "10.96.0.0/12"}, {"cidr": "2001:db8:2::/108"}]


def test_a_range_from_first_to_last_becomes_pools() -> None:
    """Calico's pools are in CIDR form, as many as it takes, and a pool smaller than the usual block is one block."""
    network = {"loadBalancers": ["10.0.1.8-10.0.1.17", "2001:db8:3::/112"]}
    made = make_cluster({"bgp": {"advertise": ["loadBalancers"]}}, net="dual", network=network)
    pools = {pool["spec"]["cidr"]: pool["spec"] for pool in made.objects("IPPool").values()}
    assert {cidr: spec["blockSize"] for cidr, spec in pools.items()} == {
        "10.0.1.8/29": 29,
        "10.0.1.16/31": 31,
        "2001:db8:3::/112": 122,
    }
    assert {tuple(spec["allowedUses"]) for spec in pools.values()} == {("LoadBalancer",)}
    announced = made.objects("BGPConfiguration")["default"]["spec"]["serviceLoadBalancerIPs"]
    assert [entry["cidr"] for entry in announced] == list(pools)


def test_bgp_password_in_plain_is_no_setting() -> None:
    """A password is a reference to a Secret, never a text."""
    with pytest.raises(ValidationError):
        Settings.model_validate(peers(password="geheim"))


@pytest.mark.parametrize("net", ["IPv6", "dual"])
def test_bgp_password_in_plain_never_and_calico_may_read_the_secret(net: str) -> None:
    """The peer names a Secret in calico-system, and calico-node may read that Secret and no other."""
    made = make_cluster(peers(password={"secretName": "bgp", "key": "router1"}), net=net)
    peer = made.objects("BGPPeer")["router"]["spec"]
    assert peer["password"] == {"secretKeyRef": {"name": "bgp", "key": "router1"}}
    role, binding = made.objects("Role")["bgp-passwords"], made.objects("RoleBinding")["bgp-passwords"]
    assert role["metadata"]["namespace"] == binding["metadata"]["namespace"] == "calico-system"
    assert role["rules"][0]["resourceNames"] == ["bgp"]
    assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "calico-node", "namespace": "calico-system"}]
    [secret] = made.applications["calico-config"].secrets
    assert (secret.namespace, secret.name, secret.keys) == ("calico-system", "bgp", ("router1",))


def test_two_keys_of_one_secret_are_one_secret() -> None:
    """Peers may share a Secret: it is expected once, with every key that is read."""
    keyed = {
        name: {"address": V6, "asNumber": 65001, "password": {"secretName": "bgp", "key": name}} for name in ("b", "a")
    }
    made = make_cluster({"bgp": {"peers": keyed}})
    [secret] = made.applications["calico-config"].secrets
    assert secret.keys == ("a", "b")


def test_no_rights_without_a_password() -> None:
    """A Role that names no Secret would open all of them."""
    assert make_cluster(peers()).objects("Role") == {}
