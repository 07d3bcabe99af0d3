"""A new repository passes `check` and `synth` at once, whatever was answered."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from repository_support.repository import TOP, Repository
from trimtab.init.examples import list_examples

IPV4 = ("--node", "one=192.0.2.11", "--node", "two=192.0.2.12")
IPV6 = ("--node", "one=2001:db8::11", "--pods", "2001:db8:1::/56", "--services", "2001:db8:2::/108")
DUAL = (
    *IPV4,
    "--pods",
    "10.244.0.0/16",
    "--pods",
    "fd00:1::/56",
    "--services",
    "10.96.0.0/16",
    "--services",
    "fd00:2::/108",
)
DISTRIBUTIONS = ("kubeadm", "kubespray", "k3s", "rke2", "k0s", "microk8s", "other")


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
@pytest.mark.parametrize("nodes", [(), IPV4, IPV6, DUAL], ids=["counted", "IPv4", "IPv6", "dual"])
def test_what_was_answered_passes_check(empty: Repository, distribution: str, nodes: tuple[str, ...]) -> None:
    """No error and no warning, nothing allowed away."""
    done = empty.call("init", "--distribution", distribution, *nodes)
    assert done.returncode == 0, done.stderr
    assert "nothing wrong: my-lab\n" in done.stderr
    assert [finding.code for finding in empty.check().findings] == []


@pytest.mark.parametrize("arguments", [(), IPV6, *(("--example", name) for name in list_examples())])
def test_a_new_repository_passes_synth(empty: Repository, arguments: tuple[str, ...]) -> None:
    """The tree is written by the one cluster there is."""
    assert empty.call("init", *arguments).returncode == 0
    done = empty.call("synth")
    assert done.returncode == 0, done.stderr
    (cluster,) = (empty.root / "apps/clusters").glob("*.yaml")
    assert (empty.root / "dist" / cluster.stem / "root.yaml").exists()


def test_the_top_level_is_the_documented_one(empty: Repository) -> None:
    """Settings and the house around them; constructs of one's own without an `__init__.py`."""
    assert empty.call("init", "--name", "lab").returncode == 0
    found = {path for path in empty.tree(".") if not path.startswith("schemas/")}
    assert found == {
        ".gitattributes",
        ".gitignore",
        "Makefile",
        "README.md",
        "apps/clusters/lab.yaml",
        "apps/main.py",
        "apps/platform.yaml",
        "cdk8s.yaml",
        "constructs/README.md",
        "pyproject.toml",
    }


@pytest.mark.parametrize("file", ["apps/main.py", "cdk8s.yaml"])
def test_what_this_repository_has_too_is_the_same(empty: Repository, file: str) -> None:
    """The templates do not drift from what is tested here every day."""
    empty.call("init")
    assert (empty.root / file).read_bytes() == (TOP / file).read_bytes()


def test_schemas_are_copied_whole(empty: Repository) -> None:
    """Editors need no network."""
    empty.call("init")
    assert empty.tree("schemas") == Repository(root=TOP).tree("schemas")


def test_the_version_that_made_it_is_pinned(empty: Repository) -> None:
    """Another version may write other bytes."""
    from trimtab import __version__

    empty.call("init")
    project = tomllib.loads((empty.root / "pyproject.toml").read_text())["project"]
    assert project["dependencies"] == [f"trimtab=={__version__}"]


def test_nothing_is_written_over(empty: Repository) -> None:
    """One file in the way is named, and nothing at all is written."""
    empty.write("README.md", "mine\n")
    empty.write("apps/platform.yaml", "mine: 1\n")
    done = empty.call("init")
    assert done.returncode == 2
    assert "these are there already:\n  README.md\n  apps/platform.yaml\n" in done.stderr
    assert set(empty.tree(".")) == {"README.md", "apps/platform.yaml"}


def test_a_file_where_a_folder_must_be_is_in_the_way(empty: Repository) -> None:
    """It is named before anything is written."""
    empty.write("apps", "mine\n")
    assert "  apps\n" in empty.call("init").stderr
    assert set(empty.tree(".")) == {"apps"}


def test_keep_leaves_what_is_there(empty: Repository) -> None:
    """A fresh clone has a README of its own."""
    empty.write("README.md", "mine\n")
    assert empty.call("init", "--keep").returncode == 0
    assert (empty.root / "README.md").read_text() == "mine\n"
    assert (empty.root / "Makefile").exists()


def test_names_that_yaml_would_read_otherwise_stay_names(empty: Repository) -> None:
    """`on` is a fine host name."""
    assert empty.call("init", "--name", "no", "--node", "on=192.0.2.1").returncode == 0
    assert list(yaml.safe_load((empty.root / "apps/clusters/no.yaml").read_text())["nodes"]) == ["on"]


def test_an_example_can_lie_in_a_repository_of_ones_own(empty: Repository) -> None:
    """`--repo-url` takes the place of the example's address."""
    empty.call("init", "--example", "cassandra-lab", "--repo-url", "https://g.example.com/mine.git")
    assert yaml.safe_load((empty.root / "apps/platform.yaml").read_text())["gitops"]["repoURL"].endswith("mine.git")


def test_an_example_brings_only_what_it_is_made_of(empty: Repository) -> None:
    """Its own file and profiles, nobody else's."""
    empty.call("init", "--example", "cassandra-lab")
    assert set(empty.tree("apps")) == {
        "clusters/cassandra-lab.yaml",
        "main.py",
        "platform.yaml",
        "profiles/kubespray.yaml",
    }


def test_examples_are_listed(empty: Repository) -> None:
    """One a line, on stdout: the clusters of this repository."""
    clusters = {path.stem for path in (TOP / "apps/clusters").glob("*.yaml")}
    assert set(empty.call("init", "--example", "list").stdout.split()) == clusters


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--example", "plac7"], "did you mean 'place7'?"),
        (["--name", "Lab"], "'Lab' is not a DNS label, such as place7"),
        (["--name", "a" * 31], "has more than 30 characters"),
        (["--node", "one"], "'one' is not of the form name=address"),
        (["--node", "one=x"], "'x' is not an IP address"),
        (["--node", "one=1.2.3"], "'1.2.3' is not an IP address"),
        (["--node", "o_e=192.0.2.1"], "'o_e' is not a DNS name"),
        (["--node", "a=192.0.2.1", "--node", "a=192.0.2.2"], "node 'a' is there twice"),
        (["--node", "one=2001:db8::1"], "--pods and --services must be given"),
        (["--distribution", "openshift"], "'openshift' is not one of kubeadm, "),
        (["--kubernetes", "latest"], "'latest' is not a version of Kubernetes, such as 1.35"),
        (["--pods", "10.0.0.0"], "'10.0.0.0' is not a range in CIDR form"),
        (["--pods", "10.0.0.0/99"], "'10.0.0.0/99' is not a range in CIDR form"),
        (["--repo-url", "git"], "'git' is not the address of a Git repository"),
    ],
)
def test_a_wrong_answer_is_refused_in_words(empty: Repository, arguments: list[str], words: str) -> None:
    """Wrong usage; nothing is written."""
    done = empty.call("init", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert empty.tree(".") == {}


def test_the_wheel_carries_the_examples() -> None:
    """`examples_root` finds them in an installation where the build puts them."""
    wheel = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["apps"] == "trimtab/_examples/apps"
