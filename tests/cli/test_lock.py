"""`trimtab lock`: from settings to charts.lock, and what each flag does; served by this machine alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import yaml

from chart_support.certificates import make_certificates
from chart_support.made import make_archive
from chart_support.registry import Registry
from chart_support.repository import publish
from chart_support.servers import Answerer, Server, serve, table
from repository_support.repository import Repository
from trimtab.catalogue.components import newest_release
from trimtab.cli import lock_work
from trimtab.doors.folder_lock import locked_folder
from user_support.home import make_home

UPSTREAM = "quay.io/jetstack/charts"
ARGO = "https://argoproj.github.io/argo-helm"
VERSION = newest_release("cert-manager").charts["main"].version
ARGO_VERSION = newest_release("argocd").charts["main"].version
ARCHIVE = make_archive("cert-manager", VERSION)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user a home of the test's own, and a proxy that is not there: nothing may leave this machine."""
    return make_home(monkeypatch, tmp_path / "home")


@pytest.fixture
def registry() -> Registry:
    """Give a registry that has the chart of the one cluster."""
    made = Registry()
    made.push("mirror/cert-manager", VERSION, ARCHIVE)
    return made


@pytest.fixture
def server(registry: Registry, repository: Repository) -> Iterator[Server]:
    """Let it serve, as the mirror of upstream, beside a repository with an index."""
    with serve(both(registry)) as running:
        use_mirrors(repository, running)
        yield running


def both(registry: Registry) -> Answerer:
    """Answer as a registry, and below `/argo/` as a repository with an index."""
    files = table({f"/argo{path}": reply for path, reply in publish(("argo-cd", ARGO_VERSION)).items()})
    return lambda asked: files(asked) if asked.path.startswith("/argo/") else registry.answer(asked)


def use_mirrors(repository: Repository, server: Server) -> None:
    """Let the settings name a server as the mirror of all that the cluster needs."""
    mirrors = {UPSTREAM: {"mirror": f"{server.netloc}/mirror"}, ARGO: {"mirror": f"{server.url}/argo"}}
    repository.add(json.dumps({"repositories": mirrors}))


def locked(repository: Repository) -> list[dict[str, str]]:
    """Read the lock's charts."""
    charts: list[dict[str, str]] = yaml.safe_load((repository.root / "charts.lock").read_text())["charts"]
    return charts


def names(repository: Repository) -> list[str]:
    """Give the names of the lock's charts."""
    return [chart["chart"] for chart in locked(repository)]


def test_lock_names_every_chart(repository: Repository, server: Server) -> None:
    """Upstream's address is the key, the mirror's the place; a second run changes nothing."""
    done = repository.call("lock")
    assert (done.returncode, done.stdout) == (0, "")
    argo, chart = locked(repository)
    assert (chart["repoURL"], chart["chart"], chart["version"]) == (UPSTREAM, "cert-manager", VERSION)
    assert chart["url"].startswith(server.url)
    assert (argo["repoURL"], argo["url"]) == (ARGO, f"{server.url}/argo/argo-cd-{ARGO_VERSION}.tgz")
    assert done.stderr.splitlines() == [
        f"added argo-cd {ARGO_VERSION} {argo['digest']}",
        f"added cert-manager {VERSION} {chart['digest']}",
        "charts.lock: 2 charts (2 added)",
    ]
    server.asked.clear()
    again = repository.call("lock")
    assert (again.returncode, again.stderr, server.asked) == (0, "charts.lock: 2 charts (2 kept)\n", [])


def test_check_needs_no_network(repository: Repository, server: Server) -> None:
    """`--check` says what is not locked with 4, points at the settings, and asks nobody."""
    before = repository.call("lock", "--check")
    assert before.returncode == 4
    assert "error[chart-not-locked]" in before.stderr
    assert "lab/cert-manager" in before.stderr
    assert not (repository.root / "charts.lock").exists()
    assert server.asked == []
    repository.call("lock")
    server.asked.clear()
    after = repository.call("lock", "--check")
    assert (after.returncode, after.stderr, server.asked) == (0, "charts.lock names all 2 charts\n", [])


def test_offline_asks_nobody(repository: Repository, server: Server, home: Path) -> None:
    """From the cache alone everything is kept; with an empty one it says so."""
    repository.call("lock")
    server.asked.clear()
    assert repository.call("lock", "--offline").returncode == 0
    for entry in (home / "cache/trimtab/charts").iterdir():
        entry.unlink()
    done = repository.call("lock", "--offline")
    assert done.returncode == 1
    assert "error[chart-needs-network]" in done.stderr
    assert server.asked == []


