"""The toolbox: its script is run against files as Rook mounts them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from rook_support.made import make_cluster
from trimtab.components.rook.toolbox import SCRIPT


def test_toolbox_only_where_wanted() -> None:
    """No pod with the admin key runs unless it was asked for."""
    assert [b for b in make_cluster(hosts=[1]).built if b.manifest["kind"] == "Deployment"] == []


def test_toolbox_runs_the_clusters_ceph() -> None:
    """Its image is the cluster's, and it runs without rights beyond reading the key."""
    made = make_cluster({"toolbox": {}}, hosts=[1])
    [container] = made.spec("Deployment")["template"]["spec"]["containers"]
    assert container["image"] == made.spec("CephCluster")["cephVersion"]["image"]
    assert container["securityContext"]["runAsNonRoot"] is True


def test_script_writes_what_ceph_reads(tmp_path: Path) -> None:
    """IPv6 monitors keep their brackets, names of monitors are dropped, the key stands under its user."""
    for folder, name, text in (
        ("run/ceph/monitors", "data", "a=[2001:db8::1]:3300,b-c=[2001:db8::2]:3300"),
        ("run/ceph/admin", "ceph-secret", "AQ=="),
        ("etc/ceph", "old", ""),
    ):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / name).write_text(text, "utf-8")
    once = SCRIPT.replace("/run/ceph", f"{tmp_path}/run/ceph").replace("/etc/ceph", f"{tmp_path}/etc/ceph")
    once = once.replace("sleep 30 &\n  wait $!", "exit 0")
    subprocess.run(["/bin/bash", "-c", once], check=True, env={"CEPH_USER": "client.admin", "PATH": "/usr/bin:/bin"})
    assert (tmp_path / "etc/ceph/ceph.conf").read_text("utf-8") == (
        "[global]\nmon_host = [2001:db8::1]:3300,[2001:db8::2]:3300\n"
    )
    assert (tmp_path / "etc/ceph/keyring").read_text("utf-8") == "[client.admin]\nkey = AQ==\n"
