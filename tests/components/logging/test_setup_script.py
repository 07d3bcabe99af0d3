"""The script does what it says, against a stand-in for Elasticsearch and Kibana."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from logging_support.made import ALL, make_cluster

pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("curl")), reason="needs bash and curl")

VIEW = "/api/data_views/data_view"


class Stand(ThreadingHTTPServer):
    """Answers like both, notes what it is asked, and refuses what it is told to refuse."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.views: set[str] = set()
        self.refused: dict[str, int] = {}


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def _answer(self) -> None:
        server = self.server
        assert isinstance(server, Stand)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        server.asked.append((self.command, self.path, body))
        missing = self.command == "GET" and self.path.startswith(f"{VIEW}/") and self.path not in server.views
        if self.command == "POST" and self.path == VIEW:
            server.views.add(f"{VIEW}/logstash")
        if server.refused.get(self.path, 0) > 0:
            server.refused[self.path] -= 1
            self.send_response(503)
        else:
            self.send_response(404 if missing else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_PUT = do_POST = _answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stand() -> Iterator[Stand]:
    """Run the stand-in."""
    server = Stand()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def run(stand: Stand, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script of a cluster in which Kibana speaks plain HTTP, with its folder moved."""
    data = make_cluster(brought=ALL, domain="example.org").find("ConfigMap")["data"]
    for name, text in data.items():
        (folder / name).write_text(text.replace("/setup/", f"{folder}/").replace("sleep 10", "sleep 0.1"))
    url = f"http://127.0.0.1:{stand.server_port}"
    env = {
        **os.environ,
        "PASSWORD": "p w$d",
        "PREFIX": "logstash",
        "ELASTICSEARCH": url,
        "KIBANA": url,
        "no_proxy": "*",
    }
    command = ["bash", str(folder / "setup.sh")]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_everything_is_told_in_order(stand: Stand, tmp_path: Path) -> None:
    """First Elasticsearch, the policy before the template that names it; then Kibana."""
    done = run(stand, tmp_path)
    assert done.returncode == 0, done.stderr
    assert [(method, path) for method, path, _ in stand.asked] == [
        ("GET", "/_cluster/health"),
        ("PUT", "/_ilm/policy/logstash"),
        ("PUT", "/_index_template/logstash"),
        ("PUT", "/logstash-*/_settings?allow_no_indices=true"),
        ("GET", "/api/status"),
        ("GET", f"{VIEW}/logstash"),
        ("POST", VIEW),
        ("POST", "/api/data_views/default"),
    ]
    assert '"number_of_replicas"' in stand.asked[2][2]


def test_a_second_run_leaves_the_view_alone(stand: Stand, tmp_path: Path) -> None:
    """What people have changed in the data view stays."""
    assert run(stand, tmp_path).returncode == run(stand, tmp_path).returncode == 0
    assert [path for method, path, _ in stand.asked if method == "POST"].count(VIEW) == 1


def test_it_waits_for_both(stand: Stand, tmp_path: Path) -> None:
    """Neither an Elasticsearch nor a Kibana that starts slowly is a failure."""
    stand.refused = {"/_cluster/health": 2, "/api/status": 3}
    done = run(stand, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Elasticsearch does not answer yet") == 2
    assert done.stdout.count("Kibana does not answer yet") == 3


def test_a_refused_step_fails_the_job(stand: Stand, tmp_path: Path) -> None:
    """What is not taken is tried again by Kubernetes, and nothing after it is asked."""
    stand.refused = {"/_index_template/logstash": 1}
    assert run(stand, tmp_path).returncode != 0
    assert stand.asked[-1][1] == "/_index_template/logstash"
