"""What each operating system does with the files: packages, services, what runs at boot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from trimtab.bootstrap.addresses import plan_endpoint
from trimtab.bootstrap.files import Files, render_lines, render_script
from trimtab.bootstrap.firewall import RULES_FILE
from trimtab.bootstrap.host_files import is_kubespray, systems
from trimtab.bootstrap.nodes import BOOT
from trimtab.plan.cluster import Cluster
from trimtab.settings.kubernetes import EndpointProvider
from trimtab.settings.nodes import OperatingSystem

_MODULES = (
    "cat /etc/modules-load.d/kubernetes.conf /etc/modules-load.d/ceph.conf 2>/dev/null | while read -r module; do",
    '  modprobe "$module"',
    "done",
)
_HOLDS_ENDPOINT = "grep -qs control-planes /etc/haproxy/haproxy.cfg"
_SYSCTL = 'for file in /etc/sysctl.d/9[01]-*.conf; do sysctl -q -p "$file"; done'
_CRON = (
    "for line in /etc/crontabs.d/*; do",
    '  [ -f "$line" ] || continue',
    "  command=$(awk '{ print $NF }' \"$line\")",
    '  { grep -v -F "$command" /etc/crontabs/root || true; cat "$line"; } > /etc/crontabs/root.new',
    "  mv /etc/crontabs/root.new /etc/crontabs/root",
    "done",
)
_TIMERS = (
    "for timer in etcd-snapshot kubernetes-renew-certificates; do",
    '  if [ -f "/etc/systemd/system/$timer.timer" ]; then systemctl enable --now "$timer.timer"; fi',
    "done",
)
_NO_UFW = (
    "# Two firewalls are one too many: ufw's own rules dropped neighbour discovery.",
    "if command -v ufw >/dev/null; then ufw disable; fi",
)


def plan_operating_systems(cluster: Cluster) -> Files:
    """Give `apply.sh` of every operating system in use, and the services that it switches on."""
    files: Files = {}
    for os in systems(cluster):
        files |= _SYSTEMS[OperatingSystem(os)](f"00-hosts/{os}", cluster)
    return files


def _packages(cluster: Cluster, extra: tuple[str, ...]) -> str:
    own = () if is_kubespray(cluster) else ("containerd", "chrony")
    return " ".join(sorted({*own, *extra, "nftables", *_balancer(cluster)}))


def _balancer(cluster: Cluster) -> tuple[str, ...]:
    endpoint = plan_endpoint(cluster)
    return ("haproxy", "keepalived") if endpoint and endpoint.provider is EndpointProvider.HAPROXY_KEEPALIVED else ()


def _on_control_planes(there: Iterable[str], elsewhere: Iterable[str] = ()) -> Iterator[str]:
    """Give steps for hosts with our haproxy.cfg; a worker would run the examples that the packages come with."""
    yield f"if {_HOLDS_ENDPOINT}; then"
    yield from (f"  {line}" for line in there)
    if others := tuple(elsewhere):
        yield "else"
        yield from (f"  {line}" for line in others)
    yield "fi"


def _alpine(folder: str, cluster: Cluster) -> Files:
    service = f"{folder}/files/etc/init.d"
    apply = render_script(
        "Puts the files of this host into effect on Alpine Linux: packages, services, what runs at boot.",
        *_alpine_steps(cluster),
    )
    return {
        f"{folder}/apply.sh": apply,
        f"{service}/kubernetes-host": _openrc("mounts and routes of Kubernetes", f"{BOOT}", "need localmount net"),
        f"{service}/kubernetes-firewall": _openrc(
            "the ports of Kubernetes", f"nft -f /{RULES_FILE}", "need localmount", "after modules", "before net"
        ),
    }


def _alpine_steps(cluster: Cluster) -> Iterator[str]:
    tools = ("cri-tools", "ethtool", "iproute2", "ip6tables", "iptables", "lsblk", "sgdisk", "socat", "util-linux")
    yield "# kubeadm, kubelet and kubectl lie in the repository `community`, which must be switched on."
    packages = _packages(cluster, (*tools, "conntrack-tools", "containerd-openrc", "wipefs", "xfsprogs"))
    yield f"apk add {packages} {_kubernetes_packages(cluster)}"
    yield "# One hierarchy of cgroups, which the kubelet wants."
    yield "sed -i 's/^#* *rc_cgroup_mode=.*/rc_cgroup_mode=\"unified\"/' /etc/rc.conf"
    yield "rc-update add cgroups boot"
    yield "rc-service cgroups start"
    yield "swapoff -a"
    yield from _MODULES
    yield _SYSCTL
    yield "rc-update add modules boot"
    yield "rc-update add sysctl boot"
    yield "rc-update add kubernetes-firewall boot"
    services = ("kubernetes-host", "chronyd", "containerd")
    for service in services:
        yield f"rc-update add {service} default"
    yield f"nft -c -f /{RULES_FILE}"
    yield "rc-service kubernetes-firewall restart"
    for service in services:
        yield f"rc-service {service} restart"
    if balancer := _balancer(cluster):
        steps = ("rc-update add {} default", "rc-service {} restart")
        yield from _on_control_planes(step.format(service) for service in balancer for step in steps)
    yield from _CRON
    yield "rc-update add crond default"
    yield "rc-service crond restart"
    yield "rc-update add kubelet default"
    yield "# A root in memory has only now got its kubelet, after the runlevel that would have started it."
    yield "if [ -f /var/lib/kubelet/config.yaml ]; then rc-service kubelet start; fi"


def _kubernetes_packages(cluster: Cluster) -> str:
    minor = ".".join(map(str, cluster.kubernetes_minor))
    return " ".join(f"'{name}~{minor}'" for name in ("kubeadm", "kubelet", "kubectl")) + " kubelet-openrc"


def _openrc(purpose: str, command: str, *depends: str) -> str:
    return render_lines(
        "#!/sbin/openrc-run",
        f'description="{purpose}"',
        "",
        "depend() {",
        *(f"\t{line}" for line in depends),
        "\tbefore containerd kubelet keepalived",
        "}",
        "",
        "start() {",
        f'\tebegin "Setting up {purpose}"',
        f"\t{command}",
        "\teend $?",
        "}",
    )


def _systemd(folder: str, cluster: Cluster, *, before: tuple[str, ...] = ()) -> Files:
    units = f"{folder}/files/etc/systemd/system"
    return {
        f"{folder}/apply.sh": render_script(
            "Puts the files of this host into effect: packages, services, what runs at boot.",
            *before,
            *_systemd_steps(cluster),
        ),
        f"{units}/kubernetes-host.service": _unit(
            "Routes of Kubernetes", BOOT, "Wants=network-online.target", "After=network-online.target"
        ),
        f"{units}/kubernetes-firewall.service": _unit(
            "Ports of Kubernetes",
            f"/usr/sbin/nft -f /{RULES_FILE}",
            "DefaultDependencies=no",
            "Wants=network-pre.target",
            "Before=network-pre.target",
            "After=systemd-modules-load.service local-fs.target",
        ),
    }


def _systemd_steps(cluster: Cluster) -> Iterator[str]:
    yield "export DEBIAN_FRONTEND=noninteractive"
    yield "apt-get update"
    packages = _packages(cluster, ("conntrack", "ethtool", "gdisk", "iproute2", "iptables", "parted", "socat"))
    yield f"apt-get install --yes --option Dpkg::Options::=--force-confold {packages}"
    yield from _NO_UFW
    yield "swapoff -a"
    yield "sed -i '/[[:space:]]swap[[:space:]]/s/^[^#]/#&/' /etc/fstab"
    yield from _MODULES
    yield _SYSCTL
    yield "systemctl daemon-reload"
    yield f"nft -c -f /{RULES_FILE}"
    yield "systemctl enable kubernetes-firewall kubernetes-host"
    yield "systemctl restart kubernetes-firewall kubernetes-host"
    if not is_kubespray(cluster):
        yield "systemctl enable chrony containerd"
        yield "systemctl restart chrony containerd"
    if services := " ".join(_balancer(cluster)):
        yield from _on_control_planes(
            (f"systemctl enable {services}", f"systemctl restart {services}"), (f"systemctl disable --now {services}",)
        )
    yield from _TIMERS


def _unit(purpose: str, command: str, *wishes: str) -> str:
    return render_lines(
        "[Unit]",
        f"Description={purpose}",
        *wishes,
        *(
            ()
            if any(wish.startswith("Before=") for wish in wishes)
            else ("Before=containerd.service kubelet.service keepalived.service",)
        ),
        "",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        f"ExecStart={command}",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
    )


def _debian(folder: str, cluster: Cluster) -> Files:
    return _systemd(folder, cluster)


def _ubuntu(folder: str, cluster: Cluster) -> Files:
    names = cluster.settings.network.nameservers and not is_kubespray(cluster)
    return _systemd(folder, cluster, before=("systemctl restart systemd-resolved",) if names else ())


def _raspbian(folder: str, cluster: Cluster) -> Files:
    """Raspberry Pi's firmware switches the memory controller off unless its command line says otherwise."""
    return _systemd(
        folder,
        cluster,
        before=(
            "line=/boot/firmware/cmdline.txt",
            '[ -f "$line" ] || line=/boot/cmdline.txt',
            'if ! grep -q cgroup_enable=memory "$line"; then',
            "  sed -i '1s/$/ cgroup_enable=cpuset cgroup_enable=memory cgroup_memory=1/' \"$line\"",
            "  echo 'apply.sh: restart this host once, for the memory controller' >&2",
            "fi",
            "if systemctl list-unit-files dphys-swapfile.service | grep -q dphys; then",
            "  systemctl disable --now dphys-swapfile",
            "fi",
        ),
    )


_SYSTEMS: Mapping[OperatingSystem, Callable[[str, Cluster], Files]] = {
    OperatingSystem.ALPINE: _alpine,
    OperatingSystem.DEBIAN: _debian,
    OperatingSystem.UBUNTU: _ubuntu,
    OperatingSystem.RASPBIAN: _raspbian,
    OperatingSystem.OTHER: lambda folder, _cluster: {
        f"{folder}/apply.sh": render_script(
            "This operating system is not known: the files are in place, and the rest is yours to switch on.",
            *_MODULES,
            _SYSCTL,
        )
    },
}
