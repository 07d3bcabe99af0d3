"""`trimtab secrets`: what goes where, with which exit code, and never a value where it does not belong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from doors_support.fake_runner import FakeRunner, ended
from repository_support.repository import Done, Repository
from secrets_support.made import TODAY, make_certificate, make_controller
from trimtab.cli import secret_sealing, secret_work
from trimtab.doors import kubectl
from trimtab.doors.errors import OutsideError
from trimtab.doors.process import Ended
from trimtab.secrets.sealed_secret import sealed_values

CONTROLLER = make_controller()
TSIG = """
gitops: {credentials: {secretName: repo}}
components:
  cert-manager:
    issuers:
      acme:
        acme:
          email: a@example.org
          dns01:
            rfc2136: {nameserver: "192.0.2.1", keyName: acme, keySecret: {name: tsig, key: secret}}
            zones: [example.org]
"""
SEALED = "apps/manifests/lab/cert-manager-issuers/sealedsecret_cert-manager_tsig.yaml"


@pytest.fixture
def lab(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Three Secrets are wanted: Argo CD's two, and a TSIG key."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    repository.add(TSIG)
    return repository


@pytest.fixture
def sealing(lab: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The same, with the certificate of a controller."""
    lab.add("secrets: {provider: sealed-secrets}")
    lab.write("apps/certificates/lab.pem", CONTROLLER.pem)
    monkeypatch.setattr(secret_sealing, "read_today", lambda: TODAY)
    return lab


def answer(monkeypatch: pytest.MonkeyPatch, **names: str) -> None:
    """Let kubectl know Secrets, by namespace with underscores for dashes."""
    answers: dict[tuple[str, ...], Ended | OutsideError] = {
        (f"--namespace={space.replace('_', '-')}",): ended(f"{name} Opaque 1 1d\n") for space, name in names.items()
    }
    run = FakeRunner({**answers, ("kubectl",): ended()})
    monkeypatch.setattr(kubectl.fetch_secret_names, "__kwdefaults__", {"context": None, "run": run})


def seal(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, value: bytes, *more: str, key: str = "secret"
) -> Done:
    """Seal a value for the TSIG key."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(value)))
    return repository.call("secrets", "lab", "--seal", "cert-manager/tsig", key, *more)


def sealed_value(repository: Repository) -> str:
    """Read the ciphertext of the TSIG key."""
    return sealed_values(yaml.safe_load((repository.root / SEALED).read_text()))["secret"]


def test_the_list_is_for_people_or_programs(lab: Repository) -> None:
    """Text and JSON name the same Secrets, on stdout."""
    text = lab.call("secrets", "lab")
    value = json.loads(lab.call("secrets", "lab", "--format", "json").stdout)
    names = [f"{one['namespace']}/{one['name']}" for one in value["secrets"]]
    assert names == ["argocd/argocd-redis", "argocd/repo", "cert-manager/tsig"]
    assert all(f"\n{name}\n" in text.stdout for name in names)
    assert (text.returncode, text.stderr) == (0, "")


def test_one_secret_can_be_asked_for(lab: Repository) -> None:
    """`--only` leaves out the others; a name that is not there is told with the one that may have been meant."""
    assert "tsig" not in lab.call("secrets", "lab", "--only", "argocd/argocd-redis").stdout
    done = lab.call("secrets", "lab", "--only", "argocd/argocd-rediss")
    assert done.returncode == 2
    assert "did you mean 'argocd/argocd-redis'?" in done.stderr


def test_generated_ones_go_to_stdout(lab: Repository) -> None:
    """Namespaces first; what a machine cannot make is named on stderr."""
    done = lab.call("secrets", "lab", "--generate")
    made = list(yaml.safe_load_all(done.stdout))
    assert [(one["kind"], one["metadata"]["name"]) for one in made] == [
        ("Namespace", "argocd"),
        ("Secret", "argocd-redis"),
    ]
    assert len(made[1]["stringData"]["auth"]) == 32
    assert "not generated: argocd/repo: only a person can know password\n" in done.stderr
    assert "not generated: cert-manager/tsig: only a person can know secret\n" in done.stderr


def test_generated_ones_are_fresh_and_nowhere_else(lab: Repository) -> None:
    """Two runs give two passwords, and no file is written."""
    before = lab.tree(".")
    made = {lab.call("secrets", "lab", "--generate").stdout for _ in range(2)}
    assert len(made) == 2
    assert lab.tree(".") == before


def test_no_file_of_a_repository_takes_them(lab: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirection into the repository is refused before anything is made."""
    monkeypatch.setattr(secret_work, "find_repository_of_output", lambda: lab.root)
    done = lab.call("secrets", "lab", "--generate")
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard output is a file of the repository" in done.stderr


