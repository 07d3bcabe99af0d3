"""The files as a whole: for whom, which, and always the same."""

from __future__ import annotations

import re

import pytest
import yaml

from trimtab.bootstrap.plan import plan_bootstrap

SECRET = re.compile(r"[a-z0-9]{6}\.[a-z0-9]{16}|BEGIN [A-Z ]*PRIVATE KEY|password: \S")


def test_files_lie_below_bootstrap_and_belong_to_no_application(day0) -> None:
    """The inventory counts them among the cluster's own."""
    files = plan_bootstrap(day0().plan)
    assert all(file.path.startswith("lab/bootstrap/") and file.application is None for file in files)
    assert [file.path for file in files] == sorted(file.path for file in files)


def test_same_settings_give_the_same_bytes(day0) -> None:
    """Nothing in them depends on the day, the machine or the order of a set."""
    assert day0("dual", components={"calico": {}}).files == day0("dual", components={"calico": {}}).files


@pytest.mark.parametrize(
    "more",
    [
        {"nodes": {}, "nodeCount": {"controlPlane": 3}},
        {"kubernetes": {"distribution": "k3s"}},
        {"nodes": {"w": {"address": "2001:db8::1"}}},
    ],
)
def test_cluster_without_machines_or_installer_has_none(day0, more) -> None:
    """Without addresses, a control plane, or a known installer there is nothing to say that would be true."""
    assert day0(**more).files == {}


@pytest.mark.parametrize("distribution", ["kubeadm", "kubespray"])
def test_every_yaml_parses_and_no_file_holds_a_secret(day0, distribution) -> None:
    """Not even a token that lives for two hours."""
    made = day0("dual", kubernetes={"distribution": distribution}, gitops={"credentials": {"secretName": "repo"}})
    for path, text in made.files.items():
        assert not SECRET.search(text), path
        if path.endswith((".yaml", ".yml")):
            assert list(yaml.safe_load_all(text))
        assert text.endswith("\n")
        assert not re.search(r"[ \t]+$", text.replace("  \n", "\n"), re.MULTILINE), path


def test_readme_leads_through_every_step_with_its_check(day0) -> None:
    """Each numbered step says how to see that it worked."""
    readme = day0(components={"calico": {}}, backup={"etcd": {}})["README.md"]
    steps = re.split(r"^## \d+\. ", readme, flags=re.MULTILINE)[1:]
    titles = [step.partition("\n")[0] for step in steps]
    assert titles[:4] == ["Names", "Hosts", "Kubernetes, by kubeadm", "The network of pods"]
    assert [title for title, step in zip(titles, steps, strict=True) if "heck" not in step] == []


def test_names_have_the_address_of_their_record(day0) -> None:
    """The endpoint leads to the moving address, nodes to their own, and what is served to a load balancer."""
    made = day0(
        kubernetes={"endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"},
        components={"argocd": {"host": "argocd.example.org"}},
    )
    page = made["names.md"]
    assert "| api.example.org | AAAA | 2001:db8::100 |" in page
    assert "| n4 | AAAA | 2001:db8::4 |" in page
    assert "| argocd.example.org | `argocd` | AAAA | yours |" in page


def test_endpoint_without_provider_leads_to_every_control_plane(day0) -> None:
    """A name with several records is the least that works."""
    page = day0()["names.md"]
    assert [line for line in page.splitlines() if line.startswith("| api")] == [
        f"| api.example.org | AAAA | 2001:db8::{number} |" for number in (1, 2, 3)
    ]


GRAFANA = {"prometheus": {"grafana": {"host": "g.example.org"}}, "local-path": {}}


def served(day0, family="IPv6", **more) -> list[str]:
    """Give record and address of Grafana's host name, and the command that reads the address."""
    components = {**GRAFANA, "traefik": {}, **more.pop("components", {})}
    page = day0(family, components=components, **more)["names.md"]
    rows = [line.split(" | ", 2)[2].strip(" |") for line in page.splitlines() if line.startswith("| g.example.org")]
    return [*rows, *(line for line in page.splitlines() if line.startswith("kubectl"))]


def test_name_leads_to_the_service_whose_address_only_the_cluster_knows(day0) -> None:
    """A range alone: the page says which Service, and prints its address by its labels, whatever the release's name."""
    [row, command] = served(day0, network={"loadBalancers": ["2001:db8:3::/112"]}, components={"metallb": {}})
    assert row == "AAAA | that of `traefik`, below"
    assert command.startswith("kubectl --namespace traefik get services --selector app.kubernetes.io/name=traefik")


@pytest.mark.parametrize(
    ("family", "service", "rows"),
    [
        ("IPv4", {"spec": {"loadBalancerIP": "192.0.2.80"}}, ["A | 192.0.2.80"]),
        ("IPv6", {"annotations": {"metallb.io/loadBalancerIPs": "2001:db8:3::80"}}, ["AAAA | 2001:db8:3::80"]),
        (
            "dual",
            {"annotations": {"metallb.io/loadBalancerIPs": "192.0.2.80, 2001:db8:3::80"}},
            ["A | 192.0.2.80", "AAAA | 2001:db8:3::80"],
        ),
        ("IPv4", {"annotations": {"projectcalico.org/loadBalancerIPs": '["192.0.2.80"]'}}, ["A | 192.0.2.80"]),
    ],
)
def test_name_leads_to_the_pinned_address(day0, family, service, rows) -> None:
    """Values that ask for an address say which it will be."""
    assert served(day0, family, components={"traefik": {"values": {"traefik": {"service": service}}}}) == rows


def test_name_leads_to_the_one_address_there_is(day0) -> None:
    """A range of one address leaves no choice."""
    assert served(day0, network={"loadBalancers": ["2001:db8:3::80/128"]}) == ["AAAA | 2001:db8:3::80"]


def test_name_leads_to_a_node_where_ports_of_nodes_are_the_entrance(day0) -> None:
    """The address that Ingresses show; a name instead of one is an alias."""
    assert served(day0, components={"traefik": {"expose": "HostPort"}}) == ["AAAA | 2001:db8::4"]
    alias = {"expose": "HostPort", "publishedAddress": "in.example.org"}
    assert served(day0, components={"traefik": alias}) == ["CNAME | in.example.org"]


def test_name_behind_a_gateway_leads_to_who_serves_gateways(day0) -> None:
    """A route has no Ingress class: the class of Gateways says who."""
    gateway = {"name": "public", "namespace": "gateways"}
    components = {"gateway-api": {}, "prometheus": {**GRAFANA["prometheus"], "gateway": gateway}}
    settings = {"components": components, "network": {"loadBalancers": ["2001:db8:3::80/128"]}}
    assert served(day0, **settings) == ["AAAA | 2001:db8:3::80"]
