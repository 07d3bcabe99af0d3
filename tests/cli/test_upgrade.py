"""`trimtab upgrade` says what can move and what changes with it, and writes only what will not be refused."""

from __future__ import annotations

import json
import shlex
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from repository_support.repository import Repository
from trimtab.catalogue.components import newest_release
from trimtab.pipeline import upgrading

ROOK = """
kubernetes: {version: "1.34", distributionVersion: v2.30.0}
nodes: {one: {disks: [{name: sdb, size: 10Gi}]}, two: {disks: [{name: sdb, size: 10Gi}]}}
components:
  calico: null
  rook:
    version: %s
    devices: fromNodes
    blockPools: {fast: {replicas: 2, storageClass: {name: fast}}}
    values: {rook-operator: {csi: {kubeletDirPath: /x}}}
"""
KUBEADM = """
kubernetes: {version: "1.34", distribution: kubeadm, provides: [calico], endpoint: "api.example.org:6443"}
nodes:
  one: {os: debian}
  two: {os: alpine}
  three: {os: ubuntu, address: 192.0.2.13, roles: [control-plane]}
"""


@pytest.fixture
def rook(repository: Repository) -> Repository:
    """A cluster with a Rook two minors behind."""
    repository.add(ROOK % "v1.18.11")
    return repository


