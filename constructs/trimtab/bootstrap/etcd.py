"""What keeps the control plane alive by itself: snapshots of etcd, and certificates renewed in time."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.bootstrap.addresses import control_planes
from trimtab.bootstrap.files import Files, quote, render_lines, render_script
from trimtab.bootstrap.host_files import is_kubespray
from trimtab.plan.cluster import Cluster
from trimtab.plan.nodes import NodeFacts
from trimtab.settings.hosts import EtcdBackup
from trimtab.settings.nodes import OperatingSystem

SNAPSHOT = "/usr/local/sbin/etcd-snapshot"
RENEWAL = "/usr/local/sbin/kubernetes-renew-certificates"

ETCDCTL = "/usr/local/sbin/etcdctl-here"


def plan_etcd_files(cluster: Cluster) -> Files:
    """Give the scripts and timers of every control plane.

    Each renews its certificates on a day of its own: its pods start again, and etcd wants most of its members.
    """
    files: Files = {}
    backup = cluster.settings.backup.etcd
    folder = "00-hosts/control-plane/files"
    files[f"{folder}{ETCDCTL}"] = render_script(*_etcdctl(cluster))
    if backup:
        files[f"{folder}{SNAPSHOT}"] = render_script(*_snapshot(backup))
    if not is_kubespray(cluster):
        files[f"{folder}{RENEWAL}"] = render_script(*_renewal())
    for day, node in enumerate(control_planes(cluster), 1):
        if backup:
            files |= _timer(node, "etcd-snapshot", SNAPSHOT, _calendar(backup.every), _cron(backup.every))
        if not is_kubespray(cluster):
            calendar, cron = f"*-*-{day:02} 03:17:00", f"17 3 {day} * *"
            files |= _timer(node, "kubernetes-renew-certificates", RENEWAL, calendar, cron)
    return files


def _etcdctl(cluster: Cluster) -> Iterator[str]:
    yield "Runs etcdctl against the member on this host: etcdctl-here endpoint status --write-out table"
    if is_kubespray(cluster):
        yield "set -a"
        yield ". /etc/etcd.env"
        yield "set +a"
        yield "# etcd's own settings would be taken for flags of etcdctl."
        yield 'exec env -i PATH=/usr/local/bin:/usr/bin:/bin ETCDCTL_ENDPOINTS="$ETCDCTL_ENDPOINTS" \\'
        yield '  ETCDCTL_CACERT="$ETCDCTL_CACERT" ETCDCTL_KEY="$ETCDCTL_KEY" ETCDCTL_CERT="$ETCDCTL_CERT" etcdctl "$@"'
        return
    yield "endpoint=$(sed -n 's/.*--advertise-client-urls=//p' /etc/kubernetes/manifests/etcd.yaml)"
    yield "container=$(crictl ps --state Running --name '^etcd$' --quiet | head -n 1)"
    yield 'if [ -z "$container" ]; then echo "etcdctl-here: no etcd runs here" >&2; exit 1; fi'
    yield "pki=/etc/kubernetes/pki/etcd"
    yield 'exec crictl exec "$container" etcdctl --endpoints "$endpoint" --cacert $pki/ca.crt \\'
    yield '  --cert $pki/server.crt --key $pki/server.key "$@"'


def _snapshot(backup: EtcdBackup) -> Iterator[str]:
    """The member writes into its data directory, which is all that its container sees of the host."""
    yield "Takes a snapshot of etcd and keeps the last ones."
    yield f"directory={quote(backup.directory)}"
    yield 'mkdir -p "$directory"'
    yield 'chmod 0700 "$directory"'
    yield "data=/var/lib/etcd"
    yield f"{ETCDCTL} snapshot save $data/snapshot.part"
    yield 'mv $data/snapshot.part "$directory/etcd-$(date -u +%Y%m%dT%H%M%SZ).db"'
    yield "# The oldest ones go."
    yield 'cd "$directory"'
    yield f"printf '%s\\n' etcd-*.db | sort -r | tail -n +{backup.keep + 1} | while read -r old; do"
    yield '  rm -- "$old"'
    yield "done"


def _renewal() -> Iterator[str]:
    """Kubeadm renews at an upgrade alone; the static pods read a new certificate when they start again.

    Their containers are stopped, and the kubelet starts them again. Moving their manifests away and back would do it as
    well, but a host that loses its power in between comes back without a control plane.
    """
    yield "Renews the certificates of the control plane and starts its pods again, one after the other."
    yield "running() {"
    yield r'  crictl ps --state Running --name "^$1\$" --quiet'
    yield "}"
    yield "# Without an answer here nothing below would be seen to run."
    yield "crictl version"
    yield "kubeadm certs renew all"
    yield "for name in kube-scheduler kube-controller-manager kube-apiserver etcd; do"
    yield '  container=$(running "$name" | head -n 1)'
    yield '  [ -n "$container" ] || continue'
    yield '  crictl stop --timeout 30 "$container"'
    yield "  tries=0"
    yield '  until [ -n "$(running "$name")" ]; do'
    yield "    tries=$((tries + 1))"
    yield '    if [ "$tries" -gt 60 ]; then echo "$name does not come back" >&2; exit 1; fi'
    yield "    sleep 3"
    yield "  done"
    yield "  # What asks it finds it again before the next one stops."
    yield "  sleep 10"
    yield "done"
    yield "kubeadm certs check-expiration"


def _timer(node: NodeFacts, name: str, command: str, calendar: str, cron: str) -> Files:
    """Give a systemd timer, or a line for crond."""
    folder = f"00-hosts/nodes/{node.name}/files/etc"
    if node.os == OperatingSystem.ALPINE:
        return {f"{folder}/crontabs.d/{name}": render_lines(f"{cron} {command}")}
    unit = f"{folder}/systemd/system/{name}"
    return {
        f"{unit}.service": render_lines(
            *("[Unit]", f"Description={name}", "", "[Service]", "Type=oneshot", f"ExecStart={command}")
        ),
        f"{unit}.timer": render_lines(
            *("[Unit]", f"Description={name}", "", "[Timer]", f"OnCalendar={calendar}", "Persistent=true", ""),
            *("[Install]", "WantedBy=timers.target"),
        ),
    }


def _calendar(every: str) -> str:
    """Give a period as systemd's OnCalendar: `6h` is `00/6:00`, `30m` is `*:00/30`."""
    return f"00/{every[:-1]}:00" if every.endswith("h") else f"*:00/{every[:-1]}"


def _cron(every: str) -> str:
    """Give a period as cron's five fields."""
    return f"0 */{every[:-1]} * * *" if every.endswith("h") else f"*/{every[:-1]} * * * *"