def test_a_redirection_into_the_repository_stays_empty(lab: Repository) -> None:
    """With a real file behind stdout."""
    command = [sys.executable, "-c", "from trimtab.cli.start import run; run()", "secrets", "lab", "--generate"]
    with (lab.root / "secrets.yaml").open("wb") as out:
        done = subprocess.run(command, cwd=lab.root, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert (lab.root / "secrets.yaml").read_bytes() == b""


def test_missing_ones_are_named(lab: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names on stdout, exit code 1; all there, exit code 0."""
    answer(monkeypatch, argocd="argocd-redis", cert_manager="tsig")
    done = lab.call("secrets", "lab", "--missing")
    assert (done.returncode, done.stdout) == (1, "argocd/repo\n")
    assert json.loads(lab.call("secrets", "lab", "--missing", "--format", "json").stdout)["missing"] == ["argocd/repo"]
    done = lab.call("secrets", "lab", "--missing", "--only", "cert-manager/tsig")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no Secret is missing\n")


def test_only_missing_ones_are_generated(lab: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that is in use is never replaced by a fresh one."""
    answer(monkeypatch, argocd="argocd-redis")
    assert lab.call("secrets", "lab", "--missing", "--generate").stdout == ""


def test_kubectl_that_fails_ends_with_three(lab: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outside world failed; nothing is said to be missing."""
    run = FakeRunner({("kubectl",): OutsideError("cannot run kubectl: no such file or directory")})
    monkeypatch.setattr(kubectl.fetch_secret_names, "__kwdefaults__", {"context": None, "run": run})
    done = lab.call("secrets", "lab", "--missing")
    assert (done.returncode, done.stdout) == (3, "")


def test_a_sealed_value_opens_for_the_controller(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies with the application that reads it, and only there; the value stands nowhere."""
    done = seal(sealing, monkeypatch, b"hunter2")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{SEALED}: secret of cert-manager/tsig sealed\n")
    assert CONTROLLER.open(sealed_value(sealing), b"cert-manager/tsig") == b"hunter2"
    assert not [name for name, content in sealing.tree(".").items() if b"hunter2" in content]


def test_the_same_value_changes_no_file(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run writes nothing; another value does."""
    seal(sealing, monkeypatch, b"hunter2")
    before = sealed_value(sealing)
    assert "unchanged" in seal(sealing, monkeypatch, b"hunter2").stderr
    assert sealed_value(sealing) == before
    seal(sealing, monkeypatch, b"hunter3")
    assert sealed_value(sealing) != before


def test_the_tree_takes_what_was_sealed(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list counts it off."""
    seal(sealing, monkeypatch, b"hunter2")
    value = json.loads(sealing.call("secrets", "lab", "--format", "json").stdout)
    [tsig] = [one for one in value["secrets"] if one["name"] == "tsig"]
    assert (tsig["where"], tsig["unsealed"], tsig["commands"]) == (SEALED, [], [])


@pytest.mark.parametrize(
    ("value", "more", "said", "code"),
    [
        (b"", (), "there is no value on standard input", 2),
        (b"x" * (1024 * 1024 + 1), (), "the value has more than 1048576 bytes", 2),
        (b"x", ("--generate",), "--seal takes no other flag but --scope", 2),
    ],
)
def test_what_cannot_be_sealed(
    sealing: Repository, monkeypatch: pytest.MonkeyPatch, value: bytes, more: tuple[str, ...], said: str, code: int
) -> None:
    """Wrong usage leaves no file."""
    done = seal(sealing, monkeypatch, value, *more)
    assert done.returncode == code
    assert said in done.stderr
    assert not (sealing.root / SEALED).exists()


def test_a_value_that_another_run_sealed_meanwhile_stays(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """One waits at its prompt while the other one writes."""

    def read_late(_: int) -> bytes:
        monkeypatch.setattr(secret_sealing, "read_value", lambda _: b"hunter1")
        sealing.call("secrets", "lab", "--seal", "cert-manager/tsig", "secret")
        text = (sealing.root / SEALED).read_text()
        (sealing.root / SEALED).write_text(text.replace("    secret:", "    theirs: sealed\n    secret:"))
        return b"hunter2"

    monkeypatch.setattr(secret_sealing, "read_value", read_late)
    assert seal(sealing, monkeypatch, b"").returncode == 0
    sealed = sealed_values(yaml.safe_load((sealing.root / SEALED).read_text()))
    assert sealed["theirs"] == "sealed"
    assert CONTROLLER.open(sealed["secret"], b"cert-manager/tsig") == b"hunter2"


def test_a_file_with_something_else_is_not_written_over(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the name that a new SealedSecret would get, and somebody wrote it."""
    mine = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine, namespace: cert-manager}\n"
    sealing.write(SEALED, mine)
    done = seal(sealing, monkeypatch, b"hunter2")
    assert done.returncode == 3
    assert f"{SEALED} does not hold the SealedSecret cert-manager/tsig alone" in done.stderr
    assert (sealing.root / SEALED).read_text() == mine


def test_a_key_that_nobody_reads_is_refused(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys that are read are listed."""
    done = seal(sealing, monkeypatch, b"x", key="sercet")
    assert (done.returncode, "its keys are secret" in done.stderr) == (2, True)


def test_argocds_own_secrets_are_not_sealed(sealing: Repository) -> None:
    """They are needed before anything is brought from Git."""
    done = sealing.call("secrets", "lab", "--seal", "argocd/argocd-redis", "auth")
    assert done.returncode == 2
    assert "is needed before anything is brought from Git" in done.stderr


def test_sealing_needs_its_provider(lab: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would open it."""
    done = seal(lab, monkeypatch, b"x")
    assert (done.returncode, "secrets.provider of lab is none" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        (None, "cannot read"),
        (make_certificate(CONTROLLER.key, -1), "it ran out on 2026-11-21"),
        (b"nothing", "it is no certificate in PEM"),
    ],
)
def test_a_bad_certificate_ends_with_one(
    sealing: Repository, monkeypatch: pytest.MonkeyPatch, pem: bytes | None, said: str
) -> None:
    """The reason is told, and how to fetch a good one."""
    path = sealing.root / "apps/certificates/lab.pem"
    path.unlink() if pem is None else path.write_bytes(pem)
    done = seal(sealing, monkeypatch, b"x")
    assert done.returncode == 1
    assert said in done.stderr
    assert "kubeseal --fetch-cert" in done.stderr


def test_another_scope_is_refused(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """All values of a Secret share one."""
    seal(sealing, monkeypatch, b"x", "--scope", "cluster-wide")
    assert CONTROLLER.open(sealed_value(sealing), b"") == b"x"
    done = seal(sealing, monkeypatch, b"x")
    assert (done.returncode, "is sealed cluster-wide" in done.stderr) == (1, True)


def test_a_line_break_at_the_end_is_told(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """`echo` adds one, and few passwords end so; the value is sealed as it came."""
    assert "ends with a line break" in seal(sealing, monkeypatch, b"x\n").stderr
    assert CONTROLLER.open(sealed_value(sealing), b"cert-manager/tsig") == b"x\n"


def test_a_bug_shows_no_value(sealing: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback has lines of code, and not what they work on."""

    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(secret_sealing, "put_value", fail)
    done = seal(sealing, monkeypatch, b"hunter2")
    assert done.returncode == 70
    assert "hunter2" not in done.stdout + done.stderr


def test_settings_with_errors_are_told_first(lab: Repository) -> None:
    """Nothing is listed of a cluster that cannot be planned."""
    lab.add("components: {cert-manager: {isuers: {}}}")
    done = lab.call("secrets", "lab")
    assert (done.returncode, done.stdout) == (1, "")
    assert "unknown-setting" in done.stderr
    assert lab.call("secrets", "other").returncode == 1
