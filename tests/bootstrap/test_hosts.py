"""Host files: each operating system gets what it lacks, and each host what it alone needs."""

from __future__ import annotations

import tomllib

import pytest

from trimtab.settings.nodes import OperatingSystem

BOOT = "00-hosts/nodes/n1/files/usr/local/sbin/kubernetes-host"
SYSTEMS = ("alpine", "debian", "raspbian", "ubuntu")


def rules(made, role: str = "control-plane"):
    """Give the firewall of a role."""
    return made[f"00-hosts/{role}/files/etc/nftables.d/kubernetes.nft"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_host_not_prepared_is_prepared_and_checked(day0, system) -> None:
    """Modules, forwarding and services are switched on by one script and looked at by another."""
    made = day0(nodeDefaults={"os": system})
    assert "br_netfilter" in made["00-hosts/all/files/etc/modules-load.d/kubernetes.conf"].split()
    assert "net.ipv6.conf.all.forwarding = 1" in made["00-hosts/all/files/etc/sysctl.d/90-kubernetes.conf"]
    assert "modprobe" in made[f"00-hosts/{system}/apply.sh"]
    assert "net.ipv6.conf.all.forwarding" in made["00-hosts/check.sh"]
    assert 'config_path = "/etc/containerd/certs.d"' in made[f"00-hosts/{system}/files/etc/containerd/config.toml"]


def test_host_not_prepared_on_alpine_shares_mounts_but_never_the_root(day0) -> None:
    """calico-node and virt-handler need /sys and /run shared; a shared root was covered by a pod's overlay."""
    boot = day0(nodeDefaults={"os": "alpine"})[BOOT]
    assert 'for directory in /sys /run "$kubelet"; do mount --make-rshared "$directory"; done' in boot
    assert "mount --make-shared /" not in boot
    assert "make-rshared" not in day0(nodeDefaults={"os": "debian"})[BOOT]


def test_forwarding_does_not_cost_the_default_route(day0) -> None:
    """Router advertisements are still heard on the interface of the node's address."""
    assert "accept_ra=2" in day0("IPv6")[BOOT]
    assert "accept_ra" not in day0("IPv4")[BOOT]


def test_host_firewall_off_is_not_needed(day0) -> None:
    """Neighbour discovery is let in before anything is dropped, and is not tracked at all."""
    text = rules(day0())
    assert text.index("nd-neighbor-advert") < text.index("ct state invalid drop")
    assert "notrack" in text
    assert "flush ruleset" not in text
    assert "policy drop" in text


@pytest.mark.parametrize(
    ("components", "network", "open_", "shut"),
    [
        ({"calico": {}}, {}, ("udp dport 4789", "tcp dport 5473"), ("tcp dport 179 ",)),
        ({"calico": {"bgp": {}}}, {}, ("tcp dport 179 ",), ("udp dport 4789",)),
        ({"calico": {}, "prometheus": {}, "local-path": {}}, {}, ("tcp dport 9091",), ()),
        ({"calico": {}}, {}, (), ("tcp dport 9091",)),
        ({"metallb": {}}, {}, ("tcp dport 7946", "udp dport 7946"), ("tcp dport 5473",)),
        ({}, {"inboundPorts": [443]}, ("tcp dport 443 ",), ("tcp dport 80 ", "tcp dport 9100")),
        ({"rook": {"network": {"hostNetwork": True}}}, {}, ("tcp dport 3300", "tcp dport 6800-7568"), ()),
        ({"rook": {}}, {}, (), ("tcp dport 3300", "tcp dport 6800")),
    ],
)
def test_host_firewall_off_is_replaced_by_exactly_the_needed_ports(day0, components, network, open_, shut) -> None:
    """A port is open when a component that needs it is there, and shut when not."""
    text = rules(day0(components=components, network=network))
    assert [port for port in open_ if port not in text] == []
    assert [port for port in shut if port in text] == []


def test_etcd_is_open_to_control_planes_alone(day0) -> None:
    """Workers have no rule for it, and control planes let in nobody else."""
    made = day0()
    assert "ip6 saddr @control_planes6 tcp dport 2379-2380" in rules(made)
    assert "2379" not in rules(made, "worker")
    assert "6443" not in rules(made, "worker")


def test_both_families_have_their_rules(day0) -> None:
    """In a dual-stack cluster a port is open for the nodes of either family."""
    text = rules(day0("dual"))
    assert "ip saddr @cluster4 tcp dport 10250" in text
    assert "ip6 saddr @cluster6 tcp dport 10250" in text


@pytest.mark.parametrize("system", SYSTEMS)
def test_clock_not_kept_is_kept_by_chrony(day0, system) -> None:
    """The named servers stand in chrony's configuration, and a host that starts in the past steps."""
    made = day0(nodeDefaults={"os": system}, network={"timeServers": ["ptbtime1.ptb.de", "2001:db8::123"]})
    text = made[f"00-hosts/{system}/files/etc/chrony/chrony.conf"]
    assert "server ptbtime1.ptb.de iburst" in text
    assert "server 2001:db8::123 iburst" in text
    assert "makestep" in text
    assert "chronyc waitsync" in made["00-hosts/check.sh"]


@pytest.mark.parametrize(
    ("mode", "line"),
    [
        ("nftables", '\nip -6 route replace 2001:db8:2::/108 dev "$interface" src "$address"\n'),
        ("iptables", "if ! ip -6 route show default | grep -q .; then ip -6 route replace 2001:db8:2::/108"),
    ],
)
def test_service_route_missing_is_written_for_each_host(day0, mode, line) -> None:
    """Always in mode nftables; in others where a host has no default route."""
    assert line in day0(network={"kubeProxy": {"mode": mode}})[BOOT]


def test_service_route_of_both_families(day0) -> None:
    """Each family's route goes out from the address of that family."""
    boot = day0("dual", network={"kubeProxy": {"mode": "nftables"}})[BOOT]
    assert boot.index("address=2001:db8::1") < boot.index("ip -6 route replace 2001:db8:2::/108")
    assert boot.index("address=192.0.2.1") < boot.index("ip -4 route replace 10.96.0.0/16")


@pytest.mark.parametrize(
    ("modules", "expected"), [({}, ["rbd", "ceph"]), ({"rbd": False}, ["nbd", "ceph"]), ({"ceph": False}, ["rbd"])]
)
def test_ceph_on_arm_without_nbd_loads_what_the_kernel_has(day0, modules, expected) -> None:
    """A kernel without rbd gets nbd, which rbd-nbd needs."""
    made = day0(components={"rook": {}}, nodeDefaults={"kernelModules": modules})
    assert made["00-hosts/nodes/n1/files/etc/modules-load.d/ceph.conf"].split() == expected


def test_state_on_tmpfs_goes_to_the_disk(day0) -> None:
    """What Kubernetes writes is mounted from below `data` before containerd starts; in memory it is refused."""
    boot = day0(nodeDefaults={"os": "alpine", "root": "tmpfs", "data": "/data"})[BOOT]
    for directory in ("/etc/kubernetes", "/var/lib/etcd", "/var/lib/kubelet", "/var/lib/containerd"):
        assert directory in boot
    assert 'mount --bind /data"/kubernetes$directory"' in boot
    assert "tmpfs | ramfs)" in boot


def test_state_on_tmpfs_starts_its_kubelet_again(day0) -> None:
    """Packages that come after the runlevel has begun are started by nobody; a node that has joined is."""
    script = day0(nodeDefaults={"os": "alpine", "root": "tmpfs", "data": "/data"})["00-hosts/alpine/apply.sh"]
    assert script.endswith("if [ -f /var/lib/kubelet/config.yaml ]; then rc-service kubelet start; fi\n")
    assert script.index("kubernetes-host restart") < script.index("rc-service kubelet start")


def test_snapshots_of_etcd_on_tmpfs_go_to_the_disk(day0) -> None:
    """A snapshot in memory is gone with what it was to save."""
    common = {"nodeDefaults": {"os": "alpine", "root": "tmpfs", "data": "/data"}}
    assert "/srv/etcd" in day0(**common, backup={"etcd": {"directory": "/srv/etcd"}})[BOOT]
    assert "/srv/etcd" not in day0(**common)[BOOT]


def test_registry_without_certificate_is_told_to_containerd(day0) -> None:
    """Mirror, authority and the word that takes any certificate stand in hosts.toml, which is TOML."""
    made = day0(
        registries={
            "ghcr.io": {"mirror": "https://mirror.example.org/v2/ghcr"},
            "registry.example.org:5000": {"caFile": "certs/ca.pem"},
            "docker.io": {"mirror": "http://cache.example.org", "insecure": True},
        }
    )
    folder = "00-hosts/all/files/etc/containerd/certs.d"
    ghcr = tomllib.loads(made[f"{folder}/ghcr.io/hosts.toml"])
    own = tomllib.loads(made[f"{folder}/registry.example.org_5000_/hosts.toml"])
    hub = tomllib.loads(made[f"{folder}/docker.io/hosts.toml"])
    assert ghcr["host"]["https://mirror.example.org/v2/ghcr"]["override_path"] is True
    ca = "/etc/containerd/certs.d/registry.example.org_5000_/ca.crt"
    assert own["host"]["https://registry.example.org:5000"]["ca"] == ca
    assert hub["server"] == "https://registry-1.docker.io"
    assert hub["host"]["http://cache.example.org"]["skip_verify"] is True
    assert ca in made["README.md"]


@pytest.mark.parametrize("system", [str(one) for one in OperatingSystem])
def test_containerd_configuration_is_toml(day0, system) -> None:
    """Whatever the operating system, containerd can read its file."""
    made = day0(nodeDefaults={"os": system})
    assert tomllib.loads(made[f"00-hosts/{system}/files/etc/containerd/config.toml"])["version"] == 2


def test_proxy_leaves_out_the_cluster_itself(day0) -> None:
    """Pods, Services, nodes and names inside are never asked of the proxy."""
    made = day0(network={"proxy": {"http": "http://proxy.example.org:3128", "noProxy": [".example.org"]}})
    text = made["00-hosts/debian/files/etc/systemd/system/containerd.service.d/http-proxy.conf"]
    for word in ("2001:db8:1::/64", "2001:db8:2::/108", "2001:db8::/64", ".svc", ".cluster.local", ".example.org"):
        assert word in text.split("NO_PROXY=")[1]


def test_kubespray_prepares_its_own_part(day0) -> None:
    """Container runtime, names and time are kubespray's; the firewall and the routes stay ours."""
    made = day0("IPv4", kubernetes={"distribution": "kubespray"}, network={"timeServers": ["time.example.org"]})
    assert not any("containerd/config.toml" in path or "chrony.conf" in path for path in made.files)
    assert any(path.endswith("kubernetes.nft") for path in made.files)


@pytest.mark.parametrize(
    ("family", "expected"),
    [("IPv4", ["9.9.9.9"]), ("IPv6", ["2620:fe::fe"]), ("dual", ["2620:fe::fe", "9.9.9.9"])],
)
def test_host_not_prepared_asks_name_servers_that_it_can_reach(day0, family, expected) -> None:
    """One list for all clusters will do: each host is given those of its cluster's families."""
    made = day0(family, network={"nameservers": ["2620:fe::fe", "9.9.9.9"]}, nodeDefaults={"os": "alpine"})
    assert made["00-hosts/alpine/files/etc/resolv.conf"].split()[1::2] == expected