def listed(repository: Repository, *arguments: str) -> dict[str, Any]:
    """Give what is listed of the one cluster, by name."""
    done = repository.call("upgrade", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    (cluster,) = json.loads(done.stdout)["clusters"]
    return {one["name"]: one for one in cluster["upgrades"]}


def test_every_component_is_listed_with_its_way(rook: Repository) -> None:
    """Kubernetes and kubespray too; the way leads over every minor that must be walked."""
    found = listed(rook)
    assert list(found) == ["kubernetes", "kubespray", "argocd", "cert-manager", "rook"]
    assert (found["rook"]["next"], found["rook"]["way"]) == ("v1.19.10", ["v1.19.10", "v1.20.6"])
    assert found["rook"]["pin"]["file"] == "apps/clusters/lab.yaml"
    assert found["cert-manager"]["pin"] is None
    assert found["kubernetes"]["way"] == ["1.35", "1.36"]


def test_what_changes_for_you_is_said(rook: Repository) -> None:
    """Values of yours that die, applications and charts that come, definitions, and what must be done by hand."""
    changes = listed(rook, "rook", "--to", "v1.20.6")["rook"]["changes"]
    assert changes["applicationsAdded"] == ["rook-csi"]
    assert "ceph-csi-drivers none -> 1.0.4" in changes["charts"]
    assert [one["setting"] for one in changes["deadValues"]] == [
        "components.rook.values.rook-operator.csi.kubeletDirPath"
    ]
    assert "cephnvmeofgateways.ceph.rook.io" in changes["crdsAdded"]
    assert changes["keysRemoved"] > 70
    assert any(step["byHand"] and "1.19.5" in step["text"] for step in changes["steps"])


def test_a_step_that_would_be_refused_says_why(rook: Repository) -> None:
    """Before anything is edited."""
    refused = {one["code"] for one in listed(rook, "rook", "--to", "v1.20.6")["rook"]["refused"]}
    assert refused == {"below-upgrade-floor", "dead-helm-value"}
    assert listed(rook, "rook")["rook"]["refused"] == []


def test_a_written_pin_is_the_only_change(rook: Repository) -> None:
    """The file differs in one place, and the cluster is as sound as before."""
    file = rook.root / "apps/clusters/lab.yaml"
    before = file.read_text()
    done = rook.call("upgrade", "rook", "--write")
    assert (done.returncode, done.stderr) == (
        0,
        "apps/clusters/lab.yaml: components.rook.version v1.18.11 -> v1.19.10\n",
    )
    assert file.read_text() == before.replace("v1.18.11", "v1.19.10")


def test_what_would_be_refused_is_not_written(rook: Repository) -> None:
    """The findings are shown, and the file stays."""
    file = rook.root / "apps/clusters/lab.yaml"
    before = file.read_text()
    done = rook.call("upgrade", "rook", "--write", "--to", "v1.20.6")
    assert done.returncode == 1
    assert "error[below-upgrade-floor]: " in done.stderr
    assert done.stderr.endswith("nothing written: these would be refused\n")
    assert file.read_text() == before


def test_a_shared_pin_is_judged_for_every_cluster(repository: Repository) -> None:
    """A version in platform.yaml moves all clusters that read it: one that refuses keeps it from being written."""
    repository.write(
        "apps/platform.yaml",
        (repository.root / "apps/platform.yaml").read_text() + "components: {cert-manager: {version: v1.20.3}}\n",
    )
    text = (repository.root / "apps/clusters/lab.yaml").read_text()
    old = text.replace("cluster: lab", "cluster: old").replace('"1.35"', '"1.32"')
    repository.write("apps/clusters/old.yaml", old)
    done = repository.call("upgrade", "lab", "cert-manager", "--write")
    assert done.returncode == 1
    assert "supports Kubernetes 1.33 to 1.36, and this is 1.32" in done.stderr


def test_what_was_edited_meanwhile_is_not_written_over(rook: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saved the file in an editor while we were planning."""
    file = rook.root / "apps/clusters/lab.yaml"

    def edit(*_: object) -> tuple[()]:
        file.write_text("mine")
        return ()

    monkeypatch.setattr(upgrading, "iter_refusals", edit)
    done = rook.call("upgrade", "rook", "--write")
    assert (done.returncode, file.read_text()) == (3, "mine")
    assert "error: apps/clusters/lab.yaml was changed since it was read" in done.stderr


def test_a_link_to_a_settings_file_stays_one(rook: Repository, tmp_path: Path) -> None:
    """Two repositories may share it, and its owner may keep others from reading it."""
    link, shared = rook.root / "apps/clusters/lab.yaml", tmp_path / "shared.yaml"
    link.rename(shared)
    shared.chmod(0o600)
    link.symlink_to(shared)
    before = shared.read_bytes()
    assert rook.call("upgrade", "rook", "--write").returncode == 0
    assert link.readlink() == shared
    assert shared.read_bytes() == before.replace(b"v1.18.11", b"v1.19.10")
    assert stat.S_IMODE(shared.stat().st_mode) == 0o600


def test_a_component_without_a_pin_gets_one(repository: Repository) -> None:
    """So that it can stay behind the newest, where the guard wants a step in between."""
    assert repository.call("upgrade", "cert-manager", "--write", "--to", "v1.20.3").returncode == 0
    assert listed(repository, "cert-manager")["cert-manager"]["current"] == "v1.20.3"


def test_a_tag_of_kubespray_takes_its_kubernetes_along(repository: Repository) -> None:
    """A minor alone would be another one's than the tag installs."""
    repository.add('kubernetes: {version: "1.34", distributionVersion: v2.30.0}')
    done = repository.call("upgrade", "kubespray", "--write")
    assert done.returncode == 0, done.stderr
    found = listed(repository)
    assert (found["kubespray"]["current"], found["kubernetes"]["current"]) == ("v2.31.0", "1.35")


def test_nodes_are_upgraded_one_after_the_other(repository: Repository) -> None:
    """The first control plane applies, the others follow, workers last; each by its own packages, drained first."""
    repository.add(KUBEADM)
    commands = listed(repository, "kubernetes")["kubernetes"]["commands"]
    text = "\n".join(commands)
    order = [text.index(word) for word in ("upgrade apply", "# the control plane three", "# the worker two")]
    assert order == sorted(order)
    assert text.count("kubeadm upgrade apply") == 1
    for node in ("one", "three", "two"):
        assert text.index(f"kubectl drain {node} ") < text.index(f"kubectl uncordon {node}")
    assert 'apk add --update-cache "kubeadm~1.35"' in text
    assert 'apt-get install --yes "kubelet=1.35.*"' in text


def test_commands_are_shell(repository: Repository) -> None:
    """Every line is read by a shell without a complaint, and the remote half of each too."""
    repository.add(KUBEADM)
    for command in listed(repository, "kubernetes")["kubernetes"]["commands"]:
        words = shlex.split(command, comments=True)
        for script in (command, *(words[-1:] if words[:1] == ["ssh"] else ())):
            subprocess.run(["sh", "-n", "-c", script], check=True, capture_output=True)


def test_a_node_alone_is_not_drained(repository: Repository) -> None:
    """Its pods could go nowhere."""
    repository.add(KUBEADM)
    repository.add("nodes: {two: null, three: null}")
    assert "drain" not in "\n".join(listed(repository, "kubernetes")["kubernetes"]["commands"])


def test_the_newest_has_nowhere_to_go(repository: Repository) -> None:
    """It is listed all the same, without a target."""
    one = listed(repository, "cert-manager")["cert-manager"]
    assert (one["current"], one["target"], one["newest"]) == (newest_release("cert-manager").version, None, None)
    done = repository.call("upgrade", "cert-manager", "--write")
    assert (done.returncode, done.stderr) == (0, "nothing to write: all is where it can go\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rok"], "neither a cluster nor a component; did you mean 'rook'?"),
        (["--write"], "name one component with --to and --write"),
        (["rook", "--to", "v9.9.9"], "v9.9.9 is no version of rook; known are v1.20.6, "),
        (["rook", "harbor", "--write"], "name one component"),
    ],
)
def test_wrong_usage_is_said(repository: Repository, arguments: list[str], said: str) -> None:
    """With what would be right."""
    done = repository.call("upgrade", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_text_tells_the_same_as_json(rook: Repository) -> None:
    """Every version and every thing to do is in both."""
    text = rook.call("upgrade").stdout
    assert "rook          v1.18.11 -> v1.19.10  newest v1.20.6, by v1.19.10 -> v1.20.6  Kubernetes 1.30 to 1.35" in text
    assert "by hand: Ceph must be at 19.2.0" in text
    assert "on the nodes: trimtab upgrade lab kubespray prints the commands" in text
    assert "upgrade-cluster.yml" in rook.call("upgrade", "kubespray").stdout


def test_settings_with_an_error_are_told_as_check_tells_them(repository: Repository) -> None:
    """There is no plan to speak of."""
    repository.add("components: {cert-manager: {versoin: v1.20.3}}")
    done = repository.call("upgrade")
    assert done.returncode == 1
    assert "error[unknown-setting]" in done.stderr
