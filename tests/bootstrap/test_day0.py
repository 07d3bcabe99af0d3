"""Network, Argo CD, endpoint, backups and runbooks of day 0."""

from __future__ import annotations

import pytest
import yaml

CNI, ARGOCD, SECRETS = "20-cni/install.sh", "40-argocd/install.sh", "30-secrets.md"
NODE = "00-hosts/nodes/{}/files/etc"


def test_cni_removed_with_its_app_cannot_happen_on_day_0(day0) -> None:
    """The charts are rendered without hooks: one of Calico's is a Job that deletes the network."""
    script = day0(components={"calico": {}})[CNI]
    rendered = [line for line in script.splitlines() if line.startswith("helm template")]
    assert len(rendered) == 2
    assert all("--no-hooks" in line for line in rendered)


def test_network_is_applied_as_argo_cd_will(day0) -> None:
    """Same release, namespace, values and field manager; layer after layer."""
    script = day0(components={"calico": {"bgp": {}}})[CNI]
    names = [line.removeprefix("echo ") for line in script.splitlines() if line.startswith("echo ")]
    assert names == ["calico-crds", "calico-operator", "calico", "calico-config"]
    assert "helm template calico oci://quay.io/calico/charts/tigera-operator --version v3.32.1" in script
    assert "--values apps/calico-operator/values.yaml" in script
    applied = [line for line in script.splitlines() if "kubectl apply" in line]
    assert all("--server-side --field-manager argocd-controller" in line for line in applied)


def test_mirror_of_charts_is_used(day0) -> None:
    """An IPv6-only workstation may reach no more than the cluster does."""
    mirror = {"https://argoproj.github.io/argo-helm": {"mirror": "https://mirror.example.org/charts"}}
    assert "--repo https://mirror.example.org/charts" in day0(repositories=mirror)[ARGOCD]


def test_installed_twice_by_distribution_is_not_installed_by_hand_either(day0) -> None:
    """Where the distribution brings the network nothing is applied."""
    made = day0("IPv4", kubernetes={"distribution": "kubespray"})
    assert CNI not in made.files
    assert CNI not in made["README.md"]


@pytest.mark.parametrize("distribution", ["kubeadm", "kubespray"])
@pytest.mark.parametrize("components", [{}, {"calico": {}}])
def test_host_not_prepared_pod_of_another_node_is_reached(day0, distribution, components) -> None:
    """Whoever brought the network, two pods on two nodes are tried, and the hosts are checked once more."""
    page = day0("IPv4", kubernetes={"distribution": distribution}, components=components)["README.md"]
    step = page.partition("The network of pods\n")[2].partition("\n## ")[0]
    assert "kubectl exec net-one -- /agnhost connect" in step
    assert 'sh bootstrap/00-hosts/check.sh "$node"' in step


def test_argocd_redis_hook_loop_needs_its_secret_before_argo_cd(day0) -> None:
    """The Secret that the left-out hook would have made comes first, by a command, in the README's order too."""
    made = day0()
    assert "argocd-redis --namespace=argocd" in made[SECRETS]
    assert made["README.md"].index("30-secrets.md") < made["README.md"].index("40-argocd/install.sh")
    assert made[ARGOCD].rstrip().endswith("--filename root.yaml")


def test_every_wanted_secret_is_on_the_page(day0) -> None:
    """Namespace, name, keys and a command for each."""
    peers = {"r1": {"address": "2001:db8::1", "asNumber": 65533, "password": {"secretName": "bgp"}}}
    made = day0(components={"calico": {"bgp": {"peers": peers}}}, gitops={"credentials": {"secretName": "repo"}})
    for application in made.plan.applications:
        for secret in application.secrets:
            assert f"### {secret.name}" in made[SECRETS]
            assert all(f"| `{key}` |" in made[SECRETS] for key in secret.keys)
    assert "`bgp`" in made["README.md"].split("sh 20-cni/install.sh")[0]


def test_control_plane_without_endpoint_gets_kube_vip(day0) -> None:
    """A static pod moves the address; its mask is that of the address' family."""
    made = day0("IPv6", kubernetes={"endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"})
    container = made.document("10-kubeadm/kube-vip.yaml")["spec"]["containers"][0]
    given = {one["name"]: one["value"] for one in container["env"]}
    assert (given["address"], given["vip_subnet"], given["cp_enable"]) == ("2001:db8::100", "128", "true")
    assert "super-admin.conf" in made["README.md"]


