"""Scripts and pages as a stranger uses them: they parse, they refuse nonsense, they name what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CLUSTERS = [
    ("IPv4", "one", {}),
    ("IPv6", "many", {"nodeDefaults": {"os": "alpine", "root": "tmpfs", "data": "/data"}}),
    ("dual", "many", {"kubernetes": {"endpointProvider": "kube-vip", "endpointAddress": "2001:db8::100"}}),
    ("IPv4", "many", {"kubernetes": {"distribution": "kubespray"}, "nodeDefaults": {"os": "raspbian"}}),
    (
        "IPv4",
        "many",
        {"kubernetes": {"endpoint": "192.0.2.100:8443", "endpointProvider": "haproxy-keepalived"}},
    ),
]
EVERYTHING = {
    "components": {"calico": {"bgp": {}}, "metallb": {}, "rook": {}},
    "backup": {"etcd": {"every": "6h"}},
    "network": {"nameservers": ["9.9.9.9"], "timeServers": ["time.example.org"], "kubeProxy": {"mode": "nftables"}},
    "registries": {"registry.example.org": {"caFile": "certs/ca.pem"}},
}
DISKS = [{"name": "sdb", "size": "8Gi"}, {"name": "/dev/disk/by-id/ata-X", "size": "8Gi"}]


@pytest.fixture(params=CLUSTERS, ids=lambda case: f"{case[0]}-{case[1]}-{len(str(case[2]))}")
def made(request, day0):
    """Give the files of clusters of every kind, with all that can be switched on."""
    family, shape, more = request.param
    more = {**EVERYTHING, **more}
    more["nodeDefaults"] = {"disks": DISKS, **more.get("nodeDefaults", {})}
    if more.get("kubernetes", {}).get("distribution") == "kubespray":
        more["components"] = {"metallb": {}, "rook": {}}
    return day0(family, shape, **more)


def run_sh(*arguments: str, script: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the shell."""
    return subprocess.run(["sh", *arguments], input=script, capture_output=True, text=True, check=False, timeout=30)


def write(made, folder: Path) -> Path:
    """Write all files below a folder."""
    for path, text in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def blocks(text: str) -> list[str]:
    """Give the shell blocks of a page."""
    return re.findall(r"```shell\n(.*?)```", text, re.DOTALL)


