"""The commands make the Secret, and no value stands in an argument."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from secrets_support.made import make_wanted
from trimtab.secrets.commands import plan_commands, plan_seal_commands

CREATE = "kubectl create secret generic database --namespace=shop"
PASSWORD = {"password": "32 random characters"}


def test_one_random_value_is_piped() -> None:
    """The value goes from openssl to kubectl and nowhere else."""
    assert plan_commands(make_wanted(PASSWORD), "lab") == (
        "openssl rand -hex 16 | tr -d '\\n' | " + f"{CREATE} --from-file=password=/dev/stdin",
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")
@pytest.mark.parametrize("length", [1, 16, 31, 32])
def test_the_random_value_has_its_length(length: int) -> None:
    """The first part of the pipe writes exactly so many characters."""
    [command] = plan_commands(make_wanted({"a": f"{length} random characters"}), "lab")
    made = subprocess.run(["sh", "-c", command.rpartition(" | kubectl")[0]], capture_output=True, check=True)
    assert len(made.stdout) == length


def test_what_a_machine_can_make_whole_is_generated() -> None:
    """Several random values are one command of ours."""
    [command] = plan_commands(make_wanted({**PASSWORD, "user": "a user name, such as app"}), "lab")
    assert command == "trimtab secrets lab --generate --only shop/database | kubectl apply --server-side -f -"


def test_one_value_of_a_person_comes_from_stdin() -> None:
    """What is no secret may be an argument; the label comes after."""
    wanted = make_wanted({"url": "the text https://x/?a=1&b", "password": "a token"}, labels={"a/b": "c"})
    assert plan_commands(wanted, "lab") == (
        f"{CREATE} --from-literal='url=https://x/?a=1&b' --from-file=password=/dev/stdin",
        "kubectl label secret database --namespace=shop a/b=c",
    )


def test_several_values_come_from_files() -> None:
    """A random one among them is written first; the command that gives the others is told."""
    wanted = make_wanted({"id": "an access key", **PASSWORD}, type="example.org/t", obtained_by=("ceph auth x",))
    assert plan_commands(wanted, "lab") == (
        "ceph auth x",
        "openssl rand -hex 16 | tr -d '\\n' > ./password",
        f"{CREATE} --type=example.org/t --from-file=id=./id --from-file=password=./password",
    )


def test_a_certificate_has_a_command_of_its_own() -> None:
    """The command checks that key and certificate belong together."""
    wanted = make_wanted({"tls.crt": "", "tls.key": ""}, type="kubernetes.io/tls")
    assert plan_commands(wanted, "lab") == (
        "kubectl create secret tls database --namespace=shop --cert=tls.crt --key=tls.key",
    )


def test_sealing_reads_each_value_from_stdin() -> None:
    """A random one is piped; another one is asked for."""
    wanted = make_wanted({**PASSWORD, "token": "a token"})
    assert plan_seal_commands(wanted, "lab", ("password", "token")) == (
        "openssl rand -hex 16 | tr -d '\\n' | trimtab secrets lab --seal shop/database password",
        "trimtab secrets lab --seal shop/database token",
    )


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not here")
def test_kubectl_takes_the_commands(tmp_path: Path) -> None:
    """Run by a shell with kubectl's dry run, which asks no cluster, they give the Secret that was wanted."""
    wanted = make_wanted({"user": "the text it's", "id": "an id", **PASSWORD})
    (tmp_path / "id").write_text("x")
    script = "\n".join(
        f"{line} --dry-run=client -oyaml" if "kubectl" in line else line for line in plan_commands(wanted, "c")
    )
    done = subprocess.run(["sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "user: aXQncw==" in done.stdout
    assert "id: eA==" in done.stdout