@pytest.mark.parametrize(
    ("family", "more", "host"),
    [
        ("IPv6", {}, "docker.io"),
        ("IPv6", {"network": {"nat64": True}}, "ghcr.io"),
        ("IPv6", {"registries": {"ghcr.io": {"mirror": "https://mirror.example.org/v2/ghcr"}}}, "ghcr.io"),
        ("dual", {}, "ghcr.io"),
    ],
)
def test_source_without_ipv6_is_not_where_kube_vip_comes_from(day0, family, more, host) -> None:
    """ghcr.io does not answer on IPv6; the project publishes the same image elsewhere."""
    made = day0(family, kubernetes={"endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"}, **more)
    image = made.document("10-kubeadm/kube-vip.yaml")["spec"]["containers"][0]["image"]
    assert image.startswith(f"{host}/")


def test_control_plane_without_endpoint_gets_haproxy_and_keepalived(day0) -> None:
    """Every control plane has both: one back end a control plane, and its own rank in who holds the address."""
    made = day0("IPv4", kubernetes={"endpoint": "192.0.2.100:8443", "endpointProvider": "haproxy-keepalived"})
    haproxy = made[f"{NODE.format('n1')}/haproxy/haproxy.cfg"]
    assert haproxy.count("  server n") == 3
    assert "bind 192.0.2.100:8443" in haproxy
    kept = [made[f"{NODE.format(name)}/keepalived/keepalived.conf"] for name in ("n1", "n2", "n3")]
    assert [text.split("priority ")[1].split()[0] for text in kept] == ["150", "140", "130"]
    assert "192.0.2.1\n" not in kept[0].split("unicast_peer")[1]
    assert "net.ipv4.ip_nonlocal_bind = 1" in made[f"{NODE.format('n1')}/sysctl.d/91-endpoint.conf"]
    assert "tcp dport 8443" in made["00-hosts/control-plane/files/etc/nftables.d/kubernetes.nft"]


@pytest.mark.parametrize(
    ("every", "calendar", "cron"), [("6h", "00/6:00", "0 */6 * * *"), ("30m", "*:00/30", "*/30 * * * *")]
)
def test_nothing_backed_up_is_backed_up_by_a_timer(day0, every, calendar, cron) -> None:
    """Systemd has a timer, Alpine a line for crond; both run the same script."""
    backup = {"etcd": {"every": every, "keep": 5, "directory": "/data/etcd"}}
    debian, alpine = day0(backup=backup), day0(backup=backup, nodeDefaults={"os": "alpine"})
    assert f"OnCalendar={calendar}\n" in debian[f"{NODE.format('n1')}/systemd/system/etcd-snapshot.timer"]
    assert alpine[f"{NODE.format('n1')}/crontabs.d/etcd-snapshot"] == f"{cron} /usr/local/sbin/etcd-snapshot\n"
    script = debian["00-hosts/control-plane/files/usr/local/sbin/etcd-snapshot"]
    assert "tail -n +6" in script
    assert "directory=/data/etcd" in script
    assert f"{NODE.format('n4')}/systemd/system/etcd-snapshot.timer" not in debian.files


def test_certificate_expired_is_renewed_on_a_day_of_its_own(day0) -> None:
    """Control planes renew one after the other: their pods start again, and etcd wants most of its members."""
    made = day0()
    units = [made[f"{NODE.format(n)}/systemd/system/kubernetes-renew-certificates.timer"] for n in ("n1", "n2", "n3")]
    assert len({line for text in units for line in text.splitlines() if line.startswith("OnCalendar")}) == 3
    assert "kubeadm certs renew all" in made["runbooks/expired-certificates.md"] or (
        "kubernetes-renew-certificates" in made["runbooks/expired-certificates.md"]
    )