def test_vendored_archives_are_kept_current(repository: Repository, server: Server, home: Path) -> None:
    """Once the folder is there, each run keeps it, and neither cache nor network is needed."""
    assert repository.call("lock", "--vendor").returncode == 0
    file = repository.root / f"vendor/charts/cert-manager-{VERSION}.tgz"
    assert file.read_bytes() == ARCHIVE
    file.write_bytes(b"changed")
    assert "chart-digest-mismatch" in repository.call("lock", "--check").stderr
    assert repository.call("lock").returncode == 0
    assert file.read_bytes() == ARCHIVE
    file.unlink()
    assert "archive-not-vendored" in repository.call("lock", "--check").stderr


def test_spoilt_archive_that_cannot_be_had_is_said(repository: Repository, server: Server, home: Path) -> None:
    """Without cache and network a changed vendored archive stays as it is, and that is no bug of ours."""
    repository.call("lock", "--vendor")
    file = repository.root / f"vendor/charts/cert-manager-{VERSION}.tgz"
    file.write_bytes(b"changed")
    for entry in (home / "cache/trimtab/charts").iterdir():
        entry.unlink()
    done = repository.call("lock", "--offline")
    assert (done.returncode, "error[chart-needs-network]" in done.stderr) == (1, True)
    assert file.read_bytes() == b"changed"


def test_changed_content_stops_an_update(repository: Repository, server: Server, registry: Registry) -> None:
    """A version that was published again is an error with the way to accept it, and accepted by that."""
    repository.call("lock")
    registry.push("mirror/cert-manager", VERSION, make_archive("cert-manager", VERSION, extra=b"new"))
    before = locked(repository)
    done = repository.call("lock", "--update")
    assert done.returncode == 1
    assert "error[chart-content-changed]" in done.stderr
    assert locked(repository) == before
    assert repository.call("lock", "--update", "--accept", "cert-manager").returncode == 0
    assert locked(repository) != before


def test_json_is_for_programs(repository: Repository, server: Server) -> None:
    """Charts with their state and users, and findings as `check` prints them."""
    value = json.loads(repository.call("lock", "--format", "json").stdout)
    _, chart = value["charts"]
    assert (chart["state"], chart["users"], chart["digest"]) == (
        "added",
        ["lab/cert-manager"],
        locked(repository)[1]["digest"],
    )
    assert (value["dropped"], value["findings"], value["counts"]["errors"]) == ([], [], 0)


def test_chart_that_is_gone_is_dropped(repository: Repository, server: Server) -> None:
    """A cluster without the component needs its chart no more."""
    repository.call("lock")
    repository.add("components: {cert-manager: null}")
    assert "warning[chart-locked-for-nobody]" in repository.call("lock", "--check").stderr
    assert f"dropped cert-manager {VERSION}" in repository.call("lock").stderr
    assert names(repository) == ["argo-cd"]


def test_one_cluster_leaves_the_others_alone(repository: Repository, server: Server) -> None:
    """With a cluster named, what others need stays in the lock."""
    repository.call("lock")
    text = (repository.root / "apps/clusters/lab.yaml").read_text()
    repository.write("apps/clusters/bare.yaml", text.replace("cluster: lab", "cluster: bare"))
    repository.add("components: {cert-manager: null}", "bare")
    assert repository.call("lock", "bare").returncode == 0
    assert names(repository) == ["argo-cd", "cert-manager"]


def test_silence_of_the_world_ends_with_3(repository: Repository) -> None:
    """A registry that is not there is the outside world's failure, said without a traceback."""
    with serve(table({})) as gone:
        pass
    use_mirrors(repository, gone)
    done = repository.call("lock")
    assert done.returncode == 3
    assert "error[repository-unreachable]" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_version_points_at_the_settings(repository: Repository, server: Server, registry: Registry) -> None:
    """What is not there is told at the component that asks for it, with the versions there are."""
    registry.tags["mirror/cert-manager"]["v0.1.0"] = registry.tags["mirror/cert-manager"].pop(VERSION)
    done = repository.call("lock")
    assert done.returncode == 1
    assert "error[chart-version-not-found]" in done.stderr
    assert "--> apps/clusters/lab.yaml:" in done.stderr
    assert "there are: v0.1.0" in done.stderr