def test_every_script_and_every_block_of_a_page_is_shell(made) -> None:
    """`sh -n` reads them all."""
    texts = {path: [text] for path, text in made.files.items() if text.startswith("#!/bin/sh")}
    texts |= {path: blocks(text) for path, text in made.files.items() if path.endswith(".md")}
    assert [path for path, each in texts.items() for text in each if run_sh("-n", script=text).returncode] == []
    assert len(texts) > 10


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_finds_nothing(made, tmp_path) -> None:
    """Neither unquoted words nor anything else that shells read in two ways."""
    folder = write(made, tmp_path)
    scripts = [str(folder / path) for path, text in made.files.items() if text.startswith("#!/bin/sh")]
    done = subprocess.run(
        ["shellcheck", "--shell", "sh", "--severity", "warning", *scripts],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == ""


@pytest.mark.skipif(shutil.which("nft") is None, reason="nft is not installed")
def test_nft_takes_the_rules(made, tmp_path) -> None:
    """`nft --check` reads every rule file, in a network namespace of its own."""
    for path in [path for path in made.files if path.endswith(".nft")]:
        file = tmp_path / "rules.nft"
        file.write_text(made[path])
        done = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--net", "nft", "--check", "--file", str(file)],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        assert done.stderr == ""


def test_rules_are_whole(made) -> None:
    """Braces meet, every set that a rule names is defined, and each rule ends in a verdict."""
    for text in (text for path, text in made.files.items() if path.endswith(".nft")):
        assert text.count("{") == text.count("}")
        assert set(re.findall(r"@(\w+)", text)) <= set(re.findall(r"set (\w+) \{", text))
        rules = re.findall(r"^\t\t((?:tcp|udp|ip6?|meta) .*)$", text.split("chain input")[1], re.MULTILINE)
        assert [rule for rule in rules if " accept" not in rule] == []


def test_every_file_that_a_page_names_exists(made) -> None:
    """Links lead somewhere, and so do the paths that commands name."""
    missing = []
    for path, text in ((path, text) for path, text in made.files.items() if path.endswith(".md")):
        base = path.rpartition("/")[0]
        links = [f"{base}/{link}".lstrip("/") for link in re.findall(r"\]\((?!http)([^)#]+)\)", text)]
        named = re.findall(r"(?<![\w$./])(?:bootstrap/)?((?:00-hosts|10-|20-|30-|40-)[\w./+-]+\.(?:sh|yaml|md))", text)
        wanted = [name for name in (*links, *named) if "NODE" not in name]
        missing += [f"{path}: {name}" for name in wanted if not any(f.startswith(name) for f in made.files)]
    assert missing == []


def test_prepared_image_has_every_file_at_its_place(made, tmp_path) -> None:
    """With a second argument the files are put below it, scripts can be run, and nothing is started."""
    folder, image = write(made, tmp_path / "bootstrap"), tmp_path / "image"
    done = run_sh(str(folder / "00-hosts/prepare.sh"), "n1", str(image))
    assert (done.returncode, done.stderr) == (0, "")
    assert (image / "usr/local/sbin/kubernetes-host").stat().st_mode & 0o777 == 0o755
    assert (image / "etc/nftables.d/kubernetes.nft").read_text() == (
        made["00-hosts/control-plane/files/etc/nftables.d/kubernetes.nft"]
    )
    assert (image / "etc/modules-load.d/kubernetes.conf").stat().st_mode & 0o777 == 0o644


def test_host_not_prepared_is_said_so_to_the_end(made, tmp_path) -> None:
    """This machine is none of the hosts: every check is made, what is missing is said, and the exit code is 1."""
    folder = write(made, tmp_path)
    done = run_sh(str(folder / "00-hosts/check.sh"), "n1")
    assert (done.returncode, done.stderr) == (1, "")
    assert "WRONG  the address" in done.stdout
    assert "WRONG  the firewall" in done.stdout
    assert done.stdout.count("\n") == len(re.findall(r"^(?:ok    |WRONG) ", done.stdout, re.MULTILINE))


@pytest.mark.parametrize("script", ["prepare.sh", "check.sh"])
def test_unknown_node_is_refused(made, tmp_path, script) -> None:
    """A misspelt name prepares nothing."""
    folder = write(made, tmp_path)
    done = run_sh(str(folder / "00-hosts" / script), "stranger", str(tmp_path / "image"))
    assert done.returncode == 2
    assert "no node stranger" in done.stderr
    assert not (tmp_path / "image").exists()


@pytest.mark.parametrize("arguments", [("--wipe", "sda"), ("--wipe",), ("sdb",), ("--wipe", "sd")])
def test_ceph_disk_not_blank_is_wiped_only_when_named(made, tmp_path, arguments) -> None:
    """A disk that the settings do not name, half a name, or no name at all: nothing is touched."""
    folder = write(made, tmp_path)
    done = run_sh(str(folder / "00-hosts/nodes/n1/disks.sh"), *arguments)
    assert done.returncode == 2
    assert "wiped" not in done.stdout


def test_ceph_disk_not_blank_is_shown(made) -> None:
    """Without arguments the script only looks: `wipefs` changes nothing with this flag."""
    shown, _, wiping = made["00-hosts/nodes/n1/disks.sh"].partition("exit 0")
    assert "wipefs --no-act" in shown
    assert "--all" not in shown
    assert "dd " not in shown
    assert "wipefs --all" in wiping


FAKE_CRICTL = """#!/bin/sh
# Containers are files that hold their id; one that is stopped comes back with another id.
echo "$@" >> "$STATE/log"
case $1 in
  ps) name=${5#^}; cat "$STATE/${name%$}" 2>/dev/null ;;
  stop) for file in "$STATE"/kube-* "$STATE/etcd"; do
      if [ "$(cat "$file")" = "$4" ]; then echo "$4-again" > "$file"; fi
    done ;;
esac
"""
PODS = ("kube-scheduler", "kube-controller-manager", "kube-apiserver", "etcd")


@pytest.fixture
def renewal(day0, tmp_path):
    """Give the script that renews certificates, among programs that only note what they are asked."""
    script, programs, state = tmp_path / "renew", tmp_path / "bin", tmp_path / "state"
    script.write_text(day0()["00-hosts/control-plane/files/usr/local/sbin/kubernetes-renew-certificates"])
    programs.mkdir()
    state.mkdir()
    for name, text in (("crictl", FAKE_CRICTL), ("kubeadm", '#!/bin/sh\necho kubeadm "$@" >> "$STATE/log"\n')):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (programs / "sleep").symlink_to("/bin/true")
    for name in PODS:
        (state / name).write_text(f"{name}-1\n")

    def run() -> subprocess.CompletedProcess[str]:
        surroundings = {"PATH": f"{programs}:/usr/bin:/bin", "STATE": str(state)}
        return subprocess.run(
            ["sh", str(script)], env=surroundings, capture_output=True, text=True, check=False, timeout=30
        )

    return run, state


def test_certificate_expired_every_pod_starts_again_after_the_renewal(renewal) -> None:
    """Each container is stopped once, one after the other, and the next one only when it is back."""
    run, state = renewal
    assert run().returncode == 0
    log = (state / "log").read_text().splitlines()
    assert (log[1], log[-1]) == ("kubeadm certs renew all", "kubeadm certs check-expiration")
    assert [line.split()[-1] for line in log if line.startswith("stop")] == [f"{name}-1" for name in PODS]
    assert [(state / name).read_text().strip() for name in PODS] == [f"{name}-1-again" for name in PODS]


def test_certificate_expired_power_cut_in_the_midst_of_a_renewal_harms_nothing(day0) -> None:
    """The script takes no file away, so that a host which starts again finds its whole control plane."""
    script = day0()["00-hosts/control-plane/files/usr/local/sbin/kubernetes-renew-certificates"]
    assert not re.findall(r"\b(mv|rm|cp)\b|/etc/kubernetes/manifests|>(?!&2)", script)


def test_certificate_expired_without_an_answer_of_containerd_nothing_is_renewed(renewal) -> None:
    """New certificates that nobody reads would be forgotten until they expire."""
    run, state = renewal
    (state.parent / "bin/crictl").write_text("#!/bin/sh\nexit 1\n")
    assert run().returncode == 1
    assert not (state / "log").exists()


def test_certificate_expired_pod_that_does_not_come_back_stops_the_renewal(renewal) -> None:
    """What comes next is left alone while one is down: the script fails and names it."""
    run, state = renewal
    (state.parent / "bin/crictl").write_text(FAKE_CRICTL.replace('echo "$4-again" > "$file"', ': > "$file"'))
    done = run()
    assert done.returncode == 1
    assert "kube-scheduler does not come back" in done.stderr
    assert (state / "etcd").read_text() == "etcd-1\n"


@pytest.mark.parametrize(("family", "tools"), [("IPv6", {"6"}), ("IPv4", {""}), ("dual", {"", "6"})])
def test_host_not_prepared_rules_are_looked_for_where_their_family_is_kept(day0, family, tools) -> None:
    """`ip6tables-save` for IPv6, `iptables-save` for IPv4; and `nft`, in case kube-proxy has the other back end."""
    script = day0(family)["00-hosts/check.sh"]
    assert set(re.findall(r"ip(6?)tables-save", script)) == tools
    assert set(re.findall(r"nft list table ip(6?) nat", script)) == tools
    nftables = day0(family, network={"kubeProxy": {"mode": "nftables"}})["00-hosts/check.sh"]
    assert set(re.findall(r"nft list table ip(6?) kube-proxy", nftables)) == tools
    assert "tables-save" not in nftables


def test_host_not_prepared_without_kube_proxy_no_rules_are_looked_for(day0) -> None:
    """With Calico's BPF there are none."""
    assert "KUBE-SERVICES" not in day0(kubernetes={"provides": ["coredns"]})["00-hosts/check.sh"]


def test_etcd_quota_volume_of_its_own_is_checked_where_it_is_said_to_be(day0) -> None:
    """Control planes alone, by the device: a directory mounted again from the same disk is none."""
    made = day0(kubernetes={"etcd": {"ownVolume": True}})
    script = made["00-hosts/check.sh"]
    assert "  n1 | n2 | n3)" in script
    assert "stat -c %d /var/lib/etcd" in script
    assert "mkfs.ext4 -L etcd" in made["README.md"]
    assert "own volume" not in day0()["00-hosts/check.sh"]
    assert "mkfs" not in day0()["README.md"]