@pytest.mark.parametrize("distribution", ["kubeadm", "kubespray"])
def test_node_lost_has_a_runbook(day0, distribution) -> None:
    """A member leaves etcd before the node comes back; Ceph's disk is taken out by number."""
    disks = {"disks": [{"name": "sdb", "size": "8Gi"}]}
    kubernetes = {"distribution": distribution}
    page = day0("IPv4", kubernetes=kubernetes, components={"rook": {}}, nodeDefaults=disks)["runbooks/lost-node.md"]
    assert page.index("member remove") < page.index("Bring it back")
    assert "osd purge ID" in page
    assert "osd purge" not in day0("IPv4", kubernetes=kubernetes)["runbooks/lost-node.md"]


def test_etcd_quota_has_a_runbook(day0) -> None:
    """Compact, defragment every member, disarm: in this order, and the quota the same on all."""
    page = day0()["runbooks/full-etcd.md"]
    assert page.index("compact REVISION") < page.index("120s defrag") < page.index("alarm disarm")
    assert page.count("defrag'") == 3


def test_ceph_leftovers_on_hosts_are_purged_by_commands_for_each(day0) -> None:
    """State and disks of every node that had some, where its monitors kept it."""
    nodes = {
        "a": {"address": "2001:db8::1", "roles": ["control-plane"], "disks": [{"name": "sdb", "size": "8Gi"}]},
        "b": {"address": "2001:db8::2", "root": "tmpfs", "data": "/data", "disks": [{"name": "sdc", "size": "8Gi"}]},
    }
    page = day0(nodes=nodes, components={"rook": {}})["runbooks/purge-ceph.md"]
    assert "'rm -rf /var/lib/rook'" in page
    assert "'rm -rf /data/rook'" in page
    assert "nodes/b/disks.sh --wipe sdc" in page
    assert "runbooks/purge-ceph.md" not in day0().files


def test_keepalived_gets_its_interface_at_boot(day0) -> None:
    """Nobody knows the interface's name before: the host finds the one with its address."""
    made = day0("IPv4", kubernetes={"endpoint": "192.0.2.100:8443", "endpointProvider": "haproxy-keepalived"})
    assert "interface INTERFACE-OF-THE-ADDRESS" in made[f"{NODE.format('n1')}/keepalived/keepalived.conf"]
    assert "s/INTERFACE-OF-THE-ADDRESS/$interface/" in made["00-hosts/nodes/n1/files/usr/local/sbin/kubernetes-host"]


@pytest.mark.parametrize(("system", "starts"), [("debian", "systemctl restart haproxy"), ("alpine", "haproxy restart")])
def test_haproxy_starts_on_control_planes_alone(day0, system, starts) -> None:
    """One script serves all hosts: what no worker needs stands behind the file that no worker has."""
    kubernetes = {"endpoint": "192.0.2.100:8443", "endpointProvider": "haproxy-keepalived"}
    made = day0("IPv4", kubernetes=kubernetes, nodeDefaults={"os": system})
    before, _, after = made[f"00-hosts/{system}/apply.sh"].partition(
        "if grep -qs control-planes /etc/haproxy/haproxy.cfg"
    )
    assert starts not in before
    assert starts in after.split("fi\n")[0]
    assert "backend control-planes" in made[f"{NODE.format('n1')}/haproxy/haproxy.cfg"]
    assert f"{NODE.format('n4')}/haproxy/haproxy.cfg" not in made.files


def test_kube_vip_is_a_pod(day0) -> None:
    """The manifest has what the kubelet wants of a static pod."""
    made = day0(kubernetes={"endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"})
    pod = yaml.safe_load(made["10-kubeadm/kube-vip.yaml"])
    assert (pod["apiVersion"], pod["kind"], pod["spec"]["hostNetwork"]) == ("v1", "Pod", True)


@pytest.mark.parametrize(("distribution", "prefix"), [("kubeadm", ""), ("kubespray", "etcd-")])
def test_nothing_backed_up_can_be_put_back_too(day0, distribution, prefix) -> None:
    """Every member is restored under the name that its installer gave it, and all before one is started."""
    made = day0("IPv4", kubernetes={"distribution": distribution}, backup={"etcd": {}})
    page = made["runbooks/restore-etcd.md"]
    members = ",".join(f"{prefix}n{number}=https://192.0.2.{number}:2380" for number in (1, 2, 3))
    assert page.count(f"--initial-cluster {members}") == 3
    assert f"--name {prefix}n2 " in page
    assert page.rindex("snapshot restore") < page.index("## 2. Start them")