def test_wrong_settings_ask_nobody(repository: Repository, server: Server) -> None:
    """While settings have errors nothing is looked up."""
    repository.add("network: {pods: [nonsense]}")
    assert repository.call("lock").returncode == 1
    assert server.asked == []


def test_unreadable_lock_is_not_written_over(repository: Repository, server: Server) -> None:
    """A merge's marks are for a person to settle."""
    file = repository.write("charts.lock", "<<<<<<< HEAD\n")
    for flags in ([], ["--check"]):
        done = repository.call("lock", *flags)
        assert (done.returncode, "error[chart-lock-unreadable]" in done.stderr) == (1, True)
    assert file.read_text() == "<<<<<<< HEAD\n"
    assert server.asked == []


def test_two_runs_do_not_collide(repository: Repository, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another run holds the repository, nothing is written."""
    monkeypatch.setattr(lock_work, "locked_folder", partial(locked_folder, wait_s=0))
    with locked_folder(repository.root):
        done = repository.call("lock")
    assert (done.returncode, "another run is writing" in done.stderr) == (3, True)
    assert not (repository.root / "charts.lock").exists()


@pytest.mark.parametrize(
    "flags", [["--check", "--update"], ["--check", "--vendor"], ["--update", "--offline"], ["--accept", "x"]]
)
def test_flags_that_contradict_are_refused(repository: Repository, flags: list[str]) -> None:
    """What cannot be meant together is wrong usage."""
    assert repository.call("lock", *flags).returncode == 2


def test_own_authority_of_the_settings_is_trusted(repository: Repository, registry: Registry) -> None:
    """`registries` names the certificate that signs a mirror."""
    authority, certificate, key = make_certificates(repository.root)
    with serve(both(registry), certificate=certificate, key=key) as server:
        use_mirrors(repository, server)
        repository.add(f"registries: {{'{server.netloc}': {{caFile: {authority.name}}}}}")
        done = repository.call("lock")
    assert (done.returncode, [one["url"].startswith("https://127") for one in locked(repository)]) == (0, [True, True])


def test_certificates_of_other_hosts_may_be_missing(repository: Repository, server: Server) -> None:
    """A file that only the nodes need, for images, does not stop a lock; one for a chart's host does."""
    repository.add("registries: {images.example.org: {caFile: nowhere.pem}}")
    assert repository.call("lock").returncode == 0
    repository.add(f"registries: {{'{server.netloc}': {{caFile: nowhere.pem}}}}")
    assert "cannot read nowhere.pem" in repository.call("lock").stderr


def test_credentials_come_from_the_users_files(
    repository: Repository, server: Server, registry: Registry, home: Path
) -> None:
    """Who ran `docker login` is let in, and the password is printed nowhere."""
    registry.realm, registry.login = f"{server.url}/token", ("me", "s3cret")
    refused = repository.call("lock")
    (home / ".docker").mkdir()
    login = {"username": "me", "password": "s3cret"}
    (home / ".docker/config.json").write_text(json.dumps({"auths": {server.netloc: login}}))
    done = repository.call("lock")
    assert (refused.returncode, "error[chart-access-refused]" in refused.stderr) == (3, True)
    assert done.returncode == 0
    assert "s3cret" not in done.stderr + (repository.root / "charts.lock").read_text()


@pytest.mark.parametrize("arguments", [["check"], ["lock", "--check"]])
def test_only_lock_can_ask_the_network(repository: Repository, arguments: list[str]) -> None:
    """Other commands do not even import what asks: neither do `lock --check`, nor what gives archives to them."""
    script = f"""
import sys, trimtab.charts.folders
from trimtab.cli.start import run
sys.argv = ["trimtab", *{arguments}]
try:
    run()
finally:
    print("urllib3" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=repository.root, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1:] == ["False"], done.stderr


def test_a_password_in_an_address_is_refused(repository: Repository) -> None:
    """Settings lie in Git: an address with a password is refused, and the password is not repeated."""
    mirrors = {url: {"mirror": "http://me:s3cret@127.0.0.1:9/charts"} for url in (UPSTREAM, ARGO)}
    repository.add(json.dumps({"repositories": mirrors}))
    done = repository.call("lock")
    assert done.returncode == 1
    assert "error[" in done.stderr
    assert "s3cret" not in done.stderr
